"""Place names that stores go by in six countries: a gazetteer for names typed in lower case."""

from __future__ import annotations

import re
from functools import lru_cache

from tools.models.local.lexicon import read_lines
from tools.models.local.spelling import fold

# 'Juan Pablo II', 'Alfonso XIII'.
_ORDINAL = re.compile(r"x{0,3}(?:ix|iv|vi{0,3}|i{2,3}|(?<=x)i)")
CONNECT = frozenset({"de", "del", "la", "las", "los", "el", "y", "san", "santa"})


@lru_cache(maxsize=1)
def proper_names() -> frozenset[str]:
    """Folded names that are hardly anything but a place."""
    return frozenset(read_lines("places.txt"))


@lru_cache(maxsize=1)
def all_names() -> frozenset[str]:
    """Folded names of places, those that are common words too.

    The common ones are believed only straight after 'tienda' or as an answer.
    """
    return proper_names() | frozenset(read_lines("places_common.txt"))


@lru_cache(maxsize=1)
def towns() -> frozenset[str]:
    """Folded names of towns that are hardly a surname: believed of people's names in a chat, never
    in a sentence. After GeoNames (CC BY 4.0), 5,000 people or more."""
    return frozenset(read_lines("towns.txt"))


def longest_name(text: str, names: frozenset[str]) -> str | None:
    """The longest run of one to three words at the start of `text` that is one of `names`."""
    tokens = text.split(" ")
    for size in (3, 2, 1):
        run = " ".join(tokens[:size]).strip(" .,;:!?¡¿()-")
        if len(tokens) >= size and fold(run) in names:
            return run
    return None


@lru_cache(maxsize=1)
def short_forms() -> dict[str, str]:
    """How people shorten the names of places, folded, and the whole names."""
    return dict(line.split(" ", 1) for line in read_lines("places_short.txt"))


# Words of places' names as people shorten them.
SHORTENED = {"pte": "Puente", "sta": "Santa", "sto": "Santo", "bdo": "Bernardo", "gral": "General"}


def in_title_case(name: str) -> str:
    """A place as a store is called by it, in full: 'Boca del Rio', 'Providencia' of 'provi'."""
    if whole := short_forms().get(fold(name.strip(" .,;:"))):
        return whole
    words = [SHORTENED.get(w.lower().rstrip("."), w) for w in name.strip(" .,;:").split()]
    return " ".join(
        w.lower()
        if i and fold(w) in CONNECT and fold(w) not in {"san", "santa"}
        else w.upper()
        if i and _ORDINAL.fullmatch(fold(w))
        else w[:1].upper() + w[1:].lower()
        for i, w in enumerate(words)
    )
