"""Names of things that are none behind certain words: 'salta una ventana', 'sin contacto', 'falsa
alarma'."""

from __future__ import annotations

import re

_BEHIND = {
    "ventana": re.compile(r"\b(?:cierra|abre|cerro|sale|salta|otra) (?:la |una )?$"),
    "contacto": re.compile(r"sin $"),
    # What takes something back; but one that goes off is an alarm.
    "alarma": re.compile(
        r"^(?!.*\b(?:son[oa]|suena|salt[ao]|dispar\w+|da|dan|dio|marca) ).*\bfalsa $", re.DOTALL
    ),
}


def is_no_name(word: str, before: str) -> bool:
    """Whether a thing's name, with these folded words before it, names no thing."""
    behind = _BEHIND.get(word)
    return behind is not None and bool(behind.search(before))
