"""Fit what links messages to each other, on the training logs of the IRC corpus, and write it into
the package: `python -m evals.fit_linking --irc DIR`, DIR being irc/train. Needs the dev install.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from domain.linking import FEATURES, Transcript
from domain.threads import SECOND_FEATURES, Threads
from evals.irc import JUDGED_FROM, Log, read_folder
from tools.ranking.onnx_trees import Trees
from tools.ranking.trees import DATA, store_trees

# Lines before the judged ones that are linked too, so that threads are there when they begin.
WARM = 100
# Of the candidates far from a message and without any tie to it, the share kept for fitting.
FAR_SHARE, NEAR, TIED_SHARE = 0.05, 10, 0.4
Rows = NDArray[np.float32]


@dataclass(frozen=True)
class Asked:
    """One message of a log with its candidates. `wanted` is all False where nobody judged it."""

    number: int
    numbers: list[int]
    rows: Rows
    wanted: NDArray[np.bool_]
    judged: bool


def describe(log: Log) -> list[Asked]:
    """The candidates and facts of every message that counts, and of those shortly before."""
    transcript, found = Transcript(), []
    judged = frozenset(log.judged)
    for number, line in enumerate(log.lines[: log.judged[-1] + 1]):
        transcript.hear(line)
        if number < JUDGED_FROM - WARM:
            continue
        numbers, rows = transcript.describe()
        wanted = np.array([(number, each) in log.links for each in numbers])
        found.append(
            Asked(number, numbers, np.array(rows, dtype=np.float32), wanted, number in judged)
        )
    return found


def fit(
    groups: Sequence[tuple[Rows, NDArray[np.bool_]]], rounds: int, seed: int, threads: int
) -> Any:
    """Boosted trees that put the wanted rows of each group first."""
    sizes = [len(wanted) for _, wanted in groups]
    data = lightgbm.Dataset(
        np.concatenate([rows for rows, _ in groups]),
        np.concatenate([wanted for _, wanted in groups]).astype(np.int8),
        group=sizes,
    )
    settings = {
        "objective": "lambdarank",
        "label_gain": [0, 1],
        "lambdarank_truncation_level": 10,
        "num_leaves": 63,
        "learning_rate": 0.04,
        "min_data_in_leaf": 80,
        "feature_fraction": 0.4,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "max_bin": 63,
        "seed": seed,
        "num_threads": threads,
        "deterministic": True,
        "force_col_wise": True,
        "verbosity": -1,
    }
    return lightgbm.train(settings, data, rounds)


def first_groups(
    asked: Sequence[Sequence[Asked]], seed: int
) -> list[tuple[Rows, NDArray[np.bool_]]]:
    """The judged messages, with all candidates that may be right and few of the others."""
    dice = np.random.default_rng(seed)
    at = {name: place for place, name in enumerate(FEATURES)}
    found = []
    for each in (each for log in asked for each in log):
        if not each.judged or not each.wanted.any():
            continue
        rows = each.rows
        tied = (
            (rows[:, at["names_author"]] > 0)
            | (rows[:, at["named_by"]] > 0)
            | (rows[:, at["same_author"]] > 0)
        )
        luck = dice.random(len(rows))
        keep = each.wanted | (rows[:, at["distance"]] <= NEAR) | (luck < FAR_SHARE)
        keep |= tied & (luck < TIED_SHARE)
        found.append((rows[keep], each.wanted[keep]))
    return found


def second_groups(
    log: Log, asked: Sequence[Asked], model: Any, threads: int
) -> list[tuple[Rows, NDArray[np.bool_]]]:
    """The shortlists of a log as they come about when `model` takes the first look. The log is
    heard again beside it: how rare a word is must be what it was then."""
    scores = model.predict(np.concatenate([each.rows for each in asked]), num_threads=threads)
    transcript, found, start = Transcript(), [], 0
    grown, lines = Threads(transcript), iter(log.lines)
    for each in asked:
        while len(transcript.heard) <= each.number:
            transcript.hear(next(lines))
        mine = scores[start : start + len(each.numbers)].tolist()
        start += len(each.numbers)
        listed = grown.shorten(each.numbers, each.rows.tolist(), mine)
        wanted = {n for n, right in zip(each.numbers, each.wanted, strict=True) if right}
        truth = np.array([number in wanted for number in listed.numbers])
        if each.judged and truth.any():
            found.append((np.array(listed.rows, dtype=np.float32), truth))
        grown.link(each.number, each.numbers[int(np.argmax(mine))])
    return found


def as_trees(model: Any, features: int) -> Trees:
    """The trees of a booster as flat arrays, each tree in pre-order."""
    rows: list[tuple[int, int, int, float, int, int]] = []
    for tree, info in enumerate(model.dump_model()["tree_info"]):
        found: dict[int, tuple[int, float, int, int]] = {}
        _walk(info["tree_structure"], found)
        rows += [(tree, node, *found[node]) for node in sorted(found)]
    whole = np.array([(*row[:3], *row[4:]) for row in rows], dtype=np.int32).T
    value = np.array([row[3] for row in rows], dtype=np.float32)
    tree, node, feature, left, right = whole
    return Trees(tree, node, feature, value, left, right, features)


def _walk(branch: dict[str, Any], found: dict[int, tuple[int, float, int, int]]) -> int:
    number = len(found)
    if "split_feature" not in branch:
        found[number] = (-1, float(branch["leaf_value"]), 0, 0)
        return number
    found[number] = (-1, 0.0, 0, 0)
    left = _walk(branch["left_child"], found)
    right = _walk(branch["right_child"], found)
    found[number] = (branch["split_feature"], float(branch["threshold"]), left, right)
    return number


def fit_all(
    logs: Sequence[Log], *, rounds: tuple[int, int], seed: int, threads: int
) -> tuple[Any, Any]:
    """The two looks. The second learns from first looks of a model that never saw the log."""
    asked = [describe(log) for log in logs]
    _tell(f"described {sum(map(len, asked))} messages of {len(logs)} logs")
    groups = []
    for fold in (0, 1):
        others = [each for place, each in enumerate(asked) if place % 2 != fold]
        model = fit(first_groups(others or asked, seed), rounds[0] * 2 // 3, seed, threads)
        for place, (log, each) in enumerate(zip(logs, asked, strict=True)):
            if place % 2 == fold:
                groups += second_groups(log, each, model, threads)
        _tell(f"first look without half {fold + 1} is fitted")
    second = fit(groups, rounds[1], seed, threads)
    _tell("second look is fitted")
    return fit(first_groups(asked, seed), rounds[0], seed, threads), second


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def main() -> None:
    """Fit both looks and write them into the package."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--irc", type=Path, required=True, help="the folder of training logs")
    parser.add_argument("--out", type=Path, default=DATA, help="where the weights go")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, nargs=2, default=(300, 300))
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    logs = read_folder(options.irc)
    rounds = (options.rounds[0], options.rounds[1])
    first, second = fit_all(logs, rounds=rounds, seed=options.seed, threads=options.threads)
    for name, model, features in (
        ("first", first, FEATURES),
        ("second", second, SECOND_FEATURES),
    ):
        about = {
            "features": features,
            "logs": len(logs),
            "corpus": "IRC disentanglement, train (Kummerfeld et al. 2019, CC-BY-4.0)",
            "rounds": model.num_trees(),
            "seed": options.seed,
        }
        store_trees(options.out / f"{name}.npz", as_trees(model, len(features)), about)
    _tell(f"wrote {options.out}/first.npz and second.npz")


if __name__ == "__main__":
    main()
