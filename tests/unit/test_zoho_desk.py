"""Portals differ: no custom field, no picklists, no search, lists that hide our field."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from domain.errors import DeskRefused, OutcomeUnknown
from domain.ports import Contact
from domain.ticket import TicketDraft
from tests.fakes.tokens import MemoryTokenStore
from tools.zoho.client import ZohoClient
from tools.zoho.config import ZohoConfig
from tools.zoho.desk import ZohoDesk
from tools.zoho.mapping import OPTIONAL
from tools.zoho.oauth import AccessTokens

CONFIG = ZohoConfig("id", "secret", "refresh", "600", "189")
DRAFT = TicketDraft(
    "i1", "Sin red", "Ana: sin red\nReferencia: recado:i1", "High", "technical", "", ""
)
FIELDS: list[dict[str, Any]] = [
    {"apiName": "subject"},
    {"apiName": "cf_source_ref"},
    {"apiName": "priority", "allowedValues": [{"value": "Alta"}, {"value": "Media"}]},
    {"apiName": "category", "allowedValues": ["TECHNICAL", "Other"]},
    {"apiName": "classification", "allowedValues": [{"value": "Problema"}]},
    {"apiName": "channel", "allowedValues": [{"value": "Whatsapp"}]},
]


class Portal:
    """A portal of a test: answers by route, and keeps what it was sent."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.bodies: list[dict[str, Any]] = []
        http = httpx.AsyncClient(transport=httpx.MockTransport(self._serve))
        tokens = AccessTokens(http, CONFIG, MemoryTokenStore())
        self.desk = ZohoDesk(ZohoClient(http, tokens, CONFIG), CONFIG)

    def routes(self) -> list[str]:
        return [route for route, _ in self.asked]

    def _serve(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v1")
        if path == "/oauth/v2/token":
            return httpx.Response(200, json={"access_token": "t"})
        route = f"{request.method} {path}"
        self.asked.append((route, dict(request.url.params)))
        if request.method != "GET":
            self.bodies.append(json.loads(request.content))
        answer = self.answers.get(route, refused(404, "URL_NOT_FOUND"))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        return answer if isinstance(answer, httpx.Response) else httpx.Response(200, json=answer)


def refused(status: int, code: str, *fields: str) -> httpx.Response:
    errors = [{"fieldName": name, "errorType": "invalid"} for name in fields]
    return httpx.Response(status, json={"errorCode": code, "message": "", "errors": errors})


def rows(*items: dict[str, Any]) -> dict[str, Any]:
    return {"data": list(items)}


def a_row(number: str, **more: Any) -> dict[str, Any]:
    return {"id": number, "ticketNumber": number, "status": "X", "statusType": "Open", **more}


async def test_speaks_the_portals_own_words() -> None:
    portal = Portal(**{"GET /fields": rows(*FIELDS), "POST /tickets": a_row("7")})
    await portal.desk.open_ticket(DRAFT, "5")
    [body] = portal.bodies
    assert body == {
        "subject": "Sin red",
        "departmentId": "189",
        "contactId": "5",
        "description": "Ana: sin red<br>Referencia: recado:i1",
        "cf": {"cf_source_ref": "recado:i1"},
        "priority": "Alta",
        "category": "TECHNICAL",
        "classification": "Problema",
        "channel": "Whatsapp",
        "language": "Spanish",
    }


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(204),
        httpx.Response(500, html="<html>"),
        httpx.Response(200, json={"data": "x"}),
        refused(403, "SCOPE_MISMATCH"),
        refused(404, "URL_NOT_FOUND"),
        httpx.Response(429),
    ],
)
async def test_a_portal_that_does_not_tell_gets_only_a_priority(answer: httpx.Response) -> None:
    portal = Portal(**{"GET /fields": answer, "POST /tickets": a_row("7")})
    await portal.desk.open_ticket(DRAFT, "5")
    assert {*portal.bodies[0]} & {*OPTIONAL} == {"priority"}
    asked = len(portal.asked)
    await portal.desk.open_ticket(DRAFT, "5")
    assert portal.routes()[asked:] == ["POST /tickets"]


