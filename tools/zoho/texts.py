"""Our plain text as Zoho takes it, and Zoho's HTML as plain text."""

from __future__ import annotations

import html
import re

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_MENTION = re.compile(r"zsu\[(@user:\d*)\]zsu")
_BREAK = re.compile(r"<br\s*/?>|</(?:div|p|li)>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_CUT = "[…]"
# Room for the last line, which holds our reference.
_TAIL = 400


def clean(text: str) -> str:
    """Without what JSON or Zoho cannot hold (lone surrogates, control characters) or would act
    on (mentions of agents); line ends are newlines."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _MENTION.sub(r"\1", _CONTROLS.sub("", text))


def one_line(text: str, limit: int, *, otherwise: str) -> str:
    """A title: one line, at most `limit` characters, never empty."""
    line = " ".join(clean(text).split())
    return (line if len(line) <= limit else f"{line[: limit - 1]}…") or otherwise


def to_html(text: str, limit: int) -> str:
    """The same words as HTML of at most `limit` characters; what is too long loses its middle."""
    text = clean(text)
    whole = _escape(text)
    if len(whole) <= limit:
        return whole
    tail = _escape(text[-_TAIL:])
    room = limit - len(tail) - len(_CUT) - 2 * len("<br>")
    head: list[str] = []
    for character in text:
        piece = _escape(character)
        room -= len(piece)
        if room < 0:
            break
        head.append(piece)
    return f"{''.join(head)}<br>{_CUT}<br>{tail}"


def to_plain(markup: str) -> str:
    """Zoho's HTML as text, one line a block."""
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", markup)))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def with_mark(text: str, mark: str, limit: int) -> str:
    """A comment that ends in a line with its mark, at most `limit` characters."""
    line = f"\n{mark_line(mark)}"
    text = clean(text).rstrip()
    room = limit - len(line)
    return (text if len(text) <= room else f"{text[: room - 1]}…") + line


def mark_line(mark: str) -> str:
    """How a mark is written at the end of a comment."""
    return f"[ref {mark}]"


def ends_in_mark(content: str, mark: str) -> bool:
    """Whether a comment, plain or HTML as the desk returns it, ends in this mark."""
    return any(text.rstrip().endswith(mark_line(mark)) for text in (content, to_plain(content)))


def file_name(name: str, limit: int = 100) -> str:
    """A file name without a path, at most `limit` characters, its extension kept."""
    name = " ".join(re.sub(r"[/\\\x00-\x1f\x7f\"]", "_", clean(name)).split()) or "file"
    if len(name) <= limit:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem or len(extension) > 10:
        return name[:limit]
    return f"{stem[: limit - len(extension) - 1]}.{extension}"


def _escape(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")
