"""What only Zoho's adapter promises, shown at the stand-in: tokens, faults, picklists, webhooks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from domain.errors import DeskRefused, DeskUnavailable, OutcomeUnknown, RateLimited
from tests.contract.desk_bench import (
    ANA,
    LIMIT,
    ROUTES,
    StandIn,
    ZohoBench,
    a_draft,
    an_open_ticket,
    bench_at,
)
from tests.fakes.tokens import MemoryTokenStore
from tests.service.stage import PATIENCE
from tools.zoho.client import open_http
from tools.zoho.config import ZohoConfig
from tools.zoho.errors import CONFIG_ERRORS, NotSigned
from tools.zoho.oauth import AccessTokens, exchange_grant_code
from tools.zoho.webhook import WebhookVerifier, parse_events

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    log = tmp_path_factory.mktemp("zoho") / "log.jsonl"
    with StandIn("--log", str(log), "--attachment-limit", str(LIMIT)) as process:
        yield process


@pytest.fixture
async def zoho(stand_in: StandIn) -> AsyncIterator[ZohoBench]:
    async with bench_at(stand_in.origin) as bench:
        yield bench


@pytest.mark.parametrize(
    "plan",
    [
        {"status_5xx": {"value": 1, "times": 1, "only": [ROUTES["open_ticket"]], "when": "after"}},
        {"status_5xx": {"value": 1, "times": 1, "only": [ROUTES["open_ticket"]]}},
        {
            "status_5xx": {"value": 1, "times": 1, "only": [ROUTES["open_ticket"]]},
            "html_errors": True,
        },
        {"refuse": {"value": 1, "times": 1, "only": [ROUTES["open_ticket"]]}},
    ],
)
async def test_a_writing_without_a_plain_answer_is_unknown(
    zoho: ZohoBench, plan: dict[str, Any]
) -> None:
    contact = await zoho.desk.ensure_contact(ANA)
    await zoho.faults(**plan, search_lag_seconds=30)
    with pytest.raises(OutcomeUnknown):
        await zoho.desk.open_ticket(a_draft(), contact)
    found = await zoho.desk.find_tickets("recado:i1")
    assert [t.id for t in found] == [t["id"] for t in await zoho.raw()]


async def test_gives_up_on_an_answer_that_takes_too_long(zoho: ZohoBench) -> None:
    desk = zoho.a_desk(total_seconds=0.5)
    contact = await desk.ensure_contact(ANA)
    await zoho.faults(slow_seconds={"value": 1.5, "only": [ROUTES["open_ticket"]], "when": "after"})
    with pytest.raises(OutcomeUnknown):
        await desk.open_ticket(a_draft(), contact)
    assert len(await desk.find_tickets("recado:i1")) == 1


async def test_a_desk_that_is_not_there_has_done_nothing(zoho: ZohoBench) -> None:
    desk = zoho.a_desk(desk_url="http://127.0.0.1:9")
    with pytest.raises(DeskUnavailable):
        await desk.open_ticket(a_draft(), "1")
    desk = zoho.a_desk(accounts_url="http://127.0.0.1:9")
    with pytest.raises(DeskUnavailable):
        await desk.open_ticket(a_draft(), "1")


async def test_twenty_calls_share_one_token(zoho: ZohoBench) -> None:
    before = await zoho.last_line()
    await asyncio.gather(*(zoho.desk.find_tickets(f"recado:{n}") for n in range(20)))
    assert await zoho.token_requests(before) == 1

    await zoho.control("POST", "/tokens/expire")
    before = await zoho.last_line()
    await asyncio.gather(*(zoho.desk.find_tickets(f"recado:{n}") for n in range(20)))
    assert await zoho.token_requests(before) == 1


async def test_an_expired_token_opens_one_ticket(zoho: ZohoBench) -> None:
    contact = await zoho.desk.ensure_contact(ANA)
    await zoho.control("POST", "/tokens/expire")
    await zoho.desk.open_ticket(a_draft(), contact)
    assert len(await zoho.kept()) == 1


async def test_a_revoked_grant_is_a_matter_for_a_person(zoho: ZohoBench) -> None:
    contact = await zoho.desk.ensure_contact(ANA)
    await zoho.faults(revoked_token=True)
    await zoho.control("POST", "/tokens/expire")
    before = await zoho.last_line()
    results = await asyncio.gather(
        *(zoho.desk.open_ticket(a_draft(f"i{n}"), contact) for n in range(10)),
        return_exceptions=True,
    )
    assert {type(r) for r in results} == {DeskRefused}
    assert {r.code for r in results if isinstance(r, DeskRefused)} <= CONFIG_ERRORS
    assert "recado zoho connect" in str(results[0])
    assert await zoho.token_requests(before) == 1
    assert await zoho.kept() == []


async def test_too_many_tokens_is_a_matter_of_waiting(zoho: ZohoBench) -> None:
    await zoho.faults(refresh_failures=1)
    with pytest.raises(RateLimited):
        await zoho.desk.find_tickets("recado:i1")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"org_id": "1"}, "OAUTH_ORG_MISMATCH"),
        ({"client_secret": "wrong"}, "INVALID_OAUTH"),
        ({"department_id": "1"}, "FORBIDDEN"),
    ],
)
async def test_check_says_what_to_mend(zoho: ZohoBench, changes: dict[str, str], code: str) -> None:
    assert await zoho.zoho.check() == "Store support"
    with pytest.raises(DeskRefused) as caught:
        await zoho.a_desk(**changes).check()
    assert caught.value.code == code
    assert caught.value.code in CONFIG_ERRORS


async def test_sends_what_the_portal_knows_and_no_more(zoho: ZohoBench) -> None:
    await an_open_ticket(zoho)
    [ticket] = await zoho.raw()
    assert (ticket["channel"], ticket["classification"]) == ("WhatsApp", "Problem")
    assert (ticket["category"], ticket["language"]) == (None, "Spanish")
    assert ticket["cf"]["cf_source_ref"] == "recado:i1"


async def test_leaves_out_a_priority_that_the_portal_refuses() -> None:
    picklists = ("--picklist", "priority=P1,P2", "--picklist", "category=Técnica,Otra")
    with StandIn(*picklists) as process:
        async with bench_at(process.origin) as zoho:
            contact = await zoho.desk.ensure_contact(ANA)
            await zoho.desk.open_ticket(a_draft("i1"), contact)
            # A portal that does not tell its picklists is sent a priority, and says no.
            await zoho.faults(status_5xx={"value": 1, "only": ["GET /api/v1/*ields"]})
            await zoho.a_desk().open_ticket(a_draft("i2"), contact)
            told, untold = await zoho.raw()
            assert (told["priority"], told["category"]) == (None, "Técnica")
            assert (untold["priority"], untold["category"]) == (None, None)
            assert ("create_ticket", 422) in zoho.seen


async def test_a_grant_code_becomes_a_refresh_token(zoho: ZohoBench) -> None:
    async with open_http(zoho.config) as http:
        given: dict[str, Any] = {
            "client_id": zoho.config.client_id,
            "client_secret": zoho.config.client_secret,
            "code": "1000.sandbox-grant-code",
        }
        grant = await exchange_grant_code(http, zoho.origin, **given)
        assert grant.refresh_token == zoho.config.refresh_token
        with pytest.raises(DeskRefused):
            await exchange_grant_code(http, zoho.origin, **given)


@dataclass(frozen=True)
class Delivery:
    token: str
    body: bytes


@asynccontextmanager
async def _webhook_door() -> AsyncIterator[tuple[str, asyncio.Queue[Delivery]]]:
    """An address that answers 200 to everything and keeps what was posted."""
    deliveries: asyncio.Queue[Delivery] = asyncio.Queue()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head.split("\r\n")[1:])
        }
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        if "x-zdesk-jwt" in headers:
            deliveries.put_nowait(Delivery(headers["x-zdesk-jwt"], body))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook", deliveries


@pytest.mark.parametrize("milliseconds", [False, True])
async def test_a_real_delivery_is_verified_and_read(zoho: ZohoBench, milliseconds: bool) -> None:
    ticket = await an_open_ticket(zoho)
    verifier = WebhookVerifier(zoho.http, ZohoConfig(**{**vars(zoho.config), "webhook_id": None}))
    strict = WebhookVerifier(zoho.http, zoho.config)
    async with _webhook_door() as (url, deliveries):
        await zoho.desk.find_tickets("recado:i1")
        token = await AccessTokens(zoho.http, zoho.config, MemoryTokenStore()).current()
        headers = {
            "Authorization": f"Zoho-oauthtoken {token}",
            "orgId": zoho.config.org_id,
        }
        body = {"name": "t", "url": url, "subscriptions": {"Ticket_Update": None}}
        answer = await zoho.http.post(f"{zoho.origin}/api/v1/webhooks", json=body, headers=headers)
        assert answer.is_success, answer.text
        await zoho.faults(jwt_milliseconds=milliseconds)
        await zoho.set_status(ticket, "Closed", "listo")
        delivery = await asyncio.wait_for(deliveries.get(), PATIENCE)

    await verifier.verify(delivery.token)
    with pytest.raises(NotSigned, match="another webhook"):
        await strict.verify(delivery.token)
    [hint] = parse_events(delivery.body)
    assert (hint.ticket_id, hint.event) == (ticket, "Ticket_Update")
