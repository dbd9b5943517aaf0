"""Place names that stores go by in six countries: a gazetteer for names typed in lower case."""

from __future__ import annotations

from functools import lru_cache

from tools.models.local.lexicon import read_lines
from tools.models.local.spelling import fold


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
