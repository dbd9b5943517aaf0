"""Which store a turn is of, where it does not say so itself: from settings, from what its group's
people are called and have written, and from what was said in their incidents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from domain.gist import Gist
from domain.likeness import agree
from domain.person import Person
from domain.ports import Reader
from domain.room import OpenIncident, Remark, Room, TurnFacts
from domain.whereabouts import FORGOTTEN_AFTER, Moved
from server.persistence.database import Connection
from server.persistence.whereabouts import known_store


class TellsStores(Protocol):
    """What the messages of one group tell of its stores."""

    def called(self, person_id: str) -> str | None:
        """The store that somebody's name tells."""
        ...

    def moves(self, person_id: str) -> Sequence[tuple[datetime, Moved]]:
        """Where somebody said that they work now, and when."""
        ...

    def now(self, store: str) -> str:
        """What a store is called now, where it was given another number since."""
        ...

    def of(self, person_id: str) -> str | None:
        """The store that somebody writes from, by their name or by their words."""
        ...

    def said(self, text: str, person_id: str = "") -> str | None:
        """The store of the group that a text says is its writer's."""
        ...

    def told(self, text: str) -> str | None:
        """The only store of the group that a text names."""
        ...


StoresOf = Callable[[Sequence[Remark], str], TellsStores]


class NothingKnown:
    """Implements TellsStores: where nothing is learnt of a group."""

    def called(self, person_id: str) -> None:
        """Nobody's."""

    def moves(self, person_id: str) -> Sequence[tuple[datetime, Moved]]:
        """None."""
        return []

    def now(self, store: str) -> str:
        """As it was."""
        return store

    def of(self, person_id: str) -> None:
        """Nobody's."""

    def said(self, text: str, person_id: str = "") -> None:
        """None."""

    def told(self, text: str) -> None:
        """None."""


@dataclass(frozen=True)
class Placed:
    """A turn's facts with its store; whether that was learnt of its writer; and the store that it
    tells where somebody else is the reporter."""

    facts: TurnFacts
    learnt: bool
    for_another: str | None

    def where(self, met: OpenIncident | None) -> dict[str, Any]:
        """What is known of the store of an incident by this turn, for the run."""
        if met is None or met.reporter_id == self.facts.person_id:
            return {"where": self.facts.home_store, "learnt": self.learnt}
        return {"where": self.for_another, "learnt": False}


async def place(
    conn: Connection,
    facts: TurnFacts,
    person: Person,
    room: Room,
    chat: str,
    group: str,
    now: datetime,
    reader: Reader,
    stores_of: StoresOf,
) -> Placed:
    """Find the store of a turn. What settings and people said for certain is not doubted."""
    text = facts.gist.text
    of_group = reader.read("", group_name=group).store
    here = Remark("", facts.person_id, person.name, facts.at, text)
    heard = [*room.earlier, *room.remarks]
    lately = [one for one in heard if now - one.at <= FORGOTTEN_AFTER]
    stores = stores_of([*lately, here], group)
    told = stores.told(text)
    writes_from = stores.of(facts.person_id)
    for_another = told if told and told != writes_from else of_group
    if facts.home_store is not None:
        gist = _of_a_till(facts.gist, facts.home_store)
        return Placed(replace(facts, gist=gist), False, for_another)
    moves = stores.moves(facts.person_id)
    called = None if moves else stores.called(facts.person_id)
    home = stores.said(text, facts.person_id)
    if home is None and (named := called or of_group):
        home = stores.now(named)
    learnt = home is None
    if home is None:
        home, _ = await known_store(
            conn, facts.person_id, chat, now, person.name, writes_from, moves
        )
        home = stores.now(home) if home else None
    gist = _of_a_till(facts.gist, home)
    gist = replace(gist, store=gist.said_store or home)
    return Placed(
        replace(facts, home_store=home, gist=gist), learnt and home is not None, for_another
    )


def _of_a_till(gist: Gist, home: str | None) -> Gist:
    """A gist without the digit that may be of a till's, where its writer is known to be of another
    store: 'la impresora de la 2' of somebody of the 45."""
    if home is None or not gist.signs.get("tills") or agree(gist.said_store, home):
        return gist
    return replace(gist, store=home, said_store=None)
