"""How alike two ways of taking a chat apart are: links, conversations found whole, and partitions.

The definitions are those of the corpus' own scorer (Kummerfeld et al., ACL 2019); every figure is
0 to 1 and more is better. VI is 1 - VI / log n.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evals.group.measures import adjusted_rand, exact, one_to_one, variation

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


def compare(link: Rate, auto: Sequence[Cluster], gold: Sequence[Cluster]) -> Figures:
    """The figures of one way of taking the same messages apart beside the true one."""
    said, true = _homes(auto), _homes(gold)
    ours, theirs = [said[member] for member in true], list(true.values())
    return Figures(
        link,
        rate(*exact(theirs, ours)),
        one_to_one(theirs, ours),
        variation(theirs, ours),
        adjusted_rand(theirs, ours),
    )


def _homes(clusters: Sequence[Cluster]) -> dict[Hashable, int]:
    """Each member with the place of its cluster."""
    return {member: place for place, cluster in enumerate(clusters) for member in cluster}


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
    return compare(link, auto, gold)


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
            pieces.append(compare(rate(0, 0, 0), parts, truth))
    return Figures(
        rate(right, said, true),
        Rate(*(_mean([getattr(piece.exact, k) for piece in pieces]) for k in ("p", "r", "f"))),
        *(_mean([getattr(piece, k) for piece in pieces]) for k in ("one_to_one", "vi", "ari")),
    )


def _inside(links: Iterable[Link], members: frozenset[int]) -> frozenset[Link]:
    return frozenset((a, b) for a, b in links if a != b and a in members and b in members)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
