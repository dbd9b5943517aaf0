"""A failure that somebody tells plainly beside their laughter: 'la caja amaneció con ganas de no
trabajar 😂 no prende'. Pure."""

from __future__ import annotations

import re

from domain.sayings.failures import failures
from domain.wording import laughs, plain

# What says no more than that it fails: 'ya no prende', 'no imprime nada'.
_BARE = re.compile(
    r"(?:(?:ya|pero|y|en serio|neta|de verdad|ahora si|que|otra vez|porque) )*"
    r"(?:no (?:(?:me|nos|se|quiere|deja) )*\w+(?: (?:nada|bien|ni a golpes|para nada))?|"
    r"(?:esta|quedo|sigue) (?:muert|caid|trabad|apagad|colgad|bloquead|rot)[oa])"
    r"(?: (?:ayuda|ayudenme|por favor|porfa|auxilio|urge))*"
)
_LAUGHTER = re.compile(
    r"[😂🤣😹😆😝🤪😜]+|\b(?:a*(?:j+[aeiu]+){2,}j*|(?:h[aeio]){2,}h?|lo+l|xd+)\b", re.IGNORECASE
)
_PIECE = re.compile(r"[.,;:!\n]+")


def fails_beside_laughter(text: str) -> bool:
    """Whether somebody laughs at one thing and says in words of their own, behind the laughter or
    before it, that it fails: who laughs at the failure itself may be joking."""
    parts = _LAUGHTER.split(text)
    if len(parts) < 2 or not laughs(text):
        return False
    said = [plain(piece) for part in parts for piece in _PIECE.split(part)]
    said = [one for one in said if one]
    if len(said) < 2 or len(said[0].split()) + len(said[-1].split()) <= 3:
        return False
    last = said[-1] if plain(parts[-1]) else ""
    return bool(last and _BARE.fullmatch(last) and any(failures(last, plainly=True)))
