"""The date, clock and rest of a line that starts a message, in the spellings of Android and iOS."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

# Marks that steer the direction of writing or isolate a name; WhatsApp strews them about.
MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
# WhatsApp cuts a message at 65,536 characters; the rest of a longer one is not kept.
LONGEST_MESSAGE = 100_000
_FIRST_YEAR = 2009  # of WhatsApp

# `\s` takes the no-break and narrow spaces that stand before "a. m." and "PM".
_HEADER = re.compile(
    r"(?P<ios>\[)?"
    r"(?P<a>[0-9]{1,4})(?P<sep>[/.\-])\s?(?P<b>[0-9]{1,2})(?P=sep)\s?(?P<c>[0-9]{1,4})\.?,?\s+"
    r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:[:.](?P<second>[0-9]{2}))?"
    r"(?:\s*(?P<half>[aApP])\.?\s*[mM]\b\.?)?"
    r"(?(ios)\]|\s+[-\u2013\u2014])(?:\s(?P<body>.*)|$)"
)


class Header(NamedTuple):
    """What stands before the text. `a`, `b`, `c` are the date's numbers in the file's order."""

    ios: bool
    a: int
    b: int
    c: int
    hour: int
    minute: int
    second: int
    half: str
    date: str
    body: str

    @property
    def year_first(self) -> bool:
        return self.a > 31


@dataclass(frozen=True)
class SkippedLine:
    """A line of the file that became no message. `text` is cut to 80 characters."""

    number: int
    text: str
    reason: str


class Entry(NamedTuple):
    """One dated thing of the file with all its lines, and the number of its first line."""

    line: int
    header: Header
    body: str


def read_header(line: str) -> Header | None:
    """The header of a line, or None for a line that goes on with the message before it."""
    line = line.lstrip(MARKS)
    if not line or not (line[0] == "[" or "0" <= line[0] <= "9"):
        return None
    found = _HEADER.match(line)
    if found is None:
        return None
    a, b, c = (int(found[name]) for name in "abc")
    header = Header(
        ios=found["ios"] is not None,
        a=a,
        b=b,
        c=c,
        hour=int(found["hour"]),
        minute=int(found["minute"]),
        second=int(found["second"] or 0),
        half=found["half"] or "",
        date=line[found.start("a") : found.end("c")],
        body=found["body"] or "",
    )
    if local_time(header, day_first=True) is None and local_time(header, day_first=False) is None:
        return None
    return header


def local_time(header: Header, *, day_first: bool) -> datetime | None:
    """The wall clock of a header, or None when there is no such day or hour."""
    if header.year_first:
        year, month, day = header.a, header.b, header.c
    elif day_first:
        day, month, year = header.a, header.b, header.c
    else:
        month, day, year = header.a, header.b, header.c
    year += 2000 if year < 100 else 0
    hour = header.hour
    if header.half and hour <= 12:
        hour = hour % 12 + (12 if header.half in "pP" else 0)
    if not _FIRST_YEAR <= year <= 2100:
        return None
    try:
        return datetime(year, month, day, hour, header.minute, header.second)
    except ValueError:
        return None


def read_entries(lines: Iterable[str]) -> Iterator[Entry | SkippedLine]:
    """Group lines into entries. The first header tells the platform: a line in the other's shape
    is text that somebody pasted."""
    ios: bool | None = None
    head: Header | None = None
    start, size = 0, 0
    body: list[str] = []
    for number, line in enumerate(lines, start=1):
        found = read_header(line)
        if found is not None and ios in (None, found.ios):
            if head is not None:
                yield Entry(start, head, "\n".join(body))
            ios, head, start = found.ios, found, number
            body, size = [found.body], len(found.body)
        elif head is None:
            if line.strip():
                yield SkippedLine(number, cut(line), "before the first message")
        elif size + len(line) > LONGEST_MESSAGE:
            yield SkippedLine(number, cut(line), f"message over {LONGEST_MESSAGE:,} characters")
        else:
            body.append(line)
            size += len(line) + 1
    if head is not None:
        yield Entry(start, head, "\n".join(body))


def cut(line: str, length: int = 80) -> str:
    """A line as it may be shown to a person."""
    line = " ".join(line.translate(_NO_MARKS).split())
    return line if len(line) <= length else line[: length - 1] + "…"


def without_marks(text: str) -> str:
    """Text without the invisible marks; joiners of emoji stay."""
    return text if text.isascii() else text.translate(_NO_MARKS)


_NO_MARKS = dict.fromkeys(map(ord, MARKS))
