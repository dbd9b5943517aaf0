"""How what is said now is tied to what was said before, as labelled chats teach it.

Pure. A reader gives each text a sense, a few numbers, and what it seeks: what the first words of
its incident mostly mean, what the others said in it, what it replies to and what it goes on about.
'Has it any battery?' means nothing like 'the tablet stays dark', and yet is said after it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from domain.deciding.sense import Seeks
from domain.room import OpenIncident, Remark

if TYPE_CHECKING:
    from domain.deciding.evidence import Evidence

# How many of the last words about an incident count as what others said in it.
LATELY = 8


class Sought:
    """Something that a turn seeks, to be compared with many.

    By the distance: that takes a quarter of the time of summing up products.
    """

    def __init__(self, numbers: Sequence[float]) -> None:
        self._numbers, self._square = numbers, square(numbers)

    def near(self, others: Sequence[float], squared: float) -> float:
        """The sum of the products with as many other numbers, whose `square` is given."""
        far = math.dist(self._numbers, others)
        return (self._square + squared - far * far) / 2


def square(numbers: Sequence[float]) -> float:
    """The sum of the squares."""
    return math.hypot(*numbers) ** 2


class Ties:
    """What ties one turn to what was said before it."""

    def __init__(self, seeks: Seeks, writer: str) -> None:
        self.seeks, self._writer = seeks, writer
        self._first, self._said = Sought(seeks.first), Sought(seeks.said)
        self._reply, self._on = Sought(seeks.reply), Sought(seeks.on)

    def of_join(self, found: Evidence, incident: OpenIncident, said: Sequence[Remark]) -> None:
        """How the turn is tied to an incident: to its first words, the last ones, all lately."""
        if incident.meaning:  # of the length 1
            found["join:tie_first"] = self._first.near(incident.meaning, 1.0) + self.seeks.offset
        if not said:
            return
        senses = [(r.sense, square(r.sense)) for r in said[-LATELY:] if r.sense]
        if senses:
            near = sum(self._said.near(*sense) for sense in senses)
            found["join:tie_said"] = near / len(senses)
        if (last := said[-1]).sense:
            if last.person_id == self._writer:
                found["join:tie_on"] = self._on.near(*senses[-1])
            else:
                found["join:tie_reply"] = self._reply.near(*senses[-1])

    def of_none(self, remarks: Sequence[Remark]) -> Evidence:
        """How the turn is tied to the small talk of the chat."""
        found: Evidence = {"none:tie": self.seeks.nothing}
        talk = next((r for r in reversed(remarks) if r.incident_id is None), None)
        if talk is not None and talk.sense:
            found["none:tie_reply"] = self._reply.near(talk.sense, square(talk.sense))
        return found

    def of_new(self) -> Evidence:
        """How much the words themselves speak for a beginning."""
        return {"new:tie": self.seeks.new}
