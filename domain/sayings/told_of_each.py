"""When one text tells how each of several reported things is by now: 'el aire ya enfría, la tele
sigue apagada'. Pure; each piece is for the report whose thing or store it names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from domain.likeness import agree
from domain.room import Alike
from domain.sayings.mended import works_again
from domain.wording import plain

# No text is longer that only says so.
LONGEST = 240
_CUT = re.compile(
    r"[.,;\n]+(?:\s+|$)(?:(?:y|pero) )?|\s+(?:y|pero|mientras que|aunque|mas no)\s+", re.IGNORECASE
)
_WORKS = re.compile(r"\bya (?!no\b|ni\b|que\b|se (?:fue|cayo|apago|descompuso|trabo)\b)[a-z]{2,}")
_FAILS = re.compile(
    r"\b(?:sigue[n]?|continua[n]?|todavia|aun|no|ni|falta[n]?|tampoco|igual|pendiente[s]?|sin)\b"
)
_STORE = re.compile(r"\b(?:la|tienda|suc\w*|local) (?:de la )?(\d{1,4})\b")


@dataclass(frozen=True)
class Reported:
    """An open report: what it is of and where. `own`: of whoever speaks."""

    id: str
    system: str | None
    store: str | None
    own: bool


@dataclass(frozen=True)
class Piece:
    """A piece of a text, and the thing and store that it names."""

    text: str
    system: str | None
    store: str | None


Read = Callable[[str], tuple[str | None, str | None]]


def pieces_of(text: str, read: Read) -> list[Piece]:
    """The pieces of a text that may tell how each of several things is; none of a question.
    `read` says which thing and which store a piece names."""
    if "?" in text or len(text) > LONGEST:
        return []
    found: list[Piece] = []
    start = begins = 0
    for cut in [*(m.span() for m in _CUT.finditer(text)), (len(text), len(text))]:
        begun, words, start = start, text[start : cut[0]].strip(), cut[1]
        if not words:
            continue
        system, store = read(words)
        number = _STORE.search(plain(words))
        store = store or (number[1] if number else None)
        if found and not (system or store):  # goes on about the thing before
            found[-1] = replace(found[-1], text=text[begins : cut[0]].strip())
            continue
        begins = begun
        found.append(Piece(words, system, store))
    return found


def each_of(
    pieces: Sequence[Piece], reported: Sequence[Reported], same_system: Alike
) -> dict[str, str]:
    """What is said of each report, by its id; empty where not all pieces tell of a report of its
    own how it is, or none says that anything works again."""
    found: dict[str, str] = {}
    if not any(says_works(piece.text) for piece in pieces):
        return {}
    for piece in pieces:
        one = _meant(piece, reported, same_system)
        if one is None or one.id in found:
            return {}
        if not (says_works(piece.text) or _FAILS.search(plain(piece.text))):
            return {}
        found[one.id] = piece.text
    return found if len(found) > 1 else {}


def says_works(text: str) -> bool:
    """Whether a text may say that something works by now: else it is not looked at closer."""
    return works_again(text) or bool(_WORKS.search(plain(text)))


def _meant(piece: Piece, reported: Sequence[Reported], same_system: Alike) -> Reported | None:
    """The report that a piece is about; None where it may be several, or another's elsewhere."""
    fits = [
        one
        for one in reported
        if (piece.system is None or bool(one.system and same_system(piece.system, one.system)))
        and (piece.store is None or agree(piece.store, one.store))
    ]
    own = [one for one in fits if one.own]
    stores = {one.store for one in reported if one.own}
    near = own or [one for one in fits if one.store in stores]
    return near[0] if len(near) == 1 else None
