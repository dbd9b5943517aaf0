"""What ties one text to others: its sense, and what it seeks before it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

Sense = tuple[float, ...]


@dataclass(frozen=True)
class Seeks:
    """What a text seeks before it. `first` is in the numbers of a meaning, with what to add to it;
    the others in those of a sense. `nothing` and `new` say how much the words themselves speak for
    small talk and for a beginning."""

    first: tuple[float, ...]
    offset: float
    said: Sense
    reply: Sense
    on: Sense
    nothing: float
    new: float
