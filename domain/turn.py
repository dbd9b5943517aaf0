"""A turn: what one sender said in one group until they paused, and when that burst is ripe."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum


class TurnKind(StrEnum):
    """message: people wrote; timer: a due time came; fact: the sender or the desk told us."""

    MESSAGE = "message"
    TIMER = "timer"
    FACT = "fact"


# How long a photo without words waits for the report that it belongs to.
WORDLESS_WAIT = timedelta(minutes=10)


def due_at(first: datetime, last: datetime, quiet: float, longest: float) -> datetime:
    """When a burst is ripe: `quiet` seconds after its last message, `longest` after its first."""
    return min(last + timedelta(seconds=quiet), first + timedelta(seconds=longest))
