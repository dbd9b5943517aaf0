"""The access token: renewed early, by one at a time, never in a loop, and no secret in a URL."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest

from domain.errors import DeskRefused, DeskUnavailable, RateLimited, RecadoError
from tests.fakes.tokens import MemoryTokenStore
from tools.zoho.config import ZohoConfig
from tools.zoho.errors import INVALID_OAUTH
from tools.zoho.oauth import (
    PAUSE_AFTER_REFUSAL,
    REJECTIONS_MAX,
    AccessTokens,
    StoredToken,
    exchange_grant_code,
    grant_digest,
)

CONFIG = ZohoConfig("id", "secret", "refresh", "600", "189")


class Accounts:
    """Zoho's token endpoint, and a clock."""

    def __init__(self) -> None:
        self.answers: list[httpx.Response | type[httpx.RequestError]] = []
        self.life = 3600
        self.asked: list[httpx.Request] = []
        self.time = datetime(2026, 11, 21, 9, tzinfo=UTC)
        self.http = httpx.AsyncClient(transport=httpx.MockTransport(self._serve))

    def now(self) -> datetime:
        return self.time

    def passes(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)

    def tokens(
        self, store: MemoryTokenStore | None = None, config: ZohoConfig = CONFIG
    ) -> AccessTokens:
        return AccessTokens(self.http, config, store or MemoryTokenStore(), now=self.now)

    async def _serve(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        await asyncio.sleep(0.005)
        if self.answers:
            answer = self.answers.pop(0)
            if isinstance(answer, httpx.Response):
                return answer
            raise answer("gone", request=request)
        token = {"access_token": f"t{len(self.asked)}", "expires_in": self.life}
        return httpx.Response(200, json={**token, "api_domain": "https://evil.example"})


def no(error: str, status: int = 200) -> httpx.Response:
    return httpx.Response(status, json={"error": error})


async def test_asks_with_a_form_and_nothing_in_the_address() -> None:
    accounts = Accounts()
    assert await accounts.tokens().current() == "t1"
    [request] = accounts.asked
    assert str(request.url) == "https://accounts.zoho.com/oauth/v2/token"
    assert parse_qs(request.content.decode()) == {
        "grant_type": ["refresh_token"],
        "client_id": ["id"],
        "client_secret": ["secret"],
        "refresh_token": ["refresh"],
    }


async def test_renews_five_minutes_early_and_once() -> None:
    accounts, store = Accounts(), MemoryTokenStore()
    workers = [accounts.tokens(store) for _ in range(4)]
    for passing, expected in ((0, "t1"), (3299, "t1"), (2, "t2"), (3200, "t2")):
        accounts.passes(passing)
        asked = [worker.current() for worker in workers for _ in range(5)]
        assert set(await asyncio.gather(*asked)) == {expected}
    assert len(accounts.asked) == 2


async def test_a_short_life_is_used_for_nine_tenths() -> None:
    accounts = Accounts()
    accounts.life = 60
    tokens = accounts.tokens()
    await tokens.current()
    accounts.passes(53)
    assert await tokens.current() == "t1"
    accounts.passes(2)
    assert await tokens.current() == "t2"


async def test_a_rejected_token_is_replaced_once_for_everybody() -> None:
    accounts, store = Accounts(), MemoryTokenStore()
    workers = [accounts.tokens(store) for _ in range(4)]
    await asyncio.gather(*(worker.current() for worker in workers))
    renewed = [worker.after_rejection("t1") for worker in workers for _ in range(5)]
    assert set(await asyncio.gather(*renewed)) == {"t2"}
    assert len(accounts.asked) == 2


async def test_does_not_renew_for_ever_what_is_rejected_for_ever() -> None:
    accounts = Accounts()
    tokens = accounts.tokens()
    token = await tokens.current()
    for _ in range(REJECTIONS_MAX):
        token = await tokens.after_rejection(token)
    with pytest.raises(DeskRefused) as caught:
        await tokens.after_rejection(token)
    assert caught.value.code == INVALID_OAUTH
    accounts.passes(601)
    assert await tokens.after_rejection(token) != token


async def test_a_token_of_another_connection_is_not_used() -> None:
    accounts, store = Accounts(), MemoryTokenStore()
    await accounts.tokens(store).current()
    other = ZohoConfig("id", "secret", "another refresh token", "600", "189")
    assert grant_digest(other) != grant_digest(CONFIG)
    assert await accounts.tokens(store, other).current() == "t2"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (no("invalid_code"), DeskRefused),
        (no("invalid_client"), DeskRefused),
        (no("invalid_client", 401), DeskRefused),
        (no("Access Denied"), RateLimited),
        (no("Access Denied", 400), RateLimited),
        (no("server_error"), DeskUnavailable),
        (httpx.Response(429), RateLimited),
        (httpx.Response(500, json={"error": "invalid_code"}), DeskUnavailable),
        (httpx.Response(502, html="<html>"), DeskUnavailable),
        (httpx.Response(200, json=[]), DeskUnavailable),
        (httpx.Response(200, json={}), DeskUnavailable),
        (httpx.Response(200, json={"access_token": "a\r\nb"}), DeskUnavailable),
        (httpx.Response(302, headers={"Location": "https://evil.example"}), DeskUnavailable),
        (httpx.ReadTimeout, DeskUnavailable),
        (httpx.ConnectError, DeskUnavailable),
    ],
)
async def test_each_failure_says_what_to_do(answer: Any, error: type[RecadoError]) -> None:
    accounts = Accounts()
    accounts.answers = [answer]
    with pytest.raises(error):
        await accounts.tokens().current()


