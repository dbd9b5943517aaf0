"""What the bot does when it is asked to: say how it goes, cancel, call a person, explain itself.

Who may ask for what was decided where the turn was assigned (domain.sayings.orders).
"""

from __future__ import annotations

import json
from typing import Any

import prompts
from domain.effect import Effect, EffectKind, Lane, notice_key
from domain.incident import TICKETED, UNTICKETED, Status
from domain.ports import Toolbox
from graph.desk import carry_over, close_untouched
from graph.replies import answer_status, mention, remember_told, reply
from graph.state import IncidentState, TurnMessage, Update, plan, was_read_by
from graph.withdrawal import others_have_it


async def obey(state: IncidentState, box: Toolbox, support: str) -> Update:
    """Do what was ordered; nothing is said where a person has the incident."""
    order, status = state["turn"].get("order"), Status(state["status"])
    update: Update = {"readers": was_read_by(state, "follow_up"), "act": "command"}
    if order == "cancel":
        return {**update, **_cancel(state, status)}
    if order == "person":
        return {**update, **_call_person(state, status, support)}
    if order == "help":
        return {**update, **plan(state, *reply(state, "help"))}
    if state.get("ticket") and any(tool.name == "get_ticket_status" for tool in box.tools):
        await box.use("get_ticket_status", {})
    used = [*state.get("trace", []), *({"tool": u.name} for u in box.uses)]
    told = told_by(box)
    answer = plan(state, *answer_status(state, told))
    return {**update, **answer, **remember_told(state, told), "trace": used}


def told_by(box: Toolbox) -> dict[str, Any]:
    """What the desk said during this call; empty when nobody asked it."""
    told: dict[str, Any] = {}
    for use in box.uses:
        if use.name == "get_ticket_status" and not use.refused:
            try:
                said = json.loads(use.result)
            except json.JSONDecodeError:
                continue
            if isinstance(said, dict) and said.get("status"):
                told = {"status": said["status"], "closed": bool(said.get("closed"))}
    return told


def _cancel(state: IncidentState, status: Status) -> Update:
    """Withdraw the report; a ticket is taken back only while nobody works on it and nobody else has
    it: that is not for its reporter to end."""
    if status in UNTICKETED:
        if state.get("owner") is not None:
            return {}
        gone: Update = {"status": Status.WITHDRAWN.value, "pending": None, "timers": []}
        return {**plan(state, *reply(state, "cancelled")), **gone}
    if status in TICKETED:
        told = carry_over(state, _asks("asks_cancel"))
        if others := others_have_it(state):
            return plan(state, *told, *_say_shared(state, others))
        return {**plan(state, *told, close_untouched(state, "withdraw")), "withdrawing": "cancel"}
    return plan(state, *answer_status(state, {}))


def _say_shared(state: IncidentState, others: list[str]) -> list[Effect]:
    """The answer to who cancels what others have as well; none where there is no number yet."""
    number = str((state.get("ticket") or {}).get("number", ""))
    names = prompts.address(others[0])
    return reply(state, "shared", ticket_number=number, others=names) if number else []


def _call_person(state: IncidentState, status: Status, support: str) -> Update:
    """With a ticket the desk hears of it, and the group whom it was passed on to."""
    if status in UNTICKETED:
        return plan(state, *answer_status(state, {}))
    effects = carry_over(state, _asks("asks_person"))
    number = str((state.get("ticket") or {}).get("number", ""))
    people = [one.strip() for one in support.split(",") if one.strip()]
    if not number or state.get("owner") is not None:
        return plan(state, *effects)
    if not people:
        return plan(state, *effects, *reply(state, "person_told", ticket_number=number))
    text = prompts.load("follow_up").say(
        "person_mentioned",
        mention=" ".join(map(mention, people)),
        person=prompts.address(state["turn"]["messages"][-1]["name"]),
        ticket_number=number,
    )
    key = notice_key(state["incident_id"], "person")
    payload: dict[str, Any] = {"text": text, "quote": None, "mentions": people}
    call = Effect(key, Lane.CHAT, EffectKind.SAY, "escalation", payload)
    return plan(state, *effects, call)


def _asks(section: str) -> Any:
    def word(message: TurnMessage) -> str:
        say = prompts.load("follow_up").say
        return say(section, person=message["name"], text=message["text"])

    return word
