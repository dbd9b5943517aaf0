"""The stores that somebody counts up, each with its figure: 'Ventas de ayer: Breña S/ 3,210 ·
Lince S/ 4,055 · Surquillo S/ 2,870', '12 → 41,300 / 7 → 28,900 / 15 → 30,150'.

Whoever leads a chain writes so to all of its stores, and calls each by its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tools.models.local.lexicon import read_words
from tools.models.local.places import in_title_case
from tools.models.local.spelling import fold
from tools.models.local.spoken_places import common_words, is_in_no_store, known_places
from tools.models.local.systems import find_system

# Fewer may be anything: two goods and their prices, two people and their days off.
FEWEST = 3
# A word of a place's name from so many letters on tells it.
SHORTEST_WORD = 4
# So long is at least what somebody cut short with a point: 'Mayra Zap.' of Zapopan.
SHORTEST_CUT = 3
# A longer message is no list of stores; what is pasted costs no worker seconds.
LONGEST_READ = 600
_SALES = re.compile(
    r"\b(?:ventas?|vendid[oa]s?|vendimos|ranking|metas?|cierres?|cortes?|acumulad[oa]|parcial\w*|"
    r"facturacion|recaudacion|millones|tickets promedio|resultados?)\b"
)
_CURRENCY = r"(?:S/\.?|\$|€|US\$|COP|MXN|CLP)?\s{0,2}"
_FIGURE = (
    r"\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,2})?|"
    r"\d{1,7}(?:[.,]\d{1,2})?\s?(?:M|k|mil|lucas|palos|millones|€)?"
)
_NAME = r"[A-ZÁÉÍÓÚÑ][\w'’.]*(?: (?:(?:de|del|la|las|los|el|y) ){0,2}[A-ZÁÉÍÓÚÑ][\w'’.]*){0,2}"
_NAMED = re.compile(
    rf"(?<![\w])(?P<name>{_NAME})\s{{0,2}}[:=→>-]{{0,3}}\s{{0,2}}{_CURRENCY}(?:{_FIGURE})(?![\w%:°])"
)
_NUMBERED = re.compile(
    r"(?<![\w.,])(?:(?:suc\.?|sucursal|tienda|tda|local|[TF])[ -]?)?#?0*(?P<number>\d{1,4})\s{0,2}"
    rf"(?:→|->|=>|=|:)\s{{0,2}}{_CURRENCY}(?:{_FIGURE})(?![\w%:°])"
)
_KINDRED = re.compile(
    r"(?<!\w)(?:suc\.?|sucursal|tienda|tda|local) ?#?0*(?P<number>\d{1,4})\s{1,2}"
    rf"{_CURRENCY}(?:{_FIGURE})(?![\w%:°])"
)


@dataclass(frozen=True)
class Listed:
    """Stores that a message counts up: what they are called, and their numbers."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names or self.numbers)


NOTHING = Listed()


@lru_cache(maxsize=2048)
def listed(text: str) -> Listed:
    """The stores of a list; NOTHING where it is none, or may be one of people or goods."""
    if len(text) > LONGEST_READ or not any(c.isdigit() for c in text):
        return NOTHING
    if not _SALES.search(fold(text)):
        return NOTHING
    names = [_bare(m["name"]) for m in _NAMED.finditer(text)]
    names = [in_title_case(name) for name in names if _may_be_a_store(name)]
    numbers = [str(int(m["number"])) for p in (_NUMBERED, _KINDRED) for m in p.finditer(text)]
    return Listed(_enough(names), _enough(numbers))


def _enough(found: list[str]) -> tuple[str, ...]:
    distinct = tuple(dict.fromkeys(found))
    return distinct if len(distinct) >= FEWEST else ()


def _bare(name: str) -> str:
    """A name without the word that opens the list: 'Ayer Costanera'."""
    first, _, rest = name.partition(" ")
    opens = rest and fold(first) in common_words() and fold(name) not in known_places()
    articles = ("la", "el", "los", "las", "san", "santa", "plaza", "mall", "centro")
    return rest if opens and fold(first) not in articles else name


def _may_be_a_store(name: str) -> bool:
    folded = fold(name)
    if folded in known_places():
        return True
    if len(folded) < 3 or folded in read_words("given_names.txt") or find_system(name):
        return False
    return not set(folded.split()) <= common_words() and not is_in_no_store(name)


def in_list(tail: str, places: Mapping[str, str]) -> str | None:
    """The only one of some places, by their folded names, that stands behind somebody's name:
    whole ('Kevin Breña'), by a word of it ('Dani Ramos' of Ramos Mejía), by its initials ('Sofi
    PE' of Plaza Egaña)."""
    folded, cut = fold(tail).rstrip("."), tail.endswith(".")
    if not folded or not places:
        return None
    if folded in places:
        return places[folded]
    found = {
        shown
        for place, shown in places.items()
        if folded.endswith(f" {place}")
        or (len(folded) >= SHORTEST_WORD and folded in place.split())
        or (tail.isupper() and len(folded) > 1 and folded == _initials(place))
        or (len(folded) >= (SHORTEST_CUT if cut else SHORTEST_WORD) and place.startswith(folded))
    }
    return found.pop() if len(found) == 1 else None


def _initials(place: str) -> str:
    return "".join(word[0] for word in place.split() if word not in ("de", "del", "la", "el"))
