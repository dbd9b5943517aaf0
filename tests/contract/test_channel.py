"""What every Channel promises, asked of the fake and of WAHA's adapter against a WAHA process."""

from __future__ import annotations

import base64
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import httpx
import pytest

from domain.errors import ChannelUnavailable, MediaRefused, OutcomeUnknown, RateLimited, RetryLater
from domain.message import Attachment
from domain.ports import Channel, GroupDirectory
from tests.fakes.channel import FakeChannel
from tests.service.stage import PATIENCE, free_port
from tools.channels.waha.channel import WahaChannel

API_KEY = "clave-inventada"
GROUP = "120363000000000001@g.us"
LUPITA = "100000000000001@lid"
KEY = "ask:i1:store:1"


class NamingChannel(Channel, GroupDirectory, Protocol):
    """Both ports of a channel."""


class Rig(Protocol):
    """A channel, what its group sees, and a way to break it."""

    @property
    def channel(self) -> NamingChannel: ...

    async def seen(self) -> list[str]: ...

    async def quotes(self) -> list[str | None]: ...

    async def someone_says(self, text: str, media: bytes | None = None) -> tuple[str, Attachment]:
        """A person writes; the message's wire id and its file."""
        ...

    async def name_group(self, name: str) -> None: ...

    async def lose_answers(self) -> None: ...

    async def go_down(self) -> None: ...

    async def limit(self) -> None: ...

    async def lose_media(self) -> None: ...


class FakeRig:
    """The in-memory twin."""

    def __init__(self) -> None:
        self.channel = FakeChannel()

    async def seen(self) -> list[str]:
        return self.channel.said(GROUP)

    async def quotes(self) -> list[str | None]:
        return [one.quote.split("_")[2] if one.quote else None for one in self.channel.transcript]

    async def someone_says(self, text: str, media: bytes | None = None) -> tuple[str, Attachment]:
        url = "http://waha:3000/api/files/1.png"
        if media is not None:
            self.channel.media[url] = media
        return f"false_{GROUP}_3EB0AA_{LUPITA}", Attachment("image/png", url=url)

    async def name_group(self, name: str) -> None:
        self.channel.names[GROUP] = name

    async def lose_answers(self) -> None:
        self.channel.fail_next(OutcomeUnknown("reset"), done=True)

    async def go_down(self) -> None:
        for operation in ("send_text", "find_sent", "fetch", "group_name"):
            self.channel.fail_next(ChannelUnavailable("refused"), operation=operation)

    async def limit(self) -> None:
        self.channel.fail_next(RateLimited("429"))

    async def lose_media(self) -> None:
        self.channel.media.clear()


class WahaRig:
    """The adapter, talking to `python -m sandbox.waha`."""

    def __init__(self, http: httpx.AsyncClient, base_url: str) -> None:
        self._http = http
        self._base_url = base_url
        self.channel = WahaChannel(base_url, API_KEY, http)

    async def _ask(self, method: str, path: str, body: object = None) -> Any:
        answer = await self._http.request(method, self._base_url + path, json=body)
        answer.raise_for_status()
        return answer.json()

    async def reset(self) -> None:
        await self._ask("POST", "/sandbox/reset")

    async def _sent(self) -> list[dict[str, Any]]:
        return [one for one in await self._ask("GET", "/sandbox/sent") if one["chat"] == GROUP]

    async def seen(self) -> list[str]:
        return [one["text"] for one in await self._sent()]

    async def quotes(self) -> list[str | None]:
        return [one["quote"] for one in await self._sent()]

    async def someone_says(self, text: str, media: bytes | None = None) -> tuple[str, Attachment]:
        said: dict[str, Any] = {"chat": GROUP, "from": LUPITA, "name": "Lupita", "text": text}
        if media is not None:
            content = base64.b64encode(media).decode()
            said["media"] = {"base64": content, "mimetype": "image/png"}
        await self._ask("POST", "/sandbox/say", said)
        answer = await self._http.get(
            f"{self._base_url}/api/default/chats/{GROUP}/messages?limit=1",
            headers={"X-Api-Key": API_KEY},
        )
        newest = answer.json()[0]
        # As WAHA often does, by a host name that only its own network knows.
        url = newest["media"]["url"].replace(self._base_url, "http://waha:3000") if media else None
        return newest["id"], Attachment("image/png", url=url)

    async def name_group(self, name: str) -> None:
        said = {"chat": GROUP, "chat_name": name, "from": LUPITA, "name": "Lupita", "text": "hola"}
        await self._ask("POST", "/sandbox/say", said)

    async def lose_answers(self) -> None:
        await self._ask("PUT", "/sandbox/faults", {"lost_answer": 1})

    async def go_down(self) -> None:
        self.channel = WahaChannel(f"http://127.0.0.1:{free_port()}", API_KEY, self._http)

    async def limit(self) -> None:
        await self._ask("PUT", "/sandbox/faults", {"status_429": 1})

    async def lose_media(self) -> None:
        await self._ask("PUT", "/sandbox/faults", {"media_404": True})


