"""Reads the text of one exported message: its kind, its words, its files and its marks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from domain.message import Attachment, MessageKind
from tools.channels.export import wording
from tools.channels.export.header import without_marks
from tools.channels.export.source import media_key

OMITTED = "omitted"

_MENTION = re.compile("@\u2068([^\u2068\u2069\n]{1,120})\u2069|(?<![\\w@])@([0-9]{7,15})\\b")
_PHONE = re.compile(r"\+[0-9][0-9 ().\-]{5,24}")
_NOT_DIGITS = re.compile(r"[^0-9]+")
# iOS names a document before its mark: 'Factura.pdf • 3 páginas'.
_DOCUMENT_TITLE = re.compile(r"(?P<name>[^\n]{1,250}\.[A-Za-z0-9]{1,5})(?: [•·] [^\n]{1,40})?")
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_STICKER = re.compile(r"^STK-|-STICKER-", re.IGNORECASE)

# A table of our own: mimetypes reads the machine's files and differs between machines.
_MIMETYPES: Mapping[str, str] = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "heic": "image/heic",
    "mp4": "video/mp4",
    "3gp": "video/3gpp",
    "mov": "video/quicktime",
    "opus": "audio/ogg",
    "ogg": "audio/ogg",
    "m4a": "audio/mp4",
    "mp3": "audio/mpeg",
    "aac": "audio/aac",
    "amr": "audio/amr",
    "wav": "audio/wav",
    "vcf": "text/vcard",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "csv": "text/csv",
    "zip": "application/zip",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
UNKNOWN_TYPE = "application/octet-stream"


@dataclass(frozen=True)
class Content:
    """What a message says. `text` holds no invisible marks; `raw` what has no field elsewhere."""

    kind: MessageKind
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    mentions: tuple[str, ...] = ()
    raw: Mapping[str, object] = field(default_factory=dict)


def read_content(body: str, sizes: Mapping[str, int]) -> Content:
    """Understand one body. `sizes` are the bytes of the files in the export, by name."""
    raw: dict[str, object] = {}
    body, edits = wording.EDITED.subn("", body.rstrip())
    if edits:
        raw["edited"] = True
    plain = without_marks(body).strip()
    if wording.DELETED.fullmatch(plain):
        return Content(MessageKind.REVOKED_UNSEEN, raw=raw)
    if wording.UNREADABLE.fullmatch(plain):
        reason = "view_once" if wording.VIEW_ONCE.search(plain) else "unreadable"
        return Content(MessageKind.PLACEHOLDER, raw=raw | {"placeholder": reason})
    if (poll := wording.POLL.fullmatch(plain)) and wording.POLL_OPTION.search(poll["rest"]):
        return _poll(poll["rest"], raw)
    if place := wording.LOCATION.fullmatch(plain) or wording.LIVE_LOCATION.fullmatch(plain):
        link = place.groupdict().get("link") or ""
        text = "\n".join(part for part in (link, place["after"].strip()) if part)
        return Content(MessageKind.LOCATION, text, raw=raw)
    return _file(body, sizes, raw) or Content(
        MessageKind.TEXT, plain, mentions=_mentions(body), raw=raw
    )


def read_phone(name: str) -> str | None:
    """The digits of a sender who is shown by number, such as '+52 1 55 0000 0000'."""
    if not _PHONE.fullmatch(" ".join(name.split())):
        return None
    digits = _NOT_DIGITS.sub("", name)
    return digits if 7 <= len(digits) <= 15 else None


def _mentions(body: str) -> tuple[str, ...]:
    """Who is named with an @: digits for a number, else the name as the exporter had saved it."""
    found: list[str] = []
    for name, digits in _MENTION.findall(body):
        shown = without_marks(name).strip()
        found.append(digits or read_phone(shown) or shown)
    return tuple(dict.fromkeys(found))


def _poll(rest: str, raw: dict[str, object]) -> Content:
    question, *options = (part.strip() for part in wording.POLL_OPTION.split(rest))
    choices = [wording.POLL_VOTES.sub("", option).rstrip() for option in options]
    raw["poll"] = {"question": question, "options": choices}
    return Content(MessageKind.POLL, "\n".join([question, *(f"- {c}" for c in choices)]), raw=raw)


def _file(body: str, sizes: Mapping[str, int], raw: dict[str, object]) -> Content | None:
    """A message with a file, there or omitted; None for one without."""
    name: str | None = None
    if found := wording.IOS_ATTACHED.match(body):
        name, before = media_key(without_marks(found["name"]).strip()), found["before"]
    elif (found := wording.ANDROID_ATTACHED.match(body)) and _is_file(found, sizes):
        name, before = media_key(without_marks(found["name"]).strip()), ""
    elif found := wording.OMITTED.match(body):
        before = found["before"]
    else:
        return None
    caption = without_marks(before).strip()
    title = _DOCUMENT_TITLE.fullmatch(caption)
    if name is not None:
        kind, mimetype = _kind(name)
        if title is not None and kind is MessageKind.DOCUMENT:
            caption = ""
    else:
        kind, mimetype = wording.omitted_kind(found)
        if title is not None and kind is MessageKind.DOCUMENT:
            name, caption = media_key(title["name"]), ""
            mimetype = _kind(name)[1]
    there = name is not None and name in sizes
    attachment = Attachment(
        mimetype=mimetype,
        filename=name or None,
        size=sizes[name] if there and name is not None else None,
        error=None if there else OMITTED,
    )
    below = without_marks(found["after"]).strip()
    text = "\n".join(part for part in (caption, below) if part)
    return Content(kind, text, (attachment,), _mentions(before + found["after"]), raw)


def _is_file(found: re.Match[str], sizes: Mapping[str, int]) -> bool:
    """'te mando la factura (archivo adjunto)' is what a person may type."""
    name = found["name"]
    return bool(found["mark"]) or bool(_EXTENSION.search(name)) or media_key(name) in sizes


def _kind(name: str) -> tuple[MessageKind, str]:
    extension = PurePosixPath(name).suffix.lstrip(".").lower()
    mimetype = _MIMETYPES.get(extension, UNKNOWN_TYPE)
    if mimetype == "text/vcard":
        return MessageKind.CONTACT, mimetype
    if extension == "webp" and _STICKER.search(name):
        return MessageKind.STICKER, mimetype
    family = mimetype.partition("/")[0]
    kinds = {
        "image": MessageKind.IMAGE,
        "video": MessageKind.VIDEO,
        "audio": MessageKind.AUDIO,
    }
    return kinds.get(family, MessageKind.DOCUMENT), mimetype
