"""LangGraph's checkpoints in Postgres: pooled, strict about types, and fenced by the lease."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import Any, cast

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
    get_serializable_checkpoint_metadata,
)
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from psycopg import AsyncCursor
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from server.persistence.database import Connection, Pool
from server.persistence.incidents import Lease, LeaseLost
from server.trace import so_far

# Under this name a checkpoint's metadata has the steps of its run until then.
STEPS = "steps"


class Fence:
    """Whether the lease of the run at hand still stands; set to lost by whoever renews it.

    With `holds` the saver writes nothing by itself: its statements wait in `held` for the
    transaction that records the run (`write_held`), which checks the fence.
    """

    def __init__(self, lease: Lease, *, holds: bool = False) -> None:
        self.lease = lease
        self.lost = False
        self.holds = holds
        self.held: list[tuple[Any, Sequence[Any]]] = []
        # The newest checkpoint, once it was read: nobody else writes while the fence stands.
        self.newest: CheckpointTuple | None = None
        self.is_read = False


class _Held:
    """Stands in for a cursor, and keeps what it is told for later."""

    def __init__(self, statements: list[tuple[Any, Sequence[Any]]]) -> None:
        self._statements = statements

    async def execute(self, query: object, values: Sequence[Any]) -> None:
        self._statements.append((query, values))

    async def executemany(self, query: object, rows: Iterable[Sequence[Any]]) -> None:
        self._statements.extend((query, values) for values in rows)


# What Postgres' JSON cannot hold, as JSON writes it.
_NUL = "\\u0000"
_current: ContextVar[Fence | None] = ContextVar("recado_fence", default=None)


@contextmanager
def fenced(fence: Fence) -> Iterator[None]:
    """Within it, checkpoints are written only while `fence` stands."""
    token = _current.set(fence)
    try:
        yield
    finally:
        _current.reset(token)


class FencedSaver(AsyncPostgresSaver):
    """The stock saver with five differences.

    Its instance lock is a semaphore of the pool's size: the stock lock serialises every database
    operation of the process even with a pool (langgraph#7259). And it writes for a run only in a
    transaction that has locked the run's fence, since LangGraph itself does not fence
    (effectively-once.md, M1): a run that slept through its lease does not know that it is over.
    And it reads the newest checkpoint of a fenced run once, although we look at it before LangGraph
    does. And a state of plain data is kept in the checkpoint's own row, where the stock saver reads
    it as well, and not in a row for each of its fields. And a checkpoint carries the steps of its
    run, for whoever goes on when the worker dies.
    """

    @asynccontextmanager
    async def _cursor(self, *, pipeline: bool = False) -> AsyncIterator[AsyncCursor[DictRow]]:
        """Every write of the stock saver, and no read of it, asks for a pipeline."""
        fence = _current.get()
        if pipeline and fence is not None and fence.holds:
            yield cast("AsyncCursor[DictRow]", _Held(fence.held))
            return
        async with super()._cursor(pipeline=pipeline) as cursor:
            if fence is None or not pipeline:
                yield cursor
            else:
                async with cursor.connection.transaction():
                    await _lock(cursor, fence)
                    yield cursor

    async def _write_now(self, fence: Fence) -> None:
        async with super()._cursor(pipeline=True) as cursor, cursor.connection.transaction():
            await _lock(cursor, fence)
            await write_held(cursor.connection, fence)

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        fence = _current.get()
        if fence is None or config["configurable"].get("checkpoint_id"):
            return await super().aget_tuple(config)
        if fence.held:
            await self._write_now(fence)
        if not fence.is_read:
            fence.newest, fence.is_read = await super().aget_tuple(config), True
        return fence.newest

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        _before_writing()
        told: Any = {**metadata, STEPS: steps} if (steps := so_far()) else metadata
        try:
            plain = json.dumps(checkpoint, allow_nan=False)
        except (TypeError, ValueError):
            plain = ""
        if not plain or _NUL in plain:
            return await super().aput(config, checkpoint, told, new_versions)
        known = config["configurable"]
        place = {name: known[name] for name in ("thread_id", "checkpoint_ns")}
        async with self._cursor(pipeline=True) as cursor:
            await cursor.execute(
                self.UPSERT_CHECKPOINTS_SQL,
                (
                    *place.values(),
                    checkpoint["id"],
                    known.get("checkpoint_id"),
                    Jsonb(plain, dumps=str),
                    Jsonb(get_serializable_checkpoint_metadata(config, told)),
                ),
            )
        return {"configurable": {**place, "checkpoint_id": checkpoint["id"]}}

    async def aput_writes(
        self,
        config: RunnableConfig,
        writes: Sequence[tuple[str, Any]],
        task_id: str,
        task_path: str = "",
    ) -> None:
        _before_writing()
        await super().aput_writes(config, writes, task_id, task_path)


async def _lock(cursor: AsyncCursor[DictRow], fence: Fence) -> None:
    """Raises LeaseLost when the fence has moved; else it stands until the transaction ends."""
    await cursor.execute(
        "SELECT 1 FROM incidents WHERE id = %s AND fence = %s FOR SHARE",
        (fence.lease.incident, fence.lease.fence),
    )
    if await cursor.fetchone() is None:
        fence.lost = True
        raise LeaseLost(str(fence.lease.incident))


def _before_writing() -> None:
    fence = _current.get()
    if fence is None:
        return
    if fence.lost:
        raise LeaseLost("a checkpoint of a run that is no longer ours")
    fence.newest, fence.is_read = None, False


async def write_held(conn: Connection, fence: Fence) -> None:
    """Write what the saver held back, in the caller's transaction, which has locked the fence."""
    for query, values in fence.held:
        await conn.execute(query, values)
    fence.held.clear()


async def forget_thread(conn: Connection, fence: Fence) -> None:
    """Delete the checkpoints of the run's incident in the caller's transaction."""
    fence.held.clear()
    for table in ("checkpoints", "checkpoint_blobs", "checkpoint_writes"):
        await conn.execute(
            f"DELETE FROM {table} WHERE thread_id = %s",  # noqa: S608 - names from the line above
            (str(fence.lease.incident),),
        )


def make_saver(pool: Pool, size: int) -> FencedSaver:
    """A saver on the pool that lets `size` operations run at once.

    Strict about types from the first day: only plain data and the safe built-in types come back,
    so that nobody who can write to the database can make us run code (effectively-once.md, M4).
    """
    saver = FencedSaver(pool, serde=JsonPlusSerializer(allowed_msgpack_modules=None))
    saver.lock = asyncio.Semaphore(size)  # type: ignore[assignment]  # a lock for several
    return saver
