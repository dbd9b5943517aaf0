"""What begins no incident although its words read like a report, and what does although the chat
speaks of something else. Pure.

Hardly anybody laughs when they report, and whoever helps by trade speaks of what others reported:
both begin something only when they say of which store, as nobody does in passing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.assignment import Decision
from domain.deciding.asked_whether import asks_from_store, states_besides
from domain.deciding.echo import FAILS, counts_for, is_bare
from domain.deciding.talk import names_a_role
from domain.gist import Act, Gist
from domain.incident import Priority
from domain.room import OpenIncident, Room, TurnFacts
from domain.sayings.counted import COUNTS, counts_for_them
from domain.sayings.failures import failures
from domain.sayings.hearsay import refuse_echo, why_of_others
from domain.sayings.here_too import own_words
from domain.sayings.in_passing import refuse_comment
from domain.sayings.laughed import fails_beside_laughter
from domain.sayings.mended import works_in_part
from domain.sayings.nothing_wrong import why_nothing_wrong
from domain.sayings.out_of_store import (
    FOR_COFFEE,
    may_be_for_coffee,
    speaks_of_coffee,
    why_out_of_store,
)
from domain.sayings.shop_talk import why_shop_talk
from domain.sayings.working_day import why_of_the_day
from domain.wording import laughs, plain

LAUGHS = "laughs, and says nothing of a store or an error"
PLAIN = "plainly says that a thing fails"
HELPS = "helps by trade, and says nothing of a store or an error"
# So many words of its own no 'here too' has.
OWN_WORDS = 3
# So sure are the words alone of a failure that a laugh does not make a joke of it.
SURELY = 0.95
# So sure are they of a report that it may be one of an outage, though no word of it fails.
EARNEST = 0.9
# So sure are they that a chat which speaks of something else makes no small talk of it: that they
# tell of a failure, and that they report it. In the words of the development seeds that the reader
# does not know, and on chats that it was not fitted on, no small talk comes so far.
PLAINLY, REPORTS = 0.75, 0.7
# So surely who names their store tells of a failure, though they laugh.
RUES = 0.7
# So surely words tell of a failure that read like a detail of one, or like an answer. Of
# 16,000 lines of small talk one, of a payment that has not come, comes that far.
_BESIDES = {Act.DETAIL: 0.8, Act.ANSWER: 0.8}
# So surely where they say no more, or that it happens again.
_BARELY = 0.7
_AGAIN = re.compile(r"\b(?:otra vez|de nuevo|nuevamente|volvio a|volvieron a)\b")
# What is told of another day, of one's own, or of a case that may come.
_ELSEWHEN = ("past", "private", "conditional", "notice", "staffing")
# Whoever asks so has it as well; not who asks what else is to be reported.
_WHO_ELSE = re.compile(
    r"\b(?:quien(?:es)?|alguien|alguno) mas (?:(?:esta|estan|anda|se quedo|le|les|tiene|tienen|con|"
    r"sin|no|por) )"
)
_BARE_LACK = re.compile(
    r"(?:y |otra vez |de nuevo |seguimos |estamos |nos quedamos )?"
    r"(?:sin|no hay|se nos (?:cayo|fue) (?:el|la)) "
    r"(?:sistema|internet|luz|linea|red|senal|wifi)(?: otra vez| de nuevo)?"
)
# So long after its last word an incident is not what a question of few words is about.
SPOKEN_OF = timedelta(hours=2)
# So long after it somebody may still answer what a colleague has asked.
JUST_SAID = timedelta(minutes=10)
# So few words tell nothing but the failure.
BARE_WORDS = 5


def begin_anyway(
    decision: Decision, turn: TurnFacts, name: str, incidents: Sequence[OpenIncident] = ()
) -> Decision:
    """The same decision, unless it takes for nothing what plainly says that a thing fails, or asks
    whether it does elsewhere, while nothing of the `incidents` is spoken of."""
    gist = turn.gist
    if decision.outcome != "none" or turn.quotes_something or turn.from_support:
        return decision
    tells = gist.problem is not None or gist.acts.get(Act.REPORT, 0.0) >= REPORTS
    plainly = gist.act is Act.REPORT and gist.incident >= PLAINLY and tells
    # Who asks for help with a device is asked what ails it, once, and that is all.
    plainly = plainly or bool(gist.signs.get("plea"))
    plainly = plainly and gist.system is not None
    quiet = all(turn.at - one.last_at > SPOKEN_OF for one in incidents)
    fails = gist.system is not None and gist.problem is not None and gist.signs.get("fault")
    asks = asks_who_else(gist.text, said_store=gist.said_store is not None)
    asks = (fails and asks) or (gist.system is not None and states_besides(gist.text))
    told = plainly or _stops_sales(gist) or (quiet and (asks or _fails_besides(gist)))
    if not ((told and not laughs(gist.text)) or _rues(gist)) or names_a_role(name):
        return decision
    return Decision("new", None, gist.incident, PLAIN, close=True)


def _fails_besides(gist: Gist) -> bool:
    """'Otra vez el TPV colgado', 'ya se arregló el aire pero ahora gotea', '¿ya llamaron? no
    enfría el refri': what reads like a detail, like what is so still, like a repair or a question
    tells of a failure, where nothing is known of it."""
    bare = len(gist.text.split()) <= BARE_WORDS
    fails = gist.signs.get("fault_and_system") or (bare and gist.signs.get("fault"))
    told = gist.system and gist.problem and fails
    if not told or any(gist.signs.get(sign) for sign in _ELSEWHEN):
        return False
    if "?" in gist.text:
        return bool(gist.signs.get("beside_question"))
    if gist.act in (Act.FIXED, Act.ACK):
        return gist.incident >= EARNEST and works_in_part(gist.text)
    if gist.act is Act.STILL_BROKEN and _AGAIN.search(plain(gist.text)):
        return gist.incident >= _BESIDES[Act.DETAIL]
    barely = bare and gist.act in (Act.DETAIL, Act.REPORT)
    return gist.incident >= (_BARELY if barely else _BESIDES.get(gist.act, 1.0))


def _rues(gist: Gist) -> bool:
    """'Jajaja se volvió a caer el sistema, local 45': who laughs at their bad luck, and says where
    it is, tells of it."""
    told = gist.system is not None and gist.problem is not None and gist.said_store is not None
    fails = gist.act in (Act.REPORT, Act.STILL_BROKEN) and bool(gist.signs.get("fault"))
    return told and fails and gist.incident >= RUES


def _stops_sales(gist: Gist) -> bool:
    """'No puedo cobrar', 'todo caído': a few words that cannot wait, whatever they are a detail of
    where something is open."""
    short = len(gist.text.split()) <= BARE_WORDS and "?" not in gist.text
    told = gist.problem is not None and gist.act in (Act.REPORT, Act.DETAIL)
    return short and told and gist.priority is Priority.URGENT and gist.incident >= FAILS


def asks_who_else(text: str, *, said_store: bool) -> bool:
    """'Quién más está sin sistema? nosotros en la 12', 'sin sistema??': who asks has it as well,
    where the words tell of a failure. Without their store they speak to each other first; '¿se
    cayó el sistema?' only asks."""
    words = plain(text)
    if asks_from_store(text):
        return True
    return bool(_BARE_LACK.fullmatch(words) or (said_store and _WHO_ELSE.search(words)))


