"""The Zoho Desk stand-in as a process of its own, driven over HTTP: its rules and its faults."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest

ROOT = Path(__file__).resolve().parents[2]
ORG = "60001234567"
DEPARTMENT = "189200000000006907"
WEBHOOK = "189200000000009001"
CREDENTIALS = {
    "client_id": "1000.SANDBOXCLIENT",
    "client_secret": "sandbox-client-secret",
    "refresh_token": "1000.sandbox-refresh-token",
    "grant_type": "refresh_token",
}
CREATE = "POST /api/v1/tickets"


class Portal:
    """A running stand-in and a client with a token."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sandbox.zoho", "--port", "0", *arguments],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        match = re.fullmatch(r"Zoho Desk stand-in on (http://127\.0\.0\.1:\d+)\n", line)
        assert match, line
        self.origin = match[1]
        self.http = httpx.Client(base_url=self.origin, trust_env=False, timeout=10)

    def log_in(self) -> None:
        token = self.token()["access_token"]
        self.http.headers.update({"Authorization": f"Zoho-oauthtoken {token}", "orgId": ORG})

    def token(self, **changes: str) -> dict[str, Any]:
        answer = self.http.post("/oauth/v2/token", data={**CREDENTIALS, **changes})
        assert answer.status_code == 200
        return dict(answer.json())

    def create(self, **changes: Any) -> httpx.Response:
        body = {"subject": "Printer is down", "departmentId": DEPARTMENT, **changes}
        if "contactId" not in body and "contact" not in body:
            body["contact"] = {"email": "ana@example.com", "lastName": "Ana"}
        return self.http.post("/api/v1/tickets", json=body)

    def ticket(self, **changes: Any) -> dict[str, Any]:
        answer = self.create(**changes)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def faults(self, **plan: Any) -> None:
        answer = self.http.put("/sandbox/faults", json=plan)
        assert answer.status_code == 200, answer.text

    def stored(self) -> list[dict[str, Any]]:
        return list(self.http.get("/sandbox/tickets").json()["tickets"])

    def log(self, after: int = 0) -> list[dict[str, Any]]:
        return list(self.http.get("/sandbox/log", params={"after": after}).json())

    def last_seq(self) -> int:
        lines = self.log()
        return int(lines[-1]["seq"]) if lines else 0

    def stop(self, how: int = signal.SIGTERM) -> float:
        """End the process; how long it took, in seconds."""
        self.http.close()
        started = time.monotonic()
        os.kill(self.process.pid, how)
        self.process.wait(timeout=10)
        assert self.process.stderr is not None
        self.process.stderr.close()
        return time.monotonic() - started


@dataclass
class Receiver:
    """Recado's webhook address, as far as Zoho can tell."""

    url: str = ""
    status: int = 200
    deliveries: list[tuple[str | None, Any]] = field(default_factory=list)

    def wait_for(self, count: int) -> None:
        end = time.monotonic() + 10
        while len(self.deliveries) < count and time.monotonic() < end:
            time.sleep(0.02)
        assert len(self.deliveries) >= count


@pytest.fixture(scope="module")
def listening() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(receiver.status)
            self.send_header("content-length", "0")
            self.end_headers()

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers["content-length"]))
            receiver.deliveries.append((self.headers["X-ZDesk-JWT"], json.loads(raw)))
            self.do_GET()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/zoho/hook"
    yield receiver
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def process(listening: Receiver) -> Iterator[Portal]:
    portal = Portal("--webhook-url", listening.url, "--attachment-limit", "1000", "--seed", "7")
    yield portal
    portal.stop()


@pytest.fixture
def receiver(listening: Receiver) -> Receiver:
    listening.deliveries.clear()
    listening.status = 200
    return listening


@pytest.fixture
def portal(process: Portal, receiver: Receiver) -> Portal:
    process.http.headers.pop("Authorization", None)
    process.http.headers.pop("orgId", None)
    assert process.http.post("/sandbox/reset").status_code == 204
    process.log_in()
    return process


def refused(answer: httpx.Response) -> dict[str, str]:
    """The fields at fault of a 422, each with its kind of error."""
    assert answer.status_code == 422, answer.text
    assert answer.json()["errorCode"] == "INVALID_DATA"
    return {error["fieldName"]: error["errorType"] for error in answer.json()["errors"]}


