"""Measures of judgement, pure: of detection, of conversations, of outages. Fractions are 0 to 1."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

Label = Hashable | None


@dataclass
class Tally:
    """Counts of right, said and true, which add up over chats."""

    right: int = 0
    said: int = 0
    true: int = 0

    def add(self, right: int, said: int, true: int) -> None:
        self.right += right
        self.said += said
        self.true += true

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else float(not self.true)

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else float(not self.said)

    @property
    def f1(self) -> float:
        total = self.said + self.true
        return 2 * self.right / total if total else 1.0


def detected(gold: Sequence[Label], said: Sequence[Label]) -> tuple[int, int, int]:
    """(right, said, true) of 'this message belongs to an incident'."""
    right = sum(g is not None and s is not None for g, s in zip(gold, said, strict=True))
    return right, sum(s is not None for s in said), sum(g is not None for g in gold)


def conversations(labels: Sequence[Label]) -> list[frozenset[int]]:
    """The positions of each label's messages; a message without a label is in none."""
    groups: dict[Hashable, list[int]] = defaultdict(list)
    for position, label in enumerate(labels):
        if label is not None:
            groups[label].append(position)
    return [frozenset(positions) for positions in groups.values()]


def exact(gold: Sequence[Label], said: Sequence[Label]) -> tuple[int, int, int]:
    """(right, said, true) of conversations of two or more messages that match exactly."""
    true = {c for c in conversations(gold) if len(c) > 1}
    found = {c for c in conversations(said) if len(c) > 1}
    return len(true & found), len(found), len(true)


def links(labels: Sequence[Label]) -> set[tuple[int, int]]:
    """Each message with its nearest earlier message under the same label."""
    last: dict[Hashable, int] = {}
    found = set()
    for position, label in enumerate(labels):
        if label is None:
            continue
        if label in last:
            found.add((last[label], position))
        last[label] = position
    return found


def linked(gold: Sequence[Label], said: Sequence[Label]) -> tuple[int, int, int]:
    """(right, said, true) of `links`."""
    true, found = links(gold), links(said)
    return len(true & found), len(found), len(true)


def overlap(gold: Sequence[Hashable], said: Sequence[Hashable]) -> dict[Hashable, Hashable]:
    """The one-to-one matching of gold labels to said ones with the most messages in common."""
    rows, columns = list(dict.fromkeys(gold)), list(dict.fromkeys(said))
    row = {label: place for place, label in enumerate(rows)}
    column = {label: place for place, label in enumerate(columns)}
    table = np.zeros((len(rows), len(columns)), dtype=np.int64)
    for (g, s), count in Counter(zip(gold, said, strict=True)).items():
        table[row[g], column[s]] = count
    if not table.size:
        return {}
    chosen = zip(*linear_sum_assignment(-table), strict=True)
    return {rows[i]: columns[j] for i, j in chosen if table[i, j]}


def one_to_one(gold: Sequence[Hashable], said: Sequence[Hashable]) -> float:
    """The share of messages under the best one-to-one matching of conversations."""
    if not gold:
        return 1.0
    matched = overlap(gold, said)
    return sum(matched.get(g) == s for g, s in zip(gold, said, strict=True)) / len(gold)


def variation(gold: Sequence[Hashable], said: Sequence[Hashable]) -> float:
    """1 - VI / log n: 1 when both partitions are the same."""
    n = len(gold)
    if n < 2:
        return 1.0
    a, b, both = Counter(gold), Counter(said), Counter(zip(gold, said, strict=True))
    vi = -sum(
        count / n * (math.log(count / a[g]) + math.log(count / b[s]))
        for (g, s), count in both.items()
    )
    return 1.0 - vi / math.log(n)


def adjusted_rand(gold: Sequence[Hashable], said: Sequence[Hashable]) -> float:
    """The adjusted Rand index: 0 by chance, 1 when both partitions are the same."""
    pairs = math.comb(len(gold), 2)
    both = _pairs(Counter(zip(gold, said, strict=True)).values())
    a, b = _pairs(Counter(gold).values()), _pairs(Counter(said).values())
    expected = a * b / pairs if pairs else 0.0
    most = (a + b) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _pairs(counts: Iterable[int]) -> int:
    return sum(math.comb(count, 2) for count in counts)


def pairs_under_one(families: Iterable[Collection[Hashable]]) -> set[frozenset[Hashable]]:
    """Every pair of members of one family."""
    found: set[frozenset[Hashable]] = set()
    for family in families:
        members = list(family)
        found |= {frozenset((a, b)) for i, a in enumerate(members) for b in members[i + 1 :]}
    return found
