"""A worker runs what it has just assigned itself, as long as it has a hand free: the way through
the queue costs two commits and three statements for a job that would come back to it anyway.

What it has no hand for is left in the queue; what dies with it, the sweep leaves there again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import structlog

from server.logs import bind_trace
from server.persistence.database import DATABASE_AWAY
from server.queue import Handler
from server.setbacks import COMES_BACK

log = structlog.get_logger(__name__)
# What is in hand when a worker ends may take this long, in seconds.
DRAIN_SECONDS = 20.0


class Hands:
    """Runs incidents in tasks of its own. `leave` puts one into the queue, where it is tried again
    with patience. Nothing is taken while no worker is at work."""

    def __init__(self, run: Handler, leave: Callable[[str], Awaitable[None]]) -> None:
        self._run = run
        self._leave = leave
        self._count = 0
        self._reserved = 0
        # Each incident in hand, and whether it was assigned something more meanwhile.
        self._running: dict[str, bool] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def open(self, count: int) -> None:
        """A worker is at work: take up to `count` more incidents at once."""
        self._count += count

    async def close(self, count: int) -> None:
        """It ends: take no more, and finish what is in hand unless another one goes on."""
        self._count -= count
        if self._tasks and not self._count:
            _, late = await asyncio.wait(self._tasks, timeout=DRAIN_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    @contextmanager
    def offered(self) -> Iterator[Callable[[str], bool]]:
        """Within it, ask whether there is a hand for an incident. Those there was one for are run
        once the body is through, and not at all when it fails."""
        taken: list[str] = []

        def take(incident: str) -> bool:
            if len(self._running) + self._reserved >= self._count:
                return False
            self._reserved += 1
            taken.append(incident)
            return True

        try:
            yield take
        finally:
            self._reserved -= len(taken)
        for incident in taken:
            self._start(incident)

    def _start(self, incident: str) -> None:
        """What is in hand already is run once more when it is done."""
        if incident in self._running:
            self._running[incident] = True
            return
        self._running[incident] = False
        task = asyncio.create_task(self._take(incident))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _take(self, incident: str) -> None:
        with bind_trace(job="run", incident=incident):
            try:
                await self._run(incident=incident)
                while self._running[incident]:
                    self._running[incident] = False
                    await self._run(incident=incident)
            except COMES_BACK as error:
                log.info("run goes to the queue", reason=str(error) or type(error).__name__)
                await self._leave_quietly(incident)
            except Exception:  # the worker's door: counted by then, and left again by the sweep
                log.exception("run failed")
            finally:
                del self._running[incident]

    async def _leave_quietly(self, incident: str) -> None:
        try:
            await self._leave(incident)
        except DATABASE_AWAY as error:  # the sweep leaves it when the database is back
            log.warning("database away", reason=str(error))