# --- a ticket's life


def test_a_ticket_from_contact_to_closed(portal: Portal) -> None:
    http = portal.http
    person = http.post("/api/v1/contacts", json={"lastName": "Ana", "mobile": "+15550100"}).json()
    ref = "wa:120363041234567890@g.us:3EB0000000000001"
    ticket = portal.ticket(
        contactId=person["id"],
        priority="High",
        category="Hardware",
        channel="WhatsApp",
        cf={"cf_source_ref": ref},
    )
    assert ticket["ticketNumber"] == "101"
    assert re.fullmatch(r"\d{18}", ticket["id"])
    assert (ticket["status"], ticket["statusType"]) == ("Open", "Open")
    assert portal.ticket(contactId=person["id"])["ticketNumber"] == "102"

    path = f"/api/v1/tickets/{ticket['id']}"
    closed = http.patch(path, json={"status": "Resolved in store", "resolution": "New cable"})
    assert closed.json()["statusType"] == "Closed"
    assert closed.json()["closedTime"]
    full = http.get(path, params={"include": "contacts,departments"}).json()
    assert full["resolution"] == "New cable"
    assert full["contact"]["mobile"] == "+15550100"
    assert full["cf"]["cf_source_ref"] == ref

    listed = http.get(
        "/api/v1/tickets",
        params={
            "departmentId": DEPARTMENT,
            "sortBy": "-createdTime",
            "fields": "cf_source_ref,statusType",
            "limit": 50,
        },
    ).json()["data"]
    assert [row["cf"]["cf_source_ref"] for row in listed] == [None, ref]
    assert listed[1]["statusType"] == "Closed"
    found = http.get("/api/v1/tickets/search", params={"customField1": f"cf_source_ref:{ref}"})
    assert [row["id"] for row in found.json()["data"]] == [ticket["id"]]
    span = f"{ticket['createdTime']},2999-01-01T00:00:00.000Z"
    changed = http.get(
        "/api/v1/tickets/search", params={"modifiedTimeRange": span, "sortBy": "-modifiedTime"}
    )
    assert changed.json()["data"][0]["id"] == ticket["id"]
    own = http.get(f"/api/v1/contacts/{person['id']}/tickets").json()["data"]
    assert len(own) == 2


def test_closing_and_trashing_many(portal: Portal) -> None:
    first, second = portal.ticket(), portal.ticket()
    closed = portal.http.post("/api/v1/closeTickets", json={"ids": [first["id"]]})
    assert closed.status_code == 204
    assert portal.http.get("/api/v1/tickets", params={"status": "Closed"}).json()["data"]
    moved = portal.http.post("/api/v1/tickets/moveToTrash", json={"ids": [second["id"]]})
    assert moved.status_code == 204
    listed = portal.http.get("/api/v1/tickets").json()["data"]
    assert [row["id"] for row in listed] == [first["id"]]
    unknown = portal.http.post("/api/v1/closeTickets", json={"ids": ["1"]})
    assert refused(unknown) == {"/ids": "invalid"}
    changed = portal.http.patch(f"/api/v1/tickets/{second['id']}", json={"status": "Open"})
    assert changed.json()["errorCode"] == "UNPROCESSABLE_ENTITY"


def test_comments_and_attachments(portal: Portal) -> None:
    path = f"/api/v1/tickets/{portal.ticket()['id']}"
    content = bytes(range(256)) + b"\r\n--x\r\n"
    added = portal.http.post(
        f"{path}/attachments", params={"isPublic": "false"}, files={"file": ("f.jpg", content)}
    ).json()
    assert (added["name"], added["size"], added["isPublic"]) == ("f.jpg", "263", False)
    assert portal.http.get(f"{path}/attachments/{added['id']}/content").content == content
    assert len(portal.http.get(f"{path}/attachments").json()["data"]) == 1

    body = {"content": "still down", "isPublic": False, "attachmentIds": [added["id"]]}
    comment = portal.http.post(f"{path}/comments", json=body).json()
    assert comment["attachments"][0]["id"] == added["id"]
    assert comment["contentType"] == "plainText"
    listed = portal.http.get(f"{path}/comments").json()["data"]
    assert [row["content"] for row in listed] == ["still down"]
    counts = portal.http.get(path).json()
    assert (counts["commentCount"], counts["attachmentCount"]) == ("1", "1")


