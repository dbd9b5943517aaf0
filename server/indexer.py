"""Keeps Chroma in step with Postgres, from which it can always be rebuilt."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from domain.errors import RetryLater
from domain.ports import Document, KnowledgeBase
from server.persistence.database import Pool

log = structlog.get_logger(__name__)
BATCH = 200


class Indexer:
    """Carries documents from Postgres into the knowledge base."""

    def __init__(self, pool: Pool, knowledge: KnowledgeBase) -> None:
        self._pool = pool
        self._knowledge = knowledge

    async def carry(self) -> int:
        """Index one batch of what is new; how many. Raises RetryLater."""
        async with self._pool.connection() as conn:
            rows = await (
                await conn.execute(
                    """SELECT id, type, content, metadata FROM documents
                       WHERE indexed_at IS NULL ORDER BY created_at LIMIT %s""",
                    (BATCH,),
                )
            ).fetchall()
        if not rows:
            return 0
        await self._knowledge.add(
            [Document(r["id"], r["type"], r["content"], r["metadata"]) for r in rows]
        )
        async with self._pool.connection() as conn:
            await conn.execute(
                "UPDATE documents SET indexed_at = now() WHERE id = ANY (%s)",
                ([r["id"] for r in rows],),
            )
        return len(rows)

    async def carry_quietly(self) -> None:
        """Index what is new, and let an index that is away catch up later."""
        try:
            while await self.carry() == BATCH:
                pass
        except RetryLater as error:
            log.warning("not indexed", reason=str(error))

    async def rebuild(self, progress: Callable[[int, int], None]) -> int:
        """Forget the index and build it again; `progress` is told (done, of). Raises RetryLater."""
        await self._knowledge.clear()
        async with self._pool.connection() as conn:
            result = await conn.execute("UPDATE documents SET indexed_at = NULL")
        total, done = result.rowcount, 0
        progress(0, total)
        while carried := await self.carry():
            done += carried
            progress(done, total)
        return done
