"""What speaks for each place that a turn may go, added up by fitted weights.

Pure. The share of a place among all is how sure it is.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from operator import mul
from typing import Literal, NamedTuple

from domain.deciding.evidence import Evidence, Parts, Scene, of_none
from domain.room import Alike, OpenIncident, Room, TurnFacts

Outcome = Literal["join", "new", "none"]
Weights = Mapping[str, float]

# Added to the score of the incident whose question is out, when the words may answer it.
ASKED = 8.0
WORDS = {
    "join:own": "the sender takes part in it",
    "join:own_newest": "the sender wrote about it last",
    "join:own_newest_10": "the sender just wrote about it",
    "join:own_only": "the only one of the sender",
    "join:own_1": "the sender goes on",
    "join:own_10": "the sender goes on",
    "join:newest": "the chat spoke of it last",
    "join:newest_2": "the chat speaks of it now",
    "join:right_after": "right after a message of it",
    "join:names_participant": "calls somebody of it by name",
    "join:names_reporter": "calls its reporter by name",
    "join:names_newest": "the newest of the person called by name",
    "join:was_named": "somebody of it had called the sender by name",
    "join:asked_own": "somebody of it had asked",
    "join:same_system": "the same system",
    "join:said_store": "the same store",
    "join:home": "the sender's store",
    "join:same_error": "the same error",
    "join:tie_first": "means the same",
    "join:words": "the same words",
    "join:asked": "was asked",
}


class Place(NamedTuple):
    """Somewhere a turn may go, and what speaks for it."""

    outcome: Outcome
    incident_id: str | None
    parts: Parts

    @property
    def evidence(self) -> Evidence:
        """All of it by name."""
        return {name: value for part in self.parts for name, value in part.items()}


def places(
    turn: TurnFacts, incidents: Sequence[OpenIncident], room: Room, same_system: Alike
) -> list[Place]:
    """Every place that a turn may go: nowhere, a new incident, each open one."""
    return list(_places_of(Scene(turn, incidents, room, same_system)))


def _places_of(scene: Scene, excluded: Container[str] = ()) -> Iterator[Place]:
    yield Place("none", None, (of_none(scene),))
    yield Place("new", None, (scene.of_new(),))
    for incident in scene.incidents:
        if incident.id not in excluded:
            yield Place("join", incident.id, scene.of_join(incident))


@dataclass(frozen=True)
class Weighed:
    """Places with their scores, and the share of each, 0 to 1."""

    scored: Sequence[tuple[float, Place]]
    shares: Sequence[float]

    @cached_property
    def ranks(self) -> list[int]:
        """Where the two best stand, the best first."""
        return nlargest(2, range(len(self.scored)), key=self.shares.__getitem__)

    @property
    def best(self) -> Place:
        """The place with the largest share."""
        return self.scored[self.ranks[0]][1]

    def near(self, part: float) -> Iterator[tuple[Place, float]]:
        """The incidents with more than such a part of the best share, and the two ways out:
        nowhere, anew. What a rule excludes is not among them."""
        best = max(self.shares)
        for share, (_, place) in zip(self.shares, self.scored, strict=True):
            if place.outcome != "join" or share > part * best:
                yield place, share


def weigh(
    scene: Scene,
    weights: Weights,
    excluded: Container[str],
    asked: Collection[str],
    *,
    may_begin: bool,
) -> Weighed:
    """Weigh every place but what is excluded; `asked` are the incidents whose question a turn may
    answer."""
    scale, scored = _Scale(weights), []
    for place in _places_of(scene, excluded):
        if place.outcome == "new" and not may_begin:
            continue
        score = scale.weigh(place)
        if place.incident_id in asked:
            score += ASKED
            place = place._replace(parts=(*place.parts, {"join:asked": 1.0}))
        scored.append((score, place))
    return Weighed(scored, _shares([score for score, _ in scored]))


class _Scale:
    """Adds evidence up by its weights; a part that many places share is weighed once."""

    def __init__(self, weights: Weights) -> None:
        # What no weight knows counts for nothing.
        self._weight_of = defaultdict(float, weights).__getitem__
        self._known: dict[int, tuple[float, Evidence]] = {}

    def weigh(self, place: Place) -> float:
        """How much speaks for a place."""
        *shared, own = place.parts
        score = self._add(own)
        for part in shared:
            # By identity: the part is kept, so that no other can come to have its number.
            known = self._known.get(id(part))
            if known is None:
                known = self._known[id(part)] = self._add(part), part
            score += known[0]
        return score

    def _add(self, part: Evidence) -> float:
        # In hundreds of places most of the time goes into this: C does the sums.
        return sum(map(mul, map(self._weight_of, part), part.values()), 0.0)


def _shares(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    grown = [math.exp(score - top) for score in scores]
    total = sum(grown)
    return [one / total for one in grown]


def reason_of(place: Place, weights: Weights) -> str:
    """What spoke most for a place, in words."""
    if place.outcome == "none":
        return "chatter"
    if place.outcome == "new":
        return "reads like a report of its own"
    told = {**weights, "join:asked": ASKED}
    parts = {k: told.get(k, 0.0) * v for k, v in place.evidence.items() if k in WORDS}
    best = [k for k in sorted(parts, key=lambda k: -parts[k]) if parts[k] > 0.1][:3]
    return ", ".join(dict.fromkeys(WORDS[k] for k in best)) or "fits best"
