"""How well pictures are read: what is found, what is invented, and when it is said that nothing
can be read. Every figure is 0 to 1; more is better but for `false`, `invented` and `silent`."""

from __future__ import annotations

import difflib
import re
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from domain.reading import ImageDescription
from evals.images.album import Part, Photo, Truth, album
from tools.models.local.spelling import fold
from tools.models.local.systems import same_system

# How alike two spellings of a message must be to be the same one; codes must be equal.
ALIKE = 0.85
Read = Callable[[bytes], ImageDescription]
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Judged:
    """What one picture was read as, against what it holds. None where there is nothing to judge."""

    photo: Photo
    said: ImageDescription
    seconds: float
    error: bool | None
    system: bool | None
    false_error: bool
    false_system: bool
    words: float | None
    invented: int

    @property
    def false(self) -> bool:
        """Whether it claims what is not there."""
        return (
            self.false_error or self.false_system or (not self.photo.truth.legible and self.claims)
        )

    @property
    def claims(self) -> bool:
        """Whether it says that something can be read."""
        return self.said.readable


def judge(photo: Photo, said: ImageDescription, seconds: float) -> Judged:
    """One picture."""
    truth = photo.truth
    right_error = said.error is not None and is_error(said.error, truth)
    right_system = said.system is not None and any(
        same_system(said.system, s) for s in truth.system
    )
    found = _words(said.text) if said.readable else []
    shown = _words(" ".join(truth.words)) if truth.legible else []
    return Judged(
        photo,
        said,
        seconds,
        error=right_error if truth.error and truth.legible else None,
        system=right_system if truth.system and truth.legible else None,
        false_error=said.error is not None and not right_error,
        false_system=said.system is not None and not right_system,
        words=_share(shown, found) if shown else None,
        invented=sum(not _near(word, shown) for word in found),
    )


def is_error(said: str, truth: Truth) -> bool:
    """Whether this is the error shown: a code to the letter, a message by its spelling."""
    told = _even(said)
    for each in map(_even, truth.error):
        if told == each:
            return True
        if not re.search(r"[\d_]", each) and _alike(told, each) >= ALIKE:
            return True
    return False


def measure(
    readers: dict[str, Read], part: Part, tell: Tell, only: Sequence[str] = ()
) -> dict[str, Any]:
    """Everything `recado eval images` prints. The first reader is ours, the others baselines."""
    photos = [photo for photo in album(part) if not only or photo.trouble in only]
    judged: dict[str, list[Judged]] = {name: [] for name in readers}
    for number, photo in enumerate(photos, start=1):
        taken = photo.take()
        for name, read in readers.items():
            begun = time.perf_counter()
            said = read(taken)
            judged[name].append(judge(photo, said, time.perf_counter() - begun))
        if number % 10 == 0:
            tell(f"{number} of {len(photos)} pictures")
    ours, *others = judged
    mine = judged[ours]
    troubles: defaultdict[str, list[Judged]] = defaultdict(list)
    for one in mine:
        troubles[one.photo.trouble].append(one)
    return {
        "part": part,
        "synthetic": True,
        "pictures": len(photos),
        **figures(mine),
        "by_trouble": {name: figures(each) for name, each in troubles.items()},
        "baselines": {name: figures(judged[name]) for name in others},
        "worst": [_as_case(one) for one in mine if one.false][:10],
    }


def figures(judged: Iterable[Judged]) -> dict[str, Any]:
    """The figures over some pictures: of those with words, and of those without."""
    every = list(judged)
    legible = [one for one in every if one.photo.truth.legible]
    empty = [one for one in every if not one.photo.truth.legible]
    return {
        "legible": len(legible),
        "error": _mean([float(one.error) for one in legible if one.error is not None]),
        "system": _mean([float(one.system) for one in legible if one.system is not None]),
        "words": _mean([one.words for one in legible if one.words is not None]),
        "silent": _mean([float(not one.claims) for one in legible]),
        "nothing_to_read": len(empty),
        "honest": _mean([float(not one.claims) for one in empty]),
        "false": _mean([float(one.false) for one in every]),
        "false_errors": sum(one.false_error for one in every),
        "false_systems": sum(one.false_system for one in every),
        "invented": _mean([float(one.invented) for one in every]),
        "milliseconds": round(statistics.median(one.seconds for one in every) * 1000)
        if every
        else None,
    }


def _as_case(one: Judged) -> dict[str, Any]:
    return {
        "photo": one.photo.name,
        "shows": " ".join(one.photo.truth.words),
        "read": one.said.text.replace("\n", " / "),
        "error": one.said.error,
        "system": one.said.system,
    }


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _even(text: str) -> str:
    return re.sub(r"\s+", " ", fold(text)).strip(" .:,;\"'")


def _words(text: str) -> list[str]:
    return [word for raw in fold(text).split() if (word := raw.strip(" .:,;\"'"))]


def _alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _near(word: str, others: Sequence[str]) -> bool:
    return any(word == other or _alike(word, other) >= 0.7 for other in others)


def _share(shown: Sequence[str], found: Sequence[str]) -> float:
    """Of the words shown, those that were read to the letter, wherever they stand."""
    left = list(found)
    right = 0
    for word in shown:
        if word in left:
            left.remove(word)
            right += 1
    return right / len(shown)
