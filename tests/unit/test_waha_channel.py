"""WAHA's answers and failures, and where a media URL may lead."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from domain.errors import (
    ChannelRefused,
    ChannelUnavailable,
    MediaRefused,
    OutcomeUnknown,
    RateLimited,
    RecadoError,
)
from domain.message import Attachment
from tools.channels.waha.channel import Timeouts, WahaChannel

GROUP = "120363000000000001@g.us"
BASE = "http://waha.local:3000"
SINCE = datetime(2026, 3, 2, 15, 0, 0, tzinfo=UTC)
Handler = Callable[[httpx.Request], httpx.Response]


class Waha:
    """A channel whose server is a function; keeps the requests and what was observed."""

    def __init__(self, answer: Handler, timeouts: Timeouts | None = None) -> None:
        self.requests: list[httpx.Request] = []
        self.observed: list[tuple[str, str]] = []

        async def handle(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            return answer(request)

        self.channel = WahaChannel(
            BASE + "/",
            "clave",
            httpx.AsyncClient(transport=httpx.MockTransport(handle)),
            timeouts=timeouts,
            observe=lambda operation, status, took: self.observed.append((operation, status)),
        )

    async def send(self, **more: Any) -> str:
        return await self.channel.send_text(GROUP, "Hola", effect_key="ask:i1:store:1", **more)


def answers(status: int, body: object = None, **headers: str) -> Handler:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return lambda request: httpx.Response(status, content=content, headers=headers)


def fails(error: Exception) -> Handler:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error

    return answer


# -- sending --------------------------------------------------------------------------------------


async def test_asks_for_exactly_what_waha_takes() -> None:
    waha = Waha(answers(201, {"id": f"true_{GROUP}_3EB0AA"}))
    quote = f"false_{GROUP}_3EB0BB_111@lid"
    assert await waha.send(quote=quote, mentions=["+52 1 55 1234 5678", "111:2@lid"]) == "3EB0AA"
    (request,) = waha.requests
    assert str(request.url) == f"{BASE}/api/sendText"
    assert request.headers["x-api-key"] == "clave"
    assert json.loads(request.content) == {
        "session": "default",
        "chatId": GROUP,
        "text": "Hola",
        "linkPreview": False,
        "reply_to": quote,
        "mentions": ["5215512345678@c.us", "111@lid"],
    }
    assert waha.observed == [("sendText", "201")]


async def test_a_bare_stanza_is_quoted_as_waha_wants_it() -> None:
    waha = Waha(answers(201, {"id": "3EB0AA"}))
    await waha.send(quote="3EB0BB")
    assert json.loads(waha.requests[0].content)["reply_to"] == f"false_{GROUP}_3EB0BB"


@pytest.mark.parametrize(
    "body",
    [
        {"id": f"true_{GROUP}_3EB0AA"},
        {"id": f"true_{GROUP}_3EB0AA_520@c.us"},
        {"id": "3EB0AA"},
        {"id": {"_serialized": f"true_{GROUP}_3EB0AA", "id": "3EB0AA", "fromMe": True}},
        {"id": {"fromMe": True, "remote": GROUP, "id": "3EB0AA"}},
        {"key": {"id": "3EB0AA", "remoteJid": GROUP}, "status": "PENDING"},
        {"_data": {"id": {"_serialized": f"true_{GROUP}_3EB0AA"}}},
        {"_data": {"Info": {"ID": "3EB0AA"}}},
    ],
)
async def test_reads_the_id_out_of_every_engines_answer(body: object) -> None:
    assert await Waha(answers(201, body)).send() == "3EB0AA"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (fails(httpx.ConnectError("refused")), ChannelUnavailable),
        (fails(httpx.ConnectTimeout("slow")), ChannelUnavailable),
        (fails(httpx.PoolTimeout("full")), ChannelUnavailable),
        (fails(httpx.ReadTimeout("slow")), OutcomeUnknown),
        (fails(httpx.WriteError("reset")), OutcomeUnknown),
        (fails(httpx.ReadError("reset")), OutcomeUnknown),
        (fails(httpx.RemoteProtocolError("closed")), OutcomeUnknown),
        (answers(500), OutcomeUnknown),
        (answers(503), OutcomeUnknown),
        (answers(408), OutcomeUnknown),
        (answers(201, b"<html>"), OutcomeUnknown),
        (answers(201, b"[" * 100_000), OutcomeUnknown),
        (answers(200, None), OutcomeUnknown),
        (answers(200, {"id": 5}), OutcomeUnknown),
        (answers(429), RateLimited),
        (answers(400), ChannelRefused),
        (answers(401), ChannelRefused),
        (answers(403), ChannelRefused),
        (answers(404), ChannelRefused),
        (answers(422, {"message": "no such chat"}), ChannelRefused),
        (answers(301, None, location="http://evil/"), ChannelRefused),
        (
            answers(422, {"message": "Session status is not as expected. Try again later"}),
            ChannelUnavailable,
        ),
        (answers(422, {"status": "STARTING", "expected": ["WORKING"]}), ChannelUnavailable),
    ],
)
async def test_every_failure_says_whether_it_was_done(
    answer: Handler, expected: type[RecadoError]
) -> None:
    waha = Waha(answer)
    with pytest.raises(expected) as caught:
        await waha.send()
    assert type(caught.value) is expected
    assert len(waha.requests) == 1
    assert len(waha.observed) == 1
    assert "Hola" not in str(caught.value)


async def test_a_limit_says_how_long() -> None:
    with pytest.raises(RateLimited) as caught:
        await Waha(answers(429, None, **{"retry-after": "7"})).send()
    assert caught.value.retry_after == 7
    with pytest.raises(RateLimited) as caught:
        await Waha(answers(429, None, **{"retry-after": "Fri, 31 Dec"})).send()
    assert caught.value.retry_after is None


async def test_a_call_that_dribbles_ends_unknown_at_its_total_time() -> None:
    async def dribble() -> AsyncIterator[bytes]:
        while True:
            yield b" "
            await asyncio.sleep(0.01)

    waha = Waha(lambda _: httpx.Response(201, content=dribble()), Timeouts(total=0.1))
    with pytest.raises(OutcomeUnknown):
        await waha.send()


async def test_half_a_character_from_a_model_is_no_crash() -> None:
    waha = Waha(answers(201, {"id": "A"}))
    await waha.channel.send_text(GROUP, "a\ud800b", effect_key="k")
    assert json.loads(waha.requests[0].content)["text"] == "a?b"


# -- looking --------------------------------------------------------------------------------------


def sent(stanza: str, at: float, text: str = "Hola", from_me: bool = True) -> dict[str, Any]:
    said = {"id": f"true_{GROUP}_{stanza}", "timestamp": SINCE.timestamp() + at, "body": text}
    return said | {"fromMe": from_me}


async def test_asks_the_chat_for_its_newest_messages() -> None:
    waha = Waha(answers(200, [sent("A", 1)]))
    assert await waha.channel.find_sent(GROUP, "Hola", SINCE) == "A"
    url = waha.requests[0].url
    assert url.raw_path.startswith(b"/api/default/chats/120363000000000001%40g.us/messages?")
    assert url.params["limit"] == "50"
    assert url.params["downloadMedia"] == "false"


@pytest.mark.parametrize(
    ("messages", "found"),
    [
        ([], None),
        ([sent("A", -4)], "A"),
        ([sent("A", -6)], None),
        ([sent("A", 5, text="Hola ")], "A"),
        ([sent("A", 5, text="Hola!")], None),
        ([sent("A", 5, from_me=False)], None),
        ([sent("B", 90), sent("A", 1)], "A"),
        ([None, 5, {}, {"id": 1}, sent("A", 1) | {"body": None}], None),
        ([sent("A", 1) | {"fromMe": "yes"}], None),
    ],
)
async def test_finds_only_our_own_text_since_then(messages: list[Any], found: str | None) -> None:
    assert await Waha(answers(200, messages)).channel.find_sent(GROUP, "Hola", SINCE) == found


async def test_leafs_back_as_far_as_it_must_and_no_further() -> None:
    def page(request: httpx.Request) -> httpx.Response:
        offset = int(request.url.params["offset"])
        ours = [sent("A", 1)] if offset == 100 else []
        others = [sent(f"X{offset + n}", 500 - offset, text="otra") for n in range(50)]
        return httpx.Response(200, json=others + ours)

    waha = Waha(page)
    assert await waha.channel.find_sent(GROUP, "Hola", SINCE) == "A"
    assert len(waha.requests) == 3


async def test_a_chat_too_busy_to_be_sure_is_not_called_empty() -> None:
    def page(request: httpx.Request) -> httpx.Response:
        offset = int(request.url.params["offset"])
        return httpx.Response(200, json=[sent(f"X{offset + n}", 900, "otra") for n in range(50)])

    with pytest.raises(ChannelUnavailable):
        await Waha(page).channel.find_sent(GROUP, "Hola", SINCE)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (fails(httpx.ConnectError("refused")), ChannelUnavailable),
        (fails(httpx.ReadTimeout("slow")), ChannelUnavailable),
        (answers(500), ChannelUnavailable),
        (answers(401), ChannelUnavailable),
        (answers(200, {"x": 1}), ChannelUnavailable),
        (answers(200, b"soup"), ChannelUnavailable),
        (answers(429), RateLimited),
        (answers(404), NotImplementedError),
        (answers(501), NotImplementedError),
    ],
)
async def test_a_look_that_failed_is_not_an_absence(
    answer: Handler, expected: type[Exception]
) -> None:
    with pytest.raises(expected):
        await Waha(answer).channel.find_sent(GROUP, "Hola", SINCE)


async def test_checks_the_session() -> None:
    waha = Waha(answers(200, {"name": "default", "status": "WORKING"}))
    assert await waha.channel.check() == "WORKING"
    assert waha.requests[0].url.path == "/api/sessions/default"
    with pytest.raises(ChannelRefused):
        await Waha(answers(401)).channel.check()
    for answer in (answers(500), answers(200, []), fails(httpx.ConnectError("refused"))):
        with pytest.raises(ChannelUnavailable):
            await Waha(answer).channel.check()


# -- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        (f"{BASE}/api/files/default/a.jpg", "/api/files/default/a.jpg"),
        (f"{BASE}/api/files/a.jpg?x=1", "/api/files/a.jpg?x=1"),
        (f"{BASE.upper().replace('HTTP', 'http')}/api/files/a.jpg", "/api/files/a.jpg"),
        ("http://waha:3000/api/files/a.jpg", "/api/files/a.jpg"),
        ("https://user:pass@169.254.169.254/api/files/a.jpg", "/api/files/a.jpg"),
        ("http://localhost/api/files/false_1%40g.us_A.jpg", "/api/files/false_1%40g.us_A.jpg"),
        ("/api/files/a.jpg", "/api/files/a.jpg"),
    ],
)
async def test_a_file_is_fetched_from_our_server_whatever_host_is_named(
    url: str, asked: str
) -> None:
    waha = Waha(answers(200, b"bytes"))
    assert await waha.channel.fetch(Attachment("image/jpeg", url=url), 5) == b"bytes"
    (request,) = waha.requests
    assert str(request.url) == BASE + asked
    assert request.headers["x-api-key"] == "clave"
    assert request.headers["accept-encoding"] == "identity"


@pytest.mark.parametrize(
    "url",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://2852039166/latest",
        "http://[::ffff:169.254.169.254]/x",
        "http://[::1",
        "http://evil.example/x/api/files/a.jpg",
        f"{BASE}@evil.example/x",
        "http://waha.local:3001/x",
        "http://waha.local:99999/api/files/a",
        "https://waha.local:3000/x",
        "//evil.example/api/files/a.jpg",
        "file:///etc/passwd",
        "file:///api/files/a.jpg",
        "gopher://waha.local:3000/api/files/a",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "http://waha/api/files/../sessions",
        "http://waha/api/files/%2e%2e/sessions",
        "http://waha/api/files/%252e%252e/sessions",
        "http://waha/api/files/..\\sessions",
        "http://waha/api/files/..%5csessions",
        f"{BASE}/api/../../x",
        f"{BASE}/api/files/a.jpg\r\nX: y",
        f"{BASE}/api/files/ñ.jpg",
        "http://waha/api/files",
        "http:///api/files/a",
        "x",
        "\x00http://waha/api/files/a",
    ],
)
async def test_no_other_address_is_ever_called(url: str) -> None:
    waha = Waha(answers(200, b"secret"))
    with pytest.raises(MediaRefused):
        await waha.channel.fetch(Attachment("image/jpeg", url=url), 100)
    assert waha.requests == []


@pytest.mark.parametrize(
    ("answer", "expected", "match"),
    [
        (answers(404), MediaRefused, "not found"),
        (answers(410), MediaRefused, "not found"),
        (answers(403), MediaRefused, "403"),
        (answers(302, None, location="http://169.254.169.254/"), MediaRefused, "302"),
        (answers(206, b"x"), MediaRefused, "206"),
        (answers(200, b"x" * 11), MediaRefused, "bigger"),
        (answers(200, b"x", **{"content-encoding": "gzip"}), MediaRefused, "compressed"),
        (answers(500), ChannelUnavailable, "500"),
        (answers(429), RateLimited, "429"),
        (fails(httpx.ConnectError("refused")), ChannelUnavailable, "ConnectError"),
        (fails(httpx.ReadError("reset")), ChannelUnavailable, "ReadError"),
    ],
)
async def test_a_file_is_refused_for_good_or_tried_again(
    answer: Handler, expected: type[Exception], match: str
) -> None:
    waha = Waha(answer)
    with pytest.raises(expected, match=match):
        await waha.channel.fetch(Attachment("image/jpeg", url="/api/files/a"), 10)
    assert len(waha.requests) == 1


async def test_an_endless_file_is_cut_off_at_the_limit() -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield b"x" * 1_000

    waha = Waha(lambda _: httpx.Response(200, content=endless()))
    with pytest.raises(MediaRefused, match="bigger"):
        await waha.channel.fetch(Attachment("image/jpeg", url="/api/files/a"), 100_000)
    assert taken < 300
    assert waha.observed == [("media", "200")]


async def test_a_file_that_was_not_downloaded_says_why() -> None:
    waha = Waha(answers(200))
    for error in (None, "timed out"):
        with pytest.raises(MediaRefused, match=error or "not downloaded"):
            await waha.channel.fetch(Attachment("image/jpeg", error=error), 10)
