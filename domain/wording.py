"""The words of a chat as assignment compares them: folded, without empty ones; names called."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache

# Words that everybody uses and that therefore tie a message to nothing.
_EMPTY_WORDS = (
    "para pero como esta este esto todo toda todos aqui alla algo nada bien gracias favor hola"
    " buenos buenas dias tardes noches porque cuando donde quien cual tiene tengo hacer hace"
    " puede puedo desde hasta entre sobre tambien tampoco ahora ahorita luego ayer manana solo"
    " otra otro"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())
_NO_NAMES = frozenset({"tienda", "suc", "tda", "soporte", "local"})


@lru_cache(maxsize=4096)
def words_of(text: str) -> frozenset[str]:
    """The telling words of a text: folded, cut to their first six letters."""
    return frozenset(w[:6] for w in _tokens(text) if len(w) >= 4 and w not in _EMPTY)


@lru_cache(maxsize=4096)
def _tokens(text: str) -> tuple[str, ...]:
    apart = unicodedata.normalize("NFD", text.lower())
    return tuple(
        re.findall(r"[a-z0-9ñ]+", "".join(c for c in apart if not unicodedata.combining(c)))
    )


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The words of a text without accents and punctuation."""
    return " ".join(_tokens(text))


def names_place(text: str, place: str) -> bool:
    """Whether the words of a place stand in the text, next to each other."""
    return f" {plain(place)} " in f" {plain(text)} " if place else False


def addressed(text: str, names: Mapping[str, str]) -> frozenset[str]:
    """The people whom the text calls by name, nicknames and diminutives included."""
    said, heads = _calls(text)
    return frozenset(
        person
        for person, name in names.items()
        for called, begun in (_called(name),)
        if not (said.isdisjoint(called) and heads.isdisjoint(begun))
    )


@lru_cache(maxsize=4096)
def _calls(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words of a text that may be names, and how the longer of them begin."""
    return _with_heads(t for t in _tokens(text) if len(t) >= 3)


@lru_cache(maxsize=4096)
def _called(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a person of this name is called by, and how the longer of it begins."""
    called = [n for n in _tokens(name) if len(n) >= 3 and not n.isdigit()][:2]
    return _with_heads(n for n in called if n not in _EMPTY and n not in _NO_NAMES)


def _with_heads(words: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    found = frozenset(words)
    return found, frozenset(word[:4] for word in found if len(word) >= 4)


def decay(minutes: float, half: float) -> float:
    """1 now, a half after `half` minutes."""
    return math.pow(0.5, minutes / half) if minutes > 0 else 1.0


def minutes_between(later: datetime, earlier: datetime) -> float:
    return max((later - earlier).total_seconds() / 60, 0.0)
