"""When words tell that what was reported works again, although they look like something else. Pure.

'Este ya quedó', 'la 45, pero ya agarró' and 'ya quedó Iris, le cambié el puerto' read like small
talk, an answer and a detail. 'Ya quedó el pedido' and 'ya quedó de venir mañana' tell of no repair.
"""

from __future__ import annotations

import re

from domain.gist import Act, Gist
from domain.mended import LONGEST_READ, works_again
from domain.wording import plain, words_of

# What the words of a repair may be taken for; whoever says that it fails says no such thing.
_LOOKS_LIKE = frozenset({Act.ACK, Act.ANSWER, Act.CHATTER, Act.COMMAND, Act.DETAIL, Act.FIXED})
_PIECE = re.compile(r"[^.,;!?¿\n]+[.,;!?\n]*")
# From here on it is told what had been wrong, or what was done: 'ya quedó, era el cable'.
_TOLD_WHY = re.compile(
    r"\b(?:(?:era|eran|fue|fueron|estaban?|habian?|tenian?|faltaban?|porque|solo|nomas)\b|"
    r"(?:l[eoa]s?|se l[oea]s?|l[oea]s? h(?:e|a|emos|an)) "
    r"(?:\w+(?:e|i|amos|imos|aron|ieron|ado|ido|io)|hizo|puso|quito|cambio|dio|movio)\b).*"
)
_KEPT = r"(?:ticket|tiket|reporte|reclamo|folio|caso|incidencia|incidente|asunto|tema|problema)s?"
# What somebody says to have done, or to be settled; numbers and what is kept here are no goods.
_OF_WHAT = re.compile(
    rf"\b(?:el|la|los|las|mis?|tus?|sus?|nuestr[oa]s?|una?|unos|unas) "
    rf"(?!{_KEPT}\b|\d|que\b|de\b|otr[oa]s?\b|mism[oa]s?\b|dos\b|verdad\b|vez\b)(\w+)"
)


def tells_it_is_mended(gist: Gist, thing: str | None) -> bool:
    """Whether a text says that the thing of an incident works again. `thing` is what that is
    about; what another thing does, and what is settled among people, is no repair."""
    if gist.act not in _LOOKS_LIKE or gist.problem or gist.signs.get("fault"):
        return False
    text = gist.text[:LONGEST_READ]
    said = [piece for piece in _PIECE.findall(text) if "?" not in piece]
    if not works_again(" ".join(said)):
        return False
    mended = [_TOLD_WHY.sub("", plain(piece)) for piece in said if works_again(piece)]
    return any(_is_of(piece, thing) for piece in mended)


def without_why(text: str) -> str:
    """A text without what it tells of why something had failed: 'ya quedó, era el cable'."""
    if not works_again(text):
        return text
    return " ".join(_TOLD_WHY.sub("", plain(piece)) for piece in _PIECE.findall(text))


def _is_of(piece: str, thing: str | None) -> bool:
    """Whether a piece tells of the thing, or names none."""
    if not works_again(piece):
        return False
    own = words_of(thing) if thing else frozenset()
    return all(words_of(named) & own for named in _OF_WHAT.findall(piece))
