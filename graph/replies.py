"""What the group is told when somebody asks: facts in our own words, never a model's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import prompts
from domain.effect import Effect, EffectKind, Lane, reply_key
from domain.incident import Field, Status
from domain.wording import words_of
from graph.desk import CHANGES
from graph.state import IncidentState, missing, new_messages

# How a text for the group names a field that is missing.
FIELD_WORDS = {"problem": "qué ocurre", "system": "el equipo o sistema", "store": "la tienda"}
# Zoho's default statuses as a group says them; a portal's own are said as they are.
STATUS_WORDS = {
    "Open": "abierto",
    "On Hold": "en espera",
    "Escalated": "escalado",
    "Closed": "cerrado",
}


def answer_status(state: IncidentState, told: dict[str, Any]) -> list[Effect]:
    """Answer who asked how it goes, out of facts alone: no model's words reach the group."""
    ticket = {**(state.get("ticket") or {}), **told}
    slots: dict[str, str] = {}
    if ticket.get("number"):
        status = str(ticket.get("status", ""))
        section = "told_closed" if ticket.get("closed") else "status"
        slots = {
            "ticket_number": str(ticket["number"]),
            "status": STATUS_WORDS.get(status, status),
        }
    elif state["status"] == Status.QUEUED:
        section = "status_queued"
    elif state["status"] == Status.ESCALATED:
        section = "status_escalated"
    else:
        section = "status_collecting"
        slots = {"missing": ", ".join(FIELD_WORDS[m.value] for m in missing(state))}
        if _is_bystander(state):
            # They may ask each other; who names the thing is told whose report it is.
            if not _names_it(state):
                return []
            section += "_of"
            slots["reporter"] = prompts.address(state["reporter"]["name"])
    return reply(state, section, **slots)


def remember_told(state: IncidentState, told: dict[str, Any]) -> dict[str, Any]:
    """What the state keeps of a status that the group read in an answer: it is no news when the
    desk tells it as well. Nothing where it was known before."""
    ticket = state.get("ticket")
    if not ticket or told.get("status") in (None, ticket.get("status")):
        return {}
    return {"ticket": {**ticket, "told": told["status"]}}


def _is_bystander(state: IncidentState) -> bool:
    """Whether who asks, and gave no order, is known to be another than the reporter."""
    reporter = state.get("reporter", {}).get("id", "")
    people = {m.get("person_id", "") for m in new_messages(state)} - {""}
    return bool(reporter and people) and reporter not in people and "order" not in state["turn"]


def _names_it(state: IncidentState) -> bool:
    fields = state.get("fields", {})
    known = words_of(f"{fields.get(Field.SYSTEM, '')} {fields.get(Field.PROBLEM, '')}")
    return any(words_of(m["text"]) & known for m in new_messages(state))


def say_too_late(state: IncidentState) -> list[Effect]:
    """The ticket was closed too long ago: a new report makes a new one."""
    return reply(state, "too_late", ticket_number=str((state["ticket"] or {}).get("number", "")))


def reply(state: IncidentState, section: str, **slots: str) -> list[Effect]:
    """An answer to the newest message of this turn, once; none where a person has the incident."""
    said = [m for m in new_messages(state) if m.get("kind") not in CHANGES]
    if state.get("owner") is not None or not said:
        return []
    person = prompts.address(said[-1]["name"])
    text = prompts.load("follow_up").say(section, person=person, **slots)
    key = reply_key(state["incident_id"], said[-1]["id"])
    answer = say_notice(key, text, purpose="reply", quoted=said[-1]["id"])
    # What is told of a state is not told once that has changed; of an end it is.
    told_of = {"while": state["status"]} if section.startswith("status") else {}
    return [replace(answer, payload={**answer.payload, **told_of})]


def say_notice(
    key: str, text: str, *, purpose: str = "notice", quoted: str | None = None
) -> Effect:
    """One text for the group."""
    payload: dict[str, Any] = {"text": text, "quote": quoted, "mentions": []}
    return Effect(key, Lane.CHAT, EffectKind.SAY, purpose, payload)


def mention(support: str) -> str:
    """How a chat text names somebody: '@' and the user part of the id."""
    return "@" + support.partition("@")[0].lstrip("+")
