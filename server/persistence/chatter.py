"""What belongs to no incident, kept for search."""

from __future__ import annotations

from psycopg.types.json import Jsonb

from domain.room import TurnFacts
from server.persistence.database import Connection
from server.persistence.turns import StoredTurn


async def keep_chatter(conn: Connection, turn: StoredTurn, facts: TurnFacts) -> None:
    """Chatter is stored for search, of type `message`."""
    if not facts.gist.text.strip():
        return
    await conn.execute(
        """INSERT INTO documents (id, type, content, metadata) VALUES (%s, 'message', %s, %s)
               ON CONFLICT (id) DO NOTHING""",
        (
            f"message:{turn.id}",
            facts.gist.text[:4000],
            Jsonb(
                {
                    "user_id": facts.person_id,
                    "timestamp": facts.at.timestamp(),
                    "chat": turn.chat,
                    "resolved": False,
                }
            ),
        ),
    )
