"""Reads what WAHA's API answers, which differs by engine and version."""

from __future__ import annotations

import json

import httpx

from tools.channels.waha.ids import stanza_of
from tools.channels.waha.wire import dig


def json_of(response: httpx.Response) -> object:
    """The answer's JSON; None when it is none."""
    try:
        tree: object = json.loads(response.content)
    except (ValueError, RecursionError):
        return None
    return tree


def sent_stanza(answer: object) -> str | None:
    """The stanza id of a message just sent: `id` as text or object, else the engine's own key."""
    for given in (
        dig(answer, "id"),
        dig(answer, "key", "id"),
        dig(answer, "_data", "id"),
        dig(answer, "_data", "key", "id"),
        dig(answer, "_data", "Info", "ID"),
    ):
        stanza = stanza_of(given)
        if stanza:
            return stanza
    return None


def group_name(answer: object) -> str | None:
    """What a group is called, as NOWEB, WEBJS and GOWS say it."""
    for given in (
        dig(answer, "subject"),
        dig(answer, "name"),
        dig(answer, "groupMetadata", "subject"),
        dig(answer, "Name"),
    ):
        if isinstance(given, str) and given.strip():
            return given.strip()
    return None


def is_session_down(response: httpx.Response) -> bool:
    """Whether a 422 says that the session is not working now, which passes."""
    answer = json_of(response)
    told = dig(answer, "message")
    return response.status_code == 422 and (
        (isinstance(told, str) and told.startswith("Session status is not as expected"))
        or (dig(answer, "status") is not None and dig(answer, "expected") is not None)
    )


def retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait, when the answer says so as a number."""
    told = response.headers.get("retry-after", "")
    return min(float(told), 3600.0) if told.isascii() and told.isdigit() else None