def test_contacts_are_found_by_phone_email_and_name(portal: Portal) -> None:
    http = portal.http
    body = {"lastName": "Ana", "phone": "+15550100", "email": "ana@example.com"}
    person = http.post("/api/v1/contacts", json=body).json()
    for query in (
        {"phone": "+15550100"},
        {"email": "ANA@example.com"},
        {"lastName": "An*"},
        {"_all": "0100"},
    ):
        found = http.get("/api/v1/contacts/search", params=query).json()["data"]
        assert [row["id"] for row in found] == [person["id"]]
    assert http.get("/api/v1/contacts/search", params={"mobile": "+15550100"}).status_code == 204
    path = f"/api/v1/contacts/{person['id']}"
    assert http.patch(path, json={"mobile": "+15550101"}).json()["phone"] == "+15550100"
    assert http.get(path).json()["mobile"] == "+15550101"
    assert refused(http.post("/api/v1/contacts", json=body)) == {"/email": "duplicate"}
    assert refused(http.post("/api/v1/contacts", json={"phone": "1"})) == {"/lastName": "missing"}
    wrong = {"lastName": "B", "mobile": "1" * 51, "cf": {"cf_nope": "x"}}
    assert refused(http.post("/api/v1/contacts", json=wrong)) == {
        "/mobile": "invalid",
        "/cf/cf_nope": "invalid",
    }


def test_the_portal_describes_itself(portal: Portal) -> None:
    http = portal.http
    departments = http.get("/api/v1/departments", params={"isEnabled": "true"}).json()["data"]
    assert [row["id"] for row in departments] == [DEPARTMENT]
    fields = http.get("/api/v1/fields", params={"module": "tickets"}).json()["data"]
    values = {row["apiName"]: [v["value"] for v in row["allowedValues"]] for row in fields}
    assert "High" in values["priority"]
    assert "Closed" in values["status"]
    assert {"category", "classification", "channel", "cf_source_ref"} <= set(values)
    assert refused(http.get("/api/v1/fields")) == {"/module": "missing"}
    del http.headers["orgId"]
    assert http.get("/api/v1/organizations").json()["data"][0]["id"] == ORG


def test_no_results_are_204_without_a_body(portal: Portal) -> None:
    for path in ("tickets", "tickets/search", "contacts", "contacts/search"):
        answer = portal.http.get(f"/api/v1/{path}")
        assert (answer.status_code, answer.content) == (204, b"")


# --- what is refused


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"subject": ""}, {"/subject": "invalid"}),
        ({"subject": "x" * 1001}, {"/subject": "invalid"}),
        ({"description": "x" * 65536}, {"/description": "invalid"}),
        ({"departmentId": "1"}, {"/departmentId": "invalid"}),
        ({"contactId": "1"}, {"/contactId": "invalid"}),
        (
            {"contact": {"firstName": "A"}},
            {"/contact/email": "missing", "/contact/lastName": "missing"},
        ),
        (
            {"contact": {"lastName": "A", "email": "a@example.com", "phone": "1"}},
            {"/contact/phone": "invalid"},
        ),
        ({"priority": "P1"}, {"/priority": "invalid"}),
        ({"status": "Done"}, {"/status": "invalid"}),
        ({"category": "Nope"}, {"/category": "invalid"}),
        ({"classification": "Nope"}, {"/classification": "invalid"}),
        ({"channel": "Nope"}, {"/channel": "invalid"}),
        ({"cf": {"cf_nope": "x"}}, {"/cf/cf_nope": "invalid"}),
        ({"cf": {"cf_source_ref": "x" * 256}}, {"/cf/cf_source_ref": "invalid"}),
        ({"cf": {"cf_source_ref": True}}, {"/cf/cf_source_ref": "invalid"}),
        ({"dueDate": "tomorrow"}, {"/dueDate": "invalid"}),
        ({"uploads": ["1"]}, {"/uploads": "invalid"}),
        ({"surprise": 1}, {"/surprise": "invalid"}),
    ],
)
def test_a_bad_ticket_names_the_field_at_fault(
    portal: Portal, changes: dict[str, Any], fields: dict[str, str]
) -> None:
    assert refused(portal.create(**changes)) == fields
    assert portal.stored() == []


