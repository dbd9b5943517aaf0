"""The shape of a chat as aggregates, to hold the simulator against a real group's (field.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from statistics import median

from evals.simulate.phrases import words
from evals.simulate.truth import FAMILIES, Line

# A real group: 4,762 messages of 59 people in 96 days.
REAL = {
    "media": 0.34,
    "edited": 0.012,
    "deleted": 0.011,
    "thanks_and_greetings": 0.08,
    "same_second": 0.079,
    "median_text": 49,
    "messages_a_day": 37,
    "most_a_day": 272,
    "interleaved": 0.087,
    "burst_30_s": 0.70,
    "burst_60_s": 0.85,
}
POLITE_MAX = 25


def shape(lines: Sequence[Line], days: int, groups: int) -> dict[str, float]:
    """The same aggregates of a script."""
    said = [line for line in lines if not line.edits and not line.revokes]
    count = max(len(said), 1)
    seconds = Counter((line.group, line.at) for line in said)
    texts = [len(line.text) for line in said if line.text]
    daily = Counter((line.group, line.at.date()) for line in said)
    gaps = _gaps(said)
    return {
        "media": sum(bool(line.photos) for line in said) / count,
        "edited": sum(bool(line.edits) for line in lines) / count,
        "deleted": sum(bool(line.revokes) for line in lines) / count,
        "thanks_and_greetings": sum(map(_is_polite, said)) / count,
        "same_second": sum(n for n in seconds.values() if n > 1) / count,
        "median_text": median(texts) if texts else 0,
        "messages_a_day": len(said) / max(days * groups, 1),
        "most_a_day": max(daily.values(), default=0),
        "interleaved": _interleaved(said) / count,
        "burst_30_s": sum(g <= 30 for g in gaps) / max(len(gaps), 1),
        "burst_60_s": sum(g <= 60 for g in gaps) / max(len(gaps), 1),
    }


def _is_polite(line: Line) -> bool:
    if line.photos or len(line.text) > POLITE_MAX:
        return False
    text = line.text.lower()
    marks = ("graci", "buen", "hola", "bonito", "bendec", "👍", "👌", "🙏", "feliz", "igualmente")
    return any(mark in text for mark in marks)


def _gaps(said: Sequence[Line]) -> list[float]:
    """Seconds between two messages of a sender without anybody in between, within five minutes."""
    last: dict[str, Line] = {}
    gaps = []
    for line in said:
        before = last.get(line.group)
        if before is not None and before.person is line.person:
            wait = (line.at - before.at).total_seconds()
            gaps += [wait] if wait <= 300 else []
        last[line.group] = line
    return gaps


def _interleaved(said: Sequence[Line]) -> int:
    """Messages whose sender wrote within 5 minutes before, with somebody else in between."""
    found = 0
    by_group: dict[str, list[Line]] = {}
    for line in said:
        earlier = by_group.setdefault(line.group, [])
        others = False
        for one in reversed(earlier):
            if line.at - one.at > timedelta(minutes=5):
                break
            if one.person is line.person:
                found += others
                break
            others = True
        earlier.append(line)
    return found


def vocabulary(split: str) -> frozenset[str]:
    """Every template of one split, to show that the reported one shares none with another."""
    found: set[str] = set()
    _collect(words("talk"), split, found)
    for problem in words("problems"):
        _collect(problem, split, found)
    return frozenset(found - {""})


def _collect(node: object, split: str, found: set[str]) -> None:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == split and isinstance(value, list):
                found.update(map(str, value))
            elif key not in FAMILIES:
                _collect(value, split, found)
    elif isinstance(node, list):
        for value in node:
            _collect(value, split, found)
