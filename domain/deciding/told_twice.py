"""Whether somebody tells another group what they have just reported in one: the same thing of the
same store, in whatever words, and nothing new. Pure.

Only of one person: two people may mean two stores of one number, and whoever is not answered where
they wrote is not heard.
"""

from __future__ import annotations

from dataclasses import dataclass

from domain.deciding.repeats import names_another_unit, units_of
from domain.gist import Act, Gist
from domain.incident import Priority
from domain.likeness import agree, same
from domain.sayings.here_too import own_words
from domain.wording import plain

_TELLS = (Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN)
# So many words of a telling may be its own, beside what it is about: 'apoyo por favor, urge'.
OWN_WORDS = 3


@dataclass(frozen=True)
class Reported:
    """What somebody reported in another group a moment ago."""

    text: str
    store: str | None
    system: str | None
    urgent: bool


def tells_again(gist: Gist, store: str, before: Reported) -> bool:
    """Whether words of this store say nothing but what was reported `before`."""
    if not agree(store, before.store):
        return False
    if plain(gist.text) == plain(before.text):
        return True
    if not same(gist.system, before.system) or gist.act not in _TELLS or gist.error:
        return False
    if gist.signs.get("danger") or names_another_unit(gist.text):
        return False
    if units_of(gist.text) != units_of(before.text):
        return False
    worse = gist.priority is Priority.URGENT and not before.urgent
    new = own_words(gist.text, store) - own_words(before.text, store)
    return not worse and len(new) <= OWN_WORDS