def may_be_another(turn: TurnFacts) -> bool:
    """Whether a turn may be another report of an outage, which is never doubted.

    'Acá igual' is one by what was said before it; 'acá igual, solo se vendieron paraguas' has words
    of its own, and none of them names a thing or a failure, nor reads surely like a report.
    """
    gist = turn.gist
    failing = any(gist.signs.get(sign) for sign in ("system", "fault", "trigger", "urgent"))
    store = gist.said_store or turn.home_store
    own = own_words(gist.text, store)
    # In a breath of several messages one of them may say no more than 'here too'.
    bare = any(is_bare(one, store) for one in gist.text.splitlines())
    reports = gist.act in (Act.REPORT, Act.SAME_PROBLEM) and gist.incident >= EARNEST
    echoes = bare or counts_for(gist, store) or len(own) < OWN_WORDS
    # 'Igualito por acá, se quedó cargando, tienda 105, agradecería su apoyo'.
    pleads = bool(gist.said_store and gist.signs.get("help"))
    return bool(failing or gist.error or turn.shows_error) or reports or echoes or pleads


def refuse_beginning(
    decision: Decision,
    turn: TurnFacts,
    name: str,
    incidents: Sequence[OpenIncident] = (),
    room: Room | None = None,
) -> Decision:
    """The same decision, unless it lets begin what is no report, or takes small talk for a word of
    what is open; `name` is the writer's.

    What is open and what was said tell, where a `room` is given, whether 'nor here' says anything.
    """
    if room is not None:
        decision = refuse_echo(decision, turn, incidents, room)
        decision = refuse_comment(decision, turn, incidents, room.remarks)
    if decision.outcome != "new" or turn.shows_error:
        return decision
    gist = turn.gist
    if why := why_no_report(gist):
        return _nothing(decision, why)
    if why := why_nothing_wrong(gist):
        return _nothing(decision, why)
    if room is not None and (why := _why_of_talk(turn, room)):
        return _nothing(decision, why)
    if _is_told_in_earnest(turn.gist):
        return decision
    quoted = turn.quotes_something and turn.gist.act is Act.SAME_PROBLEM
    store = turn.gist.said_store or turn.home_store
    if decision.parent is not None and (quoted or counts_for(turn.gist, store)):
        return decision
    earnest = _is_surely_told(gist) or (gist.system and fails_beside_laughter(gist.text))
    if laughs(gist.text) and not earnest:
        return _nothing(decision, LAUGHS)
    if names_a_role(name) and not turn.from_support:
        return _nothing(decision, HELPS)
    return decision


def why_no_report(gist: Gist) -> str | None:
    """Why words that read like a report are none, whatever was said before; None when they may be
    one."""
    of_others = why_of_others(gist) or why_of_the_day(gist)
    return of_others or why_out_of_store(gist) or why_shop_talk(gist)


def _why_of_talk(turn: TurnFacts, room: Room) -> str | None:
    """Why what was just said makes no report of words that read like one: they answer a colleague
    who counts, or speak of the coffee."""
    lately = [one for one in room.remarks if turn.at - one.at <= JUST_SAID]
    others = [one for one in lately if one.person_id != turn.person_id]
    if others and counts_for_them(turn.gist, [one.text for one in others]):
        return COUNTS
    coffee = may_be_for_coffee(turn.gist) and any(speaks_of_coffee(one.text) for one in lately)
    return FOR_COFFEE if coffee else None


def _is_told_in_earnest(gist: Gist) -> bool:
    return bool(gist.said_store or gist.error or gist.signs.get("danger"))


def _is_surely_told(gist: Gist) -> bool:
    """'Otra vez sin sistema, jaja': who laughs at a failure tells of it all the same; so does who
    laughs in one message of a burst and tells of it in another."""
    if gist.act is not Act.REPORT:
        return False
    earnest = (line for line in gist.text.splitlines() if not laughs(line))
    apart = gist.system and any(any(failures(line, plainly=True)) for line in earnest)
    return gist.incident >= (EARNEST if apart else SURELY)


def _nothing(decision: Decision, why: str) -> Decision:
    return replace(decision, outcome="none", incident_id=None, reason=why, parent=None)
