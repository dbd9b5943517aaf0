"""What is true of a simulated store group: its people, its problems, and what everybody writes.

Synthetic: it comes out of a seed alone, and nothing here asks the code under test.
"""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import datetime

from evals.group.chat import Kind

# The seed that each family of words begins at. Those below REPORTED_FROM are for development: what
# was tuned on one family is looked at on the others. The fourth, the fifth and the sixth are each
# of a writer of their own, the others of one.
FAMILIES_FROM = {
    "dev": 0,
    "fourth": 200,
    "fifth": 300,
    "sixth": 400,
    "second": 500,
    "third": 750,
    "report": 1000,
}
REPORTED_FROM = FAMILIES_FROM["report"]
FAMILIES = tuple(FAMILIES_FROM)
REQUIRED = frozenset({"problem", "system", "store"})


def dice(*what: object) -> random.Random:
    """A source of chance of its own for one purpose, so that one choice never moves another."""
    return random.Random(":".join(map(str, what)))  # noqa: S311 - a simulation's dice


def split_of(seed: int) -> str:
    """The family of words that a seed speaks in."""
    return [family for family, first in FAMILIES_FROM.items() if seed >= first][-1]


@dataclass(frozen=True)
class Person:
    """Somebody in a group. `flips` says that the gateway shows now one id, now the other."""

    key: str
    name: str
    lid: str
    phone: str
    store: str | None = None
    support: bool = False
    flips: bool = False
    named_store: bool = False


@dataclass(frozen=True)
class Photo:
    """A file of a message; `text` is what can be read in it."""

    kind: str = "image"
    text: str = ""


@dataclass(frozen=True)
class Line:
    """One message as somebody writes it, and what it truly is (contract.md, a labelled chat)."""

    id: str
    at: datetime
    group: str
    person: Person
    text: str
    kind: Kind
    incident: str | None = None
    photos: tuple[Photo, ...] = ()
    quotes: str | None = None
    edits: str | None = None
    revokes: str | None = None
    says: frozenset[str] = frozenset()


@dataclass
class TrueIncident:
    """One problem of one store.

    `said` grows as people speak; `complete_at` is when the last required field was said, `over_at`
    when somebody said that it is over. `known` is what nobody has to say: the store in the
    reporter's or the group's name, and what another store's outage is.
    """

    id: str
    group: str
    kind: str
    concept: str
    system: str
    accepts: frozenset[str]
    store: str
    category: str
    priority: str
    error: str | None
    reporter: Person
    problem: str
    opened_at: datetime
    parent: str | None = None
    taken_back: bool = False
    known: frozenset[str] = frozenset()
    said: dict[str, datetime] = field(default_factory=dict)
    over_at: datetime | None = None

    def hears(self, line: Line) -> None:
        """Take in what a line says."""
        for name in line.says:
            self.said.setdefault(name, line.at)
        if line.kind == "fixed" and self.over_at is None:
            self.over_at = line.at

    def afresh(self) -> TrueIncident:
        """The same before anybody has said a word."""
        return replace(self, said=dict.fromkeys(self.known, self.opened_at), over_at=None)

    @property
    def complete_at(self) -> datetime | None:
        """When everything that a ticket needs had been said."""
        if not self.said.keys() >= REQUIRED:
            return None
        return max(self.said[name] for name in REQUIRED)

    @property
    def wants_ticket(self) -> bool:
        """Whether a ticket is due: all was said before it was over, and nobody took it back."""
        complete = self.complete_at
        if complete is None or self.taken_back:
            return False
        return self.over_at is None or complete < self.over_at

    def is_system(self, said: str | None) -> bool:
        """Whether a word names what is broken, in any country's word for it."""
        word = _singular(said or "")
        names = {_singular(one) for one in self.accepts}
        return bool(word) and any(f" {one} " in f" {word} " for one in names)


@dataclass(frozen=True)
class Group:
    """A chat of one company's stores in one country. `named_store`: its name tells the store."""

    chat: str
    name: str
    country: str
    people: tuple[Person, ...]
    named_store: str | None = None


@dataclass
class Script:
    """Everything that happens whether or not a bot is there; lines in the order of time."""

    seed: int
    groups: tuple[Group, ...]
    incidents: dict[str, TrueIncident]
    lines: list[Line]

    @property
    def split(self) -> str:
        """The family of words."""
        return split_of(self.seed)


def plain(text: str) -> str:
    """Lower case, without accents and punctuation, one space between words."""
    apart = unicodedata.normalize("NFD", text.lower())
    kept = "".join(c if c.isalnum() else " " for c in apart if not unicodedata.combining(c))
    return " ".join(kept.split())


def _singular(text: str) -> str:
    return " ".join(word.rstrip("s") for word in plain(text).split())


def names_of(concept: dict[str, object]) -> frozenset[str]:
    """Every word that means a thing, in all countries, without its article."""
    words: list[str] = []
    for key, value in concept.items():
        words += value if key == "also" and isinstance(value, list) else [bare(str(value))]
    return frozenset(map(plain, words))


def bare(noun: str) -> str:
    """A noun without its article."""
    first, _, rest = noun.partition(" ")
    return rest if first in {"el", "la", "los", "las", "mi"} and rest else noun
