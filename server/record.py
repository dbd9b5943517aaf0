"""What one run decided, written down in one transaction that its fence guards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.incident import Field, Status
from domain.reading import code_of
from graph.state import IncidentState, effect_from_json, is_assumed
from server.persistence.checkpoints import Fence, forget_thread, write_held
from server.persistence.database import Connection
from server.persistence.documents import keep_ticket, number_ticket
from server.persistence.incidents import check_fence, release_when_done, save_state, save_ticket
from server.persistence.outbox import plan_effects
from server.persistence.steps import keep_steps
from server.persistence.turns import finish_turns, set_timers
from server.persistence.whereabouts import learn_store, unlearn_store
from server.queue import Queue, defer_outage, defer_send
from server.trace import Step

# What was said in these is not to be believed.
NOTHING_SAID = frozenset({Status.DISMISSED, Status.WITHDRAWN})


@dataclass(frozen=True)
class Decided:
    """What a run came to. `head` is that of the outage which the incident is in."""

    state: IncidentState
    steps: Sequence[Step]
    head: UUID | None
    now: datetime


async def record(
    conn: Connection, fence: Fence, decided: Decided, queue: Queue, take: Callable[..., bool]
) -> bool:
    """Write it in the caller's transaction; nothing if the fence has moved (LeaseLost).

    What it plans is sent by a hand of ours that `take` finds, or is left in the queue. Gives the
    lease back when no more turns wait; whether it did.
    """
    state, now, lease = decided.state, decided.now, fence.lease
    incident = lease.incident
    owner = await check_fence(conn, lease)
    effects = [effect_from_json(e) for e in state.get("effects", [])]
    lanes = await plan_effects(conn, incident, effects, state["last_turn"], now)
    await save_state(conn, incident, _columns(state, owner))
    await keep_steps(conn, incident, state["last_turn"], decided.steps, now)
    await _learn_store(conn, incident, state, now)
    if ticket := state.get("ticket"):
        await save_ticket(conn, incident, ticket)
        await number_ticket(conn, incident, ticket)
    timers = [(t["name"], datetime.fromisoformat(t["due_at"])) for t in state.get("timers", [])]
    await set_timers(conn, incident, timers)
    await finish_turns(conn, incident, state["last_turn"])
    if state["status"] == Status.QUEUED and (subject := state.get("subject")):
        await keep_ticket(conn, incident, subject, state.get("fields", {}))
    # What a person dismissed may be taken up again, with what is known of its ticket.
    if state["status"] == Status.DISMISSED and not state.get("correction"):
        await forget_thread(conn, fence)
    else:
        await write_held(conn, fence)
    for lane in lanes:
        if not take(incident=str(incident), lane=lane):
            await defer_send(queue, conn, str(incident), lane)
    if decided.head is not None:
        await defer_outage(queue, conn, str(incident), str(decided.head))
    return await release_when_done(conn, lease)


async def _learn_store(
    conn: Connection, incident: UUID, state: IncidentState, now: datetime
) -> None:
    """What the reporter's store is was said, or said to be another, or taken back."""
    if Status(state["status"]) in NOTHING_SAID:
        await unlearn_store(conn, incident)
        return
    store = state.get("fields", {}).get(Field.STORE)
    if store and "extract" in state.get("readers", []) and not is_assumed(state, Field.STORE):
        denied = state.get("replaced", {}).get(Field.STORE)
        await learn_store(conn, incident, store, denied, now)


def _shown_error(state: IncidentState) -> str | None:
    shown = (image.get("error") for image in state.get("images", {}).values())
    return next(filter(None, map(code_of, shown)), None)


def _columns(state: IncidentState, owner: str | None) -> dict[str, Any]:
    fields = state.get("fields", {})
    # Whoever took the incident over, or gave it back, while the graph ran has the last word.
    changed = owner != state["turn"].get("owner")
    return {
        "status": state["status"],
        "owner": owner if changed else state.get("owner"),
        "category": state.get("category"),
        "priority": state.get("priority"),
        "store": fields.get("store"),
        "system": fields.get("system"),
        # What a photo shows once there is a ticket is no field of it, but is known all the same.
        "error": fields.get("error") or _shown_error(state),
        "subject": state.get("subject"),
        "fields": fields,
        "sources": state.get("sources", {}),
        "pending": state.get("pending"),
        "asked": state.get("asked", {}),
        "failure": state.get("failure"),
        "back": state.get("back"),
        "last_turn": state["last_turn"],
    }