async def test_an_older_portal_tells_by_the_older_route() -> None:
    portal = Portal(**{"GET /organizationFields": rows(*FIELDS), "POST /tickets": a_row("7")})
    await portal.desk.open_ticket(DRAFT, "5")
    assert portal.bodies[0]["priority"] == "Alta"


async def test_leaves_out_only_what_was_named() -> None:
    answers = [
        refused(422, "INVALID_DATA", "/channel", "/category"),
        refused(422, "INVALID_DATA", "/priority"),
        a_row("7"),
    ]
    portal = Portal(**{"GET /fields": rows(*FIELDS), "POST /tickets": answers})
    assert (await portal.desk.open_ticket(DRAFT, "5")).id == "7"
    kept = [{*body} & {*OPTIONAL} for body in portal.bodies]
    assert kept[0] == {*OPTIONAL}
    assert kept[1] == {"priority", "classification", "language"}
    assert kept[2] == {"classification", "language"}
    assert portal.bodies[2]["cf"] == {"cf_source_ref": "recado:i1"}


@pytest.mark.parametrize(
    ("answer", "calls"),
    [
        (refused(422, "INVALID_DATA", "/contactId"), 1),
        (refused(422, "INVALID_DATA", "/priority", "/departmentId"), 1),
        (refused(422, "INVALID_DATA", "/cf/cf_store"), 1),
        (refused(422, "INVALID_DATA", "/productId"), 1),
        (refused(422, "INVALID_DATA"), 1),
        (refused(422, "UNPROCESSABLE_ENTITY"), 1),
        # Refused again without having been sent again: no endless loop.
        (refused(422, "INVALID_DATA", "/priority"), 2),
    ],
)
async def test_never_leaves_out_what_a_ticket_needs(answer: httpx.Response, calls: int) -> None:
    portal = Portal(**{"POST /tickets": answer})
    with pytest.raises(DeskRefused):
        await portal.desk.open_ticket(DRAFT, "5")
    assert len(portal.bodies) == calls


async def test_a_portal_without_our_field_is_told_how_to_make_it() -> None:
    portal = Portal(**{"POST /tickets": refused(422, "INVALID_DATA", "/cf/cf_source_ref")})
    with pytest.raises(DeskRefused, match=r"create .* field") as caught:
        await portal.desk.open_ticket(DRAFT, "5")
    assert caught.value.fields == ("/cf/cf_source_ref",)
    portal = Portal(
        **{
            "GET /departments": rows({"id": "189", "name": "Soporte"}),
            "GET /fields": rows({"apiName": "subject"}),
        }
    )
    with pytest.raises(DeskRefused, match="cf_source_ref"):
        await portal.desk.check()


async def test_an_answer_without_an_id_is_unknown() -> None:
    portal = Portal(**{"POST /tickets": {"ok": True}, "POST /contacts": {}})
    with pytest.raises(OutcomeUnknown):
        await portal.desk.open_ticket(DRAFT, "5")
    with pytest.raises(OutcomeUnknown):
        await portal.desk.ensure_contact(Contact("p", "Ana", phone="5255"))


@pytest.mark.parametrize(
    "told",
    [
        {"cf": {"cf_source_ref": "recado:i1"}},
        {"cf_source_ref": "recado:i1"},
        {"cf": {}, "cf_source_ref": "recado:i1"},
    ],
)
async def test_the_reference_may_be_told_in_two_places(told: dict[str, Any]) -> None:
    other = a_row("3", cf={"cf_source_ref": None})
    portal = Portal(**{"GET /tickets": rows(other, a_row("2", **told))})
    [found] = await portal.desk.find_tickets("recado:i1")
    assert (found.id, found.source_ref) == ("2", "recado:i1")
    assert portal.routes() == ["GET /tickets"]


