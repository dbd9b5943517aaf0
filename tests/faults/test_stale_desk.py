"""What was read of the desk before it changed is not told after it: the group would hear of a
status that is over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import pytest

from domain.ports import Ticket
from server.clock import SystemClock
from server.desk_watch import DeskWatch
from tests.fakes.desk import FakeDesk
from tests.faults.rig import COMPLETE, Gate, Worker, worker

pytestmark = pytest.mark.slow


class SlowList(FakeDesk):
    """A desk whose list of what changed is read at once, and arrives when the gate opens."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = Gate()

    async def changed_tickets(self, since: datetime) -> list[Ticket]:
        found = await super().changed_tickets(since)
        await self.gate.wait()
        return found


@asynccontextmanager
async def ticketed(database_url: str, desk: FakeDesk) -> AsyncIterator[tuple[Worker, DeskWatch]]:
    """A worker, its incident with a ticket that is open, and who watches the desk."""
    async with worker(database_url, "one", desk=desk) as one:
        await one.says(COMPLETE)
        (incident,) = await one.assigns()
        await one.engine.runner.run_incident(incident)
        await one.engine.sender.send_lane(incident, "desk")
        await one.engine.runner.run_incident(incident)
        yield one, DeskWatch(one.pool, one.queue, SystemClock(), desk, SystemClock())


async def told(one: Worker) -> list[str]:
    """The statuses that the incident was told of, in order."""
    rows = await one.rows(
        "SELECT data->>'status' AS status FROM turns WHERE name = 'ticket_changed' ORDER BY id"
    )
    return [row["status"] for row in rows]


async def known(one: Worker) -> Any:
    (row,) = await one.rows("SELECT ticket_status FROM incidents")
    return row["ticket_status"]


async def test_an_old_list_does_not_take_a_newer_status_back(database_url: str) -> None:
    desk = SlowList()
    async with ticketed(database_url, desk) as (one, watch):
        (ticket,) = desk.tickets
        polling = asyncio.create_task(watch.poll())
        await desk.gate.reached.wait()
        await desk.update_ticket(ticket, {"status": "On Hold"})
        await watch.look_at(ticket)
        desk.gate.opened.set()
        assert await polling == 0
        assert (await told(one), await known(one)) == (["On Hold"], "On Hold")
