"""What a person's correction does to the conversation: messages that came, messages that went, and
the fields they said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from graph.conversation import TakenIn, take_in
from graph.desk import CHANGES
from graph.state import LINES_KEPT, IncidentState, Turn, TurnMessage, Update

CORRECTION = "correction"
GAVE = "gave"
LONG_AGO = datetime.min.replace(tzinfo=UTC)


def take_correction(state: IncidentState, turn: Turn) -> TakenIn:
    """The conversation after a correction: in the order in which things were said."""
    data = turn.get("data", {})
    if turn.get("name") == GAVE:
        return _give(state, frozenset(data.get("messages", [])))
    held = {line["id"] for line in state.get("lines", [])}
    brought = [
        message
        for message in turn.get("messages", [])
        if message["id"] not in held or message.get("kind") in CHANGES
    ]
    said = take_in(state, brought)
    lines = sorted(said.update["lines"], key=lambda line: datetime.fromisoformat(line["at"]))
    update = {**said.update, "lines": lines[-LINES_KEPT:]}
    update |= _carry(update, data.get("fields", {}))
    return TakenIn(said.messages, update, said.left)


def _carry(update: Mapping[str, Any], carried: Mapping[str, Mapping[str, str]]) -> Update:
    """The fields that the messages brought along; of two that differ the one said later counts."""
    said_at = {line["id"]: datetime.fromisoformat(line["at"]) for line in update["lines"]}
    fields, sources = dict(update["fields"]), dict(update["sources"])
    for name, told in carried.items():
        since = said_at.get(sources.get(name, ""), LONG_AGO)
        if name not in fields or said_at.get(told["message"], LONG_AGO) > since:
            fields[name], sources[name] = told["value"], told["message"]
    return {"fields": fields, "sources": sources}


def _give(state: IncidentState, gone: frozenset[str]) -> TakenIn:
    """Without these messages, their files, and what only they said."""
    lines = [line for line in state.get("lines", []) if line["id"] not in gone]
    sources = {f: one for f, one in state.get("sources", {}).items() if one not in gone}
    lost = state.get("sources", {}).keys() - sources.keys()
    staff = [line for line in lines if line["who"] == "staff"]
    people = {line["person_id"] for line in staff}
    update: Update = {
        "lines": lines,
        "files": [file for file in state.get("files", []) if file.get("message") not in gone],
        "sources": sources,
        "fields": {f: value for f, value in state.get("fields", {}).items() if f not in lost},
        "learnt": [],
    }
    if staff and state.get("reporter", {}).get("id") not in people:
        update["reporter"] = {"id": staff[0]["person_id"], "name": staff[0]["name"]}
    pending = state.get("pending")
    if pending and pending["person_id"] not in people:
        # Who was asked has nothing to do with it any more.
        update["pending"] = None
    return TakenIn([], update, bool(staff))


def quotes(state: IncidentState, messages: Sequence[TurnMessage]) -> str:
    """What came with a correction, as the ticket quotes it."""
    ids = {message["id"] for message in messages}
    lines = [line for line in state.get("lines", []) if line["id"] in ids and line["text"]]
    return "\n".join(
        f"[{line.get('local', line['at'])}] {line['name']}: {line['text']}" for line in lines
    )
