"""A worker killed at each point between two commits, from the group's words to the last answer:
another one takes it from there, and nothing is lost or done twice."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Literal

import pytest

from server import assign, record, run
from server.assign import Assigner
from server.desk import DeskHand
from server.persistence.incidents import release
from server.run import Runner
from server.sender import Sender
from tests.fakes.channel import FakeChannel
from tests.fakes.desk import FakeDesk
from tests.faults.rig import INCOMPLETE, Worker, worker

pytestmark = pytest.mark.slow
ROUNDS = 12


class Killed(BaseException):
    """The worker is gone: no handler of errors sees it."""


@dataclass(frozen=True)
class Point:
    """Where a worker dies: `when` a function of ours is called, or once it is through. A story
    of a question, a ticket and a notice comes by `times`."""

    label: str
    owner: Any
    function: str
    when: Literal["before", "after"]
    times: int


POINTS = (
    Point("a turn is assigned, not committed", assign, "keep_decision", "before", 2),
    Point("turns are assigned", Assigner, "assign_chat", "after", 2),
    Point("the incident is claimed", run, "claim", "after", 3),
    Point("the graph has run, nothing is recorded", Runner, "_record", "before", 3),
    Point("effects are planned, not committed", record, "plan_effects", "after", 3),
    Point("turns are done, not committed", record, "finish_turns", "after", 3),
    Point("the run is recorded", Runner, "_record", "after", 3),
    Point("an attempt is committed, nothing is sent", Sender, "_act", "before", 3),
    Point("the contact is there, the ticket is not", DeskHand, "_contact", "after", 1),
    Point("it is sent, the outcome is not heard", Sender, "_act", "after", 3),
    Point("the outcome is written, not committed", Sender, "_write_done", "after", 3),
    Point("the fact is told, not committed", Sender, "_tell", "after", 1),
    Point("our words are kept, not committed", Sender, "_remember_sent", "after", 2),
    Point("the outcome is committed", Sender, "_done", "after", 3),
)
CASES = [(point, nth) for point in POINTS for nth in range(1, point.times + 1)]


class Reaper:
    """Kills at the `nth` arrival at a point, once."""

    def __init__(self, point: Point, nth: int) -> None:
        self._point = point
        self._left = nth
        self.struck = False
        self.buried = False

    def armed(self, function: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        """The function, deadly at the point."""

        async def call(*args: Any, **named: Any) -> Any:
            self._left -= 1
            if self._left == 0 and self._point.when == "before":
                self._strike()
            answer = await function(*args, **named)
            if self._left == 0:
                self._strike()
            return answer

        return call

    def spared(self, release: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        """The release of a lease, as only the living do it."""

        async def call(*args: Any) -> None:
            if self.buried or not self.struck:
                await release(*args)

        return call

    def _strike(self) -> None:
        self.struck = True
        raise Killed(self._point.label)


async def works(one: Worker) -> None:
    """Everything there is to do, however long that takes: leases, attempts and waits end at
    once, and jobs that died with their worker are left again."""
    for _ in range(ROUNDS):
        await one.rows("UPDATE incidents SET lease_until = NULL RETURNING id")
        await one.rows("UPDATE turns SET updated_at = now() - interval '1 h' RETURNING id")
        await one.rows(
            """UPDATE outbox SET wake_at = now() - interval '1 s',
                 deadline = CASE WHEN deadline IS NOT NULL THEN now() - interval '1 s' END
               RETURNING id"""
        )
        await one.engine.scheduler.tick()
        await one.engine.scheduler.sweep()
        await one.queue.drain()


async def story(one: Worker, another: Worker, reaper: Reaper) -> None:
    """A report without its store, and the answer to the question; `another` works once `one`,
    who began, is dead."""
    for text in (INCOMPLETE, "tienda 45"):
        await one.says(text)
        if not reaper.struck:
            with contextlib.suppress(Killed):
                await works(one)
        if reaper.struck:
            reaper.buried = True
            await works(another)


@pytest.mark.parametrize("durability", ["exit", "sync"])
@pytest.mark.parametrize(("point", "nth"), CASES, ids=[f"{p.label}-{n}" for p, n in CASES])
async def test_another_worker_takes_it_from_there(
    database_url: str, monkeypatch: pytest.MonkeyPatch, point: Point, nth: int, durability: Any
) -> None:
    reaper = Reaper(point, nth)
    deadly = reaper.armed(getattr(point.owner, point.function))
    monkeypatch.setattr(point.owner, point.function, deadly)
    monkeypatch.setattr(run, "release", reaper.spared(release))
    desk, channel = FakeDesk(), FakeChannel()
    async with (
        worker(
            database_url, "dies", desk=desk, channel=channel, settle=0, durability=durability
        ) as dies,
        worker(
            database_url, "next", desk=desk, channel=channel, settle=0, durability=durability
        ) as next_one,
    ):
        await story(dies, next_one, reaper)
        assert reaper.struck
        (ticket,) = desk.tickets.values()
        assert INCOMPLETE in ticket.description
        question, notice = channel.said()
        assert "tienda" in question
        assert f"#{ticket.number}" in notice
        assert await next_one.rows("SELECT 1 FROM turns WHERE state <> 'done'") == []
        assert await next_one.rows("SELECT 1 FROM outbox WHERE state <> 'done'") == []


async def test_without_the_look_a_kill_after_the_call_doubles(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same death with the look switched off shows that a double would be seen."""

    async def blind(*_: object) -> None:
        return None

    desk, channel = FakeDesk(), FakeChannel()
    async with (
        worker(database_url, "dies", desk=desk, channel=channel, settle=0) as dies,
        worker(database_url, "next", desk=desk, channel=channel, settle=0) as next_one,
    ):
        point = next(p for p in POINTS if p.label == "it is sent, the outcome is not heard")
        reaper = Reaper(point, 2)
        monkeypatch.setattr(Sender, "_act", reaper.armed(Sender._act))
        monkeypatch.setattr(Sender, "_find", blind)
        monkeypatch.setattr(run, "release", reaper.spared(release))
        await story(dies, next_one, reaper)
        assert len(desk.tickets) == 2