@pytest.fixture(scope="module")
def waha() -> Iterator[str]:
    """The address of a WAHA process of our own."""
    command = [sys.executable, "-m", "sandbox.waha", "--port", "0"]
    command += ["--api-key", API_KEY, "--hmac-key", "clave"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            line = process.stderr.readline()
            assert "listening on http://" in line, line
            yield line.split()[-1]
        finally:
            process.terminate()


@pytest.fixture(params=["fake", pytest.param("waha", marks=pytest.mark.slow)])
async def rig(request: pytest.FixtureRequest) -> AsyncIterator[Rig]:
    """Each implementation in turn, with an empty group."""
    if request.param == "fake":
        yield FakeRig()
        return
    base_url = request.getfixturevalue("waha")
    # No keep-alive: the stand-in cuts connections off, and a cut one must not be met again.
    limits = httpx.Limits(max_keepalive_connections=0)
    async with httpx.AsyncClient(trust_env=False, limits=limits, timeout=PATIENCE) as http:
        made = WahaRig(http, base_url)
        await made.reset()
        yield made


async def test_says_a_text_once_and_tells_its_id(rig: Rig) -> None:
    stanza = await rig.channel.send_text(GROUP, "¿Qué tienda es? 🙏", effect_key=KEY)
    assert stanza
    assert "_" not in stanza
    assert await rig.seen() == ["¿Qué tienda es? 🙏"]


async def test_answers_the_message_it_quotes(rig: Rig) -> None:
    wire_id, _ = await rig.someone_says("No sirve la impresora")
    await rig.channel.send_text(
        GROUP, "¿Qué tienda es?", quote=wire_id, mentions=[LUPITA], effect_key=KEY
    )
    assert await rig.quotes() == [wire_id.split("_")[2]]


async def test_finds_what_it_sent_by_its_text(rig: Rig) -> None:
    since = datetime.now(UTC)
    stanza = await rig.channel.send_text(GROUP, "Su ticket es el 101", effect_key=KEY)
    assert await rig.channel.find_sent(GROUP, "Su ticket es el 101", since) == stanza
    assert await rig.channel.find_sent(GROUP, "Su ticket es el 10", since) is None
    assert await rig.channel.find_sent("120363000000000009@g.us", "Su ticket es el 101", since) is (
        None
    )


async def test_does_not_find_what_others_said_or_what_was_sent_before(rig: Rig) -> None:
    await rig.someone_says("Su ticket es el 101")
    await rig.channel.send_text(GROUP, "Hola", effect_key=KEY)
    now = datetime.now(UTC)
    assert await rig.channel.find_sent(GROUP, "Su ticket es el 101", now) is None
    assert await rig.channel.find_sent(GROUP, "Hola", now + timedelta(minutes=1)) is None


async def test_a_lost_answer_is_unknown_and_then_found(rig: Rig) -> None:
    since = datetime.now(UTC)
    await rig.lose_answers()
    with pytest.raises(OutcomeUnknown):
        await rig.channel.send_text(GROUP, "Su ticket es el 102", effect_key=KEY)
    assert await rig.channel.find_sent(GROUP, "Su ticket es el 102", since)
    assert await rig.seen() == ["Su ticket es el 102"]


async def test_finds_its_text_behind_many_others(rig: Rig) -> None:
    since = datetime.now(UTC)
    stanza = await rig.channel.send_text(GROUP, "la primera", effect_key=KEY)
    for n in range(60):
        await rig.channel.send_text(GROUP, f"otra {n}", effect_key=KEY)
    assert await rig.channel.find_sent(GROUP, "la primera", since) == stanza


async def test_a_channel_that_is_down_did_nothing(rig: Rig) -> None:
    _, photo = await rig.someone_says("foto", b"PNG")
    await rig.go_down()
    with pytest.raises(ChannelUnavailable):
        await rig.channel.send_text(GROUP, "Hola", effect_key=KEY)
    with pytest.raises(RetryLater):
        await rig.channel.find_sent(GROUP, "Hola", datetime.now(UTC))
    with pytest.raises(RetryLater):
        await rig.channel.fetch(photo, 100)
    assert await rig.seen() == []


async def test_a_limited_send_did_nothing(rig: Rig) -> None:
    await rig.limit()
    with pytest.raises(RateLimited):
        await rig.channel.send_text(GROUP, "Hola", effect_key=KEY)
    assert await rig.seen() == []


async def test_fetches_a_file_up_to_its_limit(rig: Rig) -> None:
    _, photo = await rig.someone_says("foto", b"0123456789")
    assert await rig.channel.fetch(photo, 10) == b"0123456789"
    with pytest.raises(MediaRefused):
        await rig.channel.fetch(photo, 9)


async def test_a_file_that_is_gone_is_refused(rig: Rig) -> None:
    _, photo = await rig.someone_says("foto", b"0123456789")
    await rig.lose_media()
    with pytest.raises(MediaRefused, match="not found"):
        await rig.channel.fetch(photo, 10)
    with pytest.raises(MediaRefused, match="not downloaded"):
        await rig.channel.fetch(Attachment("image/png"), 10)


async def test_tells_what_a_group_is_called(rig: Rig) -> None:
    assert await rig.channel.group_name(GROUP) is None
    await rig.name_group("Soporte Tienda 45 🛠")
    assert await rig.channel.group_name(GROUP) == "Soporte Tienda 45 🛠"
    assert await rig.channel.group_name("120363000000000009@g.us") is None
    assert await rig.channel.group_name("5215500000001@c.us") is None
    await rig.go_down()
    with pytest.raises(RetryLater):
        await rig.channel.group_name(GROUP)
