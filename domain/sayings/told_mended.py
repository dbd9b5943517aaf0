"""When words tell that what was reported works again, although they look like something else. Pure.

'Este ya quedó', 'la 45, pero ya agarró' and 'ya quedó Iris, le cambié el puerto' read like small
talk, an answer and a detail. 'Ya quedó el pedido' and 'ya quedó de venir mañana' tell of no repair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from domain.gist import Act, Gist
from domain.sayings.mended import ALL_WELL, LONGEST_READ, fails_yet, works_again, works_in_part
from domain.sayings.repaired import is_put_right
from domain.sayings.undone import undoes
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
# Thanks for the help name no goods.
_COURTESY = re.compile(
    r"\bpor (?:el|la|su|tu|todo el|toda la|tanto) "
    r"(?:apoyo|ayuda|atenci[oó]n|paro|tiempo|servicio)\b",
    re.IGNORECASE,
)
_KEPT = r"(?:ticket|tiket|reporte|reclamo|folio|caso|incidencia|incidente|asunto|tema|problema)s?"
# What somebody says to have done, or to be settled; numbers and what is kept here are no goods.
_OF_WHAT = re.compile(
    rf"\b(?:el|la|los|las|mis?|tus?|sus?|nuestr[oa]s?|una?|unos|unas) "
    rf"(?!{_KEPT}\b|\d|que\b|de\b|otr[oa]s?\b|mism[oa]s?\b|dos\b|verdad\b|vez\b)(\w+)"
)


def tells_it_is_mended(gist: Gist, thing: str | None, reported: Iterable[str] = ()) -> bool:
    """Whether a text says that the thing of an incident works again. `thing` is what that is
    about, `reported` what was told of it: who reported 'no baja la cortina' says that 'ya baja'.
    What another thing does, and what is settled among people, is no repair."""
    if is_put_right(gist.text):
        return True
    if gist.act not in _LOOKS_LIKE or works_in_part(gist.text):
        return False
    text, told = gist.text[:LONGEST_READ], list(reported)
    pieces = [piece for piece in _PIECE.findall(text) if "?" not in piece]
    said = " ".join(pieces)
    bare = [_without_cause(plain(_COURTESY.sub("", piece))) for piece in pieces]
    if any(undone := [undoes(piece, told) for piece in bare]):
        own = words_of(" ".join([thing or "", *told]))
        beside = [piece for piece, is_it in zip(bare, undone, strict=True) if not is_it]
        return all(_names_only(one, own) for one in bare) and not any(map(fails_yet, beside))
    if gist.problem or gist.signs.get("fault") or not works_again(said):
        return False
    mended = [ALL_WELL.sub("", one) for one in bare]
    own = words_of(thing) if thing else frozenset()
    return any(works_again(piece) and _names_only(piece, own) for piece in mended)


def _without_cause(piece: str) -> str:
    """A plain piece without its cause: 'la tele ya quedó' begins with no cause, though 'la' and a
    word like a verb stand there."""
    bare = _TOLD_WHY.sub("", piece)
    return piece if works_again(piece) and not works_again(bare) else bare


def without_why(text: str) -> str:
    """A text without what it tells of why something had failed: 'ya quedó, era el cable'."""
    if not works_again(text):
        return text
    return " ".join(_TOLD_WHY.sub("", plain(piece)) for piece in _PIECE.findall(text))


def _names_only(piece: str, own: frozenset[str]) -> bool:
    """Whether a piece of a text names nothing but these words."""
    return all(words_of(named) & own for named in _OF_WHAT.findall(piece))
