"""What becomes of an incident whose reporter takes it back: a joke, or a false alarm."""

from __future__ import annotations

import prompts
from domain.incident import HAS_TICKET, TICKETED, UNTICKETED, Status
from domain.sayings.retraction import TakenBack
from graph.desk import carry_over, close_untouched, quote
from graph.state import IncidentState, TurnMessage, Update, plan


def take_back(state: IncidentState) -> Update:
    """It is over: a joke never was one; a ticket is closed if nobody works on it and nobody else
    has it, else told."""
    status = Status(state["status"])
    over: Update = {"pending": None, "timers": []}
    if status in UNTICKETED:
        if state.get("owner") is not None:
            return {}
        joke = state["turn"]["taken_back"] == TakenBack.JOKE
        return {**over, "status": (Status.DISMISSED if joke else Status.WITHDRAWN).value}
    if status not in HAS_TICKET:
        return {}
    said = carry_over(state, _word)
    kept = state.get("owner") is not None or _is_worked_on(state) or others_have_it(state)
    if status not in TICKETED or kept:
        return plan(state, *said)
    closed = close_untouched(state, f"taken_back:{state['last_turn']}", "take_back")
    return {**over, **plan(state, *said, closed), "status": Status.WITHDRAWN.value}


def others_have_it(state: IncidentState) -> list[str]:
    """The names of those who have it as well, beside whoever speaks."""
    speak = {message.get("person_id") for message in state["turn"].get("messages", [])}
    return [name for id, name in state.get("shared_by", {}).items() if id not in speak]


def _is_worked_on(state: IncidentState) -> bool:
    """Whether the desk has told of a change since the ticket was opened."""
    ticket = state.get("ticket") or {}
    return bool(ticket.get("status") != ticket.get("opened_as"))


def _word(message: TurnMessage) -> str:
    if not message["text"] or message["who"] != "staff":
        return quote(message)
    say = prompts.load("follow_up").say
    return say("says_taken_back", person=message["name"], text=message["text"])
