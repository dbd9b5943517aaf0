"""What our records say of a person and of an incident's files: what the models' tools read."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from server.persistence.database import Pool


class PostgresHistory:
    """Implements domain.ports.HistoryReader."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def person_history(self, person_id: str, limit: int = 5) -> list[Mapping[str, str]]:
        """The newest incidents a person reported, as plain text values."""
        async with self._pool.connection() as conn:
            rows = await (
                await conn.execute(
                    """SELECT subject, status, store, system, ticket_number, opened_at
                       FROM incidents WHERE reporter_id = %s AND subject IS NOT NULL
                       ORDER BY opened_at DESC LIMIT %s""",
                    (UUID(person_id), limit),
                )
            ).fetchall()
        return [{k: str(v) for k, v in row.items() if v is not None} for row in rows]
