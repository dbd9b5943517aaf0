"""The small light on a device, by which it tells that it fails: 'el módem tiene un foco rojo' is no
report of a lamp, nor of the power."""

from __future__ import annotations

import re

_LIGHTS = frozenset({"luz", "luces", "foco", "focos", "foquito", "led", "leds", "lampara"})
_SHOWS = re.compile(
    r"\b(?:tiene[n]?|trae[n]?|con|marca|(?:se )?prende[n]?|(?:se )?enciende[n]?|parpadea|titila|"
    r"sale|le sale|muestra|hay|da|esta en|se puso|(?:se )?quedo con) (?:el |la |una? |su )?$"
)
_COLOURED = re.compile(
    r" (?:en )?(?:roj|verde|amarill|naranj|azul|ambar)\w*(?! (?:fundid|quemad|rot[oa]|no\b))"
)


def is_indicator(word: str, before: str, after: str) -> bool:
    """Whether a light, by the words around it, is what a device shows and not what fails."""
    return word in _LIGHTS and bool(_SHOWS.search(before) and _COLOURED.match(after))