def test_a_ticket_without_its_required_fields(portal: Portal) -> None:
    answer = portal.http.post("/api/v1/tickets", json={})
    assert refused(answer) == {
        "/subject": "missing",
        "/departmentId": "missing",
        "/contactId": "missing",
    }


def test_bad_changes_comments_and_queries(portal: Portal) -> None:
    http, path = portal.http, f"/api/v1/tickets/{portal.ticket()['id']}"
    assert refused(http.patch(path, json={"status": "Done"})) == {"/status": "invalid"}
    assert http.patch(path, json={}).json()["errorCode"] == "EMPTY_PAYLOAD"
    comment = {"content": "x" * 32001, "contentType": "markdown"}
    assert refused(http.post(f"{path}/comments", json=comment)) == {
        "/content": "invalid",
        "/contentType": "invalid",
    }
    attached = {"content": "x", "attachmentIds": ["1"]}
    assert refused(http.post(f"{path}/comments", json=attached)) == {"/attachmentIds": "invalid"}
    for query in ({"limit": "101"}, {"limit": "x"}, {"from": "5000"}, {"sortBy": "mood"}):
        assert refused(http.get("/api/v1/tickets", params=query))
    assert refused(http.get("/api/v1/tickets", params={"fields": "mood"})) == {"/fields": "invalid"}
    search = {"customField1": "cf_nope:x"}
    assert refused(http.get("/api/v1/tickets/search", params=search)) == {
        "/customField1": "invalid"
    }


