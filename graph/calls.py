"""How a node asks a model: the conversation of the state as one `ModelCall`."""

from __future__ import annotations

from domain.reading import Line, ModelCall, Who
from graph.state import IncidentState, new_messages, waited_for

# A group's name is what somebody typed: as a slot of a prompt it is one short line.
NAME_MAX = 80


def _who(value: str) -> Who:
    return "support" if value == "support" else "bot" if value == "bot" else "staff"


def group_line(state: IncidentState) -> str:
    """The group's name as one short line without quotes or slots, fit for a prompt."""
    name = " ".join(state.get("group_name", "").split())[:NAME_MAX]
    return "".join(c for c in name if c not in '«»{}"`')


def model_call(state: IncidentState, node: str, instructions: str, model: str) -> ModelCall:
    """The call of one node over the whole conversation.

    An edited line counts as new and stands where new lines do: at the end.
    """
    touched = {m.get("target") or m["id"] for m in new_messages(state)}
    lines = state.get("lines", [])
    new = [line for line in lines if line["id"] in touched]
    kept = {file["sha256"] for file in state.get("files", []) if "sha256" in file}
    images = state.get("images", {})
    return ModelCall(
        incident_id=state.get("incident_id", ""),
        node=node,
        instructions=instructions,
        conversation=tuple(
            Line(line["id"], line["at"], _who(line["who"]), line["name"], line["text"])
            for line in [*(line for line in lines if line["id"] not in touched), *new]
        ),
        new=len(new),
        known=dict(state.get("fields", {})),
        pending=waited_for(state),
        model=model or None,
        images=tuple(i["text"] for sha256, i in images.items() if sha256 in kept and i.get("text")),
        group_name=state.get("group_name", ""),
        where=state.get("where"),
    )
