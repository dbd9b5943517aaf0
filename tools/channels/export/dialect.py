"""Works out from a whole file how its dates are to be read, and what the group is called."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from tools.channels.export import wording
from tools.channels.export.header import Entry, Header, local_time, without_marks

# Enough entries to hear the phone's language.
_LISTEN_TO = 5_000
_NOTICE_LENGTH = 500
_FILE_NAME = re.compile(
    r"(?:whatsapp[ _]chat|(?:historial del? )?chat[ _]de[ _]whatsapp|conversaci[oó]n de whatsapp)"
    r"(?:[ _](?:with|con|-))+[ _](?:el grupo )?(?P<name>.+?)(?: ?\([0-9]+\))?",
    re.IGNORECASE,
)
_PADDED = re.compile(r"\b0[0-9]")
_SHORT_YEAR = re.compile(r"/[0-9]{2}$")


@dataclass(frozen=True)
class Dialect:
    """How this export is written. `language` is the phone's, not the people's."""

    platform: Literal["android", "ios"]
    day_first: bool
    twelve_hour: bool
    language: Literal["es", "en"]


@dataclass
class Survey:
    """What one reading of the file has shown."""

    entries: int = 0
    ios: bool = False
    twelve_hour: bool = False
    group_name: str | None = None
    _first_over_12: int = 0
    _second_over_12: int = 0
    _us_style: bool = True
    _date: str = ""
    _days: dict[bool, _Order] = field(default_factory=lambda: {True: _Order(), False: _Order()})
    _phone: dict[str, int] = field(default_factory=lambda: {"es": 0, "en": 0})
    _talk: dict[str, int] = field(default_factory=lambda: {"es": 0, "en": 0})

    def take(self, entry: Entry) -> None:
        """Learn from one entry."""
        self.entries += 1
        header = entry.header
        self.ios = header.ios
        self.twelve_hour = self.twelve_hour or bool(header.half)
        if header.date != self._date:
            self._date = header.date
            self._take_date(header)
        if self.entries <= _LISTEN_TO:
            self._listen(entry)
        self._take_name(entry)

    def dialect(self, file_names: Sequence[str]) -> Dialect:
        """The verdict. Raises nothing: every file has one, if only by default."""
        language = self._language(file_names)
        return Dialect(
            platform="ios" if self.ios else "android",
            day_first=self._day_first(language),
            twelve_hour=self.twelve_hour,
            language=language,
        )

    def _take_date(self, header: Header) -> None:
        if header.year_first:
            self._us_style = False
            return
        self._first_over_12 += header.a > 12
        self._second_over_12 += header.b > 12
        self._us_style = (
            self._us_style
            and _PADDED.search(header.date) is None
            and _SHORT_YEAR.search(header.date) is not None
            and header.half.isupper()
        )
        for day_first, order in self._days.items():
            order.take(local_time(header, day_first=day_first))

    def _listen(self, entry: Entry) -> None:
        text = entry.body.rstrip()
        self._phone["es"] += wording.SPANISH_PHONE.search(text) is not None
        self._phone["en"] += wording.ENGLISH_PHONE.search(text) is not None
        self._talk["es"] += len(wording.SPANISH_TALK.findall(text))
        self._talk["en"] += len(wording.ENGLISH_TALK.findall(text))

    def _take_name(self, entry: Entry) -> None:
        """Notices name the group; on iOS it also stands as the sender of its own notices."""
        header = entry.header
        if header.ios and self.group_name is None and wording.ENCRYPTION.search(header.body):
            sender, split, text = header.body.partition(": ")
            if split and text.startswith("\u200e"):
                self.group_name = without_marks(sender).strip()
        if '"' not in header.body and "“" not in header.body and "«" not in header.body:
            return
        text = header.body
        if header.ios:
            text = text.partition(": \u200e")[2]
        elif not wording.QUOTING_NOTICE.match(without_marks(text)):
            return
        for pattern in wording.GROUP_NAME:
            if found := pattern.search(text[:_NOTICE_LENGTH]):
                self.group_name = without_marks(found["name"]).strip() or self.group_name

    def _language(self, file_names: Sequence[str]) -> Literal["es", "en"]:
        phone = dict(self._phone)
        for name in file_names:
            phone["es"] += re.search(r"chat de whatsapp", name, re.IGNORECASE) is not None
            phone["en"] += re.search(r"whatsapp chat with", name, re.IGNORECASE) is not None
        for votes in (phone, self._talk):
            if votes["es"] != votes["en"]:
                return "es" if votes["es"] > votes["en"] else "en"
        return "es"

    def _day_first(self, language: Literal["es", "en"]) -> bool:
        """A number over 12 decides; then time, which does not run backwards; then the language.

        In English the look of a US phone ('3/12/25, 9:10 PM') or a month-first reading that packs
        the days much closer together is what speaks for the month.
        """
        if self._first_over_12 or self._second_over_12:
            return self._first_over_12 >= self._second_over_12
        day, month = self._days[True], self._days[False]
        if day.steps_back != month.steps_back:
            return day.steps_back < month.steps_back
        if language == "es":
            return True
        packed = month.count >= 3 and month.span_days * 5 <= day.span_days
        us_phone = self._us_style and self.twelve_hour
        return not (packed or us_phone)


@dataclass
class _Order:
    """The days of the file under one reading of its dates."""

    steps_back: int = 0
    count: int = 0
    first: datetime | None = None
    last: datetime | None = None

    def take(self, time: datetime | None) -> None:
        if time is None:
            return
        self.count += 1
        if self.last is not None and time.date() < self.last.date():
            self.steps_back += 1
        self.first = self.first or time
        self.last = time

    @property
    def span_days(self) -> int:
        if self.first is None or self.last is None:
            return 0
        return abs((self.last - self.first).days) + 1


def group_name_of(file_names: Sequence[str], said: str | None) -> str:
    """The group's name: from WhatsApp's file name, else from the chat, else the file's own name."""
    stems = [unicodedata.normalize("NFC", name.rsplit(".", 1)[0]) for name in file_names]
    for stem in stems:
        if found := _FILE_NAME.fullmatch(stem.strip()):
            return found["name"].strip()
    if said:
        return said
    return next((stem for stem in stems if stem.strip("_").lower() not in ("", "chat")), "chat")
