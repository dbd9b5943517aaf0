"""Two ways of linking compared over fits of several seeds and over logs drawn anew:
`python -m evals.paired --irc DIR --weights DIR [DIR ...]`, DIR being a split of the IRC corpus and
folders that `python -m evals.fit_linking --seed N --out DIR` wrote.

Ten logs say little: the same fit with another seed moves a figure, and so does another choice of
logs. Here each seed's two looks stand beside its first look alone on the same logs.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from domain.linking import FEATURES
from domain.threads import SECOND_FEATURES, Linker
from evals.disentangling import Reading, judge_chunks, judge_full
from evals.irc import Log, read_folder
from evals.linking import read
from tools.ranking.trees import TreeScorer

NAMES = ("full link F", "full exact F", "chunks link F", "chunks exact F")
Row = tuple[float, ...]


@dataclass(frozen=True)
class Seed:
    """What the weights of one folder make of the logs: with both looks, with the first alone."""

    name: str
    both: list[Reading]
    first: list[Reading]


def read_all(folder: Path, logs: Sequence[Log]) -> Seed:
    """Every log as both looks, and as the first alone, take it apart."""
    first = TreeScorer(folder / "first.npz", FEATURES)
    second = TreeScorer(folder / "second.npz", SECOND_FEATURES)
    return Seed(
        folder.name,
        [read(log, Linker(first, second), []) for log in logs],
        [read(log, Linker(first, None), []) for log in logs],
    )


def figures(readings: Sequence[Reading]) -> Row:
    """One number for each of NAMES."""
    full, chunks = judge_full(readings), judge_chunks(readings)
    return full.link.f, full.exact.f, chunks.link.f, chunks.exact.f


def difference(seed: Seed, chosen: Sequence[int]) -> Row:
    """Both looks less the first alone, over the logs chosen; one may be chosen more than once."""
    both = figures([_again(seed.both[log], n) for n, log in enumerate(chosen)])
    first = figures([_again(seed.first[log], n) for n, log in enumerate(chosen)])
    return tuple(a - b for a, b in zip(both, first, strict=True))


def _again(reading: Reading, number: int) -> Reading:
    """A log under a name of its own, so that it may stand there twice."""
    return Reading(f"{number}", reading.judged, reading.gold, reading.auto)


def interval(seeds: Sequence[Seed], draws: int, dice: int = 1) -> list[tuple[float, float]]:
    """For each of NAMES where 95 of 100 differences lie, logs and seeds drawn anew each time."""
    rng, count = np.random.default_rng(dice), len(seeds[0].both)
    drawn = [
        difference(seeds[int(rng.integers(len(seeds)))], rng.integers(count, size=count).tolist())
        for _ in range(draws)
    ]
    low, high = np.percentile(np.array(drawn), [2.5, 97.5], axis=0)
    return list(zip(low.tolist(), high.tolist(), strict=True))


def main() -> None:
    """Print the figures of each seed, their mean and spread, and the paired difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--irc", type=Path, required=True, help="the folder of logs")
    parser.add_argument("--weights", type=Path, nargs="+", required=True, help="fits, a seed each")
    parser.add_argument("--draws", type=int, default=200, help="choices of logs (200)")
    options = parser.parse_args()
    logs, seeds = read_folder(options.irc), []
    for folder in options.weights:
        seeds.append(read_all(folder, logs))
        sys.stderr.write(f"{folder.name} is read\n")
    _write("", [f"{name:>16}" for name in NAMES])
    for what in ("both", "first"):
        rows = [figures(getattr(seed, what)) for seed in seeds]
        for seed, row in zip(seeds, rows, strict=True):
            _tell(f"{seed.name}, {what}", row)
        _tell(f"mean, {what}", [statistics.fmean(one) for one in zip(*rows, strict=True)])
        if len(rows) > 1:
            _tell(f"spread, {what}", [statistics.stdev(one) for one in zip(*rows, strict=True)])
    whole = list(range(len(logs)))
    apart = [difference(seed, whole) for seed in seeds]
    _tell("both less first", [statistics.fmean(one) for one in zip(*apart, strict=True)])
    found = interval(seeds, options.draws)
    _tell("95 of 100, from", [low for low, _ in found])
    _tell("to", [high for _, high in found])
    _write(f"{len(logs)} logs, {len(seeds)} seeds, {options.draws} draws of both", ())


def _tell(name: str, row: Sequence[float]) -> None:
    _write(name, [f"{value:16.4f}" for value in row])


def _write(name: str, cells: Sequence[str]) -> None:
    sys.stdout.write(f"{name:24}" + "".join(cells) + "\n")


if __name__ == "__main__":
    main()
