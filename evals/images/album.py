"""The album that reading pictures is measured on: screens and what is wrong with the photo, by
seed, in two parts that share neither words nor devices. Synthetic: no camera took any of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np

from evals.images.scenes import TROUBLES, photograph
from evals.images.screens import draw_screen
from evals.images.subjects import SUBJECTS, picture

HERE = Path(__file__).parent
Part = Literal["dev", "report"]
PARTS: tuple[Part, ...] = ("dev", "report")
HOPELESS = "hopeless"
LEGIBLE = tuple(name for name in TROUBLES if name != HOPELESS)
# Of the troubles, how many each screen is photographed with; they take turns.
TAKES = 5
STEP = 3
SEEDS: dict[Part, int] = {"dev": 1000, "report": 2000}


@dataclass(frozen=True)
class Truth:
    """What a picture holds. `error` and `system` list the ways of saying it that are right, empty
    where it shows none; `words` is all that is written; `legible` whether a person can read it."""

    legible: bool
    words: tuple[str, ...] = ()
    error: tuple[str, ...] = ()
    system: tuple[str, ...] = ()


@dataclass(frozen=True)
class Photo:
    """One picture of the album; `trouble` is what is wrong with it, or what it shows instead."""

    name: str
    part: Part
    trouble: str
    truth: Truth
    screen: str | None
    seed: int

    def take(self) -> bytes:
        """The JPEG; the same photo is the same bytes with the same libraries."""
        dice = np.random.default_rng(self.seed)
        if self.screen is None:
            return picture(self.trouble, dice)
        layout, lines = _screens()[self.screen]
        return photograph(draw_screen(layout, lines, dice), self.trouble, dice)


def album(part: Part) -> Iterator[Photo]:
    """The pictures of a part: its screens with each trouble in turn, then those without words."""
    screens = _parts()[part]
    truths = json.loads((HERE / "truth.json").read_text(encoding="utf-8"))
    number = SEEDS[part]
    for place, screen in enumerate(screens):
        words = tuple(w for _, text in _screens()[screen][1] for w in text.split())
        told = truths[screen]
        truth = Truth(True, words, tuple(told["error"] or ()), tuple(told["system"] or ()))
        for take in range(TAKES):
            trouble = LEGIBLE[(place * STEP + take) % len(LEGIBLE)]
            number += 1
            yield Photo(f"{screen}-{trouble}", part, trouble, truth, screen, number)
    for screen in screens[::2]:
        number += 1
        yield Photo(f"{screen}-{HOPELESS}", part, HOPELESS, Truth(False), screen, number)
    for subject in SUBJECTS:
        for take in (1, 2):
            number += 1
            yield Photo(f"{subject}-{take}", part, subject, Truth(False), None, number)


@cache
def _screens() -> dict[str, tuple[str, tuple[tuple[str, str], ...]]]:
    raw = json.loads((HERE / "screens.json").read_text(encoding="utf-8"))["screens"]
    return {
        one["id"]: (one["layout"], tuple((role, text) for role, text in one["lines"]))
        for one in raw
    }


@cache
def _parts() -> dict[Part, tuple[str, ...]]:
    raw = json.loads((HERE / "screens.json").read_text(encoding="utf-8"))["screens"]
    return {part: tuple(one["id"] for one in raw if one["part"] == part) for part in PARTS}
