"""How what is said now is tied to what was said before, as labelled chats teach it.

Pure. A reader gives each text a sense, a few numbers, and what it seeks: what the first words of
its incident mostly mean, what the others said in it, what it replies to and what it goes on about.
'Has it any battery?' means nothing like 'the tablet stays dark', and yet is said after it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import mul
from typing import TYPE_CHECKING

from domain.room import OpenIncident, Remark

if TYPE_CHECKING:
    from domain.evidence import Evidence, Scene

# How many of the last words about an incident count as what others said in it.
LATELY = 8


def dot(a: Sequence[float], b: Sequence[float]) -> float:
    """The sum of the products."""
    return float(sum(map(mul, a, b)))


def of_join(scene: Scene, incident: OpenIncident, said: Sequence[Remark]) -> Evidence:
    """How the turn is tied to an incident: to its first words, to the last ones, to all lately."""
    seeks = scene.gist.seeks
    if seeks is None:
        return {}
    found: Evidence = {}
    if incident.meaning:
        # By the distance, a third of the time of summing up products: a meaning has the length 1.
        far = math.dist(seeks.first, incident.meaning)
        found["join:tie_first"] = (scene.seeks_length + 1.0 - far * far) / 2 + seeks.offset
    senses = [r.sense for r in said[-LATELY:] if r.sense]
    if senses:
        found["join:tie_said"] = sum(dot(seeks.said, sense) for sense in senses) / len(senses)
    if said and said[-1].sense:
        last = said[-1]
        if last.person_id == scene.turn.person_id:
            found["join:tie_on"] = dot(seeks.on, last.sense)
        else:
            found["join:tie_reply"] = dot(seeks.reply, last.sense)
    return found


def of_none(scene: Scene) -> Evidence:
    """How the turn is tied to the small talk of the chat."""
    seeks = scene.gist.seeks
    if seeks is None:
        return {}
    found: Evidence = {"none:tie": seeks.nothing}
    talk = next((r for r in reversed(scene.room.remarks) if r.incident_id is None), None)
    if talk is not None and talk.sense:
        found["none:tie_reply"] = dot(seeks.reply, talk.sense)
    return found


def of_new(scene: Scene) -> Evidence:
    """How much the words themselves speak for a beginning."""
    seeks = scene.gist.seeks
    return {} if seeks is None else {"new:tie": seeks.new}
