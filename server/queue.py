"""Jobs by name. Live they are procrastinate's, in the same transaction as the rows they serve;
a replay or a test runs them one after the other in the process."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from procrastinate import App

from server.persistence.database import Connection

Handler = Callable[..., Awaitable[None]]

ASSIGN = "assign"
RUN = "run"
SEND = "send"
LOOK = "look"
OUTAGE = "outage"
GLIMPSE = "glimpse"
CLOSE_CALL = "close_call"


class Queue(Protocol):
    """Where jobs are left. `lock` keeps two jobs from running at once; order is kept per lock."""

    async def defer(self, conn: Connection, job: str, lock: str, **arguments: Any) -> None: ...


async def defer_assign(queue: Queue, conn: Connection, chat: str) -> None:
    """Decide where the ripe turns of a chat belong."""
    await queue.defer(conn, ASSIGN, f"group:{chat}", chat=chat)


async def defer_run(queue: Queue, conn: Connection, incident: str) -> None:
    """Run or resume the graph of an incident on its turns."""
    await queue.defer(conn, RUN, f"incident:{incident}", incident=incident)


async def defer_send(queue: Queue, conn: Connection, incident: str, lane: str) -> None:
    """Make the effects of a lane happen."""
    await queue.defer(conn, SEND, f"lane:{incident}:{lane}", incident=incident, lane=lane)


async def defer_outage(queue: Queue, conn: Connection, incident: str, head: str) -> None:
    """Tell the members of an outage what they mean to each other."""
    await queue.defer(conn, OUTAGE, f"outage:{head}", incident=incident)


async def defer_glimpse(queue: Queue, conn: Connection, turn: int) -> None:
    """Look at the photos of a turn that came without a word and went nowhere."""
    await queue.defer(conn, GLIMPSE, f"glimpse:{turn}", turn=turn)


async def defer_close_call(queue: Queue, conn: Connection, turn: int) -> None:
    """Ask a model where a turn belongs."""
    await queue.defer(conn, CLOSE_CALL, f"close_call:{turn}", turn=turn)


async def defer_look(queue: Queue, conn: Connection, ticket: str) -> None:
    """Look at a ticket of the desk that may have changed."""
    await queue.defer(conn, LOOK, f"ticket:{ticket}", ticket_id=ticket)


class ProcrastinateQueue:
    """The live queue: immediate jobs only, since a scheduled one would hold its lock."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def defer(self, conn: Connection, job: str, lock: str, **arguments: Any) -> None:
        await self._app.configure_task(f"recado:{job}", lock=lock, connection=conn).defer_async(
            **arguments
        )


class InlineQueue:
    """A queue inside the process: `drain` runs what was left, in order, until nothing is."""

    def __init__(self) -> None:
        self._jobs: deque[tuple[str, Mapping[str, Any]]] = deque()
        self.handlers: dict[str, Handler] = {}

    async def defer(self, conn: Connection, job: str, lock: str, **arguments: Any) -> None:
        if (job, arguments) not in self._jobs:
            self._jobs.append((job, arguments))

    def taken(self) -> list[tuple[str, Mapping[str, Any]]]:
        """Take away what was left, unrun: each job's name and its arguments."""
        taken = list(self._jobs)
        self._jobs.clear()
        return taken

    async def drain(self) -> int:
        """Run everything that is waiting; the number of jobs run."""
        done = 0
        while self._jobs:
            job, arguments = self._jobs.popleft()
            await self.handlers[job](**arguments)
            done += 1
        return done
