"""A list of stores, each with a failure of its own: 'les reporto: la 11 sin internet, la 13 no
imprime y la 19 sin luz'. Whoever has several stores writes so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from domain.deciding.repeats import units_of
from tools.models.local.spelling import fold
from tools.models.local.stores import find_store
from tools.models.local.systems import find_system

# So many stores make a list.
LISTED = 2
# What comes before a list: 'les reporto:', 'Equipo:', 'buen día, tiendas con falla:'.
_LEAD = re.compile(r"^[^:\d]{0,80}:\s*(?=\S)")
_NOUN = r"(?:tienda|tda\.?|sucursal|suc\.?|local|sede|farmacia)"
_FRONT = re.compile(
    rf"^\W*(?:y |e |pero |tambien |ademas )?(?:en )?(?:(?:la|el) )?(?P<noun>{_NOUN} )?#?"
    r"(?P<number>\d{1,4})\s*(?:[:,-]\s*)?"
    r"(?P<says>(?:no|sin|con|esta|tiene|sigue|se|tampoco|quedo|anda|reporta|presenta)\b)"
)
# A name that nobody knows as a store's stands in a list for one: 'Modelia sin internet'.
_NAMED = re.compile(
    r"^\W*(?:[Yy] |[Ee]n )?(?P<name>[A-ZÁÉÍÓÚÑ]\w{2,}(?: [A-ZÁÉÍÓÚÑ]\w{2,}){0,2}) (?=sin )"
)
_LACKS = re.compile(r"\bsin [a-z]{3,}")


@dataclass(frozen=True)
class Led:
    """A piece that begins with its store; `start` is where in it the store stands, `lacks` says
    that it tells of something that is not there."""

    store: str
    start: int
    lacks: bool


def led_by_stores(pieces: Sequence[str]) -> list[Led | None]:
    """Which pieces of a burst begin with a store of their own; none, where they are no list."""
    none: list[Led | None] = [None] * len(pieces)
    if any(units_of(piece) for piece in pieces):
        return none  # 'la caja 11 no abre, la 13 no imprime'
    found = [_led(piece) or _named(piece) for piece in pieces]
    if not any(one and (one.store.isdigit() or find_store(one.store)) for one in found):
        return none
    stores = {one.store for one in found if one}
    return found if len(stores) >= LISTED else none


def _led(piece: str) -> Led | None:
    folded = fold(piece)
    if len(folded) != len(piece):
        return None
    lead = _LEAD.match(folded)
    start = lead.end() if lead else 0
    front = _FRONT.match(folded[start:])
    # 'En la 2 no lee el escáner' may be a till.
    if front is None or not (front["noun"] or len(front["number"]) > 1):
        return None
    return Led(
        str(int(front["number"])), start, bool(_LACKS.match(folded[start:], front.start("says")))
    )


def _named(piece: str) -> Led | None:
    front = _NAMED.match(piece)
    if front is None or find_system(front["name"]):
        return None
    return Led(front["name"], 0, lacks=True)
