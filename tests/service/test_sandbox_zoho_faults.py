"""The Zoho Desk stand-in over HTTP: its faults, its webhooks and the process itself."""

import json
import signal
import time
from pathlib import Path

import httpx
import jwt
import pytest

from tests.service.stage import PATIENCE
from tests.service.zoho_portal import (
    CREATE,
    DEPARTMENT,
    ORG,
    WEBHOOK,
    Portal,
    Receiver,
    refused,
    until,
)

# --- faults


def test_a_lost_answer_leaves_a_ticket_behind(portal: Portal) -> None:
    seq = portal.last_seq()
    portal.faults(lost_answer={"value": 1, "only": [CREATE], "times": 1})
    with pytest.raises(httpx.TransportError):
        portal.create(cf={"cf_source_ref": "ref-1"})
    assert [t["cf"]["cf_source_ref"] for t in portal.stored()] == ["ref-1"]
    line = next(x for x in portal.log(seq) if x.get("created", {}).get("kind") == "ticket")
    assert (line["fault"], line["status"]) == ("lost_answer", 200)
    assert line["created"]["cf_source_ref"] == "ref-1"
    assert portal.create().status_code == 200


def test_a_refused_request_does_nothing(portal: Portal) -> None:
    portal.faults(refuse=True)
    with pytest.raises(httpx.TransportError):
        portal.create()
    with pytest.raises(httpx.TransportError):
        portal.token()
    assert portal.stored() == []
    portal.faults()
    assert portal.create().status_code == 200


def test_injected_5xx(portal: Portal) -> None:
    portal.faults(status_5xx=1, only=[CREATE])
    answer = portal.create()
    assert (answer.status_code, answer.json()["errorCode"]) == (500, "INTERNAL_SERVER_ERROR")
    assert portal.stored() == []
    portal.faults(status_5xx={"value": 1, "when": "after"}, only=[CREATE], html_errors=True)
    answer = portal.create()
    assert answer.headers["content-type"].startswith("text/html")
    assert (answer.status_code, len(portal.stored())) == (500, 1)
    assert portal.http.get("/api/v1/tickets").status_code == 200


def test_injected_429_alternates(portal: Portal) -> None:
    portal.faults(status_429=True, retry_after_seconds=9)
    first, second = portal.create(), portal.create()
    assert (first.status_code, first.json()["errorCode"]) == (429, "TOO_MANY_REQUESTS")
    assert "Retry-After" not in first.headers
    assert second.json()["errorCode"] == "THRESHOLD_EXCEEDED"
    assert second.headers["Retry-After"] == "9"
    assert portal.stored() == []


def test_a_slow_answer_is_worked_on_though_the_client_left(portal: Portal) -> None:
    portal.faults(slow_seconds=4, only=[CREATE])
    with pytest.raises(httpx.ReadTimeout):
        portal.http.post(
            "/api/v1/tickets",
            json={
                "subject": "x",
                "departmentId": DEPARTMENT,
                "contact": {"email": "b@example.com", "lastName": "B"},
            },
            timeout=httpx.Timeout(PATIENCE, read=1),
        )
    assert portal.stored() == []
    until(lambda: len(portal.stored()) == 1)


def test_a_revoked_token(portal: Portal) -> None:
    portal.faults(revoked_token=True)
    assert portal.create().json()["errorCode"] == "INVALID_OAUTH"
    assert portal.token() == {"error": "invalid_code"}
    portal.faults(refresh_failures=2)
    assert [portal.token().get("error") for _ in range(3)] == ["Access Denied"] * 2 + [None]


def test_the_search_index_runs_behind_the_list_does_not(portal: Portal) -> None:
    portal.faults(search_lag_seconds=[3, 3.1])
    portal.ticket(cf={"cf_source_ref": "ref-2"})
    query = {"customField1": "cf_source_ref:ref-2"}
    assert portal.http.get("/api/v1/tickets/search", params=query).status_code == 204
    people = {"email": "ana@example.com"}
    assert portal.http.get("/api/v1/contacts/search", params=people).status_code == 204
    assert len(portal.http.get("/api/v1/tickets").json()["data"]) == 1
    searched = portal.http.get
    until(lambda: searched("/api/v1/tickets/search", params=query).status_code == 200)
    until(lambda: searched("/api/v1/contacts/search", params=people).status_code == 200)


def test_a_seed_makes_faults_repeatable(portal: Portal) -> None:
    def outcomes() -> list[int]:
        portal.faults(status_5xx=0.5, seed=42)
        return [portal.http.get("/api/v1/departments").status_code for _ in range(20)]

    first = outcomes()
    assert {200, 500} == set(first)
    assert outcomes() == first


def test_an_unknown_fault_is_refused(portal: Portal) -> None:
    assert portal.http.put("/sandbox/faults", json={"gremlins": 1}).status_code == 422
    assert portal.http.put("/sandbox/faults", json={"lost_answer": 2}).status_code == 422


# --- webhooks


