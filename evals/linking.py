"""How well messages are linked on the IRC corpus, beside rules that need nothing fitted."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from domain.linking import FEATURES, Line
from domain.threads import SECOND_FEATURES, Linker
from evals.disentangling import Figures, Reading, judge_chunks, judge_full
from evals.irc import JUDGED_FROM, Log, read_folder
from tools.ranking.trees import DATA, TreeScorer

WARM = 100
Tell = Callable[[str], None]


def measure(folder: Path, tell: Tell, weights: Path = DATA) -> dict[str, Any]:
    """Everything `recado eval assignment` prints. BadCorpus when the folder is none."""
    logs = read_folder(folder)
    first = TreeScorer(weights / "first.npz", FEATURES)
    again = weights / "second.npz"
    second = TreeScorer(again, SECOND_FEATURES) if again.is_file() else None
    spent: list[float] = []
    readings = []
    for log in logs:
        readings.append(read(log, Linker(first, second), spent))
        tell(f"{log.name}: {len(log.judged)} messages")
    return {
        **both(readings),
        "logs": len(logs),
        "messages": sum(len(log.judged) for log in logs),
        "milliseconds": {
            "median": round(statistics.median(spent) * 1000, 3),
            "p95": round(sorted(spent)[int(len(spent) * 0.95)] * 1000, 3),
        },
        "baselines": {
            name: both([_reading(log, rule(log)) for log in logs]) for name, rule in RULES.items()
        },
    }


def both(readings: Sequence[Reading]) -> dict[str, Any]:
    """The figures over full logs and over chunks."""
    found: dict[str, Figures] = {
        "full": judge_full(readings),
        "chunks": judge_chunks(readings),
    }
    return {name: figures.as_json() for name, figures in found.items()}


def read(log: Log, linker: Linker, spent: list[float]) -> Reading:
    """One log, line by line: nothing later than a message is known when it is linked."""
    parents: dict[int, int] = {}
    judged = frozenset(log.judged)
    for number, line in enumerate(log.lines[: log.judged[-1] + 1]):
        begun = time.perf_counter()
        linked = linker.hear(line, judge=number >= JUDGED_FROM - WARM)
        if number in judged:
            spent.append(time.perf_counter() - begun)
            parents[number] = linked.parent
    return _reading(log, parents)


def _reading(log: Log, parents: dict[int, int]) -> Reading:
    return Reading(log.name, log.judged, log.links, frozenset(parents.items()))


def previous(log: Log) -> dict[int, int]:
    """Every message goes on from the one before."""
    return {number: max(number - 1, 0) for number in log.judged}


def same_author(log: Log) -> dict[int, int]:
    """From the last message of whoever is named at its start, else of the same author."""
    last: dict[str, int] = {}
    found: dict[int, int] = {}
    judged = frozenset(log.judged)
    for number, line in enumerate(log.lines):
        if number in judged:
            first = line.text.split(maxsplit=1)[0].rstrip(":,").lower() if line.text else ""
            found[number] = last.get(first, last.get(_key(line), number))
        if line.kind != "system":
            last[_key(line)] = number
    return found


def alone(log: Log) -> dict[int, int]:
    """No message goes on from any other."""
    return {number: number for number in log.judged}


def _key(line: Line) -> str:
    return line.name.lower()


RULES: dict[str, Callable[[Log], dict[int, int]]] = {
    "previous message": previous,
    "named or same author": same_author,
    "each alone": alone,
}
