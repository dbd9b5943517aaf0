"""A person's hands on what is stuck: try an effect again, with other words, or let it go; read a
message again that was set aside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.errors import BadInput, OutOfPlace
from server.persistence.database import Connection
from server.persistence.inbox import Inbox
from server.persistence.turns import add_turn
from server.queue import Queue, defer_run, defer_send
from tools.channels.waha.parse import parse_delivery


async def retry_effect(
    conn: Connection, queue: Queue, effect: int, now: datetime, text: str | None = None
) -> bool:
    """Let an effect happen now, a dead one too; `text` replaces what a message says.

    False when it is under way, done or dropped, or when words are given to what says nothing.
    """
    row = await (
        await conn.execute(
            """UPDATE outbox SET state = CASE WHEN state = 'dead' THEN 'pending' ELSE state END,
                 not_before = NULL, wake_at = %(now)s, done_at = NULL,
                 payload = CASE WHEN %(text)s::text IS NULL THEN payload
                           ELSE payload || jsonb_build_object('text', %(text)s::text) END
               WHERE id = %(id)s AND state IN ('pending', 'unknown', 'dead')
                 AND (%(text)s::text IS NULL OR (kind = 'say' AND state <> 'unknown'))
               RETURNING incident_id, lane""",
            {"now": now, "id": effect, "text": text},
        )
    ).fetchone()
    if row is None:
        return False
    await defer_send(queue, conn, str(row["incident_id"]), row["lane"])
    return True


async def drop_effect(conn: Connection, queue: Queue, effect: int, now: datetime) -> bool:
    """Let an effect go. An incident whose ticket goes learns that there will be none, and a person
    is called. False when it is under way or over."""
    row = await (
        await conn.execute(
            """UPDATE outbox SET state = 'dropped', reason = 'dropped by a person', done_at = %s,
                 deadline = NULL
               WHERE id = %s AND state IN ('pending', 'unknown', 'dead')
               RETURNING incident_id, lane, kind""",
            (now, effect),
        )
    ).fetchone()
    if row is None:
        return False
    incident = str(row["incident_id"])
    if row["kind"] == "open_ticket":
        reason = {"reason": "dropped by a person"}
        await add_turn(conn, row["incident_id"], "fact", "ticket_refused", reason, now)
        await defer_run(queue, conn, incident)
    for lane in ("desk", "chat"):
        await defer_send(queue, conn, incident, lane)
    return True


async def set_aside(conn: Connection, limit: int) -> list[dict[str, Any]]:
    """What was set aside and nobody has settled, newest first."""
    return await (
        await conn.execute(
            """SELECT id, source, reason, body, at FROM quarantine WHERE settled IS NULL
               ORDER BY id DESC LIMIT %s""",
            (limit,),
        )
    ).fetchall()


async def settle(conn: Connection, item: int, how: str) -> bool:
    """Take it off the list, and keep it; False when it is not there."""
    done = await conn.execute(
        "UPDATE quarantine SET settled = %s WHERE id = %s AND settled IS NULL", (how, item)
    )
    return done.rowcount == 1


async def keep_mended(conn: Connection, item: int, body: str) -> bool:
    """Write down the mended text of something set aside; False when it is not there."""
    done = await conn.execute(
        "UPDATE quarantine SET body = %s WHERE id = %s AND settled IS NULL",
        (body.replace("\x00", ""), item),
    )
    return done.rowcount == 1


async def read_again(inbox: Inbox, item: Mapping[str, Any], now: datetime, trace_id: str) -> int:
    """Take a message in that was set aside; how many were stored. Raises BadInput with what is
    still wrong, OutOfPlace for what came by no door that can take it again."""
    if item["source"] != "waha":
        raise OutOfPlace(f"what comes from {item['source']} cannot be read again", "cannot_be_read")
    parsed = parse_delivery(str(item["body"]).encode(), now)
    if parsed.bad:
        raise BadInput(parsed.bad[0].reason)
    if not parsed.messages:
        raise BadInput("there is no message in it")
    receipt = await inbox.store(parsed.messages, now, trace_id)
    return receipt.stored + receipt.upgraded