def test_a_status_change_is_told_and_signed(portal: Portal, receiver: Receiver) -> None:
    ticket = portal.ticket(cf={"cf_source_ref": "ref-3"})
    portal.http.patch(f"/api/v1/tickets/{ticket['id']}", json={"priority": "High"})
    body = {"status": "Closed", "resolution": "New cable"}
    assert portal.http.put(f"/sandbox/tickets/{ticket['id']}/status", json=body).status_code == 200
    comment = {"content": "It was the cable"}
    portal.http.post(f"/sandbox/tickets/{ticket['id']}/comments", json=comment)
    receiver.wait_for(2)

    signature, (event,) = receiver.deliveries[0]
    assert (event["eventType"], event["orgId"]) == ("Ticket_Update", ORG)
    assert event["payload"]["statusType"] == "Closed"
    assert event["payload"]["cf"]["cf_source_ref"] == "ref-3"
    assert event["prevState"]["status"] == "Open"
    assert event["eventTime"].isdigit()
    assert signature is not None
    keys = jwt.PyJWKSet.from_dict(portal.http.get("/.well-known/jwks.json").json())
    key = keys[jwt.get_unverified_header(signature)["kid"]]
    claims = jwt.decode(
        signature, key, ["RS256"], audience=f"webhookId:{WEBHOOK}", issuer=f"orgId:{ORG}"
    )
    assert claims["exp"] > claims["iat"]
    _, (event,) = receiver.deliveries[1]
    assert event["eventType"] == "Ticket_Comment_Add"
    assert event["payload"]["content"] == "It was the cable"
    assert event["payload"]["ticketId"] == ticket["id"]
    assert event["payload"]["commenter"]["name"] == "Sample Agent"


def test_a_failing_receiver_is_tried_three_times(portal: Portal, receiver: Receiver) -> None:
    receiver.status = 503
    seq = portal.last_seq()
    ticket = portal.ticket()
    portal.http.patch(f"/api/v1/tickets/{ticket['id']}", json={"status": "On Hold"})
    receiver.wait_for(3)
    until(lambda: len([line for line in portal.log(seq) if "webhook" in line]) >= 3)
    time.sleep(0.3)
    tries = [line for line in portal.log(seq) if "webhook" in line]
    assert [(line["attempt"], line["outcome"]) for line in tries] == [(1, 503), (2, 503), (3, 503)]
    assert len(receiver.deliveries) == 3


def test_subscribing_asks_the_address_first(portal: Portal, receiver: Receiver) -> None:
    body = {
        "name": "status-sync",
        "url": receiver.url,
        "subscriptions": {"Ticket_Update": {"fields": ["priority"], "includePrevState": True}},
    }
    made = portal.http.post("/api/v1/webhooks", json=body).json()
    assert len(portal.http.get("/api/v1/webhooks").json()["data"]) == 2
    ticket = portal.ticket()
    portal.http.patch(f"/api/v1/tickets/{ticket['id']}", json={"priority": "High"})
    receiver.wait_for(1)
    signature = receiver.deliveries[0][0]
    assert signature is not None
    claims = jwt.decode(signature, options={"verify_signature": False})
    assert claims["aud"] == f"webhookId:{made['id']}"
    body["subscriptions"] = {"Ticket_Update": {"fields": list("abcdef")}}
    answer = portal.http.post("/api/v1/webhooks", json=body)
    assert refused(answer) == {"/subscriptions/Ticket_Update/fields": "invalid"}
    receiver.status = 500
    body["subscriptions"] = {"Ticket_Comment_Add": None}
    assert refused(portal.http.post("/api/v1/webhooks", json=body)) == {"/url": "invalid"}


def test_lost_and_repeated_webhooks(portal: Portal, receiver: Receiver) -> None:
    path = f"/api/v1/tickets/{portal.ticket()['id']}"
    portal.faults(lose_webhooks=True)
    portal.http.patch(path, json={"status": "On Hold"})
    portal.faults(repeat_webhooks=True)
    portal.http.patch(path, json={"status": "Closed"})
    receiver.wait_for(2)
    assert [d[1][0]["payload"]["status"] for d in receiver.deliveries] == ["Closed", "Closed"]


# --- the process


def test_state_and_log_outlive_a_kill(tmp_path: Path) -> None:
    files = ("--state", str(tmp_path / "zoho.db"), "--log", str(tmp_path / "zoho.jsonl"))
    portal = Portal(*files)
    portal.log_in()
    headers = dict(portal.http.headers)
    ticket = portal.ticket(cf={"cf_source_ref": "ref-4"})
    path = f"/api/v1/tickets/{ticket['id']}"
    portal.http.post(f"{path}/attachments", files={"file": ("f.txt", b"kept")})
    keys = portal.http.get("/.well-known/jwks.json").json()
    last = portal.last_seq()
    portal.stop(signal.SIGKILL)

    again = Portal(*files)
    again.http.headers.update(headers)
    try:
        assert again.http.get(path).json()["cf"]["cf_source_ref"] == "ref-4"
        (attachment,) = again.http.get(f"{path}/attachments").json()["data"]
        content = again.http.get(f"{path}/attachments/{attachment['id']}/content").content
        assert content == b"kept"
        assert again.http.get("/.well-known/jwks.json").json() == keys
        second = again.ticket()
        assert second["ticketNumber"] == "102"
        assert int(second["id"]) > int(attachment["id"])
        assert again.last_seq() > last
    finally:
        again.stop()
    lines = [json.loads(line) for line in (tmp_path / "zoho.jsonl").read_text().splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    created = [line["created"] for line in lines if "created" in line]
    tickets = [fact["id"] for fact in created if fact["kind"] == "ticket"]
    assert tickets == [ticket["id"], second["id"]]
    assert not any("sandbox-client-secret" in json.dumps(line) for line in lines)


def test_sigterm_ends_it_even_when_it_is_slow() -> None:
    portal = Portal("--token-life", "60", "--search-lag", "1")
    portal.log_in()
    portal.faults(slow_seconds=600)
    with pytest.raises(httpx.ReadTimeout):
        portal.http.get("/api/v1/tickets", timeout=httpx.Timeout(PATIENCE, read=0.2))
    portal.stop()