async def test_a_refusal_is_not_asked_again_at_once() -> None:
    accounts = Accounts()
    accounts.answers = [no("invalid_code"), no("invalid_code")]
    tokens = accounts.tokens()
    results = await asyncio.gather(*(tokens.current() for _ in range(10)), return_exceptions=True)
    assert {type(r) for r in results} == {DeskRefused}
    assert len(accounts.asked) == 1
    accounts.passes(PAUSE_AFTER_REFUSAL.total_seconds() + 1)
    with pytest.raises(DeskRefused, match="recado zoho connect"):
        await tokens.current()
    accounts.passes(PAUSE_AFTER_REFUSAL.total_seconds() + 1)
    assert await tokens.current() == "t3"


async def test_an_outage_of_accounts_does_not_waste_a_token_that_is_good() -> None:
    accounts = Accounts()
    tokens = accounts.tokens()
    await tokens.current()
    accounts.passes(3400)
    accounts.answers = [httpx.Response(503, html="<html>")] * 2
    assert await tokens.current() == "t1"
    accounts.passes(201)
    with pytest.raises(DeskUnavailable):
        await tokens.current()
    assert (await tokens.current()).startswith("t")


async def test_secrets_are_not_shown() -> None:
    token = StoredToken("abc-secret", datetime.now(UTC), datetime.now(UTC), "g")
    assert "abc-secret" not in repr(token)
    assert "'secret'" not in repr(CONFIG)
    assert "'refresh'" not in repr(CONFIG)


async def test_a_grant_code_without_offline_access_is_explained() -> None:
    accounts = Accounts()
    given = {"client_id": "id", "client_secret": "secret", "code": "c"}
    with pytest.raises(DeskRefused, match="offline"):
        await exchange_grant_code(
            accounts.http,
            "https://accounts.zoho.eu",
            redirect_uri="https://a.example/b",
            **given,  # type: ignore[arg-type]
        )
    [request] = accounts.asked
    form = parse_qs(request.content.decode())
    assert (form["grant_type"], form["redirect_uri"]) == (
        ["authorization_code"],
        ["https://a.example/b"],
    )
    assert request.url.query == b""
