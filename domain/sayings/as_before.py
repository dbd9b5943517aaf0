"""Another one of the same fails as well: 'la caja 3 tampoco', after 'no prende la caja 2'. What it
does was just told. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from domain.incident import OPEN_STATUSES
from domain.likeness import agree
from domain.room import OpenIncident, Remark, TurnFacts
from domain.ticket import without_store
from domain.wording import plain

# So long after its last word the first one is what somebody means.
WITHIN = timedelta(minutes=30)
# More words tell what it does; a longer report is no name of what happens.
LONGEST, LONGEST_REPORT = 8, 16
_ALSO = re.compile(r"\b(?:tampoco|tambien|tmb|tbn?|igual|lo mismo|idem)\b")
_LEADS = re.compile(r"^\W*(?:(?:y|e|ah|ahora|uy|oigan?|pues|ya)\b\W*)+", re.IGNORECASE)
_PIECE = re.compile(r"[,.;:!\n]+")
_GREETS = re.compile(r"(?:hola|buen[oa]s?|soy|somos|disculp\w*|oigan?|por favor|ayuda|gracias)\b")


def as_before(
    turn: TurnFacts, incidents: Sequence[OpenIncident], said: Sequence[Remark]
) -> str | None:
    """What happens to a thing that is only said to fail as well as another one of the writer's, or
    of their store; None where more is said, or nothing was."""
    gist = turn.gist
    if gist.system is None or gist.problem or gist.error or "?" in gist.text:
        return None
    words = plain(gist.text)
    if len(words.split()) > LONGEST or "\n" in gist.text.strip() or not _ALSO.search(words):
        return None
    near = [one for one in incidents if _is_near(one, turn)]
    met = max(near, key=lambda one: one.last_at, default=None)
    if met is None:
        return None
    told = (r.text for r in said if r.incident_id == met.id and r.person_id == met.reporter_id)
    pieces = _PIECE.split(without_store(next(told, "").strip(), met.store))
    report = ", ".join(one.strip() for one in pieces if _tells(one))
    if not report or len(report.split()) > LONGEST_REPORT:
        return None
    also = without_store(_LEADS.sub("", gist.text).strip(" .,;!"), gist.said_store)
    return f"{also} ({report})"


def _tells(piece: str) -> bool:
    """Whether a piece of a report is more than a greeting, or where somebody is."""
    words = plain(piece)
    return len(words.split()) > 1 and not _GREETS.match(words)


def _is_near(one: OpenIncident, turn: TurnFacts) -> bool:
    """Whether an open incident is of the same kind of thing, and of the writer or their store."""
    if one.status not in OPEN_STATUSES or turn.at - one.last_at > WITHIN:
        return False
    if plain(one.system or "") != plain(turn.gist.system or ""):
        return False
    store = turn.gist.said_store or turn.home_store
    here = agree(store, one.store)
    return one.reporter_id == turn.person_id if here is None else here
