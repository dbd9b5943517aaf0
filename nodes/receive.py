"""Take the next turn: what came in with this run, or whatever ends the wait for one.

The only place that interrupts. Nothing is touched around `interrupt()`, since the node runs
again from its start when it is resumed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from langchain_core.messages import HumanMessage
from langgraph.runtime import Runtime
from langgraph.types import interrupt

from domain.gist import Act
from domain.incident import UNTICKETED, Field, Status
from domain.ports import Inspector, MediaStore
from domain.sayings.orders import QUESTIONS
from graph.chat import turn_from_chat
from graph.context import Context
from graph.conversation import take_in
from graph.correction import CORRECTION, take_correction
from graph.state import (
    IncidentState,
    Timer,
    Turn,
    TurnMessage,
    Update,
    is_asked_once,
    rules_of,
)

# An ended report without a ticket starts anew when somebody says more than thanks.
REVIVED = frozenset({Status.CLOSED, Status.DISMISSED, Status.WITHDRAWN})
POLITE = frozenset({Act.ACK, Act.CHATTER, Act.FIXED})
# What was taken back or mended by itself is only begun anew by who says that it fails.
FAILS_ANEW = frozenset({Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN, None})
# Who does so has it as well.
HAS_IT = frozenset({Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN})
# By this name a timer does nothing: another one took its place, or nothing is waited for.
OVERTAKEN = "overtaken"


async def receive(
    state: IncidentState,
    runtime: Runtime[Context],
    *,
    media: MediaStore | None = None,
    inspector: Inspector | None = None,
) -> Update:
    """Take in the next turn. One that this thread holds already changes nothing."""
    incoming = state.get("incoming")
    update: Update = {"incoming": None}
    if incoming is None:
        messages = state.get("messages", [])
        fresh = messages[state.get("messages_seen", 0) :]
        said = [m for m in fresh if isinstance(m, HumanMessage)]
        if not said:
            resumed = interrupt(_waiting_for(state))
            if isinstance(resumed, dict) and "number" in resumed:
                incoming = Turn(**resumed)  # type: ignore[typeddict-item]  # it has a number: ours
            else:
                said = [HumanMessage(_content(resumed), id=str(uuid4()))]
                if messages:
                    update["messages"] = said
        if incoming is None:
            update["messages_seen"] = len(messages) + len(update.get("messages", []))
            incoming = await turn_from_chat(state, said, media, inspector)
    if incoming["number"] <= state.get("last_turn", 0):
        return {**update, "turn": {**incoming, "kind": "seen"}}
    thread = runtime.execution_info.thread_id if runtime.execution_info else None
    incident = state.get("incident_id") or thread or str(uuid4())
    rules = rules_of(runtime.context or Context())
    return {**update, "incident_id": incident, "rules": rules, **_take(state, incoming)}


def _take(state: IncidentState, turn: Turn) -> Update:
    """The turn, what it does to the conversation and what it does to the incident's life."""
    corrected = turn["kind"] == CORRECTION
    said = take_correction(state, turn) if corrected else take_in(state, turn.get("messages", []))
    messages = said.messages
    if turn.get("order") in QUESTIONS and "lines" in state:
        said = replace(said, update={})  # the ticket need not read that somebody asked for it
    timers = state.get("timers", [])
    if turn["kind"] == "timer":
        due = [t for t in timers if _is_due(t, turn)]
        timers = [t for t in timers if t not in due]
        # While a timer waits for its turn, an earlier run may write it back: it fires twice.
        if not due and "due_at" in turn.get("data", {}):
            turn = {**turn, "name": OVERTAKEN}
    update: Update = {
        **said.update,
        "turn": {**turn, "messages": messages},
        "last_turn": turn["number"],
        "owner": turn.get("owner", state.get("owner")),
        "timers": timers,
        "readers": [],
        "learnt": [],
        "replaced": {},
        "act": None,
        "effects": [],
        "failure": None,
        "trace": [],
        "shared_by": _shared_by(state, turn, messages),
        **_life(state, turn, left=said.left),
    }
    if turn["kind"] == "fact" and turn.get("name") == "told":
        update["where"] = turn["data"]["store"]
    if messages and (not state.get("reporter") or state.get("status") == Status.DISMISSED):
        first = messages[0]
        update["reporter"] = {"id": first.get("person_id", ""), "name": first["name"]}
    return update


