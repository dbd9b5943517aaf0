"""Where stores have numbers of one digit, 'acá en la 6 no lee la terminal' is of another one than
store 5, though it may as well be of a till: it is no word more of what the 5 reported. Pure."""

from __future__ import annotations

import re

from domain.wording import plain

_PLACED = re.compile(
    r"\b(?:aca|aqui|en) la (\d)\b(?! ?(?:horas?|am|pm|de la|y media|\d))|"
    r"(?<!desde )(?<!a )\bla (\d)$"
)
# Where a store comes from that nobody said.
_UNSAID = frozenset({"known", "learnt"})


def was_assumed(store: str | None, source: str | None, problem: str | None) -> bool:
    """Whether the store of an incident was only assumed: nobody said it, or a number of one digit
    was taken for it from 'la impresora de la 3', which may be a till's. `source` is where it comes
    from (`graph/state.py`), `problem` the words about what fails."""
    if source in _UNSAID:
        return True
    if store is None or len(store) > 1 or not store.isdigit():
        return False
    return re.search(rf"\b(?:de|en) la {store}\b", plain(problem or "")) is not None


def names_another_digit(text: str, store: str | None, units: frozenset[str]) -> bool:
    """Whether a text stands in a place whose number is one digit, and another one than a store's
    of one digit; not where it numbers its tills, whose `units` are told."""
    if store is None or not store.isdigit() or len(store) > 1 or units:
        return False
    said = {one or other for one, other in _PLACED.findall(plain(text))}
    return bool(said) and store not in said
