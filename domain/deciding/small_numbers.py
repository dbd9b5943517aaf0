"""Where stores have numbers of one digit, 'acá en la 6 no lee la terminal' is of another one than
store 5, though it may as well be of a till: it is no word more of what the 5 reported. Pure."""

from __future__ import annotations

import re

from domain.wording import plain

_PLACED = re.compile(
    r"\b(?:aca|aqui|en) la (\d)\b(?! ?(?:horas?|am|pm|de la|y media|\d))|"
    r"(?<!desde )(?<!a )(?<!hasta )\bla (\d)$"
)


def names_another_digit(text: str, store: str | None, units: frozenset[str]) -> bool:
    """Whether a text stands in a place whose number is one digit, and another one than a store's
    of one digit; not where it numbers its tills, whose `units` are told."""
    if store is None or not store.isdigit() or len(store) > 1 or units:
        return False
    said = {one or other for one, other in _PLACED.findall(plain(text))}
    return bool(said) and store not in said
