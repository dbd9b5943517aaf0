"""What begins no incident although its words read like a report, and what does although the chat
speaks of something else. Pure.

Hardly anybody laughs when they report, and whoever helps by trade speaks of what others reported:
both begin something only when they say of which store, as nobody does in passing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from domain.assignment import Decision
from domain.gist import Act, Gist
from domain.room import TurnFacts
from domain.talk import names_a_role
from domain.wording import plain

LAUGHS = "laughs, and says nothing of a store or an error"
PLAIN = "plainly says that a thing fails"
HELPS = "helps by trade, and says nothing of a store or an error"
# So sure are the words alone of a failure that a laugh does not make a joke of it.
SURELY = 0.95
# So sure are they that a chat which speaks of something else makes no small talk of it.
PLAINLY = 0.9
# 'Jajaja', also as it is typed in a hurry: 'jaajja', 'jjaaja', 'ajajaj', 'jejeje', 'haha'.
_LAUGH = re.compile(
    r"\b(?=\w{4,}\b)a*(?:j+[aei]+){2,}j*\b|\ba*j+[aei]+j+\b|\bj[aei](?: j[aei])+\b|"
    r"\b(?:ha){2,}h?\b|\blol\b"
)
_LAUGHING = re.compile(r"[😂🤣😹😆😝🤪]")


def laughs(text: str) -> bool:
    """Whether somebody laughs, in letters or in pictures; a nervous smile is no laugh."""
    return bool(_LAUGHING.search(text) or _LAUGH.search(plain(text)))


def begin_anyway(decision: Decision, turn: TurnFacts, name: str) -> Decision:
    """The same decision, unless it takes for nothing what plainly says that a thing fails."""
    gist = turn.gist
    if decision.outcome != "none" or turn.quotes_something or turn.from_support:
        return decision
    tells = gist.problem is not None or gist.acts.get(Act.REPORT, 0.0) >= SURELY
    plainly = gist.act is Act.REPORT and gist.incident >= PLAINLY and tells
    if not plainly or gist.system is None or laughs(gist.text) or names_a_role(name):
        return decision
    return Decision("new", None, gist.incident, PLAIN, close=True)


def refuse_beginning(decision: Decision, turn: TurnFacts, name: str) -> Decision:
    """The same decision, unless it lets begin what is no report; `name` is the writer's."""
    if decision.outcome != "new" or _is_told_in_earnest(turn.gist) or turn.shows_error:
        return decision
    if laughs(turn.gist.text) and not _is_surely_told(turn.gist):
        return _nothing(decision, LAUGHS)
    if names_a_role(name) and not turn.from_support:
        return _nothing(decision, HELPS)
    return decision


def _is_told_in_earnest(gist: Gist) -> bool:
    return bool(gist.said_store or gist.error or gist.signs.get("danger"))


def _is_surely_told(gist: Gist) -> bool:
    """'Otra vez sin sistema, jaja': who laughs at a failure tells of it all the same."""
    return gist.act is Act.REPORT and gist.incident >= SURELY


def _nothing(decision: Decision, why: str) -> Decision:
    return replace(decision, outcome="none", incident_id=None, reason=why, parent=None)
