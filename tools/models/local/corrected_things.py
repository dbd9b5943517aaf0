"""What a correction names anew: 'perdón, la impresora', and not 'no, la luz está bien'."""

from __future__ import annotations

import re

from domain.sayings.mended import says_it_works
from tools.models.local.problem import has_fault
from tools.models.local.spelling import fold
from tools.models.local.systems import find_system

# The most words that a correction is made of.
CORRECTION_WORDS = 8
# What none but a correction begins with, however long it is: 'perdón, es la impresora de la caja 2
# la que no imprime'.
_NAMES_ANEW = re.compile(r"\W*(?:(?:es|era) (?:la|el|los|las)\b|me referia|quise decir)")
# 'Internet sí hay', 'tiene rollo', 'la luz está bien': what is there and works.
_IS_THERE = re.compile(
    r"\bsi (?:me |nos |se |le )?(?:hay|tiene[n]?|tengo|tenemos|trae[n]?|esta[n]?|funciona[n]?|"
    r"jala[n]?|sirve[n]?|anda[n]?|prende[n]?|prendio|enciende[n]?|arranca|arranco|abre[n]?|lee[n]?|"
    r"imprime[n]?|entra[n]?|agarra[n]?|carga[n]?|conecta[n]?|pasa[n]?|va[n]?)\b|"
    r"^\W*(?:si )?(?:tiene[n]?|tengo|tenemos|hay|trae[n]?)\b|"
    r"\b(?:esta[n]?|anda[n]?|va[n]?|jala[n]?|sirve[n]?|entra[n]?|prende[n]?|abre[n]?|funciona[n]?) "
    r"(?:todo |muy )?(?:bien|ok|normal|perfect[oa]s?|conectad[oa]s?|prendid[oa]s?|encendid[oa]s?)\b"
)
_PIECES = re.compile(r"[,.;]+(?:\s+|$)|\s+y\s+")
_DENIED = re.compile(r"\bno\s+$")
_MEANT = re.compile(r"\b(?:quise|quiero) decir\W*$")


def without_what_works(correction: str, text: str) -> str:
    """The pieces of a correction but those that say of a thing that it works, or is there."""
    if _DENIED.search(fold(text).partition(fold(correction))[0]):
        return correction  # 'perdón, no hay luz'
    pieces = [part for piece in _PIECES.split(correction) for part in _but(piece)]
    left = [one for one in pieces if one.strip() and not _says_it_works(one)]
    return correction if len(left) == len(pieces) else ", ".join(left)


def _but(piece: str) -> list[str]:
    """What works and what does not: 'imprime pero borroso' is of one thing, and stays whole."""
    head, but, tail = piece.partition(" pero ")
    return [head, tail] if but and find_system(tail) else [piece]


def _says_it_works(piece: str) -> bool:
    said = fold(piece)
    if has_fault(piece) or " pero " in said or _NAMES_ANEW.match(said):
        return False
    return bool(_IS_THERE.search(said)) or says_it_works(piece)


def names_anew(correction: str, text: str) -> bool:
    """Whether it may name another thing: 'perdón, la impresora', not 'no, solo piso', and not
    whatever is told after an excuse."""
    words = fold(correction).split()
    if not words or words[0] in ("solo", "nomas"):
        return False
    before = fold(text).partition(fold(correction))[0]
    if before.strip() == "mal":
        return False  # 'mal la clave': that was it
    named = _NAMES_ANEW.match(fold(correction)) or _MEANT.search(before)
    return bool(named) or len(words) <= CORRECTION_WORDS
