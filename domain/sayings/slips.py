"""The words of an order as they are meant, however hastily they were typed: 'bot canselar'. Pure.

Only words that orders are made of are put right, each by a single letter: who writes to the bot
writes one of them, and a grammar looks at what comes of it.
"""

from __future__ import annotations

from functools import lru_cache

_SHORT = {
    "q": "que",
    "k": "que",
    "ke": "que",
    "xq": "porque",
    "pq": "porque",
    "xfa": "por favor",
    "xfavor": "por favor",
    "porfavor": "por favor",
    "plis": "por favor",
    "pls": "por favor",
    "plz": "por favor",
    "msa": "mesa",
    "tkt": "ticket",
    "tck": "ticket",
}
_MEANT = (
    "cancela",
    "cancelar",
    "cancelen",
    "cancelalo",
    "cancelenlo",
    "anula",
    "anular",
    "estado",
    "estatus",
    "novedades",
    "ticket",
    "reporte",
    "persona",
    "humano",
    "hablar",
    "asesor",
    "agente",
    "soporte",
)
# Words of their own, one letter beside.
_OTHER_WORDS = (
    "canela canelas estados estada estaba estas estadio anulo anulan tickets reporten"
    " reporta reporto reportes personas personal humana humanos hablan hablas habla asesora"
    " gente agentes soporto soporta importe aporte deporte cancelan cancelo cancele cancelas"
    " anulas anulen"
)
_OTHERS = frozenset(_OTHER_WORDS.split())


@lru_cache(maxsize=4096)
def spelt(words: str) -> str:
    """Plain words, with what is short for others, or is an order's but for a letter, as meant."""
    return " ".join(map(_meant, words.split()))


@lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    if word in _SHORT:
        return _SHORT[word]
    if len(word) < 5 or word in _MEANT or word in _OTHERS:
        return word
    return next((known for known in _MEANT if _is_slip(word, known)), word)


def _is_slip(word: str, known: str) -> bool:
    """Whether one letter is wrong, missing, too many or in its neighbour's place."""
    if abs(len(word) - len(known)) > 1:
        return False
    same = 0
    while same < min(len(word), len(known)) and word[same] == known[same]:
        same += 1
    left, right = word[same:], known[same:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:] and len(left) > 1
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]
