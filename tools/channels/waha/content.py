"""What a WAHA message holds: its kind, its words, its files. Engines say the same differently:
WEBJS by `_data.type`, NOWEB by the keys of `_data.message`, GOWS by those of `_data.Message`."""

from __future__ import annotations

import re

from domain.message import Attachment, MessageKind
from tools.channels.waha.wire import Location, Media, Payload, Tree, dig, words

TEXT_CAP = 65_536
_URL_CAP = 2_048
_VCARDS_CAP = 20
_UNKNOWN_TYPE = "application/octet-stream"
_MIMETYPE = re.compile(r"[a-z0-9][a-z0-9.+-]{0,59}/[a-z0-9][a-z0-9.+-]{0,99}")

_WRAPPERS = (
    "ephemeralMessage",
    "viewOnceMessage",
    "viewOnceMessageV2",
    "viewOnceMessageV2Extension",
    "documentWithCaptionMessage",
    "editedMessage",
)
_BY_CONTENT = {
    "stickerMessage": MessageKind.STICKER,
    "imageMessage": MessageKind.IMAGE,
    "videoMessage": MessageKind.VIDEO,
    "ptvMessage": MessageKind.VIDEO,
    "audioMessage": MessageKind.AUDIO,
    "documentMessage": MessageKind.DOCUMENT,
    "locationMessage": MessageKind.LOCATION,
    "liveLocationMessage": MessageKind.LOCATION,
    "contactMessage": MessageKind.CONTACT,
    "contactsArrayMessage": MessageKind.CONTACT,
    "pollCreationMessage": MessageKind.POLL,
    "pollCreationMessageV2": MessageKind.POLL,
    "pollCreationMessageV3": MessageKind.POLL,
}
_BY_TYPE = {
    "sticker": MessageKind.STICKER,
    "image": MessageKind.IMAGE,
    "video": MessageKind.VIDEO,
    "ptv": MessageKind.VIDEO,
    "audio": MessageKind.AUDIO,
    "ptt": MessageKind.AUDIO,
    "document": MessageKind.DOCUMENT,
    "location": MessageKind.LOCATION,
    "vcard": MessageKind.CONTACT,
    "multi_vcard": MessageKind.CONTACT,
    "poll_creation": MessageKind.POLL,
    "ciphertext": MessageKind.PLACEHOLDER,
}
_FILES = {
    MessageKind.IMAGE: "image/jpeg",
    MessageKind.VIDEO: "video/mp4",
    MessageKind.AUDIO: "audio/ogg",
    MessageKind.DOCUMENT: _UNKNOWN_TYPE,
    MessageKind.STICKER: "image/webp",
}
_FAMILIES = {"image": MessageKind.IMAGE, "video": MessageKind.VIDEO, "audio": MessageKind.AUDIO}


def content_of(data: Tree | None) -> Tree:
    """The engine's own content, out of its wrappers; empty where the engine shows none."""
    node = dig(data, "message") or dig(data, "Message")
    for _ in range(6):
        if not isinstance(node, dict):
            return {}
        wrapper = next((name for name in _WRAPPERS if isinstance(node.get(name), dict)), None)
        if wrapper is None:
            return node
        node = dig(node, wrapper, "message") or dig(node, wrapper, "Message")
    return {}


def context_of(content: Tree) -> Tree:
    """The contextInfo of whichever part of the content has one."""
    for part in content.values():
        context = dig(part, "contextInfo")
        if isinstance(context, dict):
            return context
    return {}


def _hint(payload: Payload, content: Tree) -> MessageKind | None:
    """The kind that the engine's raw data names, if it names one."""
    for name, kind in _BY_CONTENT.items():
        if isinstance(content.get(name), dict):
            return kind
    stub = dig(payload.data, "messageStubType")
    if stub == "CIPHERTEXT" or (type(stub) is int and stub == 2):
        return MessageKind.PLACEHOLDER
    type_ = dig(payload.data, "type")
    return _BY_TYPE.get(type_) if isinstance(type_, str) else None


