"""What a ticket becomes when its report is corrected, or taken back before anybody works on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import prompts
from domain.effect import Effect, EffectKind, comment_key, notice_key, update_key
from domain.incident import Status
from graph.desk import at_desk
from graph.draft import draft_of
from graph.replies import FIELD_WORDS, say_notice
from graph.state import IncidentState, Update, plan

# How a comment names a field: as a question does, and what is never asked for.
NAMES = {**FIELD_WORDS, "error": "el error"}


def amend_ticket(state: IncidentState, comments: Sequence[Effect]) -> list[Effect]:
    """This turn's comments, and what they change: the ticket's words, and a line that says from
    what to what."""
    if not state.get("learnt"):
        return list(comments)
    draft = draft_of(state)
    changes = {"subject": draft.subject, "description": draft.description}
    key = update_key(state["incident_id"], f"amend:{state['last_turn']}")
    update = at_desk(state, key, {"changes": changes}, EffectKind.UPDATE_TICKET, "amend")
    return [*_with_changes(state, comments), update]


def _with_changes(state: IncidentState, comments: Sequence[Effect]) -> list[Effect]:
    say, before, now = prompts.load("follow_up").say, state.get("replaced", {}), state["fields"]
    lines = [
        say("changed", field=NAMES[name], value=now[name], before=before[name])
        for name in state.get("learnt", [])
        if name in before
    ]
    if not lines:
        return list(comments)
    if not comments:
        key = comment_key(state["incident_id"], f"amend:{state['last_turn']}")
        return [at_desk(state, key, {"text": "\n".join(lines)})]
    last = comments[-1]
    payload: dict[str, Any] = {**last.payload}
    payload["text"] = "\n".join([str(payload.get("text", "")), *lines])
    return [*comments[:-1], replace(last, payload=payload)]


def tell_withdrawn(state: IncidentState, ticket: Mapping[str, Any]) -> Update:
    """The ticket was taken back, because its report was: the group that knows it is told."""
    update: Update = {"status": Status.WITHDRAWN.value, "pending": None, "timers": []}
    if state.get("owner") is not None:
        return update
    section = "withdrawn" if state.get("withdrawing") == "deleted" else "ticket_cancelled"
    text = prompts.load("follow_up").say(section, ticket_number=str(ticket.get("number", "")))
    key = notice_key(state["incident_id"], "withdrawn")
    return {**plan(state, say_notice(key, text)), **update}


def tell_kept(state: IncidentState) -> Update:
    """Somebody works on the ticket: who asked to cancel it is told so, who deleted it is not."""
    if state.get("withdrawing") != "cancel" or state.get("owner") is not None:
        return {"withdrawing": None}
    number = str((state.get("ticket") or {}).get("number", ""))
    text = prompts.load("follow_up").say("not_cancelled", ticket_number=number)
    key = notice_key(state["incident_id"], f"kept:{state['last_turn']}")
    return {**plan(state, say_notice(key, text)), "withdrawing": None}