def _shared_by(state: IncidentState, turn: Turn, messages: Sequence[TurnMessage]) -> dict[str, str]:
    """Who beside its reporter has said to have it, and not that it works again."""
    known, act = dict(state.get("shared_by", {})), turn.get("act")
    reporter = state.get("reporter", {}).get("id")
    if turn["kind"] != "message" or not reporter:
        return known
    for message in messages:
        person = message.get("person_id", "")
        if act == Act.FIXED:
            known.pop(person, None)
        elif act in HAS_IT and message["who"] == "staff" and person not in ("", reporter):
            known[person] = message["name"]
    return known


def _is_due(timer: Timer, turn: Turn) -> bool:
    """Whether this turn is that timer; a turn that does not say when it was due is any."""
    due_at = turn.get("data", {}).get("due_at", timer["due_at"])
    same_time = datetime.fromisoformat(due_at) == datetime.fromisoformat(timer["due_at"])
    return timer["name"] == turn.get("name") and same_time


def _life(state: IncidentState, turn: Turn, *, left: bool) -> Update:
    """What a turn alone does to the incident's life; `left` says whether anything said remains."""
    begun: Update = {"status": Status.CANDIDATE.value, "opened_at": turn["at"]}
    status = Status(state.get("status", Status.CANDIDATE))
    if turn["kind"] != "message":
        return {} if "status" in state else begun
    owned = turn.get("owner", state.get("owner")) is not None
    if not left and status in UNTICKETED and not owned:
        gone: Update = {"status": Status.WITHDRAWN.value, "pending": None, "timers": []}
        return {**begun, **gone} if "status" not in state else gone
    if left and not owned and status is Status.COLLECTING and _only_edits(turn):
        # What it was taken for may be gone from its words: they are judged anew.
        return {"status": Status.CANDIDATE.value}
    act = turn.get("act")
    if _answers_late(state, turn, status) and left and not owned:
        # Somebody says after all what was asked: there is something to it.
        asked = {"field": Field.STORE.value, "person_id": state.get("reporter", {}).get("id", "")}
        return {"status": Status.COLLECTING.value, "pending": {**asked, "question": ""}}
    says_more = act in FAILS_ANEW if status is Status.WITHDRAWN else act not in POLITE
    taken_back = turn.get("taken_back") is not None
    revived = status in REVIVED and not state.get("ticket") and says_more and not taken_back
    if revived and left:
        # Whoever had it until it was closed does not have the new report.
        return {**begun, "owner": None}
    return begun if "status" not in state else {}


def _answers_late(state: IncidentState, turn: Turn, status: Status) -> bool:
    """Whether a turn answers what was asked once of a report that was let go."""
    lacks = Field.STORE in state.get("asked", {}) and Field.STORE not in state.get("fields", {})
    let_go = status is Status.CLOSED and is_asked_once(state) and not state.get("ticket")
    return let_go and lacks and turn.get("act") == Act.ANSWER


def _only_edits(turn: Turn) -> bool:
    return all(message.get("kind") == "edit" for message in turn.get("messages", []))


def _waiting_for(state: IncidentState) -> dict[str, Any]:
    """What Studio and the API show of a waiting incident."""
    pending = state.get("pending")
    return {
        "waiting_for": pending["field"] if pending else "message",
        "question": pending.get("question") if pending else None,
        "status": state.get("status"),
    }


def _content(resumed: Any) -> Any:
    """What a person answered, whether as a text, as content blocks or as a message."""
    if isinstance(resumed, dict):
        return resumed.get("content", resumed.get("text", str(resumed)))
    return resumed if isinstance(resumed, list) else str(resumed)
