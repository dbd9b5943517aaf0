"""Keeps Chroma in step with Postgres, from which it can always be rebuilt."""

from __future__ import annotations

from collections.abc import Callable

import structlog

from domain.errors import RetryLater
from domain.ports import Document, KnowledgeBase
from server.persistence.database import Connection, Pool

log = structlog.get_logger(__name__)
BATCH = 200
ENCODER = "vectors.encoder"


class Indexer:
    """Carries documents from Postgres into the knowledge base.

    `encoder` names what makes the vectors; when it is another than last time, everything is
    indexed again.
    """

    def __init__(self, pool: Pool, knowledge: KnowledgeBase, encoder: str | None = None) -> None:
        self._pool = pool
        self._knowledge = knowledge
        self._encoder = encoder
        self._checked = encoder is None

    async def carry(self) -> int:
        """Index one batch of what is new; how many. Raises RetryLater."""
        if not self._checked:
            await self._check_encoder()
        async with self._pool.connection() as conn:
            rows = await (
                await conn.execute(
                    """SELECT id, type, content, metadata, xmin::text AS version FROM documents
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
            # What changed meanwhile is still to be indexed.
            await conn.execute(
                """UPDATE documents d SET indexed_at = now()
                   FROM unnest(%s::text[], %s::text[]) AS seen (id, version)
                   WHERE d.id = seen.id AND d.xmin::text = seen.version""",
                ([r["id"] for r in rows], [r["version"] for r in rows]),
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
        """Forget the index and build it again; `progress` is told (done, of).

        How many documents the index then holds; a worker may have carried some of them. Raises
        RetryLater.
        """
        async with self._pool.connection() as conn, conn.transaction():
            total = await self._forget(conn)
        progress(0, total)
        done = 0
        while carried := await self.carry():
            done += carried
            progress(min(done, total), total)
        return await self._knowledge.count()

    async def _check_encoder(self) -> None:
        """Forget the index when its vectors were made by another encoder."""
        async with self._pool.connection() as conn, conn.transaction():
            await conn.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (ENCODER,))
            row = await (
                await conn.execute("SELECT value FROM marks WHERE name = %s", (ENCODER,))
            ).fetchone()
            if row is None or row["value"] != self._encoder:
                total = await self._forget(conn)
                log.info("index is built anew", encoder=self._encoder, documents=total)
        self._checked = True

    async def _forget(self, conn: Connection) -> int:
        """Empty the index in the caller's transaction; how many documents are to be indexed.

        The rows are touched before the index is emptied, so that a worker that is just carrying
        them does not mark as indexed what is gone.
        """
        result = await conn.execute("UPDATE documents SET indexed_at = NULL")
        await self._knowledge.clear()
        if self._encoder is not None:
            await conn.execute(
                """INSERT INTO marks (name, value) VALUES (%s, %s)
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value""",
                (ENCODER, self._encoder),
            )
        return result.rowcount
