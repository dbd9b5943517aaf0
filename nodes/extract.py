"""Which fields do we have, and from which message?"""

from __future__ import annotations

from langgraph.runtime import Runtime

from domain.incident import Field
from domain.ports import Models, ToolScope, ToolShop
from graph.calls import model_call
from graph.context import Context
from graph.state import IncidentState, Update, new_messages
from prompts import fill_known


async def extract(
    state: IncidentState, runtime: Runtime[Context], *, models: Models, tools: ToolShop
) -> Update:
    """Merge what the conversation says into the fields; the newest word wins."""
    context = runtime.context or Context()
    pending = state.get("pending")
    instructions = fill_known(
        context.extract_prompt,
        group_name=state.get("group_name", ""),
        pending=pending["field"] if pending else "nada",
    )
    box = tools.open(
        ToolScope(
            incident_id=state["incident_id"],
            chat=state.get("chat", ""),
            person_id=state.get("reporter", {}).get("id", ""),
        )
    )
    answer = await models.extract(
        model_call(state, "extract", instructions, context.extract_model, context), box
    )
    said = {
        Field.PROBLEM: answer.problem,
        Field.SYSTEM: answer.system,
        Field.STORE: answer.store,
        Field.ERROR: answer.error,
    }
    fields = dict(state.get("fields", {}))
    sources = dict(state.get("sources", {}))
    messages = new_messages(state)
    for name, value in said.items():
        if value and value.strip() and value.strip() != fields.get(name.value):
            # The first telling of a problem is the report; later ones are details of it.
            if name is Field.PROBLEM and name.value in fields and pending_field(state) != name:
                continue
            fields[name.value] = value.strip()
            sources[name.value] = messages[-1]["id"] if messages else ""
    where = state.get("where")
    if where and Field.STORE.value not in fields:
        fields[Field.STORE.value] = where
        sources[Field.STORE.value] = "known"
    refused = list(state.get("refused", []))
    if answer.refused and pending and pending["field"] not in [*refused, *fields]:
        refused.append(pending["field"])
    return {
        "fields": fields,
        "sources": sources,
        "refused": refused,
        "trace": [*state.get("trace", []), *({"tool": u.name} for u in box.uses)],
    }


def pending_field(state: IncidentState) -> str | None:
    """The field we asked for last, if its answer is due."""
    pending = state.get("pending")
    return pending["field"] if pending else None
