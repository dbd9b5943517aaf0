"""One writer per incident: the lease and its fence, with the queue's own lock bypassed."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any
from uuid import UUID

import psycopg
import pytest

from server import record, run
from server.persistence.database import Connection, Pool
from server.persistence.incidents import Lease, LeaseLost
from server.run import Busy
from tests.fakes.models import ScriptedModels
from tests.faults.rig import COMPLETE, INCOMPLETE, Gate, GatedModels, Worker, worker
from tests.service.stage import PATIENCE

pytestmark = pytest.mark.slow
INCIDENTS, MESSAGES = 20, 20
EVERYTHING = (
    "SELECT * FROM incidents ORDER BY id",
    "SELECT * FROM outbox ORDER BY id",
    "SELECT * FROM timers ORDER BY incident_id, name",
    "SELECT * FROM turns ORDER BY id",
    "SELECT * FROM checkpoints ORDER BY checkpoint_id",
    "SELECT * FROM checkpoint_writes ORDER BY checkpoint_id, task_id, idx",
    "SELECT * FROM checkpoint_blobs ORDER BY channel, version",
)


async def everything(one: Worker) -> list[list[dict[str, Any]]]:
    """All that a run may write."""
    return [await one.rows(query) for query in EVERYTHING]


async def test_of_two_runners_at_once_one_claims_and_the_other_is_busy(database_url: str) -> None:
    gate = Gate()
    async with (
        worker(database_url, "first", models=GatedModels(gate)) as first,
        worker(database_url, "second") as second,
    ):
        await first.says(COMPLETE)
        (incident,) = await first.assigns()
        running = asyncio.create_task(first.engine.runner.run_incident(incident))
        await gate.reached.wait()
        with pytest.raises(Busy):
            await second.engine.runner.run_incident(incident)
        gate.opened.set()
        await running
        await second.engine.runner.run_incident(incident)  # nothing is left to do
        assert len(await first.rows("SELECT 1 FROM outbox WHERE kind = 'open_ticket'")) == 1


@pytest.mark.parametrize("durability", ["exit", "sync"])
async def test_a_frozen_runner_writes_nothing_once_its_lease_is_over(
    database_url: str, durability: Any
) -> None:
    gate = Gate()
    async with (
        worker(database_url, "frozen", models=GatedModels(gate), durability=durability) as frozen,
        worker(database_url, "awake", durability=durability) as awake,
    ):
        await frozen.says(INCOMPLETE)
        (incident,) = await frozen.assigns()
        running = asyncio.create_task(frozen.engine.runner.run_incident(incident))
        await gate.reached.wait()
        # As if it had slept through its lease: it has not noticed, and cannot.
        await awake.rows(
            "UPDATE incidents SET lease_until = now() - interval '1 second' RETURNING id"
        )
        await awake.engine.runner.run_incident(incident)
        await awake.says("tienda 45")
        await awake.assigns()
        await awake.engine.runner.run_incident(incident)
        before = await everything(awake)
        gate.opened.set()
        with pytest.raises(LeaseLost):
            await running
        assert await everything(awake) == before
        assert len(await awake.rows("SELECT 1 FROM outbox WHERE kind = 'open_ticket'")) == 1


async def test_a_runner_that_cannot_renew_its_lease_stops_before_it_ends(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(pool: Pool, lease: Lease, seconds: float) -> None:
        raise psycopg.OperationalError("the database is away")

    monkeypatch.setattr(run, "renew", away)
    gate = Gate()
    async with worker(database_url, "cut off", models=GatedModels(gate), lease=0.6) as one:
        await one.says(COMPLETE)
        (incident,) = await one.assigns()
        with pytest.raises(LeaseLost):
            await asyncio.wait_for(one.engine.runner.run_incident(incident), PATIENCE)


# Floods without the lease until something is lost.
CHANCES = 20


async def flood(
    first: Worker,
    second: Worker,
    incidents: int,
    expected: tuple[type[Exception], ...],
    *,
    start: int = 0,
) -> list[set[str]]:
    """Twenty messages within a second to each incident, and two runners on all of them that meet
    `expected` errors; the messages that each incident's state has lost. `start` numbers the chats
    of another flood in the same database."""
    chats = [f"12036300000000{n:04d}@g.us" for n in range(start, start + incidents)]
    written = asyncio.Event()

    async def writes(chat: str) -> None:
        for n in range(MESSAGES):
            text = INCOMPLETE if n == 0 else f"la impresora de tickets no funciona, intento {n}"
            await first.says(text, chat)
            await first.assigns(chat)

    async def runs(one: Worker, chat: str) -> None:
        while not written.is_set() or await _waiting(one, chat):
            for incident in await _waiting(one, chat):
                try:
                    await one.engine.runner.run_incident(incident)
                except expected:
                    await asyncio.sleep(0.01)
            await asyncio.sleep(0.01)

    async with asyncio.TaskGroup() as tasks:
        for chat in chats:
            tasks.create_task(runs(first, chat))
            tasks.create_task(runs(second, chat))
        await asyncio.gather(*map(writes, chats))
        written.set()
    assert len(await first.rows("SELECT 1 FROM messages")) == ((start + incidents) * MESSAGES)
    lost = []
    for row in await first.rows("SELECT id FROM incidents"):
        said = await first.rows(
            "SELECT message_id FROM messages WHERE incident_id = %s AND NOT from_me", row["id"]
        )
        lines = {line["id"] for line in (await first.state(str(row["id"])))["lines"]}
        lost.append({one["message_id"] for one in said} - lines)
    return lost


async def _waiting(one: Worker, chat: str) -> list[str]:
    rows = await one.rows(
        "SELECT DISTINCT incident_id FROM turns WHERE state = 'assigned' AND chat = %s", chat
    )
    return [str(row["incident_id"]) for row in rows]


async def test_twenty_messages_at_once_to_twenty_incidents_lose_none(database_url: str) -> None:
    async with (
        worker(database_url, "first", models=ScriptedModels(delay=0.01)) as first,
        worker(database_url, "second", models=ScriptedModels(delay=0.2)) as second,
    ):
        lost = await flood(first, second, INCIDENTS, (Busy, LeaseLost))
        assert [len(one) for one in lost if one] == []
        assert len(lost) == INCIDENTS


async def test_without_the_lease_messages_are_lost(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same flood with the guard switched off shows that the test above can see a loss."""

    async def let_in(conn: Connection, incident: UUID, owner: str, seconds: float) -> Lease:
        return Lease(incident, owner, 0)

    async def trust(conn: Connection, lease: Lease) -> None:
        return None

    monkeypatch.setattr(run, "claim", let_in)
    monkeypatch.setattr(record, "check_fence", trust)
    monkeypatch.setattr(run, "fenced", lambda fence: contextlib.nullcontext())
    async with (
        worker(database_url, "first", models=ScriptedModels(delay=0.01)) as first,
        worker(database_url, "second", models=ScriptedModels(delay=0.2)) as second,
    ):
        # On a busy machine the two may happen not to meet: they get several chances to.
        for chance in range(CHANCES):
            errors = (psycopg.Error, RuntimeError)
            if any(await flood(first, second, 6, errors, start=6 * chance)):
                return
    pytest.fail("nothing was lost without the lease")
