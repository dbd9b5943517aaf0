"""Run or resume the graph of one incident on the turns it has not taken, and record what it
planned. One writer per incident: the queue's lock, and a lease whose fence every write carries."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

import psycopg
import structlog
from langchain_core.runnables import RunnableConfig
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command, Durability, StateSnapshot
from psycopg_pool import PoolTimeout

from domain.effect import Lane
from domain.errors import RetryLater
from domain.incident import Field, Status
from domain.ports import Clock
from graph.context import Context
from graph.state import IncidentState, Turn
from server.corrected import CORRECTION, with_moved
from server.hands import Hands
from server.home import Home
from server.logs import bind_trace
from server.metrics import Metrics
from server.persistence.answers import recalling
from server.persistence.checkpoints import STEPS, Fence, fenced
from server.persistence.database import Pool
from server.persistence.incidents import (
    Lease,
    LeaseLost,
    claim,
    load_with_turns,
    release,
    renew,
)
from server.persistence.questions import asked_at, questions_held, told_in_one_breath
from server.persistence.turns import (
    StoredTurn,
    add_turn,
    waiting_turns,
)
from server.queue import Queue, defer_run, defer_send
from server.record import Decided, record
from server.trace import RunTrace, tracing
from server.turns import MediaFetcher, batches, followed, known_outage, to_turn

Graph = CompiledStateGraph[Any, Any, Any, Any]
log = structlog.get_logger(__name__)


class Busy(RetryLater):
    """Another worker holds the incident's lease; come back when it is done."""


@dataclass(frozen=True)
class RunSettings:
    """How runs are made. `lease_seconds` on the database's clock; `context` is given the chat."""

    owner: str
    lease_seconds: float
    durability: Durability
    zone: ZoneInfo
    context: Callable[[str], Context]
    home: Callable[[str], Home]


