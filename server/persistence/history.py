"""What our records say of a person and of an incident's files: what the models' tools read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from server.files import file_ref
from server.persistence.database import Pool


class PostgresHistory:
    """Implements domain.ports.HistoryReader, and tells a toolbox the files of its incident."""

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

    async def files_of(self, incident_id: str) -> Sequence[Mapping[str, object]]:
        """The kept files of an incident in the order they came, without those taken back."""
        async with self._pool.connection() as conn:
            rows = await (
                await conn.execute(
                    """SELECT m.attachments FROM messages m
                       WHERE m.incident_id = %s AND m.attachments <> '[]' AND NOT EXISTS (
                         SELECT 1 FROM messages r WHERE r.account = m.account AND r.chat = m.chat
                           AND r.kind = 'revoke' AND r.target = m.message_id)
                       ORDER BY m.sent_at, m.id""",
                    (UUID(incident_id),),
                )
            ).fetchall()
        files = [file_ref(one) for row in rows for one in row["attachments"]]
        return [
            {key: file.get(key) for key in ("sha256", "name", "mimetype")}
            for file in files
            if "sha256" in file
        ]
