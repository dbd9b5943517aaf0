"""Is it an incident, and of which kind?"""

from __future__ import annotations

from langgraph.runtime import Runtime

from domain.incident import Status
from domain.ports import Models
from graph.calls import model_call
from graph.context import Context
from graph.state import IncidentState, Update
from prompts import fill_known


async def classify(state: IncidentState, runtime: Runtime[Context], *, models: Models) -> Update:
    """Say what the conversation is; a candidate that is no incident is dismissed."""
    context = runtime.context or Context()
    instructions = fill_known(context.classify_prompt, group_name=state.get("group_name", ""))
    call = model_call(state, "classify", instructions, context.classify_model, context)
    answer = await models.classify(call)
    sure = answer.is_incident and answer.confidence >= context.min_confidence
    return {
        "classification": answer.model_dump(),
        "category": answer.category,
        "priority": answer.priority,
        "confidence": answer.confidence,
        "status": (Status.COLLECTING if sure else Status.DISMISSED).value,
    }
