"""WAHA's shapes on the wire: ids, signatures, event envelopes, message objects (engine NOWEB)."""

import hashlib
import hmac
import json
import re
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

_CHAT = re.compile(r"^\d+(-\d+)?@(g\.us|c\.us|lid|newsletter)$")
_MESSAGE_ID = re.compile(r"^(true|false)_([^_]+@[^_]+)_([A-Za-z0-9]+)(_[^_]+)?$")
_ULID = "0123456789abcdefghjkmnpqrstvwxyz"
VERSION = "2026.7.1"


@dataclass(frozen=True, slots=True)
class Media:
    """A file of a message; `name` is its name under /api/files/."""

    name: str
    mimetype: str
    filename: str | None


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat as the server keeps it; `at` is whole seconds since 1970."""

    chat: str
    stanza: str
    sender: str
    name: str
    text: str
    at: int
    from_me: bool = False
    quote: str | None = None
    mentions: tuple[str, ...] = ()
    media: Media | None = None
    voice: bool = False
    phone: str | None = None
    edited: bool = False
    revoked: bool = False
    reactions: dict[str, str] = field(default_factory=dict)
    accepted_at: float = 0.0
    """When the server took it, with fractions; `at` may be a time of the caller's choosing."""


def new_stanza() -> str:
    """Return a fresh stanza id in WhatsApp Web's form."""
    return "3EB0" + secrets.token_hex(9).upper()


def new_event_id() -> str:
    """Return `evt_` and a lower-case ULID."""
    number = (int(time.time() * 1000) << 80) | secrets.randbits(80)
    return "evt_" + "".join(_ULID[(number >> shift) & 31] for shift in range(125, -1, -5))


def sign(key: str, body: bytes) -> str:
    """Return the X-Webhook-Hmac of a raw body."""
    return hmac.new(key.encode(), body, hashlib.sha512).hexdigest()


def chat_jid(chat: str) -> str:
    """Complete bare digits to a group id; other ids stay."""
    return chat if "@" in chat else f"{chat.lstrip('+')}@g.us"


def person_jid(person: str) -> str:
    """Complete a bare phone to WAHA's `@c.us`; a LID must come with its `@lid`."""
    if "@" in person:
        return person.replace("@s.whatsapp.net", "@c.us")
    return f"{person.lstrip('+')}@c.us"


def is_chat(chat: str) -> bool:
    """Whether this is a chat id WAHA would send to."""
    return _CHAT.match(chat) is not None


def stanza_of(message_id: str) -> str | None:
    """Return the stanza id in `{fromMe}_{chat}_{stanza}[_{participant}]`; None if it is not one."""
    match = _MESSAGE_ID.match(message_id)
    return match.group(3) if match else None


def message_id(message: Message, stanza: str | None = None) -> str:
    """Return the serialised id; `stanza` names an edit or revoke of that message instead."""
    stanza = stanza or message.stanza
    if message.from_me:
        return f"true_{message.chat}_{stanza}"
    if message.chat.endswith("@g.us"):
        return f"false_{message.chat}_{stanza}_{message.sender}"
    return f"false_{message.chat}_{stanza}"


def media_object(media: Media | None, base_url: str, downloaded: bool = True) -> Json | None:
    """Return WAHA's `media`; documents alone carry their file name."""
    if media is None:
        return None
    family = media.mimetype.partition("/")[0]
    return {
        "url": f"{base_url}/api/files/{media.name}" if downloaded else None,
        "mimetype": media.mimetype,
        "filename": None if family in {"image", "audio", "video"} else media.filename,
        "error": None,
    }


def _content(message: Message) -> Json:
    """Return the engine's raw content, as Baileys names it."""
    context: Json = {}
    if message.quote:
        context["stanzaId"] = message.quote
    if message.mentions:
        context["mentionedJid"] = list(message.mentions)
    if message.media is None:
        if not context:
            return {"conversation": message.text}
        return {"extendedTextMessage": {"text": message.text, "contextInfo": context}}
    family = message.media.mimetype.partition("/")[0]
    kind = family if family in {"image", "video", "audio"} else "document"
    inner: Json = {"mimetype": message.media.mimetype, "contextInfo": context}
    if kind == "audio":
        inner["ptt"] = message.voice
    elif message.text:
        inner["caption"] = message.text
    if kind == "document":
        inner["fileName"] = message.media.filename
    return {f"{kind}Message": inner}


def message_payload(
    message: Message, quoted: Message | None, me: str, base_url: str, downloaded: bool = True
) -> Json:
    """Return the message object of webhooks, of /api/sendText and of the chat's history."""
    in_group = message.chat.endswith("@g.us")
    participant = message.sender if in_group and not message.from_me else None
    key: Json = {
        "remoteJid": message.chat.replace("@c.us", "@s.whatsapp.net"),
        "fromMe": message.from_me,
        "id": message.stanza,
    }
    if participant:
        key["participant"] = participant.replace("@c.us", "@s.whatsapp.net")
        if message.phone:
            key["participantAlt"] = message.phone.replace("@c.us", "@s.whatsapp.net")
        key["addressingMode"] = "lid" if participant.endswith("@lid") else "pn"
    reply: Json | None = None
    if quoted is not None:
        reply = {
            "id": quoted.stanza,
            "participant": me if quoted.from_me else quoted.sender,
            "body": quoted.text,
            "hasMedia": quoted.media is not None,
            "media": media_object(quoted.media, base_url, downloaded),
        }
    elif message.quote:
        reply = {"id": message.quote, "participant": None, "body": None}
    return {
        "id": message_id(message),
        "timestamp": message.at,
        "from": me if message.from_me else message.chat,
        "fromMe": message.from_me,
        "source": "api" if message.from_me else "app",
        "to": message.chat if message.from_me else me,
        "participant": participant,
        "body": "" if message.revoked else message.text,
        "hasMedia": message.media is not None and not message.revoked,
        "media": media_object(message.media, base_url, downloaded),
        "replyTo": reply,
        "ack": 1,
        "ackName": "SERVER",
        "vCards": [],
        "_data": {
            "key": key,
            "messageTimestamp": message.at,
            "pushName": message.name,
            "message": {} if message.revoked else _content(message),
        },
    }


def envelope(event: str, payload: Json, session: str, me: Json) -> tuple[str, bytes]:
    """Return a fresh event id and the raw body of its webhook."""
    event_id = new_event_id()
    body = {
        "id": event_id,
        "timestamp": int(time.time() * 1000),
        "event": event,
        "session": session,
        "metadata": {},
        "me": me,
        "payload": payload,
        "engine": "NOWEB",
        "environment": {"version": VERSION, "engine": "NOWEB", "tier": "CORE"},
    }
    return event_id, json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
