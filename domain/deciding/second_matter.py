"""Whether what somebody says next is a second matter, or more of the first. Pure.

Who plainly reports that another thing fails speaks of another matter, however lately they wrote
about the first; and what a display says is said of the thing just reported, though it names none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from domain.assignment import Decision
from domain.deciding.besides import begin_besides
from domain.deciding.repeats import AGAIN
from domain.deciding.second_reporter import begin_for_second
from domain.gist import Act
from domain.incident import OPEN_STATUSES
from domain.matters import Matter, undivided
from domain.outage import speaks_of_all
from domain.room import Alike, OpenIncident, Room, TurnFacts
from domain.sayings.mended import works_in_part
from domain.wording import names_place, plain

ANOTHER = "reports that something else fails"
DISPLAY = "says what the thing just reported shows"
OF_ALL = "says of every store what one reported"
# How sure the words must be of a failure of their own.
REPORTS_AT = 0.7
# How long after its last word somebody still goes on about a thing, in other words of it.
GOES_ON = timedelta(minutes=10)
# Words that could not be plainer.
SURELY = 0.9
# So plain they must be where in one breath they would be two matters.
DIVIDED_AT, DIVIDED_SURELY = 0.55, 0.7
_DISPLAY = re.compile(
    r"^(?:(?:y|ya|ahora|pero|solo|nomas|en|me|nos|le|ahi|aqui|aca) )*(?:la |el |su )?"
    r"(?:pantalla|monitor|display|visor|cartel|letrero|mensaje|aviso|pantallita)\b(?: \w+){0,3}? "
    r"(?:dice|marca|muestra|pone|sale|aparece|indica|arroja|tira|lanza|da|es)\b"
)
# Where the answer to 'which store?' ends and another matter begins: 'tienda 12, y tampoco hay
# internet'.
_BREAK = re.compile(r"\s*[,.;!\n]+\s*(?:y\s+)?|\s+(?=(?:y|tambi[eé]n|tampoco|adem[aá]s|encima)\b)")
_ALSO = re.compile(
    r"\b(?:tambi[eé]n|tmb|tbn?|tampoco|adem[aá]s|encima|aparte|otra cosa|otro problema)\b", re.I
)
# More words no answer has that stands in front of something else.
_ANSWER_WORDS = 6
# What is done to a thing, or read on it, names its parts: 'ya le cambié el rollo'.
_PART = re.compile(
    r"\b(?:l[eoa]s?|ya) (?:he |hemos |hice |volvi a |estoy )?(?:cambi|revis|movi|conect|desconect|"
    r"reinici|apag|prend|limpi|prob|quit|puse|abri|cerr|saqu)\w*"
)


def tell_apart(
    decision: Decision,
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    same_system: Alike,
    room: Room | None = None,
    divide: Callable[[Sequence[str]], list[Matter]] = undivided,
) -> Decision:
    """The same decision, or the other: a report of its own that joined another thing's, a detail
    that began anew, or word of every store. What `divide` tells apart in one burst is told apart
    in two."""
    if turn.quotes_something or turn.from_support or decision.reason == AGAIN:
        return decision
    met = next((i for i in incidents if i.id == decision.incident_id), None)
    decision = begin_for_second(decision, turn, met, room.remarks if room else ())
    if (
        decision.outcome == "join"
        and met is not None
        and (
            _is_another(turn, met, same_system, lambda: _divides(turn, met, room or Room(), divide))
            or _fails_again(turn, met, incidents, same_system, divide)
        )
    ):
        alike = _newest(i for i in _own(turn, incidents) if same_system(turn.gist.system, i.system))
        if alike is not None:
            return replace(decision, incident_id=alike.id, reason=ANOTHER, close=True)
        return Decision("new", None, turn.gist.incident, ANOTHER, close=True)
    if decision.outcome == "new" and speaks_of_all(turn.gist.text):
        heads = (i for i in incidents if i.parent is None and i.status in OPEN_STATUSES)
        head = _newest(i for i in heads if same_system(turn.gist.system, i.system))
        if head is not None:
            return Decision("join", head.id, 0.8, OF_ALL, close=True)
    if decision.outcome == "new" and _DISPLAY.search(plain(turn.gist.text)):
        lately = (i for i in _own(turn, incidents) if turn.at - i.last_at <= GOES_ON)
        if (mine := _newest(lately)) and not turn.gist.said_store:
            return Decision("join", mine.id, 0.8, DISPLAY, close=True)
    return begin_besides(decision, turn, incidents, same_system, room or Room(), divide)


def _divides(
    turn: TurnFacts,
    met: OpenIncident,
    room: Room,
    divide: Callable[[Sequence[str]], list[Matter]],
) -> bool:
    """Whether the turn would be a matter of its own, had its writer said it in one go with how
    they reported this incident."""
    said = [r for r in room.remarks if r.incident_id == met.id]
    own = [r.text for r in said if r.person_id == turn.person_id]
    if not own or said[0].person_id != turn.person_id:
        return False
    # Behind 'reporto dos fallas' stands what they are.
    named = next((text for text in own if names_place(text, met.system or "")), own[0])
    return len(divide([named, turn.gist.text])) > 1


def _is_another(
    turn: TurnFacts, met: OpenIncident, same_system: Alike, divides: Callable[[], bool]
) -> bool:
    """Whether a turn reports a failure of something else than what this incident is about."""
    gist, said = turn.gist, plain(turn.gist.text)
    if gist.system is None or met.system is None or same_system(gist.system, met.system):
        return False
    told = gist.acts.get(Act.REPORT, 0.0) + gist.acts.get(Act.SAME_PROBLEM, 0.0)
    fails = gist.problem is not None or bool(gist.signs.get("fault"))
    if max(told, gist.incident) < REPORTS_AT or told < (0.5 if fails else REPORTS_AT):
        return False
    if _DISPLAY.search(said) or _PART.search(said):
        return False
    if gist.said_store or gist.signs.get("greeting"):
        return True
    # Small talk may keep an old matter alive: a plain report does not wait for it to end.
    surely = fails and told >= REPORTS_AT and gist.incident >= SURELY
    since = (met.opened_at or met.last_at) if surely else met.last_at
    plainly = fails and told >= DIVIDED_AT and gist.incident >= DIVIDED_SURELY
    return turn.at - since > GOES_ON or (plainly and divides())


def _fails_again(
    turn: TurnFacts,
    met: OpenIncident,
    incidents: Sequence[OpenIncident],
    same_system: Alike,
    divide: Callable[[Sequence[str]], list[Matter]],
) -> bool:
    """Whether a turn says that something fails again, or still does, which nobody has reported,
    and which does not fail for want of what was."""
    gist = turn.gist
    if gist.system is None or met.system is None or turn.at - met.last_at <= GOES_ON:
        return False
    if works_in_part(gist.text):  # 'volvió en la caja 1 pero la 2 sigue muerta'
        return False
    if any(
        same_system(gist.system, one.system)
        for one in incidents
        if one.status in OPEN_STATUSES or turn.person_id in one.participants
    ):
        return False
    told = gist.acts.get(Act.REPORT, 0.0) + gist.acts.get(Act.STILL_BROKEN, 0.0)
    if min(told, gist.incident) < SURELY:
        return False
    return len(divide([f"no funciona {name}" for name in (met.system, gist.system)])) > 1


def _own(turn: TurnFacts, incidents: Iterable[OpenIncident]) -> list[OpenIncident]:
    return [i for i in incidents if i.reporter_id == turn.person_id and i.status in OPEN_STATUSES]


def _newest(incidents: Iterable[OpenIncident]) -> OpenIncident | None:
    return max(incidents, key=lambda i: i.last_at, default=None)


def answer_in_front(burst: Sequence[str]) -> int | None:
    """Where in the first text of a burst the few words end that may answer a question, when what
    comes behind them says of something that it fails 'as well'; None when nothing does."""
    first = burst[0] if burst else ""
    cut = _BREAK.search(first.rstrip(), 1)
    end = cut.end() if cut else len(first)
    answer = first[:end].strip(" ,.;!\n")
    behind = "\n".join([first[end:], *burst[1:]])
    if not answer or len(answer.split()) > _ANSWER_WORDS or not _ALSO.search(behind):
        return None
    return end
