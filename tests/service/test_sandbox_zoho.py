"""The Zoho Desk stand-in over HTTP: its objects, its rules and whom it lets in."""

import re
from typing import Any

import httpx
import pytest

from tests.service.zoho_portal import (
    CREDENTIALS,
    DEPARTMENT,
    ORG,
    Portal,
    refused,
)

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
