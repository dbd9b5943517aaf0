"""A close call: when a model is asked where a burst belongs, what it is offered, and what its
answer is worth. Pure.

What people write is data, and so is what a model answers: it chooses one of the places that were
offered, by its key, and every rule that stands above the weights stands above it as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from domain.assignment import Decision, Option
from domain.gist import Act
from domain.reading import PlaceChoice, PlaceOffered
from domain.room import OpenIncident, Room, TurnFacts

NOWHERE, ANEW = "ninguna", "nueva"
# How surely words must be small talk to be clear chatter, when they name nothing either.
CLEAR_CHATTER = 0.9
# An answer that is no surer than this leaves the decision as it was.
SURE_ENOUGH = 0.5
# In front of a model's own words.
SAYS = "a model says"
# A reason is a few words, what was last said is recognised by its first ones.
LONGEST_REASON = 160
LONGEST_TEXT = 240
REFERENCE = 8


@dataclass(frozen=True)
class Heard:
    """What a model answered of a burst: the place it chose, how surely, and why."""

    outcome: str
    incident_id: str | None
    confidence: float
    reason: str


def may_ask(decision: Decision, turn: TurnFacts) -> bool:
    """Whether a model may decide this: the evidence is near, and the words are there to be read.

    Never for what a rule, a quote or our own question decided (those leave nothing near), and not
    for what is clearly small talk.
    """
    readable = bool(turn.gist.text.strip()) and not turn.shows_error and not turn.quote_unreadable
    # Who quotes us answers us.
    return len(decision.near) > 1 and readable and not turn.quotes_bot and not _is_chatter(turn)


def offer(
    decision: Decision, turn: TurnFacts, incidents: Sequence[OpenIncident], room: Room
) -> tuple[PlaceOffered, ...]:
    """The near places spelled out: the incidents by number, and the ways out that are open."""
    known = {incident.id: incident for incident in incidents}
    places: list[PlaceOffered] = []
    for option in decision.near:
        if option.outcome == "join":
            number = str(1 + sum(place.outcome == "join" for place in places))
            places.append(_spell_out(number, option, known[option.incident_id or ""], turn, room))
        else:
            key = NOWHERE if option.outcome == "none" else ANEW
            places.append(PlaceOffered(key, option.outcome, option.share))
    return tuple(places)


def likeliest(places: Sequence[PlaceOffered]) -> PlaceOffered:
    """The place that our own weights decided for."""
    return max(places, key=lambda place: place.share)


def hear(choice: PlaceChoice, places: Sequence[PlaceOffered]) -> Heard | None:
    """What an answer says; None when it names nothing that was offered, or is not sure."""
    chosen = next((place for place in places if place.key == choice.place), None)
    if chosen is None or choice.confidence <= SURE_ENOUGH:
        return None
    reason = " ".join(choice.reason.split())[:LONGEST_REASON]
    return Heard(chosen.outcome, chosen.incident_id, choice.confidence, reason)


def take(decision: Decision, heard: Heard) -> Decision | None:
    """The decision as a model answered; None when the world has moved on since: it is close no
    more, or what was chosen is no longer near."""
    for option in decision.near:
        if (option.outcome, option.incident_id) == (heard.outcome, heard.incident_id):
            parent = decision.parent if decision.outcome == option.outcome else None
            return replace(
                decision,
                outcome=option.outcome,
                incident_id=option.incident_id,
                confidence=heard.confidence,
                reason=f"{SAYS}: {heard.reason}" if heard.reason else SAYS,
                parent=parent,
            )
    return None


def same_place(one: Decision, other: Decision) -> bool:
    """Whether two decisions put a turn in the same place."""
    return (one.outcome, one.incident_id) == (other.outcome, other.incident_id)


def heard_of(told: Mapping[str, Any]) -> Heard | None:
    """What was kept of an answer; None when there was none to keep."""
    return Heard(**told["heard"]) if told.get("heard") else None


def _is_chatter(turn: TurnFacts) -> bool:
    gist = turn.gist
    names = gist.system or gist.error or gist.said_store or gist.problem or gist.signs.get("fault")
    return not names and gist.acts.get(Act.CHATTER, 0.0) >= CLEAR_CHATTER


def _spell_out(
    number: str, option: Option, incident: OpenIncident, turn: TurnFacts, room: Room
) -> PlaceOffered:
    said = [remark for remark in room.remarks if remark.incident_id == incident.id]
    last = max(said, key=lambda remark: remark.at, default=None)
    since = turn.at - (last.at if last else incident.last_at)
    return PlaceOffered(
        key=number,
        outcome="join",
        share=option.share,
        incident_id=incident.id,
        reference=incident.id[:REFERENCE],
        status=incident.status,
        store=incident.store,
        system=incident.system,
        reporter=room.names.get(incident.reporter_id),
        last_by=last.name if last else None,
        last_text=last.text[:LONGEST_TEXT] if last else None,
        last_minutes=max(round(since.total_seconds() / 60), 0),
        asked_of=room.names.get(incident.asked_person or ""),
        asked_field=incident.pending_field if incident.asked_person else None,
    )
