"""How alike two stores, errors, words or meanings are."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from domain.gist import Gist
from domain.room import Alike
from domain.wording import names_place

# Shorter words are one slip away from too many others.
SLIPS_FROM = 4
# What sounds alike and is mixed up: 'vascula', 'pantaya', 'lus', 'kaja', 'ielo'.
_SOUNDS = (
    (r"qu(?=[ei])|k", "c"),
    (r"c(?=[ei])|z", "s"),
    (r"v", "b"),
    (r"ll", "y"),
    (r"n(?=[bpv]|$)", "m"),
    (r"h", ""),
    (r"(.)\1", r"\1"),
)


def same(a: str | None, b: str | None) -> bool:
    """Whether both are said, and alike."""
    return a is not None and b is not None and a.casefold() == b.casefold()


def agree(a: str | None, b: str | None) -> bool | None:
    """Whether two that are said are alike; None when one is not."""
    return a.casefold() == b.casefold() if a and b else None


def cosine(a: Sequence[float], b: Sequence[float]) -> float:
    """Of unit vectors, by their distance: a third of the time of summing up their products."""
    return 1.0 - math.dist(a, b) ** 2 / 2 if len(a) == len(b) else 0.0


@lru_cache(maxsize=4096)
def misspells(word: str, other: str) -> bool:
    """Whether two folded words are one, misspelled: they sound alike, or the thumb slipped once
    and lost, doubled, swapped or missed a letter. Equal words are not misspelled."""
    if word == other or min(len(word), len(other)) < SLIPS_FROM - 1:
        return False
    a, b = _sound(word), _sound(other)
    if a == b:
        return True
    if max(len(word), len(other)) < SLIPS_FROM or abs(len(a) - len(b)) > 1:
        return False
    if len(a) == len(b):
        apart = [n for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        swapped = len(apart) == 2 and apart[1] - apart[0] == 1
        first, last = apart[0], apart[-1]
        # Of another first or last letter it is another word: 'gata' and 'lata', 'caja' and 'cajo'.
        inside = first > 0 and last < len(a) - 1
        return inside and (len(apart) == 1 or (swapped and a[first] == b[last]))
    short, long = sorted((a, b), key=len)
    return short[0] == long[0] and any(
        long[:n] + long[n + 1 :] == short for n in range(1, len(long))
    )


@lru_cache(maxsize=4096)
def _sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = re.sub(pattern, sound, word)
    return word


def names_thing(gist: Gist, system: str | None, same_system: Alike) -> bool:
    """Whether words name this thing: as the one they are about, or in so many words. 'Cancelen el
    reporte del escáner' is about a report, and names the scanner."""
    if not system:
        return False
    return same_system(gist.system, system) or names_place(gist.text, system)
