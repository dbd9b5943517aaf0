"""A question about what may be no incident waits a little for the room: at a joke somebody laughs,
and who was only talking goes on to talk. Then it is not asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from domain.gist import Act, Gist
from domain.wording import laughs, plain
from server.persistence.database import Connection
from server.persistence.outbox import Row

# So surely somebody talks of something else. Of 59 details that reporters told in this time, in
# words of the development seeds, three come so far; of 14 lines of small talk eight.
SMALL_TALK = 0.7
LEAST_WORDS = 2
LAUGHED_AT = "what it asks about was laughed at"
TALKS_ON = "whom it asks goes on with small talk"


def is_small_talk(gist: Gist) -> bool:
    """Whether who was thought to report something talks of something else."""
    words = plain(gist.text).split()  # a photo says nothing of the kind
    talks = gist.acts.get(Act.CHATTER, 0.0) >= SMALL_TALK and not gist.signs.get("thanks")
    return talks and len(words) >= LEAST_WORDS


async def what_it_was(conn: Connection, row: Row, wait: timedelta) -> str:
    """Why a question about what is doubted need not be asked, as others or its writer showed for so
    long after its last word; empty when nothing says so."""
    since = row.payload.get("doubted_since")
    if since is None:
        return ""
    said = await (
        await conn.execute(
            """SELECT m.text, m.person_id = i.reporter_id AS own,
                 coalesce((t.data ->> 'small_talk')::boolean, false) AS small_talk
               FROM incidents i JOIN messages m ON m.chat = i.chat
               LEFT JOIN turns t ON t.id = m.turn_id
               WHERE i.id = %s AND m.sent_at > %s AND m.sent_at <= %s ORDER BY m.id LIMIT 50""",
            (row.incident_id, since, datetime.fromisoformat(since) + wait),
        )
    ).fetchall()
    return next(filter(None, map(_why, said)), "")


def still_to_wait(row: Row, now: datetime, wait: timedelta) -> float:
    """For how many seconds the room may still say what it was; 0 where that is over."""
    since = row.payload.get("doubted_since")
    if since is None:
        return 0.0
    return max((datetime.fromisoformat(since) + wait - now).total_seconds(), 0.0)


def _why(said: Mapping[str, Any]) -> str:
    if said["own"]:
        return TALKS_ON if said["small_talk"] else ""
    return LAUGHED_AT if laughs(said["text"] or "") else ""
