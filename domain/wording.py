"""The words of a chat as assignment compares them: folded, without empty ones; names called."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from itertools import dropwhile

# Words that everybody uses and that therefore tie a message to nothing.
_EMPTY_WORDS = (
    "para pero como esta este esto todo toda todos aqui alla algo nada bien gracias favor hola"
    " buenos buenas dias tardes noches porque cuando donde quien cual tiene tengo hacer hace"
    " puede puedo desde hasta entre sobre tambien tampoco ahora ahorita luego ayer manana solo"
    " otra otro"
)
_EMPTY = frozenset(_EMPTY_WORDS.split())
# What stands beside a name and is spoken of every day: nobody is called by it. 'Se fue la luz'.
_NO_NAMES_WORDS = (
    "tienda suc tda soporte local sistema sistemas caja cajas terminal farmacia mesa ayuda"
    " mtto mant mantenimiento bodega almacen deposito ventas zona central turno taller oficina"
    " compras logistica admin super market mercado sucursal tecnico red"
)
_NO_NAMES = frozenset(_NO_NAMES_WORDS.split())
# Names that are things as well, where such a word stands before them: 'se fue la luz'.
_THINGS_TOO = frozenset({"luz"})
_BEFORE_THINGS = frozenset(
    ["la", "hay", "sin", "de", "una", "con", "mi", "tu", "su", "volvio", "vino", "regreso"]
)
# 'Jajaja', also as it is typed in a hurry: 'jaajja', 'ajajaj', 'jsjsjs'; 'lol' and 'xd' at an end.
_LAUGH = re.compile(
    r"\b(?!(?:jauja|jajaira)\b)(?:(?:ja|je|ji){2,}\w*|"
    r"(?=\w{4,}\b)a*(?:j+[aeiu]+){2,}j*|a*j+[aei]+j+|(?:j+o+){2,}j*|"
    r"(?:h[aeio]){2,}h?|(?:js){2,}j?|(?:sj){2,}s?|j[aei](?: j[aei])+|h[aei](?: h[aei]){2,}|"
    r"juas(?: juas)+)\b|"
    # A model is an XD and a doll a LOL: as a laugh they end what is said.
    r"^(?:lo+l|xd+)\b(?! \d)|(?<!modelo )(?<!tarjeta )(?<!tarjetas )(?<!munecas )\b(?:lo+l|xd+)$"
)
_LAUGHING = re.compile(r"[😂🤣😹😆😝🤪😜]")


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


@lru_cache(maxsize=4096)
def laughs(text: str) -> bool:
    """Whether somebody laughs, in letters or in pictures; a nervous smile is no laugh."""
    return bool(_LAUGHING.search(text) or _LAUGH.search(plain(text)))


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
    tokens = _tokens(text)
    return _with_heads(
        token
        for before, token in zip(("", *tokens), tokens, strict=False)
        if len(token) >= 3 and not (token in _THINGS_TOO and before in _BEFORE_THINGS)
    )


@lru_cache(maxsize=4096)
def _called(name: str) -> tuple[frozenset[str], frozenset[str]]:
    """What a person of this name is called by, and how the longer of it begins."""
    words = [n for n in _tokens(name) if len(n) >= 3 and not n.isdigit()]
    called = list(dropwhile(_NO_NAMES.__contains__, words))[:2]  # 'Soporte Sistemas Raúl'
    return _with_heads(n for n in called if n not in _EMPTY and n not in _NO_NAMES)


def _with_heads(words: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    found = frozenset(words)
    return found, frozenset(word[:4] for word in found if len(word) >= 4)


def decay(minutes: float, half: float) -> float:
    """1 now, a half after `half` minutes."""
    return math.pow(0.5, minutes / half) if minutes > 0 else 1.0


def minutes_between(later: datetime, earlier: datetime) -> float:
    return max((later - earlier).total_seconds() / 60, 0.0)
