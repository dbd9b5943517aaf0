"""Reads an exported WhatsApp chat into normalised messages.

The parser is our own because whatstk, the Python library for these files, is GPL-3.0.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from domain.errors import BadInput
from domain.message import Message, MessageKind, Sender
from tools.channels.export import wording
from tools.channels.export.content import Content, read_content, read_phone
from tools.channels.export.decode import read_lines
from tools.channels.export.dialect import Dialect, Survey, group_name_of
from tools.channels.export.header import (
    Entry,
    SkippedLine,
    cut,
    local_time,
    read_entries,
    without_marks,
)
from tools.channels.export.source import ArchiveLimits, ChatFile, MediaLoader, open_chat

CHANNEL = "export"
# A file of another kind is given up after this many lines without a message.
_PATIENCE = 1_000
_LONGEST_NAME = 128
_NOTICE_LENGTH = 500
_EXAMPLE = "12/3/25, 09:10 - Nombre: texto"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Export:
    """An exported chat. `messages` is read from the file anew each time it is gone through."""

    group_name: str
    chat: str
    dialect: Dialect
    messages: Messages
    media: Mapping[str, MediaLoader]
    skipped: list[SkippedLine]
    system_lines: int

    @property
    def count(self) -> int:
        """How many messages there are."""
        return len(self.messages)


def read_export(
    path: Path,
    *,
    zone: ZoneInfo,
    account: str = "export",
    limits: ArchiveLimits | None = None,
) -> Export:
    """Read a `.txt` or `.zip` that WhatsApp's "Export chat" made.

    `zone` is where the exporting phone was: the file has local times only. Memory does not grow
    with the text, which is read once to learn its dialect, once to count, and once for each walk
    through `messages`. Raises BadInput with a sentence for the user.
    """
    chat_file = open_chat(path, limits or ArchiveLimits())
    seen = _survey(chat_file)
    dialect = seen.dialect(chat_file.names)
    names = chat_file.names
    if path.stem.lower() == "_chat":
        names = (*names, path.resolve().parent.name)
    group_name = group_name_of(names, seen.group_name)
    messages = Messages(chat_file, dialect, group_name, account, zone)
    return Export(
        group_name=group_name,
        chat=messages.chat,
        dialect=dialect,
        messages=messages,
        media=chat_file.media,
        skipped=messages.skipped,
        system_lines=messages.system_lines,
    )


class Messages:
    """The messages of an export in the order of the file; as often as wanted."""

    def __init__(
        self, chat_file: ChatFile, dialect: Dialect, group_name: str, account: str, zone: ZoneInfo
    ) -> None:
        self.chat = chat_id(group_name)
        self.skipped: list[SkippedLine] = []
        self.system_lines = 0
        self._file = chat_file
        self._dialect = dialect
        self._group_name = group_name
        self._account = account
        self._zone = zone
        self._count = 0
        for thing in self._said():
            if isinstance(thing, SkippedLine):
                self.skipped.append(thing)
            elif thing is None:
                self.system_lines += 1
            else:
                self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Message]:
        clock = _Clock(self._zone)
        said = (thing for thing in self._said() if isinstance(thing, _Said))
        for index, thing in enumerate(said):
            yield self._message(index, thing, clock.utc(thing.at))

    def _said(self) -> Iterator[_Said | SkippedLine | None]:
        """Each entry of the file: what a person said, None for a notice, or why it is skipped."""
        for entry in read_entries(read_lines(self._file)):
            if isinstance(entry, SkippedLine):
                yield entry
                continue
            at = local_time(entry.header, day_first=self._dialect.day_first)
            if at is None:
                yield SkippedLine(entry.line, cut(entry.header.date), "no such day in this file")
                continue
            sender, text = _split(entry)
            if sender is None:
                known = wording.NOTICE.search(text[:_NOTICE_LENGTH])
                why = "no sender, and no notice we know"
                yield None if known else SkippedLine(entry.line, cut(text), why)
            elif self._is_notice(sender, text):
                yield None
            else:
                yield _Said(entry.line, at, sender, text)

    def _is_notice(self, sender: str, text: str) -> bool:
        """Whether WhatsApp speaks under a sender's name, as on iOS and for missed calls.

        What it says starts with an invisible mark; a few notices are known without it.
        """
        first = text.split("\n", 1)[0][:_NOTICE_LENGTH]
        plain = without_marks(first).strip()
        if wording.CALL.fullmatch(first.lstrip("\u200e").strip()):
            return "\n" not in text.strip()
        if self._dialect.platform == "android":
            return False
        name = without_marks(sender).strip()
        if not text.startswith("\u200e"):
            deed = plain.removeprefix(f"{name} ")
            return wording.STANDING_NOTICE.match(plain) is not None or (
                deed != plain and wording.ACTOR_NOTICE.match(deed) is not None
            )
        if read_content(text, {}).kind is not MessageKind.TEXT:
            return False
        return name == self._group_name or wording.NOTICE.search(plain) is not None

    def _message(self, index: int, said: _Said, sent_at: datetime) -> Message:
        content: Content = read_content(said.text, self._file.sizes)
        name = _display_name(said.sender)
        phone = read_phone(name)
        facts = "\x00".join((str(index), sent_at.isoformat(), name, content.text))
        return Message(
            channel=CHANNEL,
            account=self._account,
            chat=self.chat,
            id=hashlib.sha1(facts.encode(), usedforsecurity=False).hexdigest()[:20],
            kind=content.kind,
            sender=Sender(phone=phone, name=name),
            sent_at=sent_at,
            text=content.text,
            mentions=content.mentions,
            attachments=content.attachments,
            chat_name=self._group_name,
            raw={"line": said.line, **content.raw},
        )


@dataclass(frozen=True)
class _Said:
    line: int
    at: datetime
    sender: str
    text: str


class _Clock:
    """Wall clock to UTC. In the hour that a zone repeats, time does not run backwards."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._last: datetime | None = None

    def utc(self, at: datetime) -> datetime:
        first = at.replace(tzinfo=self._zone).astimezone(UTC)
        second = at.replace(tzinfo=self._zone, fold=1).astimezone(UTC)
        moment = first
        if self._last is not None and first < self._last <= second:
            moment = second
        self._last = moment
        return moment


