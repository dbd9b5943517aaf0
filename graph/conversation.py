"""What a turn adds to, corrects in or removes from the conversation of an incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.incident import HAS_TICKET
from graph.state import LINES_KEPT, IncidentState, TurnMessage, Update


@dataclass(frozen=True)
class TakenIn:
    """The conversation after a turn.

    `messages` are the turn's, with the old words of what they change; `left` says whether
    anything that staff said remains.
    """

    messages: list[TurnMessage]
    update: Update
    left: bool


def take_in(state: IncidentState, messages: Sequence[TurnMessage]) -> TakenIn:
    """Take in a turn's messages: a revoked message takes its line, files and fields with it."""
    taken = [_with_old_words(state, m) for m in messages]
    revoked = {m["target"] for m in taken if m.get("kind") == "revoke" and m.get("target")}
    lines = _lines(state, taken, revoked)
    files = [
        *state.get("files", []),
        *({**file, "message": m["id"]} for m in taken for file in m.get("files", [])),
    ]
    before = state.get("sources", {})
    # A ticket keeps what it was opened with; before it, what was taken back is asked for again.
    taken_back = set() if state.get("status") in HAS_TICKET else revoked
    sources = {field: source for field, source in before.items() if source not in taken_back}
    lost = before.keys() - sources
    update: Update = {
        "lines": lines[-LINES_KEPT:],
        "files": [f for f in files if f.get("message") not in revoked],
        "sources": sources,
        "fields": {f: value for f, value in state.get("fields", {}).items() if f not in lost},
    }
    return TakenIn(taken, update, any(line["who"] == "staff" for line in lines))


def _with_old_words(state: IncidentState, message: TurnMessage) -> TurnMessage:
    """An edit or a revoke with what it changes, as long as we have it."""
    target = message.get("target")
    if not target or message.get("kind") not in ("edit", "revoke"):
        return message
    was = [line["text"] for line in state.get("lines", []) if line["id"] == target]
    return {**message, "was": was[0] if was else ""}


def _lines(
    state: IncidentState, messages: Sequence[TurnMessage], revoked: set[str]
) -> list[dict[str, str]]:
    """The conversation with these messages: an edit replaces its line, a revoke removes it."""
    lines = {line["id"]: line for line in state.get("lines", [])}
    for m in messages:
        if m.get("kind") == "revoke":
            continue
        id = (m.get("target") or m["id"]) if m.get("kind") == "edit" else m["id"]
        if id in lines:
            # An edit may have come before what it changes: that is older then, and says nothing.
            lines[id] = {**lines[id], "text": m["text"]} if m.get("kind") == "edit" else lines[id]
            continue
        lines[id] = {
            "id": id,
            "at": m["at"],
            "local": m.get("local", m["at"]),
            "who": m["who"],
            "name": m["name"],
            "person_id": m.get("person_id", ""),
            "text": m["text"],
        }
    return [line for id, line in lines.items() if id not in revoked]
