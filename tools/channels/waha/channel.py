"""Speaks in WhatsApp through a WAHA server (https://waha.devlike.pro).

WAHA has no idempotency key: a send whose answer got lost is looked up in the chat.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote as escape

import httpx

from domain.errors import (
    ChannelRefused,
    ChannelUnavailable,
    MediaRefused,
    OutcomeUnknown,
    RateLimited,
)
from domain.message import Attachment
from domain.ports import Channel, GroupDirectory
from tools.channels.waha.addresses import media_address
from tools.channels.waha.answers import (
    group_name,
    is_session_down,
    json_of,
    retry_after,
    sent_stanza,
)
from tools.channels.waha.ids import contact_jid, stanza_of
from tools.channels.waha.wire import dig, seconds

Observe = Callable[[str, str, float], None]
"""Told (operation, HTTP status or name of the failure, seconds) of every call."""

_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_PAGE = 50
_PAGES = 10
_TOLERANCE_SECONDS = 5


@dataclass(frozen=True)
class Timeouts:
    """Seconds; the totals bound a call from its start to its last byte."""

    connect: float = 5.0
    read: float = 15.0
    total: float = 20.0
    media_total: float = 60.0


def _ignore(operation: str, status: str, took: float) -> None:
    """Observe nothing."""


class WahaChannel(Channel, GroupDirectory):
    """The ports Channel and GroupDirectory over one WAHA session.

    The client is injected and not closed here.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str,
        client: httpx.AsyncClient,
        *,
        session: str = "default",
        timeouts: Timeouts | None = None,
        observe: Observe = _ignore,
    ) -> None:
        self._base = base_url.rstrip("/")
        self._headers = {"X-Api-Key": api_key}
        self._client = client
        self._session = session
        self._timeouts = timeouts or Timeouts()
        self._timeout = httpx.Timeout(self._timeouts.read, connect=self._timeouts.connect)
        self._observe = observe

    # -- speaking ---------------------------------------------------------------------------------

    async def send_text(
        self,
        chat: str,
        text: str,
        *,
        quote: str | None = None,
        mentions: Sequence[str] = (),
        effect_key: str,
    ) -> str:
        """Say something; the stanza id. `effect_key` stays here: WAHA takes no such key.

        `quote` is the wire id of the message answered. Raises ChannelUnavailable, RateLimited,
        OutcomeUnknown, ChannelRefused; a session that is only down for now is unavailable.
        """
        body: dict[str, object] = {
            "session": self._session,
            "chatId": chat,
            "text": _encodable(text),
            "linkPreview": False,
        }
        if quote:
            body["reply_to"] = quote if "@" in quote else f"false_{chat}_{quote}"
        if mentions:
            body["mentions"] = [contact_jid(person) for person in mentions]
        try:
            async with asyncio.timeout(self._timeouts.total):
                url = f"{self._base}/api/sendText"
                async with self._call("sendText", "POST", url, body) as response:
                    await response.aread()
        except _NOT_SENT as error:
            raise ChannelUnavailable(f"sendText: {type(error).__name__}") from error
        except (httpx.HTTPError, TimeoutError) as error:
            raise OutcomeUnknown(f"sendText: {type(error).__name__}") from error
        if not response.is_success:
            _raise_refusal("sendText", response)
        stanza = sent_stanza(json_of(response))
        if stanza is None:
            raise OutcomeUnknown("sendText: the answer names no message")
        return stanza

    async def find_sent(
        self,
        chat: str,
        text: str,
        since: datetime,
        *,
        quote: str | None = None,
        others: Collection[str] = (),
    ) -> str | None:
        """Our own message with exactly this text since then, the one closest to `since`.

        `since` is real time, not the demo's. Times are whole seconds and clocks differ: five
        seconds before `since` still count. Space at the ends does not, since WhatsApp trims it.
        A message that is told to quote something else than `quote` is not ours; engines that tell
        nothing are believed.
        Raises ChannelUnavailable or RateLimited when it cannot be told, NotImplementedError where
        WAHA keeps no history.
        """
        text = _encodable(text).strip()
        start = since.timestamp() - _TOLERANCE_SECONDS
        quoted = stanza_of(quote)
        found: dict[str, float] = {}
        seen: set[str] = set()
        for page in range(_PAGES):
            messages = await self._history(chat, int(start), page * _PAGE)
            known = len(seen)
            oldest = float("inf")
            for message in messages:
                stanza, at = stanza_of(dig(message, "id")), _time_of(message)
                if stanza is None or at is None:
                    continue
                seen.add(stanza)
                oldest = min(oldest, at)
                said = dig(message, "body")
                ours = dig(message, "fromMe") is True and isinstance(said, str)
                told = stanza_of(dig(message, "replyTo", "id"))
                ours = ours and stanza not in others and told in (None, quoted)
                if ours and at >= start and str(said).strip() == text:
                    found[stanza] = abs(at - since.timestamp())
            if found or len(seen) == known or oldest < start:
                return min(found, key=found.__getitem__) if found else None
        raise ChannelUnavailable("messages: too many since then to be sure")

    async def _history(self, chat: str, start: int, offset: int) -> list[object]:
        """One page of a chat, newest first."""
        path = f"/api/{escape(self._session, safe='')}/chats/{escape(chat, safe='')}/messages"
        query = (
            f"limit={_PAGE}&offset={offset}&downloadMedia=false"
            f"&filter.fromMe=true&filter.timestamp.gte={start}"
        )
        response = await self._get("messages", f"{path}?{query}")
        if response.status_code in (404, 405, 501):
            raise NotImplementedError(f"messages: {response.status_code}")
        if not response.is_success:
            _raise_unreadable("messages", response)
        tree = json_of(response)
        if not isinstance(tree, list):
            raise ChannelUnavailable("messages: the answer is no list")
        return tree

    async def group_name(self, chat: str) -> str | None:
        """What a group is called, by whichever key this engine says it.

        Raises ChannelUnavailable, RateLimited, or ChannelRefused for a wrong key.
        """
        if not chat.endswith("@g.us"):
            return None
        path = f"/api/{escape(self._session, safe='')}/groups/{escape(chat, safe='')}"
        response = await self._get("group", path)
        if response.status_code == 404:
            return None
        if response.status_code in (401, 403):
            raise ChannelRefused(f"group: {response.status_code}")
        if not response.is_success:
            _raise_unreadable("group", response)
        name = group_name(json_of(response))
        return None if name == chat else name

    async def check(self) -> str:
        """The session's status, `WORKING` when all is well.

        Raises ChannelRefused for a wrong key or session, ChannelUnavailable else.
        """
        response = await self._get("session", f"/api/sessions/{escape(self._session, safe='')}")
        if response.status_code in (401, 403, 404):
            raise ChannelRefused(f"session: {response.status_code}")
        if not response.is_success:
            _raise_unreadable("session", response)
        status = dig(json_of(response), "status")
        if not isinstance(status, str):
            raise ChannelUnavailable("session: the answer names no status")
        return status[:50]

    # -- files ------------------------------------------------------------------------------------

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        """The bytes of a file on our WAHA server, at most `limit`; no redirect is followed.

        Raises MediaRefused when it can never be had, ChannelUnavailable or RateLimited else.
        """
        if not attachment.url:
            raise MediaRefused(attachment.error or "not downloaded")
        address = media_address(self._base, attachment.url)
        data = bytearray()
        try:
            async with asyncio.timeout(self._timeouts.media_total):
                async with self._call("media", "GET", address) as response:
                    _check_media(response, limit)
                    async for chunk in response.aiter_bytes(65_536):
                        data += chunk
                        if len(data) > limit:
                            raise MediaRefused(f"bigger than {limit} bytes")
        except httpx.InvalidURL as error:
            raise MediaRefused("the file's address cannot be read") from error
        except (httpx.HTTPError, TimeoutError) as error:
            raise ChannelUnavailable(f"media: {type(error).__name__}") from error
        return bytes(data)

    # -- HTTP -------------------------------------------------------------------------------------

    async def _get(self, operation: str, path: str) -> httpx.Response:
        try:
            async with asyncio.timeout(self._timeouts.total):
                async with self._call(operation, "GET", self._base + path) as response:
                    await response.aread()
        except (httpx.HTTPError, TimeoutError) as error:
            raise ChannelUnavailable(f"{operation}: {type(error).__name__}") from error
        return response

    @asynccontextmanager
    async def _call(
        self, operation: str, method: str, url: str, body: object = None
    ) -> AsyncIterator[httpx.Response]:
        """One request, observed however it ends."""
        began = time.perf_counter()
        status = "cancelled"
        headers = self._headers | ({"Accept-Encoding": "identity"} if operation == "media" else {})
        try:
            async with self._client.stream(
                method,
                url,
                json=body,
                headers=headers,
                timeout=self._timeout,
                follow_redirects=False,
            ) as response:
                status = str(response.status_code)
                yield response
        except httpx.HTTPError as error:
            status = type(error).__name__
            raise
        finally:
            self._observe(operation, status, time.perf_counter() - began)