class Runner:
    """Runs incidents."""

    def __init__(
        self,
        pool: Pool,
        queue: Queue,
        hands: Hands,
        clock: Clock,
        graph: Graph,
        media: MediaFetcher,
        settings: RunSettings,
        metrics: Metrics,
    ) -> None:
        self._pool = pool
        self._queue = queue
        self._hands = hands
        self._clock = clock
        self._graph = graph
        self._media = media
        self._settings = settings
        self._metrics = metrics

    async def run_incident(self, incident: str) -> None:
        """Take every waiting turn of an incident, in order. Raises Busy, LeaseLost."""
        incident_id, settings = UUID(incident), self._settings
        async with self._pool.connection() as conn:
            lease = await claim(conn, incident_id, settings.owner, settings.lease_seconds)
            if lease is None:
                if not await waiting_turns(conn, incident_id):
                    return
                raise Busy(incident)
        held = True
        try:
            async with self._kept(lease) as fence:
                while held:
                    async with self._pool.connection() as conn:
                        row, waiting = await load_with_turns(conn, incident_id)
                    if row is None or not waiting:
                        break
                    held = not await self._take_turns(fence, row, waiting)
        finally:
            if held:
                async with self._pool.connection() as conn:
                    await release(conn, lease)

    @asynccontextmanager
    async def _kept(self, lease: Lease) -> AsyncIterator[Fence]:
        """Renew the lease while the body runs; cancel the body when it is lost."""
        # Written when a run ends, its checkpoint may as well wait for the record of the run.
        fence = Fence(lease, holds=self._settings.durability == "exit")
        body = asyncio.current_task()
        seconds = self._settings.lease_seconds

        async def keep() -> None:
            held_until = time.monotonic() + seconds
            while True:
                await asyncio.sleep(seconds / 3)
                asked = time.monotonic()
                try:
                    await renew(self._pool, lease, seconds)
                    held_until = asked + seconds
                except LeaseLost:
                    held_until = asked
                except (psycopg.OperationalError, PoolTimeout) as error:
                    log.warning(
                        "lease not renewed", incident=str(lease.incident), reason=str(error)
                    )
                # Give up while it is still ours: nobody can have taken it over by then.
                if time.monotonic() + seconds / 3 >= held_until:
                    fence.lost = True
                    if body is not None:
                        body.cancel()
                    return

        keeper = asyncio.create_task(keep())
        try:
            yield fence
        except asyncio.CancelledError:
            if fence.lost:
                raise LeaseLost(str(lease.incident)) from None
            raise
        finally:
            keeper.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await keeper

    async def _take_turns(
        self, fence: Fence, row: dict[str, Any], waiting: list[StoredTurn]
    ) -> bool:
        """Run the turns that come first and record it; whether that gave the lease back, since
        no more turns wait."""
        with (
            fenced(fence),
            recalling(row["answered"]),
            tracing() as trace,
            bind_trace(waiting[0].trace_id),
        ):
            fence.newest, fence.is_read = None, not row["has_thread"]
            state = await self._run(row, waiting, trace)
            head = row["parent"] or (row["id"] if row["is_head"] else None)
            is_done = await self._record(fence, state, trace, head)
            await self._let_others_ask(row, state)
            return is_done

    async def _run(
        self, row: dict[str, Any], waiting: list[StoredTurn], trace: RunTrace
    ) -> IncidentState:
        """One run of the graph on the turns that come first, or none when its checkpoint holds
        some of them: then a worker died before it recorded, and what it planned comes first."""
        incident = str(row["id"])
        config: RunnableConfig = {"configurable": {"thread_id": incident}}
        snapshot = await self._graph.aget_state(config)
        cut = bool(snapshot.next) and not snapshot.interrupts
        if cut or snapshot.values.get("last_turn", 0) >= (waiting[0].number or 0):
            await self._adopt_steps(snapshot, trace)
        if cut:
            # It was ended between two nodes, and goes on there before it takes anything new.
            await self._invoke(None, config, row, trace)
            snapshot = await self._graph.aget_state(config)
        held = snapshot.values.get("last_turn", 0)
        if held >= (waiting[0].number or 0):
            return cast(IncidentState, snapshot.values)
        batch = batches(waiting)[0]
        if batch.kind == CORRECTION:
            batch = await with_moved(self._pool, batch)
        stored = await self._media.fetch(batch)
        turn = to_turn(stored, row, self._settings.zone, self._clock.now())
        if turn["kind"] == "timer" and turn["name"] == "reask":
            turn["data"] = {**turn["data"], "early": await self._is_early(row)}
        started = time.perf_counter()
        # A thread that waits is resumed; plain input would start it anew and a resume of a
        # finished one would do nothing. So we look, and choose here only.
        given: Any = (
            Command(resume=turn)
            if snapshot.interrupts
            else self._input(row, turn, batch.turns[0].data)
        )
        state = await self._invoke(given, config, row, trace)
        if state["last_turn"] <= held:
            raise RuntimeError(f"the graph of {incident} did not take turn {batch.number}")
        self._observe(row, state, time.perf_counter() - started)
        log.info(
            "run",
            incident=incident,
            turn=batch.number,
            status=state["status"],
            failure=state.get("failure"),
            duration=round(time.perf_counter() - started, 4),
        )
        return state

    async def _adopt_steps(self, snapshot: StateSnapshot, trace: RunTrace) -> None:
        """Tell in this trace what the worker did that died before it recorded its run."""
        metadata = cast(dict[str, Any], snapshot.metadata or {})
        # The newest node's end is told after its checkpoint was written: what it learnt is there.
        before = [snapshot]
        if snapshot.parent_config is not None:
            before.insert(0, await self._graph.aget_state(snapshot.parent_config))
        ended = {task.name: task.result for one in before for task in one.tasks if task.result}
        trace.adopt(metadata.get(STEPS, []), ended, snapshot.next)

    async def _is_early(self, row: dict[str, Any]) -> bool:
        """Whether the question that this timer would repeat has hardly left, or not at all."""
        async with self._pool.connection() as conn:
            at = await asked_at(conn, row["id"])
        wait = self._settings.context(row["chat"]).reask_seconds
        return at is None or (self._clock.now() - at).total_seconds() < wait / 2

    async def _invoke(
        self, given: Any, config: RunnableConfig, row: dict[str, Any], trace: RunTrace
    ) -> IncidentState:
        """What `ainvoke` does, and each task's start and end go into the trace."""
        state: Any = None
        async for mode, told in self._graph.astream(
            given,
            config,
            context=self._settings.context(row["chat"]),
            durability=self._settings.durability,
            stream_mode=["tasks", "values"],
        ):
            if mode == "values":
                state = told
            else:
                trace.take(cast(dict[str, Any], told))
        return cast(IncidentState, state)

    async def _let_others_ask(self, row: dict[str, Any], state: IncidentState) -> None:
        """A question that was answered, or given up, lets the next one to its person leave.

        Not in the transaction of the record: what a crash loses here is looked at again anyway,
        and no other incident's row is locked beside ours.
        """
        before, fields = row["pending"] or {}, state.get("fields", {})
        # An answer that comes after the hand-over counts for all that was told together as well.
        asked = Field.STORE.value if row["status"] == Status.ESCALATED else before.get("field")
        if not asked or (state.get("pending") or {}).get("field") == asked:
            return
        async with self._pool.connection() as conn, conn.transaction():
            if asked == Field.STORE and (store := fields.get(Field.STORE)):
                for other in await told_in_one_breath(conn, row["id"]):
                    now = self._clock.now()
                    await add_turn(conn, other, "fact", "told", {"store": store}, now)
                    await defer_run(self._queue, conn, str(other))
            for other in await questions_held(conn, row["id"]):
                await defer_send(self._queue, conn, str(other), Lane.CHAT.value)

    def _observe(self, row: dict[str, Any], state: IncidentState, seconds: float) -> None:
        self._metrics.run_duration.observe(seconds)
        if row["status"] == Status.CANDIDATE:
            self._metrics.classification_requests.inc()
            self._metrics.classification_duration.observe(seconds)
            if state.get("classification"):
                self._metrics.classification_success.inc()
        if state["status"] == Status.ESCALATED != row["status"]:
            reason = "failure" if state.get("failure") else "missing"
            self._metrics.escalations.labels(reason=reason).inc()

    def _input(self, row: dict[str, Any], turn: Turn, read: dict[str, Any]) -> dict[str, Any]:
        home = self._settings.home(row["chat"])
        told = read.get("store") or row["reporter_store"] or home.store
        return {
            "incoming": turn,
            "incident_id": str(row["id"]),
            "chat": row["chat"],
            "group_name": home.name or row["group_name"] or "",
            "where": told or read.get("where"),
            "where_from": "learnt" if read.get("learnt") and not told else "known",
            "reporter": {"id": str(row["reporter_id"]), "name": row["reporter_name"]},
            "outage": known_outage(row),
            "follows": followed(row),
        }

    async def _record(
        self, fence: Fence, state: IncidentState, trace: RunTrace, head: UUID | None
    ) -> bool:
        """Write down, in one transaction, what the run decided; nothing if the fence has moved.
        What it planned is sent by a hand of ours, if there is one, once that is committed.

        `head` is that of the outage which the incident is in. Gives the lease back when no more
        turns wait; whether it did.
        """
        with self._hands.offered() as take:
            async with self._pool.connection() as conn, conn.pipeline(), conn.transaction():
                decided = Decided(state, trace.steps, head, self._clock.now())
                return await record(conn, fence, decided, self._queue, take)
