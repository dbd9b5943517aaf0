"""Two people told of one failure and neither said a store, so both are of one incident: when each
of them names a store of their own, the second one is another report. Pure.

Ana: se cayó el sistema. Beto: se cayó el sistema. Ana: tienda 12. Beto: tienda 13.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from domain.assignment import Decision
from domain.deciding.elsewhere import puts_right, two_stores
from domain.gist import Act, Gist
from domain.incident import OPEN_STATUSES
from domain.room import OpenIncident, Remark, TurnFacts
from domain.sayings.failures import failures
from domain.wording import names_place, plain

OF_THEIRS = "names a store of their own, of what another has reported too"
# So long after their words somebody still says where they are.
WITHIN = timedelta(minutes=45)
# 'En la tienda 13 por favor'.
MOST_WORDS = 6
_BARE = re.compile(
    r"(?:(?:y|si|hola|aca|aqui|yo|nosotr[oa]s|en|de|soy|somos|es) )*(?:la |el )?(\d{1,4})"
    r"(?: (?:por favor|porfa|gracias))?"
)
_TELLS = frozenset({Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN})


def begin_for_second(
    decision: Decision, turn: TurnFacts, incident: OpenIncident | None, said: Sequence[Remark]
) -> Decision:
    """The same decision, unless it joins where somebody says that they are to what has the store of
    another one who reported it; `said` is what was lately said."""
    store, known = own_store(turn.gist), incident.store if incident else None
    if incident is None or decision.outcome != "join" or incident.status not in OPEN_STATUSES:
        return decision
    if not (store and known and two_stores(store, known)) or not _says_only_where(turn):
        return decision
    theirs = [r for r in said if r.incident_id == incident.id and turn.at - r.at <= WITHIN]
    own = [r for r in theirs if r.person_id == turn.person_id]
    others = [r for r in theirs if r.person_id != turn.person_id]
    told = any(map(_tells, own)) and not any(names_place(r.text, known) for r in own)
    placed = {r.person_id for r in others if names_place(r.text, known)}
    if not told or not any(_tells(r) for r in others if r.person_id in placed):
        return decision
    parent = incident.parent or incident.id
    return Decision("new", None, 0.8, OF_THEIRS, close=True, parent=parent)


def own_store(gist: Gist) -> str | None:
    """The store that bare words name: 'la 13' is one to whoever was waited for."""
    bare = _BARE.fullmatch(plain(gist.text)) if gist.signs.get("tells_where") else None
    return gist.said_store or (str(int(bare[1])) if bare else None)


def _tells(remark: Remark) -> bool:
    return remark.act in _TELLS or any(failures(remark.text, plainly=True))


def _says_only_where(turn: TurnFacts) -> bool:
    gist = turn.gist
    short = len(plain(gist.text).split()) <= MOST_WORDS and not turn.has_media
    return short and gist.system is None and not gist.error and not puts_right(gist)