async def test_a_list_that_hides_our_field_is_looked_into() -> None:
    portal = Portal(
        **{
            "GET /tickets": rows(a_row("3"), a_row("2"), a_row("1")),
            "GET /tickets/3": a_row("3", cf={"cf_source_ref": "recado:other"}),
            "GET /tickets/2": a_row("2", cf={"cf_source_ref": "recado:i1"}),
        }
    )
    assert [t.id for t in await portal.desk.find_tickets("recado:i1")] == ["2"]


async def test_a_list_that_refuses_our_fields_is_asked_without() -> None:
    whole = a_row("2", cf={"cf_source_ref": "recado:i1"})
    portal = Portal(
        **{
            "GET /tickets": [refused(422, "INVALID_DATA", "/fields"), rows(a_row("2"))],
            "GET /tickets/2": whole,
        }
    )
    assert [t.id for t in await portal.desk.find_tickets("recado:i1")] == ["2"]


async def test_searches_for_what_the_list_no_longer_shows() -> None:
    older = a_row("2", createdTime="2026-01-01T00:00:00.000Z", cf_source_ref="recado:i1")
    newer = a_row("10", createdTime="2026-01-02T00:00:00.000Z", cf_source_ref="recado:i1")
    like = a_row("4", cf_source_ref="recado:i11")
    portal = Portal(
        **{
            "GET /tickets": httpx.Response(204),
            "GET /tickets/search": rows(newer, like, older),
        }
    )
    assert [t.id for t in await portal.desk.find_tickets("recado:i1")] == ["2", "10"]
    assert portal.asked[-1][1]["customField1"] == "cf_source_ref:recado:i1"


async def test_without_search_the_list_is_read_further() -> None:
    pages = [
        rows(*(a_row(str(n), cf_source_ref="x") for n in range(300, 200, -1))),
        rows(*(a_row(str(n), cf_source_ref="x") for n in range(300, 200, -1))),
        rows(a_row("200", cf_source_ref="recado:i1")),
    ]
    portal = Portal(
        **{"GET /tickets": pages, "GET /tickets/search": refused(403, "SCOPE_MISMATCH")}
    )
    assert [t.id for t in await portal.desk.find_tickets("recado:i1")] == ["200"]


async def test_without_search_changes_are_seen_in_the_list() -> None:
    since = datetime(2026, 11, 21, 9, tzinfo=UTC)
    listed = rows(
        a_row("3", modifiedTime="2026-11-21T09:00:01.000Z"),
        a_row("2", modifiedTime="2026-11-21T08:00:00.000Z"),
        {"id": "1"},
    )
    portal = Portal(
        **{
            "GET /tickets": listed,
            "GET /tickets/search": refused(403, "SCOPE_MISMATCH"),
            "GET /tickets/1": a_row("1", statusType="CLOSED", resolution="<div>listo</div>"),
        }
    )
    changed = await portal.desk.changed_tickets(since)
    assert [(t.id, t.closed, t.resolution) for t in changed] == [
        ("3", False, None),
        ("1", True, "listo"),
    ]


async def test_a_person_is_made_where_search_is_not_allowed() -> None:
    portal = Portal(
        **{
            "GET /contacts/search": refused(403, "SCOPE_MISMATCH"),
            "POST /contacts": {"id": "9"},
        }
    )
    assert await portal.desk.ensure_contact(Contact("p", "Ana", phone="5255")) == "9"
    assert portal.bodies == [{"lastName": "Ana", "phone": "+5255"}]


async def test_a_person_without_a_phone_is_found_by_lid() -> None:
    found = rows({"id": "1"}, {"id": "2", "description": "WhatsApp LID: 111222@lid"})
    portal = Portal(**{"GET /contacts/search": found})
    assert await portal.desk.ensure_contact(Contact("p", "Ana", lid="111222@lid")) == "2"


async def test_an_id_cannot_leave_its_place_in_the_path() -> None:
    portal = Portal()
    with pytest.raises(DeskRefused):
        await portal.desk.get_ticket("../contacts/1?x=")
    [(route, params)] = portal.asked
    assert route.startswith("GET /tickets/")
    assert params == {}
