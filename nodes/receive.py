"""Take the next turn: what came in with this run, or whatever ends the wait for one.

The only place that interrupts. Nothing is touched around `interrupt()`, since the node runs
again from its start when it is resumed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from langchain_core.messages import HumanMessage
from langgraph.types import interrupt

from domain.incident import Status
from graph.state import LINES_KEPT, IncidentState, Turn, TurnMessage, Update


async def receive(state: IncidentState) -> Update:
    """Return the state as it is once the next turn has been taken in."""
    incoming = state.get("incoming")
    update: Update = {"incoming": None}
    if incoming is None:
        incoming, seen = _from_messages(state)
        update["messages_seen"] = seen
    if incoming is None:
        resumed = interrupt(_waiting_for(state))
        incoming = _from_person(state, resumed) if isinstance(resumed, str) else resumed
    return {**update, **_take(state, incoming)}


def _take(state: IncidentState, turn: Turn) -> Update:
    messages = turn.get("messages", [])
    lines = [
        {
            "id": m["id"],
            "at": m["at"],
            "local": m.get("local", m["at"]),
            "who": m["who"],
            "name": m["name"],
            "person_id": m.get("person_id", ""),
            "text": m["text"],
        }
        for m in messages
    ]
    files = [file for m in messages for file in m.get("files", [])]
    first = messages[0] if messages else None
    update: Update = {
        "turn": turn,
        "last_turn": turn["number"],
        "lines": [*state.get("lines", []), *lines][-LINES_KEPT:],
        "files": [*state.get("files", []), *files],
        "owner": turn.get("owner", state.get("owner")),
        "effects": [],
        "failure": None,
        "trace": [],
    }
    if "status" not in state:
        update |= {"status": Status.CANDIDATE.value, "opened_at": turn["at"], "timers": []}
    if not state.get("incident_id"):
        update["incident_id"] = str(uuid4())
    if first is not None and not state.get("reporter"):
        update["reporter"] = {"id": first.get("person_id", ""), "name": first["name"]}
    return update


def _waiting_for(state: IncidentState) -> dict[str, Any]:
    """What Studio and the API show of a waiting incident."""
    pending = state.get("pending")
    said = [e["payload"]["text"] for e in state.get("effects", []) if e["lane"] == "chat"]
    return {
        "waiting_for": pending["field"] if pending else "message",
        "question": said[-1] if said else None,
        "status": state.get("status"),
    }


def _from_messages(state: IncidentState) -> tuple[Turn | None, int]:
    """A turn out of `messages` that nobody has read yet: Studio and `langgraph_sdk` write there."""
    messages = state.get("messages", [])
    seen = state.get("messages_seen", 0)
    fresh = [m for m in messages[seen:] if isinstance(m, HumanMessage)]
    if not fresh:
        return None, len(messages)
    now = datetime.now(UTC).isoformat()
    turn = _turn(state, [_message(str(m.id or uuid4()), str(m.text), now) for m in fresh], now)
    return turn, len(messages)


def _from_person(state: IncidentState, text: str) -> Turn:
    """A turn out of a bare resume value, such as `Command(resume="tienda 45")`."""
    now = datetime.now(UTC).isoformat()
    return _turn(state, [_message(str(uuid4()), text, now)], now)


def _turn(state: IncidentState, messages: list[TurnMessage], now: str) -> Turn:
    number = state.get("last_turn", 0) + 1
    return Turn(number=number, kind="message", at=now, messages=messages)


def _message(id: str, text: str, now: str) -> TurnMessage:
    return TurnMessage(
        id=id, at=now, local=now[:16], who="staff", name="Usuario", person_id="studio", text=text
    )
