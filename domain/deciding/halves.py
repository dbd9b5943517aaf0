"""A report whose halves were sent one after the other: 'no prende', and then 'la caja 3, tienda
15'. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from domain.assignment import Decision
from domain.gist import Gist
from domain.room import Remark, TurnFacts
from domain.wording import laughs

HALVES = "names what was just said to fail, or says that it fails"
# So long after the first half the second is sent at most.
WITHIN = timedelta(minutes=5)


def other_half(turn: TurnFacts, said: Sequence[Remark]) -> Remark | None:
    """What the writer of a turn said last, where it went nowhere and may be half of a report."""
    last = next((one for one in reversed(said) if one.person_id == turn.person_id), None)
    if last is None or last.incident_id is not None or turn.at - last.at > WITHIN:
        return None
    return last


def are_halves(one: Gist, other: Gist) -> bool:
    """Whether one of them says that something fails, and the other what; in either order."""
    return any(
        bool(fails.signs.get("fails_only") and names.signs.get("names_only"))
        for fails, names in ((one, other), (other, one))
    )


def begin_of_halves(decision: Decision, turn: TurnFacts, before: Gist | None) -> Decision:
    """The same decision, unless it takes for nothing the second half of a report, of which
    `before` is the first."""
    if decision.outcome != "none" or before is None or turn.from_support or turn.quotes_something:
        return decision
    if laughs(turn.gist.text) or laughs(before.text) or not are_halves(turn.gist, before):
        return decision
    return Decision("new", None, 0.8, HALVES, close=True)
