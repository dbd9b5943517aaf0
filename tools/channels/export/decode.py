"""Turns the bytes of a chat into clean lines, as a stream."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import IO

from domain.errors import BadInput
from tools.channels.export.source import ChatFile

_CHUNK = 1024 * 1024
# A WhatsApp message ends at 65,536 characters, so a line of this length is something else.
LONGEST_LINE = 1_000_000
# Controls (line feed and tab stay) and lone surrogates: no database and no terminal wants them.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def read_lines(chat: ChatFile) -> Iterator[str]:
    """Every line without its end, whether UTF-8 or UTF-16 with a mark.

    Only line feeds end a line: a message may hold U+2028 and its kin. Raises BadInput for another
    encoding and for a line that no chat has.
    """
    rest = ""
    for text in _decoded(chat):
        *lines, rest = (rest + text).split("\n")
        yield from lines
        if len(rest) > LONGEST_LINE:
            raise BadInput(
                f"{chat.label} is not a WhatsApp chat export: "
                f"it has a line of more than {LONGEST_LINE:,} characters",
                "not_a_chat",
            )
    if rest:
        yield rest


def _decoded(chat: ChatFile) -> Iterator[str]:
    with chat.open() as handle:
        chunk = _read_chunk(handle)
        encoding, skip = _encoding(chunk)
        decoder = codecs.getincrementaldecoder(encoding)("surrogatepass")
        chunk, offset = chunk[skip:], skip
        while True:
            waiting = len(decoder.getstate()[0])
            try:
                text = decoder.decode(chunk, not chunk)
            except UnicodeDecodeError as error:
                raise _not_text(chat.label, error, offset - waiting) from error
            yield _UNWANTED.sub("", text)
            if not chunk:
                return
            offset += len(chunk)
            chunk = _read_chunk(handle)


def _read_chunk(handle: IO[bytes]) -> bytes:
    """Up to the end of a line, so that an odd sequence is not torn at the edge of a chunk."""
    return handle.read(_CHUNK) + handle.readline(65_536)


def _encoding(head: bytes) -> tuple[str, int]:
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return encoding, len(bom)
    return "utf-8", 0


def _not_text(label: str, error: UnicodeDecodeError, start: int) -> BadInput:
    byte = error.object[error.start]
    return BadInput(
        f"{label} is not UTF-8 or UTF-16 text (byte 0x{byte:02X} at offset {start + error.start}); "
        "export it again from WhatsApp",
        "not_text",
    )
