"""Is it an incident, and of which kind?"""

from __future__ import annotations

from dataclasses import replace

from langgraph.runtime import Runtime

from domain.deciding.echo import is_bare
from domain.effect import EffectKind, update_key
from domain.incident import Field, Priority, Status
from domain.ports import Models
from domain.reading import Classification
from domain.ticket import PRIORITY_NAMES
from domain.wording import plain
from graph.calls import group_line, model_call
from graph.context import Context
from graph.correction import CORRECTION
from graph.desk import at_desk
from graph.state import IncidentState, Update, is_asked_once, plan, was_read_by
from prompts import fill_known

# Who says more than this has something of their own to tell.
ECHO_WORDS = 4


async def classify(state: IncidentState, runtime: Runtime[Context], *, models: Models) -> Update:
    """Say what the conversation is; a candidate that is no incident is dismissed.

    An incident that was taken up already stays one: then only its priority may rise, and it may
    turn out to be a person's.
    """
    context = runtime.context or Context()
    instructions = fill_known(context.classify_prompt, group_name=group_line(state))
    call = model_call(state, "classify", instructions, context.classify_model)
    if system := (state.get("outage") or {}).get(Field.SYSTEM):
        call = replace(call, known={Field.SYSTEM.value: system, **call.known})
    answer = await models.classify(call)
    update: Update = {
        "classified_turn": state["last_turn"],
        "readers": was_read_by(state, "classify"),
    }
    if state["status"] != Status.CANDIDATE:
        if is_asked_once(state):
            echoes = _only_echoes(state)
            update["doubted"] = not echoes and _is_doubtful(answer, context.sure_confidence)
            update["asked_once"] = echoes or _is_only_likely(answer, context)
        urgent = answer.is_incident and Priority(answer.priority) is Priority.URGENT
        # The outage that it is part of may have become so since.
        worse = (state.get("outage") or {}).get("priority") == Priority.URGENT
        if not (urgent or worse):
            return update
        if urgent and answer.requires_human_escalation:
            before = state.get("classification") or {}
            update["classification"] = {**before, "requires_human_escalation": True}
        return {**update, "priority": Priority.URGENT.value, **_raise(state)}
    # 'Here too' says little by itself: a report of an outage is as real and as bad as the outage.
    outage = state.get("outage") or {}
    # And what a person made an incident of is one, and what was one before and is broken again.
    told = bool(outage) or bool(state.get("follows")) or state["turn"]["kind"] == CORRECTION
    # So is what somebody says to fail as well who has just reported something.
    told = told or state["turn"].get("besides", False)
    # What whoever helps has taken up is one, whatever its words look like.
    told = told or bool(state["turn"].get("vouched"))
    told_or_wanted = told or bool(state["turn"].get("wants_person"))
    sure = told or (answer.is_incident and answer.confidence >= context.min_confidence)
    asked_once = sure and not told_or_wanted and _is_only_likely(answer, context)
    asked_once = asked_once or _only_echoes(state)
    doubted = sure and not told_or_wanted and _is_doubtful(answer, context.sure_confidence)
    if doubted and state.get("doubted") and state.get("asked"):
        sure = doubted = asked_once = False  # It was asked about, and is no surer now.
    worst = outage.get("priority") == Priority.URGENT
    return {
        **update,
        **({} if sure else {"pending": None, "timers": []}),
        "classification": answer.model_dump(),
        "category": outage.get("category") or answer.category,
        "priority": Priority.URGENT.value if worst else answer.priority,
        "confidence": answer.confidence,
        "doubted": doubted,
        "asked_once": asked_once,
        "status": (Status.COLLECTING if sure else Status.DISMISSED).value,
    }


def _only_echoes(state: IncidentState) -> bool:
    """Whether nothing is said but that somebody has it too, 'x2', of an outage that is not urgent:
    where they are is asked once, and their silence is no loss, since that is reported."""
    outage = state.get("outage") or {}
    said = [line["text"] for line in state.get("lines", []) if line["who"] == "staff"]
    if not outage or outage.get("priority") == Priority.URGENT or not said:
        return False
    if state["turn"]["kind"] == CORRECTION or state["turn"].get("wants_person"):
        return False
    return all(len(plain(text).split()) <= ECHO_WORDS and is_bare(text, None) for text in said)


def _is_doubtful(answer: Classification, below: float) -> bool:
    """Whether it may well be none; who asks for a person, or is in danger, is never doubted."""
    if answer.requires_human_escalation:
        return False
    return not answer.is_incident or answer.confidence < below


def _is_only_likely(answer: Classification, context: Context) -> bool:
    """Whether it is not sure enough to go on about; what cannot wait is asked for again."""
    urgent = Priority(answer.priority) is Priority.URGENT
    return not urgent and _is_doubtful(answer, context.insist_confidence)


def _raise(state: IncidentState) -> Update:
    """Tell the desk that a ticket is urgent after all."""
    known = state.get("priority") == Priority.URGENT
    if known or Status(state["status"]) not in (Status.QUEUED, Status.TICKETED):
        return {}
    key = update_key(state["incident_id"], "urgent")
    changes = {"changes": {"priority": PRIORITY_NAMES[Priority.URGENT]}}
    return plan(state, at_desk(state, key, changes, EffectKind.UPDATE_TICKET, "raise"))
