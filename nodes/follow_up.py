"""Whatever comes once nothing is missing: more words, a fact of the desk, the closing timer."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from langgraph.runtime import Runtime

import prompts
from domain.effect import (
    Effect,
    EffectKind,
    Lane,
    attach_key,
    comment_key,
    notice_key,
    reply_key,
    ticket_key,
    update_key,
)
from domain.incident import Status
from domain.ports import Models, ToolScope, ToolShop
from graph.calls import model_call
from graph.context import Context
from graph.state import IncidentState, Update, new_messages, plan
from prompts import fill_known

TICKETED = {Status.QUEUED.value, Status.TICKETED.value, Status.RESOLVED.value}


async def follow_up(
    state: IncidentState, runtime: Runtime[Context], *, models: Models, tools: ToolShop
) -> Update:
    """Decide what a turn after the questions means, and plan what follows from it."""
    turn = state["turn"]
    if turn["kind"] == "fact":
        return _learn(state)
    if turn["kind"] == "timer":
        return _close(state) if turn["name"] == "close" else {}
    context = runtime.context or Context()
    ticket = state.get("ticket") or {}
    instructions = fill_known(context.follow_up_prompt, ticket=json.dumps(ticket))
    call = model_call(state, "follow_up", instructions, context.follow_up_model, context)
    box = tools.open(
        ToolScope(
            incident_id=state["incident_id"],
            chat=state.get("chat", ""),
            person_id=state.get("reporter", {}).get("id", ""),
            ticket_id=ticket.get("id"),
            allowed=frozenset({"update_ticket"}) if ticket else frozenset(),
        )
    )
    answer = await models.follow_up(call, box)
    update = _act(state, answer.act, answer.reply, context)
    planned = plan(state, *box.planned)
    return {
        **update,
        "effects": [*planned, *update.get("effects", [])],
        "trace": [*state.get("trace", []), *({"tool": u.name} for u in box.uses)],
    }


def _act(state: IncidentState, act: str, reply: str | None, context: Context) -> Update:
    """What one act means here; `effects` holds only what it adds."""
    has_ticket = state.get("status") in TICKETED
    if act == "fixed" and not has_ticket:
        return {"status": Status.WITHDRAWN.value, "pending": None, "timers": []}
    if not has_ticket:
        return {}
    effects: list[Effect] = []
    update: Update = {}
    if act in ("detail", "fixed", "still_broken"):
        effects += _comments(state, act)
    if act == "still_broken" and _may_reopen(state, context):
        ticket = state.get("ticket") or {}
        effects.append(_reopen(state, str(ticket.get("changed_at", ""))))
        update |= {"status": Status.TICKETED.value, "ticket": {**ticket, "closed": False}}
    if act == "status_question" and state.get("owner") is None:
        effects += _answer(state, reply)
    return {**update, "effects": plan({}, *effects)}


def _comments(state: IncidentState, act: str) -> list[Effect]:
    """The new messages as comments and attachments of the ticket."""
    incident, texts = state["incident_id"], prompts.load("follow_up")
    effects: list[Effect] = []
    for message in new_messages(state):
        text = message["text"]
        refused = [f for f in message.get("files", []) if "error" in f]
        if act == "fixed" and text:
            text = texts.say("reporter_says_fixed", text=text)
        elif act == "still_broken" and text:
            text = texts.say("reporter_says_broken", text=text)
        elif text:
            text = f"{message['name']}: {text}"
        for file in refused:
            words = prompts.load("open_ticket").say(
                "refused_file", name=file.get("name", "archivo"), reason=file["error"]
            )
            text = f"{text}\n{words}".strip()
        if text:
            effects.append(_desk(state, comment_key(incident, message["id"]), {"text": text}))
        for file in message.get("files", []):
            if "sha256" in file:
                key = attach_key(incident, file["sha256"])
                effects.append(_desk(state, key, dict(file), EffectKind.ATTACH_FILE))
    return effects


def _desk(
    state: IncidentState,
    key: str,
    payload: dict[str, Any],
    kind: EffectKind = EffectKind.ADD_COMMENT,
) -> Effect:
    purpose = "comment" if kind is EffectKind.ADD_COMMENT else "attachment"
    needs = ticket_key(state["incident_id"])
    return Effect(key, Lane.DESK, kind, purpose, payload, needs)


def _may_reopen(state: IncidentState, context: Context) -> bool:
    ticket = state.get("ticket") or {}
    if not ticket.get("closed") or not ticket.get("changed_at"):
        return False
    limit = datetime.fromisoformat(ticket["changed_at"]) + timedelta(
        seconds=context.reopen_within_seconds
    )
    return datetime.fromisoformat(state["turn"]["at"]) <= limit


def _reopen(state: IncidentState, closed_at: str) -> Effect:
    return Effect(
        key=update_key(state["incident_id"], f"reopen:{closed_at}"),
        lane=Lane.DESK,
        kind=EffectKind.UPDATE_TICKET,
        purpose="reopen",
        payload={"changes": {"status": "Open"}},
        needs=ticket_key(state["incident_id"]),
    )


def _answer(state: IncidentState, reply: str | None) -> list[Effect]:
    """Answer who asked how it goes: from the desk if a tool said so, else from what we know."""
    message = new_messages(state)[-1]
    ticket = state.get("ticket")
    texts = prompts.load("follow_up")
    if reply is None:
        reply = (
            texts.say(
                "status",
                person=message["name"],
                ticket_number=str(ticket["number"]),
                status=str(ticket["status"]),
            )
            if ticket
            else texts.say("status_queued", person=message["name"])
        )
    return [_say(state, reply_key(state["incident_id"], message["id"]), reply, message["id"])]


def _say(state: IncidentState, key: str, text: str, quote: str | None = None) -> Effect:
    purpose = "reply" if quote else "notice"
    payload: dict[str, Any] = {"text": text, "quote": quote, "mentions": []}
    return Effect(key, Lane.CHAT, EffectKind.SAY, purpose, payload)


def _learn(state: IncidentState) -> Update:
    """Take in a fact: our ticket was opened, changed at the desk, or could not be opened."""
    turn = state["turn"]
    data = turn.get("data", {})
    before = state.get("ticket") or {}
    ticket = {**before, **data, "changed_at": turn["at"]}
    if turn["name"] == "ticket_opened":
        return {"ticket": ticket, "status": Status.TICKETED.value}
    if turn["name"] != "ticket_changed":
        return {}
    closed = bool(data.get("closed"))
    update: Update = {
        "ticket": ticket,
        "status": (Status.RESOLVED if closed else Status.TICKETED).value,
    }
    if data.get("status") == before.get("status") or state.get("owner") is not None:
        return update
    key = notice_key(state["incident_id"], f"status:{turn['number']}:{data.get('status')}")
    section = "resolved" if closed else "status_changed"
    slots = {"ticket_number": str(ticket.get("number", ""))}
    if not closed:
        slots["status"] = str(data.get("status"))
    text = prompts.load("follow_up").say(section, **slots)
    return {**update, "effects": plan(state, _say(state, key, text))}


def _close(state: IncidentState) -> Update:
    """The last timer: close what nobody completed; the closing word only if no person owns it."""
    update: Update = {"status": Status.CLOSED.value, "pending": None, "timers": []}
    if state.get("owner") is not None or state.get("status") in TICKETED:
        return update
    key = notice_key(state["incident_id"], "closed")
    text = prompts.load("follow_up").say("closed")
    return {**update, "effects": plan(state, _say(state, key, text))}