def chat_id(group_name: str) -> str:
    """A stable id made of the group's name; a name without Latin letters gives a digest."""
    plain = unicodedata.normalize("NFKD", group_name).encode("ascii", "ignore").decode().lower()
    slug = _NOT_SLUG.sub("-", plain).strip("-")[:60]
    if not slug:
        slug = hashlib.sha1(group_name.encode(), usedforsecurity=False).hexdigest()[:12]
    return f"{CHANNEL}:{slug}"


def _survey(chat_file: ChatFile) -> Survey:
    """Read all of it once. Raises BadInput for a file that is no exported chat."""
    seen = Survey()
    before = 0
    for entry in read_entries(read_lines(chat_file)):
        if isinstance(entry, Entry):
            seen.take(entry)
            continue
        before += 1
        if before >= _PATIENCE and not seen.entries:
            break
    if seen.entries:
        return seen
    first = next((line for line in islice(read_lines(chat_file), _PATIENCE) if line.strip()), None)
    if first is None:
        raise BadInput(
            f"{chat_file.label} is empty; export the chat again from WhatsApp", "empty_export"
        )
    raise BadInput(
        f"{chat_file.label} is not a WhatsApp chat export: no line looks like '{_EXAMPLE}'. "
        f'Its first line is "{cut(first)}". In WhatsApp, open the group and use Export chat',
        "not_a_chat",
    )


def _split(entry: Entry) -> tuple[str | None, str]:
    """Sender and text; no sender for Android's notices."""
    if not entry.header.ios and wording.QUOTING_NOTICE.match(without_marks(entry.header.body)):
        return None, entry.body
    first, _, rest = entry.body.partition("\n")
    sender, split, text = first.partition(": ")
    if not split and first.rstrip().endswith(":"):
        sender, split, text = first.rstrip()[:-1], ":", ""
    name = without_marks(sender).strip()
    if not split or not name or len(name) > _LONGEST_NAME:
        return None, entry.body
    return sender, f"{text}\n{rest}" if rest else text


def _display_name(sender: str) -> str:
    """The name without marks and without the tilde of people who are not in the address book."""
    name = " ".join(without_marks(sender).split())
    return name.removeprefix("~").strip() or name
