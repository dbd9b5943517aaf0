"""How alike two ways of taking a chat apart are: links, conversations found whole, and partitions.

The definitions are those of the corpus' own scorer (Kummerfeld et al., ACL 2019); every figure is
0 to 1 and more is better. VI is 1 - VI / log2(n).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

Link = tuple[int, int]
Cluster = frozenset[Hashable]


@dataclass(frozen=True)
class Rate:
    """Precision, recall and their harmonic mean."""

    p: float
    r: float
    f: float


@dataclass(frozen=True)
class Figures:
    """What is printed of one way of judging."""

    link: Rate
    exact: Rate
    one_to_one: float
    vi: float
    ari: float

    def as_json(self) -> dict[str, Any]:
        """Plain numbers, four decimals."""
        return {
            key: {k: round(v, 4) for k, v in value.items()}
            if isinstance(value, dict)
            else round(value, 4)
            for key, value in asdict(self).items()
        }


def rate(right: int, said: int, true: int) -> Rate:
    """Of what was said and of what is true, how much is right; 0 where there is nothing."""
    p = right / said if said else 0.0
    r = right / true if true else 0.0
    return Rate(p, r, 2 * p * r / (p + r) if p + r else 0.0)


def conversations(members: Iterable[int], links: Iterable[Link]) -> list[frozenset[int]]:
    """What the links hold together, reduced to the members. A message that only links reach,
    such as one before the judged part, joins others but is not counted itself."""
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        parent.setdefault(number, number)
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for one, other in links:
        parent[root(one)] = root(other)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for member in members:
        found[root(member)].add(member)
    return [frozenset(cluster) for cluster in found.values()]


def exact(auto: Sequence[Cluster], gold: Sequence[Cluster]) -> Rate:
    """Conversations of two or more messages found whole and without anything else."""
    said = {cluster for cluster in auto if len(cluster) > 1}
    true = {cluster for cluster in gold if len(cluster) > 1}
    return rate(len(said & true), len(said), len(true))


def overlaps(auto: Sequence[Cluster], gold: Sequence[Cluster]) -> Counter[tuple[int, int]]:
    """How many members each pair of clusters shares. Both must hold the same members."""
    home = {member: place for place, cluster in enumerate(gold) for member in cluster}
    return Counter((row, home[member]) for row, cluster in enumerate(auto) for member in cluster)


def one_to_one(auto: Sequence[Cluster], gold: Sequence[Cluster]) -> float:
    """The share of members in the best pairing of clusters."""
    table = np.zeros((len(auto), len(gold)))
    for (row, column), count in overlaps(auto, gold).items():
        table[row, column] = count
    rows, columns = linear_sum_assignment(table, maximize=True)
    return float(table[rows, columns].sum() / table.sum())


def variation(auto: Sequence[Cluster], gold: Sequence[Cluster]) -> float:
    """1 - VI / log2(n): how little one partition says that the other does not."""
    total = sum(map(len, auto))
    if total < 2:
        return 1.0
    distance = 0.0
    for (row, column), count in overlaps(auto, gold).items():
        share = count / total
        distance -= share * (
            math.log2(count / len(auto[row])) + math.log2(count / len(gold[column]))
        )
    return 1.0 - distance / math.log2(total)


def adjusted_rand(auto: Sequence[Cluster], gold: Sequence[Cluster]) -> float:
    """The Rand index, adjusted for chance; 1 for equal partitions, whatever they are."""

    def pairs(sizes: Iterable[int]) -> float:
        return sum(size * (size - 1) / 2 for size in sizes)

    both = pairs(overlaps(auto, gold).values())
    rows, columns = pairs(map(len, auto)), pairs(map(len, gold))
    total = sum(map(len, auto))
    chance = rows * columns / pairs([total]) if total > 1 else 0.0
    most = (rows + columns) / 2
    return (both - chance) / (most - chance) if most != chance else 1.0


@dataclass(frozen=True)
class Reading:
    """One log taken apart: by people (`gold`) and by a system (`auto`), over the same messages."""

    name: str
    judged: tuple[int, ...]
    gold: frozenset[Link]
    auto: frozenset[Link]


def judge_full(readings: Sequence[Reading]) -> Figures:
    """All logs at once, as the corpus' own scorer: self-links count."""
    auto: list[Cluster] = []
    gold: list[Cluster] = []
    for each in readings:
        for found, links in ((auto, each.auto), (gold, each.gold)):
            whole = conversations(each.judged, links)
            found.extend(frozenset((each.name, number) for number in c) for c in whole)
    link = rate(
        sum(len(each.auto & each.gold) for each in readings),
        sum(len(each.auto) for each in readings),
        sum(len(each.gold) for each in readings),
    )
    return _figures(link, exact(auto, gold), auto, gold)


def judge_chunks(readings: Sequence[Reading], size: int = 50) -> Figures:
    """Pieces of `size` judged messages, an unfilled last one left out. Links that leave a piece are
    dropped; link is over all of them without self-links, the rest the mean over pieces."""
    right = said = true = 0
    pieces: list[Figures] = []
    for each in readings:
        for start in range(0, len(each.judged) - size + 1, size):
            members = frozenset(each.judged[start : start + size])
            auto, gold = _inside(each.auto, members), _inside(each.gold, members)
            right, said, true = right + len(auto & gold), said + len(auto), true + len(gold)
            parts: list[Cluster] = [*conversations(sorted(members), auto)]
            truth: list[Cluster] = [*conversations(sorted(members), gold)]
            pieces.append(_figures(rate(0, 0, 0), exact(parts, truth), parts, truth))
    return Figures(
        rate(right, said, true),
        Rate(*(_mean([getattr(piece.exact, k) for piece in pieces]) for k in ("p", "r", "f"))),
        *(_mean([getattr(piece, k) for piece in pieces]) for k in ("one_to_one", "vi", "ari")),
    )


def _inside(links: Iterable[Link], members: frozenset[int]) -> frozenset[Link]:
    return frozenset((a, b) for a, b in links if a != b and a in members and b in members)


def _figures(link: Rate, whole: Rate, auto: Sequence[Cluster], gold: Sequence[Cluster]) -> Figures:
    return Figures(
        link, whole, one_to_one(auto, gold), variation(auto, gold), adjusted_rand(auto, gold)
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
