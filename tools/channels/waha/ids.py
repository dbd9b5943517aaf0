"""WAHA's ids: chats, people and messages, each spelt in several ways for the same thing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

_MESSAGE = re.compile(
    r"(?:(?P<me>true|false)_)?(?P<chat>[^_@\s]+@[a-z.]+)_(?P<stanza>.+?)"
    r"(?:_(?P<participant>[^_@\s]+@[a-z.]+|out))?"
)
_STANZA = re.compile(r"[!-~]{1,128}")
_CHAT = re.compile(r"[0-9]{1,30}(?:-[0-9]{1,20})?@(?:g\.us|c\.us|lid)")
_PERSON = re.compile(
    r"(?P<user>[0-9]{1,20})(?:[.:][0-9]+){0,2}"
    r"@(?P<server>lid|hosted\.lid|c\.us|s\.whatsapp\.net|hosted)"
)
_PHONE = re.compile(r"\+?([0-9]{7,20})")
_LONGEST = 300


class MessageId(NamedTuple):
    """The parts of `{fromMe}_{chat}_{stanza}[_{participant}]`; a bare stanza has only itself."""

    stanza: str
    chat: str | None = None
    from_me: bool | None = None
    participant: str | None = None


def id_text(value: object) -> str | None:
    """An id as text; engines give it as a string or as `{"_serialized": ...}`."""
    if isinstance(value, dict):
        value = value.get("_serialized") or value.get("id")
    if not isinstance(value, str):
        return None
    value = value.strip()
    return value if 0 < len(value) <= _LONGEST else None


def message_id(value: object) -> MessageId | None:
    """A message's id taken apart; None when it is none. Only (chat, stanza) may be compared."""
    text = id_text(value)
    if text is None:
        return None
    if "@" not in text:
        return MessageId(text) if _STANZA.fullmatch(text) else None
    found = _MESSAGE.fullmatch(text)
    if found is None or not _STANZA.fullmatch(found["stanza"]):
        return None
    from_me = None if found["me"] is None else found["me"] == "true"
    participant = None if found["participant"] == "out" else found["participant"]
    return MessageId(found["stanza"], found["chat"], from_me, participant)


def stanza_of(value: object) -> str | None:
    """The stanza id in a whole or bare message id."""
    found = message_id(value)
    return found.stanza if found else None


def chat_id(value: object) -> str | None:
    """A chat under one id: `@s.whatsapp.net` becomes `@c.us`, a device suffix goes; else None."""
    text = id_text(value)
    if text is None:
        return None
    person = _PERSON.fullmatch(text)
    if person is not None:
        server = "lid" if person["server"].endswith("lid") else "c.us"
        return f"{person['user']}@{server}"
    return text if _CHAT.fullmatch(text) else None


def is_broadcast(value: object) -> bool:
    """Whether this is a status, a broadcast list or a channel, which nobody reports in."""
    text = id_text(value)
    return text is not None and text.endswith(("@broadcast", "@newsletter"))


def person_ids(candidates: Iterable[object]) -> tuple[str | None, str | None]:
    """(LID, phone digits) of one person from all the ids given for them, the first of each."""
    lid: str | None = None
    phone: str | None = None
    for value in candidates:
        text = id_text(value) or ""
        found, bare = _PERSON.fullmatch(text), _PHONE.fullmatch(text)
        if found is not None and found["server"].endswith("lid"):
            lid = lid or f"{found['user']}@lid"
        elif found is not None:
            phone = phone or found["user"]
        elif bare is not None:
            phone = phone or bare[1]
    return lid, phone


def contact_jid(value: str) -> str:
    """An id as sendText wants it in `mentions`: `111@lid`, or `<digits>@c.us`."""
    lid, phone = person_ids([value.strip(), re.sub(r"[\s()-]+", "", value)])
    return lid or (f"{phone}@c.us" if phone else value)