def _encodable(text: str) -> str:
    """Without lone surrogates, which a model may write and UTF-8 cannot carry."""
    return text.encode("utf-8", "replace").decode()


def _time_of(message: object) -> float | None:
    """When a message of the history was sent; any time that is one."""
    return seconds(dig(message, "timestamp"), datetime.now(UTC))


def _raise_refusal(operation: str, response: httpx.Response) -> None:
    """Translate an answer that is no success, of a call that may have done something."""
    status = response.status_code
    told = f"{operation}: {status}"
    if status == 429:
        raise RateLimited(told, retry_after(response))
    if is_session_down(response):
        raise ChannelUnavailable(f"{told}, the session is not working")
    if status >= 500 or status == 408:
        raise OutcomeUnknown(told)
    raise ChannelRefused(told)


def _raise_unreadable(operation: str, response: httpx.Response) -> None:
    """Translate an answer that is no success, of a call that only reads."""
    told = f"{operation}: {response.status_code}"
    if response.status_code == 429:
        raise RateLimited(told, retry_after(response))
    raise ChannelUnavailable(told)


def _check_media(response: httpx.Response, limit: int) -> None:
    """Raise unless this answer's body is the file and may fit."""
    status = response.status_code
    if status in (404, 410):
        raise MediaRefused("not found")
    if status in (408, 429) or status >= 500:
        _raise_unreadable("media", response)
    if status != 200:
        raise MediaRefused(f"answered {status}")
    if response.headers.get("content-encoding", "identity").lower() != "identity":
        raise MediaRefused("compressed in transit")
    length = response.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > limit:
        raise MediaRefused(f"bigger than {limit} bytes")
