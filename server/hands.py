"""A worker runs what it has just assigned and sends what it has just planned, as long as it has a
hand free: the way through the queue costs two commits and three statements for a job that would
come back to it anyway, and wakes every other worker.

What it has no hand for is left in the queue; what dies with it, the scheduler leaves there again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import Context

import structlog

from server.logs import bind_trace
from server.persistence.database import DATABASE_AWAY
from server.queue import Handler
from server.setbacks import COMES_BACK

log = structlog.get_logger(__name__)
# What is in hand when a worker ends may take this long, in seconds.
DRAIN_SECONDS = 20.0


Errand = tuple[tuple[str, str], ...]


class Hands:
    """Does jobs of one name in tasks of its own, each known by its arguments. `leave` puts one into
    the queue, where it is tried again with patience. Nothing is taken while no worker is at work.
    """

    def __init__(self, job: str, run: Handler, leave: Callable[..., Awaitable[None]]) -> None:
        self._job = job
        self._run = run
        self._leave = leave
        self._count = 0
        self._reserved = 0
        # What is in hand, and whether it was asked for once more meanwhile.
        self._running: dict[Errand, bool] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def open(self, count: int) -> None:
        """A worker is at work: take up to `count` more at once."""
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
    def offered(self) -> Iterator[Callable[..., bool]]:
        """Within it, ask whether there is a hand for a job, by its arguments. What there was one
        for is done once the body is through, and not at all when it fails."""
        taken: list[Errand] = []

        def take(**arguments: str) -> bool:
            if len(self._running) + self._reserved >= self._count:
                return False
            self._reserved += 1
            taken.append(tuple(arguments.items()))
            return True

        try:
            yield take
        finally:
            self._reserved -= len(taken)
        for errand in taken:
            self._start(errand)

    def _start(self, errand: Errand) -> None:
        """What is in hand already is done once more after it."""
        if errand in self._running:
            self._running[errand] = True
            return
        self._running[errand] = False
        # In a context of its own: the fence, the trace and the memory of who gave it are not its.
        task = asyncio.create_task(self._take(errand), context=Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _take(self, errand: Errand) -> None:
        arguments = dict(errand)
        with bind_trace(job=self._job, incident=arguments.get("incident")):
            try:
                await self._run(**arguments)
                while self._running[errand]:
                    self._running[errand] = False
                    await self._run(**arguments)
            except COMES_BACK as error:
                log.info("goes to the queue", reason=str(error) or type(error).__name__)
                await self._leave_quietly(arguments)
            except Exception:  # the worker's door: counted by then, and left again later
                log.exception("job in hand failed")
            finally:
                del self._running[errand]

    async def _leave_quietly(self, arguments: dict[str, str]) -> None:
        try:
            await self._leave(**arguments)
        except DATABASE_AWAY as error:  # the scheduler leaves it when the database is back
            log.warning("database away", reason=str(error))