def test_bad_files(portal: Portal) -> None:
    path = f"/api/v1/tickets/{portal.ticket()['id']}/attachments"

    def post(name: str, content: bytes, part: str = "file") -> httpx.Response:
        return portal.http.post(path, files={part: (name, content)})

    assert post("big.jpg", b"x" * 1001).json()["errorCode"] == "RESOURCE_SIZE_EXCEEDED"
    assert post("big.jpg", b"x" * 1001).status_code == 413
    assert post("run.exe", b"x").status_code == 415
    assert portal.http.post(path, json={"file": "x"}).status_code == 415
    assert refused(post("x" * 97 + ".jpg", b"x")) == {"/name": "invalid"}
    assert refused(post("a.jpg", b"x", part="photo")) == {"/file": "missing"}
    two = [("file", ("a.jpg", b"x")), ("file", ("b.jpg", b"x"))]
    assert refused(portal.http.post(path, files=two)) == {"/file": "invalid"}
    torn = portal.http.post(
        path, content=b"--x\r\n", headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert torn.status_code == 400


def test_bad_requests(portal: Portal) -> None:
    http = portal.http

    def post(content: bytes, kind: str = "application/json") -> tuple[int, str]:
        answer = http.post("/api/v1/tickets", content=content, headers={"content-type": kind})
        return answer.status_code, answer.json()["errorCode"]

    assert post(b"") == (400, "EMPTY_PAYLOAD")
    assert post(b"{") == (400, "BAD_REQUEST")
    assert post(b"\xff") == (400, "BAD_REQUEST")
    assert post(b"[" * 100_000) == (400, "BAD_REQUEST")
    assert post(b"[]") == (400, "BAD_REQUEST")
    assert post(b'{"subject": "\\ud800"}') == (400, "BAD_REQUEST")
    assert post(b"{}", "text/plain") == (415, "UNSUPPORTED_MEDIA_TYPE")
    for path in ("tickets/1", "contacts/1", "tickets/1/comments", "mood"):
        answer = http.get(f"/api/v1/{path}")
        assert (answer.status_code, answer.json()["errorCode"]) == (404, "URL_NOT_FOUND")
    wrong = http.delete("/api/v1/tickets")
    assert (wrong.status_code, wrong.json()["errorCode"]) == (405, "METHOD_NOT_ALLOWED")


# --- who is let in


def test_only_a_live_token_and_the_right_organisation(portal: Portal) -> None:
    http = portal.http
    good = http.headers["Authorization"]

    def ask(**headers: str) -> tuple[int, str]:
        answer = http.get("/api/v1/departments", headers=headers)
        return answer.status_code, answer.json().get("errorCode", "")

    assert ask() == (200, "")
    assert ask(Authorization="Zoho-oauthtoken nope") == (401, "INVALID_OAUTH")
    assert ask(Authorization=good.replace("Zoho-oauthtoken", "Bearer")) == (401, "INVALID_OAUTH")
    assert ask(orgId="1") == (403, "OAUTH_ORG_MISMATCH")
    assert http.post("/sandbox/tokens/expire").json() == {"expired": 1}
    assert ask() == (401, "INVALID_OAUTH")
    portal.log_in()
    assert ask() == (200, "")
    del http.headers["Authorization"]
    assert ask() == (401, "UNAUTHORIZED")


def test_token_failures_are_answers_with_status_200(portal: Portal) -> None:
    assert portal.token(client_secret="x")["error"] == "invalid_client"
    assert portal.token(refresh_token="x")["error"] == "invalid_code"
    assert portal.token(grant_type="password")["error"] == "unsupported_grant_type"
    minted = portal.http.post("/oauth/v2/token", params=CREDENTIALS).json()
    assert minted["expires_in"] == 3600
    assert "refresh_token" not in minted


def test_a_grant_code_is_good_once(portal: Portal) -> None:
    code = {"grant_type": "authorization_code", "code": "1000.sandbox-grant-code"}
    assert portal.token(**code)["refresh_token"] == CREDENTIALS["refresh_token"]
    assert portal.token(**code) == {"error": "invalid_code"}


def test_ten_tokens_in_ten_minutes_and_no_more(portal: Portal) -> None:
    minted = [portal.token() for _ in range(9)]
    assert all("access_token" in answer for answer in minted)
    assert portal.token()["error"] == "Access Denied"


def test_credits_are_counted(portal: Portal) -> None:
    name, left = "X-Rate-Limit-Request-Weight-v3", "X-Rate-Limit-Remaining-v3"
    one = portal.http.get(f"/api/v1/tickets/{portal.ticket()['id']}")
    three = portal.http.get("/api/v1/tickets")
    assert (one.headers[name], three.headers[name]) == ("1", "3")
    assert int(one.headers[left]) - int(three.headers[left]) == 3


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
    portal.faults(slow_seconds=0.6, only=[CREATE])
    with pytest.raises(httpx.ReadTimeout):
        portal.http.post(
            "/api/v1/tickets",
            json={
                "subject": "x",
                "departmentId": DEPARTMENT,
                "contact": {"email": "b@example.com", "lastName": "B"},
            },
            timeout=0.2,
        )
    assert portal.stored() == []
    time.sleep(0.8)
    assert len(portal.stored()) == 1


def test_a_revoked_token(portal: Portal) -> None:
    portal.faults(revoked_token=True)
    assert portal.create().json()["errorCode"] == "INVALID_OAUTH"
    assert portal.token() == {"error": "invalid_code"}
    portal.faults(refresh_failures=2)
    assert [portal.token().get("error") for _ in range(3)] == ["Access Denied"] * 2 + [None]


def test_the_search_index_runs_behind_the_list_does_not(portal: Portal) -> None:
    portal.faults(search_lag_seconds=[0.5, 0.6])
    portal.ticket(cf={"cf_source_ref": "ref-2"})
    query = {"customField1": "cf_source_ref:ref-2"}
    assert portal.http.get("/api/v1/tickets/search", params=query).status_code == 204
    people = {"email": "ana@example.com"}
    assert portal.http.get("/api/v1/contacts/search", params=people).status_code == 204
    assert len(portal.http.get("/api/v1/tickets").json()["data"]) == 1
    time.sleep(0.7)
    assert portal.http.get("/api/v1/tickets/search", params=query).status_code == 200
    assert portal.http.get("/api/v1/contacts/search", params=people).status_code == 200


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


def test_sigterm_ends_it_within_two_seconds_even_when_slow() -> None:
    portal = Portal("--token-life", "60", "--search-lag", "1")
    portal.log_in()
    portal.faults(slow_seconds=30)
    with pytest.raises(httpx.ReadTimeout):
        portal.http.get("/api/v1/tickets", timeout=0.2)
    assert portal.stop() < 2
