"""The files of the IRC disentanglement corpus: logs, and the reply links that people put in them.

github.com/jkkummerfeld/irc-disentanglement, CC-BY-4.0; the files themselves are not ours to ship.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from domain.cues import Kind
from domain.linking import Line

LOG, LINKS = ".ascii.txt", ".annotation.txt"
# Messages before this one are context for the annotators and for us; nobody judged them.
JUDGED_FROM = 1000
BOTS = frozenset({"ubotu", "ubottu", "ubot3", "ubot5", "lubotu1", "lubotu3", "ubottwo"})
DAY = 24 * 60
_SAID = re.compile(r"^\[(\d\d):(\d\d)\] <([^>]+)> ?(.*)$")
_ACTED = re.compile(r"^\[(\d\d):(\d\d)\]  ?\* ?(\S+) ?(.*)$")
_OTHER = re.compile(r"^\[(\d\d):(\d\d)\] (.*)$")
_RENAMED = re.compile(r"^=== (\S+) is now known as (\S+)")
_EVENT = re.compile(r"^=== (\S+)")

Link = tuple[int, int]


class BadCorpus(Exception):
    """The folder or a file in it is not what the corpus looks like; the text says where."""


@dataclass(frozen=True)
class Log:
    """One log and its links, each (message, an earlier one or itself), judged messages only."""

    name: str
    lines: tuple[Line, ...]
    links: frozenset[Link]
    judged: tuple[int, ...]


def read_folder(folder: Path) -> list[Log]:
    """Every log of a folder, by name. BadCorpus when there is none or one cannot be read."""
    if not folder.is_dir():
        raise BadCorpus(f"{folder} is not a folder.")
    found = sorted(folder.glob(f"*{LOG}"))
    if not found:
        raise BadCorpus(f"{folder} holds no *{LOG}; give the folder of one split, such as irc/dev.")
    return [read_log(path) for path in found]


def read_log(path: Path) -> Log:
    """One log with the annotation file beside it."""
    name = path.name.removesuffix(LOG)
    beside = path.with_name(name + LINKS)
    if not beside.is_file():
        raise BadCorpus(f"{path.name} has no {beside.name} beside it.")
    lines = tuple(parse_log(_text(path)))
    links = parse_links(_text(beside), len(lines), beside.name)
    judged = tuple(sorted({message for message, _ in links}))
    if not judged:
        raise BadCorpus(f"{beside.name} links no message from number {JUDGED_FROM} on.")
    return Log(name, lines, links, judged)


def parse_log(text: str) -> Iterator[Line]:
    """The lines of a log. A person keeps one id through changes of name; minutes only go on."""
    people: dict[str, str] = {}
    now: int | None = None
    for raw in text.splitlines():
        if at := _OTHER.match(raw):
            clock = int(at[1]) * 60 + int(at[2])
            now = clock if now is None else now
            forward = (clock - now) % DAY
            # A clock that seems to run back a little is disorder in the log, not a new day.
            now += forward if forward < DAY // 2 else 0
        yield _line(raw, now or 0, people)


def _line(raw: str, now: int, people: dict[str, str]) -> Line:
    if said := (_SAID.match(raw) or _ACTED.match(raw)):
        name = said[3]
        person = people.setdefault(name.lower(), name.lower())
        bot = name.lower() in BOTS
        kind: Kind = "bot" if bot else "said" if _SAID.match(raw) else "action"
        return Line(person, name, now, said[4], kind)
    if renamed := _RENAMED.match(raw):
        old, new = renamed[1].lower(), renamed[2].lower()
        person = people[new] = people.get(old, old)
        return Line(person, renamed[2], now, "", "system")
    event = _EVENT.match(raw)
    return Line(event[1].lower() if event else "", "", now, "", "system")


def parse_links(text: str, lines: int, name: str) -> frozenset[Link]:
    """The links of judged messages. The order of the two numbers says nothing: the later one
    answers. A link whose later message was not judged is left out."""
    links = set()
    for number, raw in enumerate(text.splitlines(), start=1):
        parts = [part for part in raw.split() if part != "-"]
        if not parts:
            continue
        if len(parts) != 2 or not all(part.isdecimal() for part in parts):
            raise BadCorpus(f"{name}, line {number}: expected two message numbers and '-'.")
        earlier, later = sorted(map(int, parts))
        if later >= lines:
            raise BadCorpus(f"{name}, line {number}: the log has no message {later}.")
        if later >= JUDGED_FROM:
            links.add((later, earlier))
    return frozenset(links)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadCorpus(f"{path.name} cannot be read: {error}.") from error
