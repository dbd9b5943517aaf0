"""Is it an incident, and of which kind?"""

from __future__ import annotations

from langgraph.runtime import Runtime

from domain.incident import Priority, Status
from domain.ports import Models
from graph.calls import group_line, model_call
from graph.context import Context
from graph.state import IncidentState, Update, was_read_by
from prompts import fill_known


async def classify(state: IncidentState, runtime: Runtime[Context], *, models: Models) -> Update:
    """Say what the conversation is; a candidate that is no incident is dismissed.

    An incident that was taken up already stays one: then only its priority may rise.
    """
    context = runtime.context or Context()
    instructions = fill_known(context.classify_prompt, group_name=group_line(state))
    call = model_call(state, "classify", instructions, context.classify_model)
    answer = await models.classify(call)
    update: Update = {
        "classified_turn": state["last_turn"],
        "readers": was_read_by(state, "classify"),
    }
    if state["status"] != Status.CANDIDATE:
        urgent = answer.is_incident and Priority(answer.priority) is Priority.URGENT
        return {**update, "priority": answer.priority} if urgent else update
    sure = answer.is_incident and answer.confidence >= context.min_confidence
    return {
        **update,
        "classification": answer.model_dump(),
        "category": answer.category,
        "priority": answer.priority,
        "confidence": answer.confidence,
        "status": (Status.COLLECTING if sure else Status.DISMISSED).value,
    }
