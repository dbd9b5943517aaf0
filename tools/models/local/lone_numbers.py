"""Numbers alone that are of no store, where a store is known: '****2290' of a card, '60' behind 'va
en 30%', '219' to 'pásame el número'."""

from __future__ import annotations

import re

from domain.reading import Line
from tools.models.local.asked_where import asks_where
from tools.models.local.stores import find_store

_ALONE = re.compile(r"\W*\d{1,4}\W*")
_COUNTING = re.compile(r"\d ?%|\bpor ?ciento\b", re.IGNORECASE)


def is_of_no_store(text: str, before: Line | None) -> bool:
    """Whether a number with no word beside it tells no other store than the known one: masked, the
    next one of a count, or said to a person who did not ask for the store."""
    if not _ALONE.fullmatch(text):
        return False
    if "*" in text or "%" in text:
        return True
    if before is None or before.who == "bot":
        return False
    return bool(_COUNTING.search(before.text))


def answers_a_person(text: str, before: Line | None, name: str) -> bool:
    """Whether a number alone follows what another person said who did not ask for the store
    and named none, as 'ticket de la 45, ¿verdad?' does."""
    if before is None or before.who == "bot" or before.name == name or not _ALONE.fullmatch(text):
        return False
    told = before.text.strip()
    return bool(told) and not asks_where(told) and find_store(told) is None
