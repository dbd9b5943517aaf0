"""A correction as a turn of an incident: the stored messages it brings, for the graph to read."""

from __future__ import annotations

from dataclasses import replace

from server.persistence.corrections import moved_turns
from server.persistence.database import Pool
from server.turns import Batch

CORRECTION = "correction"


async def with_moved(pool: Pool, batch: Batch) -> Batch:
    """The batch of a correction with the messages that it brings in front of it."""
    told = batch.turns[-1]
    rows = told.data.get("rows", [])
    if not rows:
        return batch
    async with pool.connection() as conn:
        moved = await moved_turns(conn, rows)
    where = told.data.get("where")
    brought = [replace(turn, data={**turn.data, "where": where}) for turn in moved]
    return Batch((*brought, told))
