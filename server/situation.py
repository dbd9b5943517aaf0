"""A turn, and all that is known when it is decided; what its run is told of that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.answers import act_of
from domain.assignment import Decision
from domain.deciding.and_store import AND_THERE
from domain.deciding.asked_around import ANSWERS_NONE, none_of
from domain.deciding.asked_whether import place_of, states_besides
from domain.deciding.beginning import why_no_report
from domain.deciding.besides import BESIDES
from domain.deciding.second_reporter import OF_THEIRS, own_store
from domain.gist import Act
from domain.incident import TICKETED, Field
from domain.likeness import agree
from domain.person import Person
from domain.room import Alike, OpenIncident, Room, TurnFacts
from domain.sayings.as_before import as_before
from domain.sayings.aside import ends_nothing
from domain.sayings.assumed import puts_right
from domain.sayings.harm import harm_of
from domain.sayings.mended_together import still_together
from domain.sayings.nor_this import nor_this
from domain.sayings.orders import Asked, Order, wants_call
from domain.sayings.replied import replied
from domain.sayings.retraction import why_taken_back
from server.asked_of_each import ASKED
from server.doubts import is_small_talk
from server.each_store import told_there
from server.persistence.turns import StoredTurn
from server.whereabouts import Placed


@dataclass(frozen=True)
class Situation:
    """A turn of a person in a `group`, the turn that was `held` back for their answer, where they
    are, what is open, and what was lately said."""

    turn: StoredTurn
    person: Person
    group: str
    held: StoredTurn | None
    placed: Placed
    incidents: Sequence[OpenIncident]
    room: Room
    # What other shares of the same burst went to.
    beside: Sequence[OpenIncident] = ()

    @property
    def facts(self) -> TurnFacts:
        """What is known of the turn alone."""
        return self.placed.facts

    @property
    def as_before(self) -> str | None:
        """What happens to a thing that fails as another one of theirs does."""
        return as_before(self.facts, self.incidents, self.room.remarks)

    def incident_of(self, decision: Decision) -> OpenIncident | None:
        """The open incident that a decision is for."""
        return next((i for i in self.incidents if i.id == decision.incident_id), None)

    def told_beside(self, same_system: Alike) -> str | None:
        """The outage that one who writes of several stores in one burst told of another store."""
        gist = self.facts.gist
        return next(
            (
                one.parent or one.id
                for one in self.beside
                if agree(gist.said_store, one.store) is False
                and same_system(gist.system, one.system)
            ),
            None,
        )


def told_of(
    seen: Situation, decision: Decision, asked: Asked | None, *, directed: bool
) -> dict[str, Any]:
    """What the run of a turn is told beside its words; an order, where it was `directed`."""
    facts, joined = seen.facts, seen.incident_of(decision)
    said = seen.room.remarks
    told: dict[str, Any] = {**seen.placed.where(joined), "act": act_of(facts, joined, said).value}
    if not facts.from_support and is_small_talk(facts.gist):
        told["small_talk"] = True
    if joined and joined.pending_field == Field.PROBLEM and why_no_report(facts.gist):
        told["act"] = Act.CHATTER.value  # what begins nothing answers nothing either
    if decision.reason == OF_THEIRS:
        told["where"] = own_store(facts.gist)
    if joined and seen.turn.data.get(ASKED):
        told |= {"act": Act.STATUS_QUESTION.value, "replied": Act.STATUS_QUESTION.value}
    elif reply := replied(facts, joined, said):
        told["replied"] = reply.value
    elif joined and not facts.from_support and still_together(facts.gist.text):
        told["replied"] = Act.STILL_BROKEN.value
    elif joined and ends_nothing(facts, joined, said):
        told["ends_nothing"] = True
    if joined and puts_right(facts, joined, said):
        told |= {"act": Act.ANSWER.value, "ends_nothing": True, "corrects": True}
    stated = decision.outcome == "new" and states_besides(facts.gist.text)
    if decision.reason in (BESIDES, AND_THERE) or stated:
        told["besides"] = True
    if decision.reason == BESIDES and (fails := nor_this(facts.gist.text)):
        told["as_before"] = fails
    new = decision.outcome == "new" and decision.parent is None
    if new and (before := seen.as_before):
        told |= {"besides": True, "as_before": before}
    if decision.reason == ANSWERS_NONE and (thing := none_of(facts, said)):
        told |= {"besides": True, "as_before": f"no hay {thing}", "as_thing": thing}
        if (place := place_of(facts.gist.text)) and not facts.gist.said_store:
            told["where"] = place
    harm = None if facts.from_support else harm_of(facts.gist.text, facts.gist.said_store)
    if new and harm:
        told |= {"besides": True, "as_before": harm.words, "as_thing": harm.thing}
    elif joined and harm and joined.status in TICKETED:
        told |= {"act": Act.DETAIL.value, "replied": Act.DETAIL.value}  # it got worse
    if decision.outcome == "new":
        told |= told_there(seen.turn.data)
    if asked is not None and directed:
        told["order"] = asked.order.value
    elif decision.outcome == "new" and _wishes(facts, asked):
        told["wants_person"] = True  # said in one breath with the report
    elif joined and (why := why_taken_back(facts, joined)):
        told["taken_back"] = why.value
    return told


def _wishes(facts: TurnFacts, asked: Asked | None) -> bool:
    """Whether who reports something wants a person besides."""
    ordered = asked is not None and asked.order is Order.PERSON
    return ordered or (not facts.from_support and wants_call(facts.gist.text))
