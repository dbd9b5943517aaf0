"""How a node asks a model: the conversation of the state as one `ModelCall`."""

from __future__ import annotations

from domain.reading import Line, ModelCall, Who
from graph.context import Context
from graph.state import IncidentState, new_messages


def _who(value: str) -> Who:
    return "support" if value == "support" else "bot" if value == "bot" else "staff"


def model_call(
    state: IncidentState, node: str, instructions: str, model: str, context: Context
) -> ModelCall:
    """The call of one node over the whole conversation; `context` is the run's."""
    pending = state.get("pending")
    return ModelCall(
        incident_id=state.get("incident_id", ""),
        node=node,
        instructions=instructions,
        conversation=tuple(
            Line(line["id"], line["at"], _who(line["who"]), line["name"], line["text"])
            for line in state.get("lines", [])
        ),
        new=len(new_messages(state)),
        known=dict(state.get("fields", {})),
        pending=pending["field"] if pending else None,
        model=model or None,
        images=tuple(i["text"] for i in state.get("images", {}).values() if i.get("text")),
        group_name=state.get("group_name", ""),
        where=state.get("where"),
    )
