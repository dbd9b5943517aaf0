"""Every answer of Zoho's table, and every way to get none, is told apart rightly."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from domain.errors import (
    DeskRefused,
    DeskUnavailable,
    OutcomeUnknown,
    RateLimited,
    RecadoError,
)
from tests.fakes.tokens import MemoryTokenStore
from tools.zoho.client import ZohoClient, open_http
from tools.zoho.config import ZohoConfig
from tools.zoho.errors import CONFIG_ERRORS, is_config_error
from tools.zoho.oauth import AccessTokens

CONFIG = ZohoConfig("id", "secret", "refresh", "600", "189", total_seconds=0.4)
Answer = Callable[[httpx.Request], httpx.Response]


class Desk:
    """Zoho with one scripted answer; hands out numbered tokens."""

    def __init__(self, answer: Answer, config: ZohoConfig = CONFIG) -> None:
        self.answer = answer
        self.tokens = 0
        self.requests: list[httpx.Request] = []
        self.seen: list[tuple[str, int]] = []
        self.http = httpx.AsyncClient(transport=httpx.MockTransport(self._serve))
        self.client = ZohoClient(
            self.http,
            AccessTokens(self.http, config, MemoryTokenStore()),
            config,
            observe=lambda operation, status, _: self.seen.append((operation, status)),
        )

    async def _serve(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/oauth/v2/token":
            self.tokens += 1
            return httpx.Response(200, json={"access_token": f"t{self.tokens}", "expires_in": 3600})
        self.requests.append(request)
        return self.answer(request)

    async def call(self, method: str) -> object:
        if method == "GET":
            return await self.client.get("op", "/tickets")
        if method == "PATCH":
            return await self.client.patch("op", "/tickets/1", {})
        return await self.client.post("op", "/tickets", {})


def said(status: int, code: str | None = None, **more: object) -> Answer:
    body = {"errorCode": code, "message": "no", **more}
    return lambda _: httpx.Response(status, json=body)


def page(status: int) -> Answer:
    return lambda _: httpx.Response(status, html="<html>sorry</html>")


def lost(kind: type[httpx.RequestError]) -> Answer:
    def fail(request: httpx.Request) -> httpx.Response:
        raise kind("gone", request=request)

    return fail


REFUSED = [
    (400, "BAD_REQUEST"),
    (400, "EMPTY_PAYLOAD"),
    (401, "UNAUTHORIZED"),
    (401, "INVALID_OAUTH"),
    (403, "SCOPE_MISMATCH"),
    (403, "OAUTH_ORG_MISMATCH"),
    (403, "FORBIDDEN"),
    (403, "LICENSE_ACCESS_LIMITED"),
    (404, "URL_NOT_FOUND"),
    (405, "METHOD_NOT_ALLOWED"),
    (413, "RESOURCE_SIZE_EXCEEDED"),
    (415, "UNSUPPORTED_MEDIA_TYPE"),
    (422, "UNPROCESSABLE_ENTITY"),
]


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
@pytest.mark.parametrize(("status", "code"), REFUSED)
async def test_a_definite_no_is_refused_with_its_code(method: str, status: int, code: str) -> None:
    desk = Desk(said(status, code))
    with pytest.raises(DeskRefused) as caught:
        await desk.call(method)
    assert caught.value.code == code
    assert is_config_error(caught.value) == (status in (401, 403))
    assert len(desk.requests) == (2 if code == "INVALID_OAUTH" else 1)


def test_the_config_errors_are_those_of_the_table() -> None:
    assert {code for status, code in REFUSED if status in (401, 403)} == CONFIG_ERRORS


async def test_a_refusal_names_the_fields() -> None:
    errors = [{"fieldName": "/contactId", "errorType": "invalid"}, {"fieldName": 3}, "x"]
    with pytest.raises(DeskRefused) as caught:
        await Desk(said(422, "INVALID_DATA", errors=errors)).call("POST")
    assert caught.value.fields == ("/contactId",)
    assert "/contactId" in str(caught.value)


UNCLEAR = [
    said(500, "INTERNAL_SERVER_ERROR"),
    page(500),
    page(502),
    page(503),
    page(200),
    page(302),
    page(403),
    page(408),
    lambda _: httpx.Response(200, json=["a"]),
    lambda _: httpx.Response(200, content=b'{"id": "1'),
    lost(httpx.ReadTimeout),
    lost(httpx.WriteTimeout),
    lost(httpx.ReadError),
    lost(httpx.WriteError),
    lost(httpx.RemoteProtocolError),
    lost(httpx.DecodingError),
]


@pytest.mark.parametrize("answer", UNCLEAR)
@pytest.mark.parametrize(
    ("method", "error"),
    [("GET", DeskUnavailable), ("POST", OutcomeUnknown), ("PATCH", OutcomeUnknown)],
)
async def test_an_unclear_end_is_unknown_for_a_writing(
    answer: Answer, method: str, error: type[RecadoError]
) -> None:
    desk = Desk(answer)
    with pytest.raises(error):
        await desk.call(method)
    assert len(desk.requests) == 1


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
@pytest.mark.parametrize("kind", [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout])
async def test_what_never_left_is_certainly_not_done(
    method: str, kind: type[httpx.RequestError]
) -> None:
    desk = Desk(lost(kind))
    with pytest.raises(DeskUnavailable):
        await desk.call(method)
    assert desk.seen == [("op", 0)]


@pytest.mark.parametrize(
    ("header", "seconds"), [(None, None), ("12", 12.0), ("0.5", 0.5), ("soon", None), ("-3", 0.0)]
)
async def test_a_rate_limit_tells_how_long(header: str | None, seconds: float | None) -> None:
    headers = {"Retry-After": header} if header else {}
    answer = httpx.Response(429, json={"errorCode": "TOO_MANY_REQUESTS"}, headers=headers)
    with pytest.raises(RateLimited) as caught:
        await Desk(lambda _: answer).call("POST")
    assert caught.value.retry_after == seconds


async def test_a_rate_limit_may_tell_a_date() -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    with pytest.raises(RateLimited) as caught:
        await Desk(lambda _: httpx.Response(429, headers={"Retry-After": at})).call("POST")
    assert caught.value.retry_after == pytest.approx(90, abs=60)


async def test_no_content_is_an_empty_answer() -> None:
    assert await Desk(lambda _: httpx.Response(204)).call("GET") == {}
    assert await Desk(lambda _: httpx.Response(201, json={"id": "1"})).call("POST") == {"id": "1"}


async def test_a_too_large_file_is_refused_even_by_a_proxy() -> None:
    with pytest.raises(DeskRefused) as caught:
        await Desk(page(413)).call("POST")
    assert caught.value.code == "RESOURCE_SIZE_EXCEEDED"


async def test_sends_the_token_and_the_organisation() -> None:
    desk = Desk(said(200))
    await desk.call("POST")
    [request] = desk.requests
    assert request.headers["Authorization"] == "Zoho-oauthtoken t1"
    assert request.headers["orgId"] == "600"
    assert request.url == "https://desk.zoho.com/api/v1/tickets"
    assert desk.seen == [("op", 200)]


async def test_an_expired_token_is_renewed_and_the_request_repeated_once() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.headers["Authorization"].endswith("t1"):
            return httpx.Response(401, json={"errorCode": "INVALID_OAUTH", "message": ""})
        return httpx.Response(200, json={"id": "1"})

    desk = Desk(answer)
    assert await desk.call("POST") == {"id": "1"}
    assert (desk.tokens, len(desk.requests)) == (2, 2)


async def test_an_answer_that_does_not_come_is_unknown() -> None:
    class Silent(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path == "/oauth/v2/token":
                return httpx.Response(200, json={"access_token": "t"})
            await asyncio.sleep(30)
            raise AssertionError

    async with httpx.AsyncClient(transport=Silent()) as http:
        config = ZohoConfig("id", "secret", "r", "600", "189", total_seconds=1, concurrency=1)
        client = ZohoClient(http, AccessTokens(http, config, MemoryTokenStore()), config)
        results = await asyncio.gather(
            client.post("op", "/tickets", {}), client.post("op", "/x", {}), return_exceptions=True
        )
        # The second waited for the first one's place, and certainly was not sent.
        assert {type(r) for r in results} == {OutcomeUnknown, RateLimited}
        with pytest.raises(DeskUnavailable):
            await client.get("op", "/tickets")


async def test_never_more_than_so_many_at_once() -> None:
    under_way = most = 0

    class Counting(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal under_way, most
            if request.url.path == "/oauth/v2/token":
                return httpx.Response(200, json={"access_token": "t"})
            under_way += 1
            most = max(most, under_way)
            await asyncio.sleep(0.01)
            under_way -= 1
            return httpx.Response(200, json={})

    async with httpx.AsyncClient(transport=Counting()) as http:
        config = ZohoConfig("id", "secret", "r", "600", "189", concurrency=3)
        client = ZohoClient(http, AccessTokens(http, config, MemoryTokenStore()), config)
        await asyncio.gather(*(client.get("op", "/tickets") for _ in range(12)))
    assert most == 3


async def test_the_pool_follows_no_redirect() -> None:
    async with open_http(CONFIG) as http:
        assert not http.follow_redirects
        assert http.timeout.connect == 5.0
