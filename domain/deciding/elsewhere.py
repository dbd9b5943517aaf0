"""When a report tells of another store than an incident, so that it is none of it. Pure.

The same thing fails in 12 and the next day in 21: whoever reports both, that is two incidents. Who
only corrects the store says so ('no, es la 21'), or says nothing but the store.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from domain.gist import Act, Gist
from domain.likeness import misspells
from domain.room import OpenIncident, Remark, TurnFacts
from domain.wording import names_place, plain

# How long after what they reported an apology corrects it, and no longer only opens a report;
# and how long a store that was nowhere said may be put right by saying it.
CORRECTED_WITHIN = timedelta(minutes=30)
_TELLS = (Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN)
# 'Tampoco hay en la 21' and 'ahora también en la 21' add a store, whatever else they say.
_ADDS = re.compile(r"\b(?:tambien|tampoco|tmb|tambn|ademas|ahora|igual)\b")
# What is said of nothing but what was told wrongly.
_A_STORE = r"(?:en |de |del |la |el )*(?:tienda|suc\w*|local|la|el)"
_CORRECTS = re.compile(
    r"\b(?:me equivoque|error mio|mala mia|correccion|corrijo|rectifico|mejor dicho|quise decir|"
    r"quiero decir|que diga|fe de erratas|me confundi|puse mal|escribi mal)\b|"
    rf"(?:^| )digo (?:{_A_STORE}\b|\d)|"
    rf"\bno (?:es |era |fue )?{_A_STORE} \d{{1,4}}$|"
    r"^(?:no )?(?:es|era|fue|sino|seria) (?:en |de |la |el |del )|"
    r"\b(?:es|era) (?:de|en|l[ao] (?:de|en)|el (?:de|en)|la (?=\d+$)) ?(?:la |el )?"
    r"(?:tienda|suc\w*|local|\d)"
)
# And what may be no more than the end of a report.
_MAY_CORRECT = re.compile(rf"\b(?:perdon|sorry|es {_A_STORE} \d+)$")
# Of a store in bold letters the star corrects nothing.
_BOLD = re.compile(r"\s*\*[^*\n]+\*")


def is_of_another_store(turn: TurnFacts, one: OpenIncident, said: Sequence[Remark]) -> bool:
    """Whether somebody reports in full, with the store, what this incident of theirs cannot be.

    `said` is what was lately said of it.
    """
    gist, store, known = turn.gist, turn.gist.said_store, one.store
    if not (store and known and two_stores(store, known)) or not _reports(turn):
        return False
    soon = turn.at - one.last_at <= CORRECTED_WITHIN
    told = any(names_place(r.text, known) for r in said) or not said
    if names_place(gist.text, known) or (soon and not told):
        return False
    words = plain(gist.text)
    if _CORRECTS.search(words):
        return False
    marked = gist.signs.get("corrects") and not _BOLD.match(gist.text)
    return not soon or bool(_ADDS.search(words)) or not (marked or _MAY_CORRECT.search(words))


def puts_right(gist: Gist) -> bool:
    """Whether words correct a store that was told wrongly."""
    return bool(gist.signs.get("corrects") or _CORRECTS.search(plain(gist.text)))


def two_stores(one: str, other: str) -> bool:
    """Whether two stores are surely not one: a name may be that of a number, and a part of a name
    that of the whole."""
    a, b = plain(one), plain(other)
    if a.isdigit() and b.isdigit():
        return int(a) != int(b)
    if a.isdigit() or b.isdigit():
        return False
    return not any(x == y or misspells(x, y) for x in a.split() for y in b.split())


def _reports(turn: TurnFacts) -> bool:
    """Whether somebody says what fails, and that it does."""
    gist = turn.gist
    fails = gist.problem is not None or bool(gist.signs.get("fault"))
    return gist.act in _TELLS and gist.system is not None and fails and not turn.from_support
