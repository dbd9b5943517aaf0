"""Word lists that ship beside the code, in `data/`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


def read_lines(name: str) -> list[str]:
    """The lines of a list, without blank ones and comments ('#')."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache
def read_words(name: str) -> frozenset[str]:
    """The words of a list, divided by blanks."""
    return frozenset(word for line in read_lines(name) for word in line.split())