def read_content(
    payload: Payload,
) -> tuple[MessageKind, str, tuple[Attachment, ...]] | None:
    """(kind, text, attachments) of a message; None when nobody says anything in it."""
    content = content_of(payload.data)
    hint = _hint(payload, content)
    body = (payload.body or "")[:TEXT_CAP]
    if payload.hasMedia or (payload.hasMedia is None and (payload.media or payload.mediaUrl)):
        attachment = _attachment(payload, hint)
        kind = _media_kind(attachment, hint)
        return kind, body, (attachment,)
    if payload.location is not None or hint is MessageKind.LOCATION:
        return MessageKind.LOCATION, _place(payload, content, body), ()
    if payload.vCards or hint is MessageKind.CONTACT:
        return MessageKind.CONTACT, _people(payload, content, body), ()
    if hint is MessageKind.POLL:
        return MessageKind.POLL, _poll(payload, content, body), ()
    if body.strip():
        return MessageKind.TEXT, body, ()
    if hint in _FILES:
        return hint, body, (_attachment(payload, hint),)
    if hint is MessageKind.PLACEHOLDER:
        return hint, "", ()
    return None


def _attachment(payload: Payload, hint: MessageKind | None) -> Attachment:
    media = payload.media or Media()
    mimetype = (media.mimetype or "").partition(";")[0].strip().lower()
    if not _MIMETYPE.fullmatch(mimetype):
        mimetype = _FILES.get(hint, _UNKNOWN_TYPE) if hint else _UNKNOWN_TYPE
    url = words(media.url or payload.mediaUrl, _URL_CAP)
    error = None if url else "not downloaded"
    if media.error:
        told = media.error if isinstance(media.error, str) else dig(media.error, "message")
        error = words(told) or "download failed"
    return Attachment(mimetype=mimetype, filename=words(media.filename), url=url, error=error)


def _media_kind(file: Attachment, hint: MessageKind | None) -> MessageKind:
    """The mimetype decides; WebP is a sticker unless the engine or a file name says otherwise."""
    webp = file.mimetype == "image/webp"
    if hint is MessageKind.STICKER or (
        webp and file.filename is None and hint is not MessageKind.IMAGE
    ):
        return MessageKind.STICKER
    return _FAMILIES.get(file.mimetype.partition("/")[0], MessageKind.DOCUMENT)


def _place(payload: Payload, content: Tree, body: str) -> str:
    """Names and coordinates; the body counts unless it is WEBJS' base64 thumbnail."""
    raw = content.get("locationMessage") or content.get("liveLocationMessage") or {}
    place = payload.location or Location.model_validate(
        {
            "latitude": dig(raw, "degreesLatitude"),
            "longitude": dig(raw, "degreesLongitude"),
            "name": dig(raw, "name"),
            "address": dig(raw, "address"),
            "description": dig(raw, "caption"),
        }
    )
    parts = [place.name, place.title, place.description, place.address]
    if not (len(body) > 500 and " " not in body):
        parts.insert(0, body)
    if place.latitude is not None and place.longitude is not None:
        parts.append(f"{place.latitude:.6f}, {place.longitude:.6f}")
    return _joined(parts)


def _people(payload: Payload, content: Tree, body: str) -> str:
    """Name and telephone of each contact card."""
    cards = list(payload.vCards or [])
    if not cards:
        listed = dig(content, "contactsArrayMessage", "contacts")
        found = [content.get("contactMessage"), *(listed if isinstance(listed, list) else [])]
        cards = [card for one in found if isinstance(card := dig(one, "vcard"), str)]
    is_card = body.lstrip().startswith("BEGIN:VCARD")
    parts: list[str | None] = [None if is_card else body]
    for card in cards[:_VCARDS_CAP]:
        name = re.search(r"^FN[^:\n]*:(.+)$", card, re.MULTILINE)
        phone = re.search(r"^(?:item\d+\.)?TEL[^:\n]*:(.+)$", card, re.MULTILINE)
        parts.append(" ".join(one[1].strip()[:200] for one in (name, phone) if one))
    return _joined(parts)


def _poll(payload: Payload, content: Tree, body: str) -> str:
    """The question and its options, one a line."""
    poll = next(
        (part for name, part in content.items() if str(name).startswith("pollCreationMessage")),
        None,
    )
    question = words(dig(poll, "name")) or words(dig(payload.data, "pollName"))
    options = dig(poll, "options") or dig(payload.data, "pollOptions")
    parts: list[str | None] = [body or question]
    for option in options[:50] if isinstance(options, list) else []:
        parts.append(words(dig(option, "optionName")) or words(dig(option, "name")))
    return _joined(parts)


def _joined(parts: list[str | None]) -> str:
    """The parts that say something, each once, a line each."""
    said = dict.fromkeys(part.strip() for part in parts if part and part.strip())
    return "\n".join(said)[:TEXT_CAP]
