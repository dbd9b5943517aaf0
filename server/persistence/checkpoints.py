"""LangGraph's checkpoints in Postgres: pooled, strict about types, and fenced by the lease."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
)
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.serde.jsonplus import JsonPlusSerializer
from psycopg import AsyncCursor
from psycopg.rows import DictRow

from server.persistence.database import Pool
from server.persistence.incidents import Lease, LeaseLost
from server.trace import so_far

# Under this name a checkpoint's metadata has the steps of its run until then.
STEPS = "steps"


class Fence:
    """Whether the lease of the run at hand still stands; set to lost by whoever renews it."""

    def __init__(self, lease: Lease) -> None:
        self.lease = lease
        self.lost = False
        # The newest checkpoint, once it was read: nobody else writes while the fence stands.
        self.newest: CheckpointTuple | None = None
        self.is_read = False


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
    """The stock saver with four differences.

    Its instance lock is a semaphore of the pool's size: the stock lock serialises every database
    operation of the process even with a pool (langgraph#7259). And it writes for a run only in a
    transaction that has locked the run's fence, since LangGraph itself does not fence
    (effectively-once.md, M1): a run that slept through its lease does not know that it is over.
    And it reads the newest checkpoint of a fenced run once, although we look at it before LangGraph
    does. And a checkpoint carries the steps of its run, for whoever goes on when the worker dies.
    """

    @asynccontextmanager
    async def _cursor(self, *, pipeline: bool = False) -> AsyncIterator[AsyncCursor[DictRow]]:
        """Every write of the stock saver, and no read of it, asks for a pipeline."""
        fence = _current.get()
        async with super()._cursor(pipeline=pipeline) as cursor:
            if fence is None or not pipeline:
                yield cursor
                return
            async with cursor.connection.transaction():
                await cursor.execute(
                    "SELECT 1 FROM incidents WHERE id = %s AND fence = %s FOR SHARE",
                    (fence.lease.incident, fence.lease.fence),
                )
                if await cursor.fetchone() is None:
                    fence.lost = True
                    raise LeaseLost(str(fence.lease.incident))
                yield cursor

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        fence = _current.get()
        if fence is None or config["configurable"].get("checkpoint_id"):
            return await super().aget_tuple(config)
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
        return await super().aput(config, checkpoint, told, new_versions)

    async def aput_writes(
        self,
        config: RunnableConfig,
        writes: Sequence[tuple[str, Any]],
        task_id: str,
        task_path: str = "",
    ) -> None:
        _before_writing()
        await super().aput_writes(config, writes, task_id, task_path)


def _before_writing() -> None:
    fence = _current.get()
    if fence is None:
        return
    if fence.lost:
        raise LeaseLost("a checkpoint of a run that is no longer ours")
    fence.newest, fence.is_read = None, False


def make_saver(pool: Pool, size: int) -> FencedSaver:
    """A saver on the pool that lets `size` operations run at once.

    Strict about types from the first day: only plain data and the safe built-in types come back,
    so that nobody who can write to the database can make us run code (effectively-once.md, M4).
    """
    saver = FencedSaver(pool, serde=JsonPlusSerializer(allowed_msgpack_modules=None))
    saver.lock = asyncio.Semaphore(size)  # type: ignore[assignment]
    return saver
