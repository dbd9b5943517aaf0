"""The ticket that an incident would be now, out of its state."""

from __future__ import annotations

import prompts
from domain.incident import Category, Field, Priority
from domain.ticket import Said, TicketDraft, draft_ticket
from graph.desk import refusal
from graph.state import LEARNT, IncidentState


def draft_of(state: IncidentState) -> TicketDraft:
    """The ticket that this incident would be now."""
    files = state.get("files", [])
    say = prompts.load("open_ticket").say
    shown = {file.get("sha256") for file in files}
    images = [i["text"] for sha256, i in state.get("images", {}).items() if sha256 in shown]
    old, word = state.get("follows"), prompts.load("follow_up").say
    learnt = state.get("sources", {}).get(Field.STORE) == LEARNT
    number = (state.get("outage") or {}).get("ticket_number")
    return draft_ticket(
        state["incident_id"],
        Category(state["category"]),
        Priority(state["priority"]),
        state.get("fields", {}),
        [
            Said(line.get("local", line["at"]), line["name"], line["text"])
            for line in state.get("lines", [])
            if line["text"]
        ],
        reporter_id=state.get("reporter", {}).get("id", ""),
        reporter_name=state.get("reporter", {}).get("name", ""),
        group_name=state.get("group_name", ""),
        notes=[
            *([say("store_learnt")] if learnt else []),
            *([say("outage", ticket_number=number)] if number else []),
            *([word("continues", ticket_number=old["number"])] if old else []),
            *(say("photo_text", text=text) for text in images if text),
            *(refusal(file) for file in files if "error" in file),
        ],
    )
