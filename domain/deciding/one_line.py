"""What plainly reports and goes nowhere because of the words around it: the other lines of a burst
('otra vez lo de siempre con la caja 2 / cada dos ventas hay que apagar'), a greeting, a plea
('manden a alguien ya, el baño se desbordó'). Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.assignment import Decision
from domain.deciding.beginning import begin_anyway
from domain.deciding.talk import names_a_role
from domain.gist import Act, Gist
from domain.room import OpenIncident, TurnFacts
from domain.wording import laughs

CORE = "reports, beside greetings and pleas"
# So surely words tell of an incident, as both models see them, that they begin one although they
# are small talk in the eyes of assignment: where a plea hid them.
LIKELY = 0.65
_TELLS = (Act.REPORT, Act.STILL_BROKEN, Act.DETAIL, Act.SAME_PROBLEM)
_FAILS = (Act.REPORT, Act.STILL_BROKEN, Act.SAME_PROBLEM)
REPORTS = 0.75
# And so likely they must be with the plea: of 11,949 lines of small talk of the chats one is.
WHOLE = 0.4
_NOT_MEANT = (
    *("laugh", "private", "past", "conditional", "notice", "staffing", "new", "good", "fixed"),
    "fault_and_joke",
)
# So long after they spoke of something open, who writes may go on about that.
OWN = timedelta(hours=2)


def begin_of_core(
    decision: Decision,
    turn: TurnFacts,
    name: str,
    incidents: Sequence[OpenIncident],
    lines: Sequence[Gist],
    core: Gist | None,
) -> Decision:
    """The same decision, unless it takes for nothing what reports by one of its `lines`, or by its
    `core`, the words without greetings and pleas; `name` is the writer's."""
    if decision.outcome != "none" or turn.quotes_something or turn.from_support:
        return decision
    if laughs(turn.gist.text) or names_a_role(name) or _speaks_of_own(turn, incidents):
        return decision
    if not any(one.act is Act.FIXED for one in lines):
        for line in lines:
            begun = begin_anyway(decision, replace(turn, gist=line), name, incidents)
            if begun.outcome == "new":
                return begun
    if core is not None and is_likely(turn.gist, core):
        return replace(
            Decision("new", None, core.incident, CORE, close=True),
            kin=decision.kin,
        )
    return decision


def is_likely(whole: Gist, core: Gist) -> bool:
    """Whether words, read without greetings and pleas, likely report what fails."""
    if whole.text == core.text or whole.incident < WHOLE:
        return False
    if any(whole.signs.get(sign) for sign in _NOT_MEANT):
        return False
    names = core.system is not None and not core.signs.get("trade")
    fails = core.act in _FAILS and (core.signs.get("fault") or core.problem)
    fails = fails or core.acts.get(Act.REPORT, 0.0) >= REPORTS
    told = sum(core.acts.get(act, 0.0) for act in _TELLS)
    return bool(names and fails) and (core.incident + told) / 2 >= LIKELY


def _speaks_of_own(turn: TurnFacts, incidents: Sequence[OpenIncident]) -> bool:
    return any(
        turn.person_id in one.participants and turn.at - one.last_at <= OWN for one in incidents
    )
