"""A worker dies at each commit of a correction: the next one finishes it, nothing is doubled."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.correction import CorrectionKind, Wish
from domain.errors import OutOfPlace
from domain.message import Sender
from server.correct import Corrector, Order
from server.persistence import corrections
from server.run import Runner
from server.sender import Sender as EffectSender
from tests.fakes.channel import FakeChannel
from tests.fakes.desk import FakeDesk
from tests.faults.rig import COMPLETE, Worker, worker

pytestmark = pytest.mark.slow
RAUL = Sender(lid="222222222222222@lid", name="Raúl")
SCALE = "En la tienda 45 la báscula no prende"


class Killed(BaseException):
    """The worker is gone."""


async def works(one: Worker) -> None:
    """Do what is due, lost jobs too, until nothing is."""
    for _ in range(3):
        await one.engine.scheduler.sweep()
        for row in await one.rows(
            "SELECT DISTINCT incident_id FROM turns WHERE state = 'assigned'"
        ):
            await one.engine.runner.run_incident(str(row["incident_id"]))
        await one.queue.drain()
        lanes = (
            "SELECT DISTINCT incident_id, lane FROM outbox WHERE state IN ('pending', 'unknown')"
        )
        await one.rows("UPDATE outbox SET not_before = NULL WHERE state = 'unknown' RETURNING id")
        for row in await one.rows(lanes):
            await one.engine.sender.send_lane(str(row["incident_id"]), row["lane"])
        await one.queue.drain()


async def two_tickets(one: Worker) -> tuple[str, str]:
    await one.says(COMPLETE)
    await one.assigns()
    await one.says(SCALE, who=RAUL)
    first, second = await one.assigns()
    await works(one)
    assert len(one.desk.tickets) == 2
    return first, second


def order(kind: str, incident: str, other: str | None = None, *messages: str) -> Order:
    wish = Wish(CorrectionKind(kind), incident, messages, other)
    return Order(wish, "Marta", "porque sí", str(uuid4()))


def dies(patch: pytest.MonkeyPatch, owner: type, name: str, nth: int) -> Callable[[], bool]:
    """Let the n-th call of a method be where the worker dies; whether it has."""
    real: Callable[..., Awaitable[Any]] = getattr(owner, name)
    calls: list[str] = []

    async def dying(*args: Any, **more: Any) -> Any:
        calls.append(name)
        if len(calls) == nth:
            raise Killed
        return await real(*args, **more)

    patch.setattr(owner, name, dying)
    return lambda: len(calls) >= nth


@pytest.mark.parametrize("durability", ["exit", "sync"])
@pytest.mark.parametrize(
    ("owner", "name", "nth"),
    [
        (Runner, "_run", 1),
        (Runner, "_run", 2),
        (Runner, "_record", 1),
        (Runner, "_record", 2),
        (EffectSender, "_attempt", 1),
        (EffectSender, "_done", 1),
        (EffectSender, "_done", 2),
        (EffectSender, "_done", 3),
    ],
)
async def test_a_merging_is_finished_by_the_next_worker(
    database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    durability: Any,
    owner: type,
    name: str,
    nth: int,
) -> None:
    desk, channel = FakeDesk(), FakeChannel()
    async with (
        worker(database_url, "one", desk=desk, channel=channel, durability=durability) as one,
        worker(
            database_url, "two", desk=desk, channel=channel, settle=0, durability=durability
        ) as two,
    ):
        first, second = await two_tickets(one)
        told = len(channel.transcript)
        with monkeypatch.context() as patch:
            dead = dies(patch, owner, name, nth)
            await one.engine.corrector.correct(order("merge", first, second))
            with pytest.raises(Killed):
                await works(one)
            assert dead()
        # What it held is free once its lease and its attempts have run out.
        await two.rows("UPDATE incidents SET lease_until = NULL RETURNING id")
        await two.rows("UPDATE outbox SET deadline = now() WHERE state = 'attempting' RETURNING id")
        await two.engine.scheduler.tick()
        await works(two)
        kept, gone = desk.tickets.values()
        assert (kept.status, gone.status) == ("Open", "Closed")
        assert [len(kept.comments), len(gone.comments)] == [1, 1]
        assert len(channel.transcript) == told
        rows = await two.rows("SELECT status FROM incidents ORDER BY status")
        assert [row["status"] for row in rows] == ["merged", "ticketed"]
        left = await two.rows("SELECT 1 FROM outbox WHERE state NOT IN ('done', 'dropped')")
        assert left == []


async def test_what_was_not_committed_never_was(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with worker(database_url, "one") as one:
        first, second = await two_tickets(one)
        asked = order("merge", first, second)
        with monkeypatch.context() as patch:
            dies(patch, Corrector, "_tell", 2)
            with pytest.raises(Killed):
                await one.engine.corrector.correct(asked)
        await works(one)
        assert [t.status for t in one.desk.tickets.values()] == ["Open", "Open"]
        assert await one.rows("SELECT 1 FROM corrections") == []
        # The same request, sent again, is done now.
        await one.engine.corrector.correct(asked)
        await works(one)
        assert [t.status for t in one.desk.tickets.values()] == ["Open", "Closed"]


async def test_a_message_that_comes_while_two_are_merged_finds_the_one_that_is_left(
    database_url: str,
) -> None:
    """Between the correction and the run that follows it, the row still says what it was."""
    async with worker(database_url, "one") as one:
        first, second = await two_tickets(one)
        await one.engine.corrector.correct(order("merge", first, second))
        [gone] = await one.rows("SELECT id, status FROM incidents WHERE merged_into IS NOT NULL")
        assert gone["status"] != "merged"
        await one.says("La báscula sigue igual", who=RAUL)
        await one.says("La impresora sigue igual")
        await one.assigns()
        rows = await one.rows(
            "SELECT DISTINCT incident_id FROM turns WHERE kind = 'message' AND state = 'assigned'"
        )
        assert gone["id"] not in {row["incident_id"] for row in rows}
        await works(one)
        [now] = await one.rows("SELECT status FROM incidents WHERE id = %s", gone["id"])
        assert now["status"] == "merged"


async def test_two_tickets_that_are_opened_together_name_each_other_once(
    database_url: str,
) -> None:
    async with worker(database_url, "one", settle=0) as one:
        await one.says(COMPLETE)
        other = await one.says(f"{SCALE} y la impresora tampoco")
        await one.assigns()
        [incident] = {
            str(row["incident_id"]) for row in await one.rows("SELECT incident_id FROM messages")
        }
        one.desk.go_down()
        await works(one)
        await one.engine.corrector.correct(order("split", incident, None, other))
        rows = await one.rows("SELECT id FROM incidents ORDER BY id = %s DESC", UUID(incident))
        pair = [str(row["id"]) for row in rows]
        for each in pair:
            await one.engine.runner.run_incident(each)
        one.desk.come_back()
        await one.rows("UPDATE outbox SET not_before = NULL RETURNING id")
        for each in pair:
            await one.engine.sender.send_lane(each, "desk")
        assert len(one.desk.tickets) == 2
        await works(one)
        for ticket in one.desk.tickets.values():
            named = [c.text for c in ticket.comments if "una misma conversación" in c.text]
            assert len(named) == 1, ticket.comments


async def test_a_deadlock_is_tried_again(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with worker(database_url, "one") as one:
        first, second = await two_tickets(one)
        real = corrections.lock_chats
        calls: list[int] = []

        async def unlucky(*args: Any) -> None:
            calls.append(1)
            if len(calls) == 1:
                raise psycopg.errors.DeadlockDetected
            await real(*args)

        monkeypatch.setattr(corrections, "lock_chats", unlucky)
        made = await one.engine.corrector.correct(order("merge", first, second))
        assert made["kind"] == "merge"
        assert len(calls) == 2


async def test_two_persons_who_correct_at_once_wait_for_each_other(database_url: str) -> None:
    async with worker(database_url, "one") as one, worker(database_url, "two") as two:
        first, second = await two_tickets(one)
        made = await asyncio.gather(
            one.engine.corrector.correct(order("merge", first, second)),
            two.engine.corrector.correct(order("merge", second, first)),
            return_exceptions=True,
        )
        refused = [one for one in made if isinstance(one, OutOfPlace)]
        assert len(refused) == 1
        assert "take it up first" in str(refused[0])
        assert len(await one.rows("SELECT 1 FROM corrections")) == 1
