"""Hand over to a person, in words the group understands, and never in silence."""

from __future__ import annotations

from datetime import datetime, timedelta

from langgraph.runtime import Runtime

import prompts
from domain.effect import Effect, EffectKind, Lane, comment_key, notice_key, ticket_key
from domain.incident import Category, Status, missing_fields
from graph.context import Context
from graph.state import IncidentState, Timer, Update, new_messages, plan, required

FIELD_WORDS = {"problem": "qué ocurre", "system": "el equipo o sistema", "store": "la tienda"}
HAS_TICKET = {Status.QUEUED.value, Status.TICKETED.value, Status.RESOLVED.value}


async def escalate(state: IncidentState, runtime: Runtime[Context]) -> Update:
    """Plan the hand-over. With a ticket the desk is told, not the group."""
    if state.get("status") in HAS_TICKET:
        return {"effects": plan(state, *_tell_desk(state))}
    context = runtime.context or Context()
    support = context.human_support
    person = state.get("reporter", {}).get("name", "")
    category = Category(state.get("category", Category.TECHNICAL.value))
    missing = missing_fields(category, state.get("fields", {}), required(context))
    words = ", ".join(FIELD_WORDS[m.value] for m in missing)
    texts = prompts.load("escalate")
    if not support:
        text = texts.say("needs_person", person=person)
    elif missing and state.get("pending"):
        text = texts.say("to_person", mention=mention(support), person=person, missing=words)
    else:
        text = texts.say("to_person_now", mention=mention(support), person=person)
    opened = datetime.fromisoformat(state["opened_at"])
    close = opened + timedelta(seconds=context.close_after_seconds)
    return {
        "status": Status.ESCALATED.value,
        "owner": support or state.get("owner"),
        "pending": None,
        "timers": [Timer(name="close", due_at=close.isoformat())],
        "effects": plan(
            state,
            Effect(
                key=notice_key(state["incident_id"], "escalated"),
                lane=Lane.CHAT,
                kind=EffectKind.SAY,
                purpose="escalation",
                payload={
                    "text": text,
                    "quote": None,
                    "mentions": [support] if support else [],
                },
            ),
        ),
    }


def mention(support: str) -> str:
    """How a chat text names somebody: '@' and the user part of the id."""
    return "@" + support.partition("@")[0].lstrip("+")


def _tell_desk(state: IncidentState) -> list[Effect]:
    """Carry over, unread, what a failing model could not read."""
    incident = state["incident_id"]
    return [
        Effect(
            key=comment_key(incident, message["id"]),
            lane=Lane.DESK,
            kind=EffectKind.ADD_COMMENT,
            purpose="comment",
            payload={"text": f"{message['name']}: {message['text']}"},
            needs=ticket_key(incident),
        )
        for message in new_messages(state)
        if message["text"]
    ]
