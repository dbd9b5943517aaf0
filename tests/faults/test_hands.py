"""A worker runs what it has assigned and sends what it has planned, without a job; nothing is lost
when it cannot."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from domain.errors import RetryLater
from server import assign
from server.sender import Sender
from tests.fakes.models import ScriptedModels
from tests.faults.rig import COMPLETE, INCOMPLETE, Gate, GatedModels, Worker, worker

pytestmark = pytest.mark.slow
OTHER = "120363000000000010@g.us"


async def planned(one: Worker) -> list[str]:
    """The kinds of what is planned, once nothing runs any more."""
    await one.engine.hands.close(1)
    rows = await one.rows("SELECT effect_key FROM outbox ORDER BY id")
    return [row["effect_key"].split(":")[0] for row in rows]


async def jobs(one: Worker) -> list[str]:
    """The jobs that are left, by name, taking them away."""
    return [job for job, _ in one.queue.taken()]


async def test_what_there_is_a_hand_for_is_run_without_a_job(database_url: str) -> None:
    async with worker(database_url, "one") as one:
        one.engine.hands.open(1)
        await one.says(COMPLETE)
        await one.engine.scheduler.tick()
        assert await planned(one) == ["ticket", "notice"]
        assert "run" not in await jobs(one)


async def test_what_there_is_no_hand_for_is_left_in_the_queue(database_url: str) -> None:
    gate = Gate()
    async with worker(database_url, "one", models=GatedModels(gate)) as one:
        one.engine.hands.open(1)
        await one.says(COMPLETE)
        await one.engine.scheduler.tick()
        await gate.reached.wait()
        await one.says(INCOMPLETE, OTHER)
        await one.engine.scheduler.tick()
        assert await jobs(one) == ["run"]
        gate.opened.set()
        assert await planned(one) == ["ticket", "notice"]


async def test_an_assignment_that_fails_runs_nothing(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise asyncio.CancelledError

    async with worker(database_url, "one") as one:
        one.engine.hands.open(1)
        await one.says(COMPLETE)
        with monkeypatch.context() as patch:
            patch.setattr(assign, "keep_decision", fail)
            with pytest.raises(asyncio.CancelledError):
                await one.engine.scheduler.tick()
        assert await one.rows("SELECT 1 FROM incidents") == []
        await one.engine.scheduler.tick()
        assert await planned(one) == ["ticket", "notice"]


async def test_an_incident_that_somebody_else_runs_goes_to_the_queue(database_url: str) -> None:
    gate = Gate()
    async with (
        worker(database_url, "first", models=GatedModels(gate)) as first,
        worker(database_url, "second", models=ScriptedModels()) as second,
    ):
        await first.says(INCOMPLETE)
        (incident,) = await first.assigns()
        running = asyncio.create_task(first.engine.runner.run_incident(incident))
        await gate.reached.wait()
        second.engine.hands.open(1)
        await second.says("tienda 45")
        await second.engine.scheduler.tick()
        await second.engine.hands.close(1)
        assert await jobs(second) == ["run"]
        gate.opened.set()
        await running
        await second.engine.runner.run_incident(incident)
        assert await first.rows("SELECT 1 FROM turns WHERE state = 'assigned'") == []


async def test_a_worker_that_dies_with_it_in_hand_leaves_it_to_the_sweep(
    database_url: str,
) -> None:
    gate = Gate()
    async with (
        worker(database_url, "dies", models=GatedModels(gate)) as dies,
        worker(database_url, "next") as next_one,
    ):
        dies.engine.hands.open(1)
        await dies.says(COMPLETE)
        await dies.engine.scheduler.tick()
        await gate.reached.wait()
        assert await jobs(dies) == []
        await next_one.rows("UPDATE incidents SET lease_until = NULL RETURNING id")
        await next_one.rows("UPDATE turns SET updated_at = now() - interval '1 h' RETURNING id")
        await next_one.engine.scheduler.sweep()
        await next_one.queue.drain()
        assert await next_one.rows("SELECT 1 FROM turns WHERE state <> 'done'") == []
        gate.opened.set()
        await dies.engine.hands.close(1)


async def test_what_is_planned_is_sent_without_a_job(database_url: str) -> None:
    async with worker(database_url, "one") as one:
        one.engine.sending_hands.open(1)
        await one.says(COMPLETE)
        (incident,) = await one.assigns()
        await one.engine.runner.run_incident(incident)
        await one.engine.sending_hands.close(1)
        assert len(one.desk.tickets) == 1
        # What the ticket lets go on is left as before.
        assert sorted(set(await jobs(one))) == ["run", "send"]


async def test_what_there_is_no_hand_to_send_for_is_left_in_the_queue(database_url: str) -> None:
    async with worker(database_url, "one") as one:
        await one.says(COMPLETE)
        (incident,) = await one.assigns()
        await one.engine.runner.run_incident(incident)
        assert one.desk.tickets == {}
        await one.queue.drain()
        assert len(one.desk.tickets) == 1


async def test_a_sending_that_must_come_back_goes_to_the_queue(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: Any, **__: Any) -> None:
        raise RetryLater("the database is away")

    async with worker(database_url, "one") as one:
        await one.says(COMPLETE)
        (incident,) = await one.assigns()
        assert await jobs(one) == ["run"]
        with monkeypatch.context() as patch:
            patch.setattr(Sender, "_step", away)
            one.engine.sending_hands.open(1)
            await one.engine.runner.run_incident(incident)
            await one.engine.sending_hands.close(1)
        assert await jobs(one) == ["send"]


async def test_a_worker_that_dies_before_it_sends_leaves_it_to_the_next_look(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def die(*_: Any, **__: Any) -> None:
        raise asyncio.CancelledError

    async with (
        worker(database_url, "dies") as dies,
        worker(database_url, "next") as next_one,
    ):
        await dies.says(COMPLETE)
        (incident,) = await dies.assigns()
        with monkeypatch.context() as patch:
            patch.setattr(Sender, "_step", die)
            dies.engine.sending_hands.open(1)
            await dies.engine.runner.run_incident(incident)
            await dies.engine.sending_hands.close(1)
        dies.queue.taken()
        await next_one.rows("UPDATE outbox SET wake_at = wake_at - interval '60 s' RETURNING id")
        await next_one.engine.scheduler.tick()
        await next_one.queue.drain()
        assert len(next_one.desk.tickets) == 1
        assert await next_one.rows("SELECT 1 FROM outbox WHERE state <> 'done'") == []
