"""What came in, stored once, with the sender's turn opened or extended in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from domain.message import SAYS_SOMETHING, Message, MessageKind
from domain.turn import due_at
from server.persistence.database import Connection, Pool
from server.persistence.people import resolve_person

# Kinds that wake somebody up: what people say, and what they take back or change.
OPENS_TURN = SAYS_SOMETHING | {MessageKind.EDIT, MessageKind.REVOKE}
# A message, and the turn of its sender that it opens or extends. What came before under the same id
# as a stub is filled in; what is known already changes nothing. The caller has locked the chat, so
# nobody stores the same message meanwhile.
_STORE = """
    WITH stub AS (
      SELECT id FROM messages
      WHERE account = %(account)s AND chat = %(chat)s AND message_id = %(id)s
        AND kind = 'placeholder' AND %(fills_stub)s),
    known AS (
      SELECT 1 FROM messages
      WHERE account = %(account)s AND chat = %(chat)s AND message_id = %(id)s
        AND kind = %(kind)s AND version = %(version)s AND NOT EXISTS (SELECT 1 FROM stub)),
    turn AS (
      INSERT INTO turns (account, channel, chat, person_id, kind, first_at, last_at, due_at,
        trace_id)
      SELECT %(account)s, %(channel)s, %(chat)s, %(person)s::uuid, 'message', %(now)s, %(now)s,
        %(due)s, %(trace)s
      WHERE %(opens_turn)s AND NOT EXISTS (SELECT 1 FROM known)
      ON CONFLICT (chat, person_id) WHERE state = 'open' DO UPDATE SET
        last_at = greatest(turns.last_at, excluded.last_at),
        due_at = least(excluded.due_at,
                       turns.first_at + make_interval(secs => %(longest)s)),
        updated_at = now()
      RETURNING id),
    upgraded AS (
      UPDATE messages m SET kind = %(kind)s, text = %(text)s, quotes = %(quotes)s,
        quoted_text = %(quoted_text)s, mentions = %(mentions)s, upgraded = true,
        attachments = %(attachments)s, wire_id = %(wire_id)s,
        person_id = coalesce(%(person)s::uuid, person_id),
        turn_id = coalesce((SELECT id FROM turn), turn_id)
      FROM stub WHERE m.id = stub.id RETURNING m.id),
    stored AS (
      INSERT INTO messages (account, chat, message_id, kind, version, channel, person_id, name,
        from_me, sent_at, received_at, text, quotes, quoted_text, mentions, attachments, target,
        wire_id, turn_id, incident_id, trace_id)
      SELECT %(account)s, %(chat)s, %(id)s, %(kind)s, %(version)s, %(channel)s, %(person)s::uuid,
        %(name)s, %(from_me)s, %(sent_at)s, %(now)s, %(text)s, %(quotes)s, %(quoted_text)s,
        %(mentions)s, %(attachments)s, %(target)s, %(wire_id)s, (SELECT id FROM turn),
        %(incident)s::uuid, %(trace)s
      WHERE NOT EXISTS (SELECT 1 FROM stub) AND NOT EXISTS (SELECT 1 FROM known)
      ON CONFLICT DO NOTHING RETURNING id)
    SELECT EXISTS (SELECT 1 FROM stored) AS stored, EXISTS (SELECT 1 FROM upgraded) AS upgraded"""


@dataclass(frozen=True)
class Burst:
    """Seconds of quiet after which a burst is ripe, and the longest it may go on."""

    quiet: float
    longest: float


@dataclass
class Receipt:
    """What became of one delivery, in messages."""

    stored: int = 0
    duplicates: int = 0
    upgraded: int = 0
    conflicts: int = 0
    passive: int = 0
    unserved: int = 0


class Inbox:
    """The record of what came in. `groups` limits the chats that are served; empty: all."""

    def __init__(self, pool: Pool, burst: Burst, groups: frozenset[str] = frozenset()) -> None:
        self._pool = pool
        self._burst = burst
        self._groups = groups

    async def store(self, messages: Sequence[Message], now: datetime, trace_id: str) -> Receipt:
        """Store each message once; `now` is business time. Raises psycopg.Error."""
        receipt = Receipt()
        served = [m for m in messages if not self._groups or m.chat in self._groups]
        receipt.unserved = len(messages) - len(served)
        async with self._pool.connection() as conn, conn.pipeline(), conn.transaction():
            # Chats are locked in one order: deliveries that cross each other never deadlock.
            owners = {
                message.chat: await self._owner(conn, message)
                for message in sorted(served, key=lambda message: message.chat)
            }
            for message in served:
                if owners[message.chat] == message.account:
                    await self._store_one(conn, message, now, trace_id, receipt)
                else:
                    receipt.passive += 1
        return receipt

    async def set_aside(self, source: str, reason: str, body: object) -> None:
        """Keep what cannot be used where a person can look at it."""
        text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, default=str)
        async with self._pool.connection() as conn:
            await quarantine(conn, source, reason, text)

    async def _owner(self, conn: Connection, message: Message) -> str | None:
        """The account that owns the chat, which is the first that brought a message of it."""
        row = await (
            await conn.execute(
                """INSERT INTO chats (chat, account, channel, name, last_message_at)
                   VALUES (%(chat)s, %(account)s, %(channel)s, %(name)s, %(at)s)
                   ON CONFLICT (chat) DO UPDATE SET
                     last_message_at = greatest(chats.last_message_at, excluded.last_message_at),
                     name = CASE WHEN excluded.name <> '' THEN excluded.name ELSE chats.name END
                   RETURNING account""",
                {
                    "chat": message.chat,
                    "account": message.account,
                    "channel": message.channel,
                    "name": message.chat_name or "",
                    "at": message.sent_at,
                },
            )
        ).fetchone()
        return None if row is None else row["account"]

    async def _store_one(
        self, conn: Connection, message: Message, now: datetime, trace_id: str, receipt: Receipt
    ) -> None:
        person = (
            None if message.from_me else await resolve_person(conn, message.sender, message.chat)
        )
        later = await self._what_overtook(conn, message)
        # What was deleted or said anew before it came goes where that went, and wakes nobody; files
        # of what was edited are taken, without old words.
        silent = later is not None and (later["gone"] or not message.attachments)
        opens = person is not None and message.kind in OPENS_TURN and not silent
        quiet = self._burst.quiet
        if opens and await self._answers_us(conn, message):
            quiet = 0.0
        if message.kind is MessageKind.PLACEHOLDER and await self._is_known(conn, message):
            stored, upgraded = False, False
        else:
            row = await (
                await conn.execute(
                    _STORE,
                    {
                        "account": message.account,
                        "chat": message.chat,
                        "id": message.id,
                        "kind": message.kind.value,
                        "version": message.version,
                        "channel": message.channel,
                        "person": person,
                        "name": message.sender.name or "",
                        "from_me": message.from_me,
                        "sent_at": message.sent_at,
                        "now": now,
                        "text": "" if later and message.attachments else message.text,
                        "incident": later and later["incident"],
                        "quotes": message.quotes,
                        "quoted_text": message.quoted_text,
                        "mentions": Jsonb(list(message.mentions)),
                        "attachments": Jsonb([asdict(a) for a in message.attachments]),
                        "target": message.target,
                        "wire_id": message.wire_id,
                        "trace": trace_id,
                        "fills_stub": message.kind in SAYS_SOMETHING,
                        "opens_turn": opens,
                        "due": due_at(now, now, quiet, self._burst.longest),
                        "longest": self._burst.longest,
                    },
                )
            ).fetchone()
            stored, upgraded = (row["stored"], row["upgraded"]) if row else (False, False)
        receipt.upgraded += upgraded
        receipt.stored += stored
        if not stored and not upgraded:
            receipt.duplicates += 1
            await self._compare(conn, message, person, receipt)

    async def _what_overtook(self, conn: Connection, message: Message) -> dict[str, Any] | None:
        """What came before this and says that it was deleted, or says it anew: whether it is `gone`
        and the `incident` where that went; None when nothing did."""
        if message.kind is MessageKind.REVOKE:
            return None
        found = await (
            await conn.execute(
                """SELECT bool_or(kind = 'revoke') AS gone, max(incident_id::text) AS incident
                   FROM messages WHERE chat = %(chat)s AND target = %(of)s
                     AND (kind = 'revoke' OR kind = 'edit' AND (%(said)s OR version > %(own)s))""",
                {
                    "chat": message.chat,
                    "of": message.target if message.kind is MessageKind.EDIT else message.id,
                    "said": message.kind in SAYS_SOMETHING,
                    "own": message.version,
                },
            )
        ).fetchone()
        return None if found is None or found["gone"] is None else found

    async def _is_known(self, conn: Connection, message: Message) -> bool:
        found = await (
            await conn.execute(
                """SELECT 1 FROM messages WHERE account = %s AND chat = %s AND message_id = %s
                   LIMIT 1""",
                (message.account, message.chat, message.id),
            )
        ).fetchone()
        return found is not None

    async def _compare(
        self, conn: Connection, message: Message, person: UUID | None, receipt: Receipt
    ) -> None:
        """A second delivery under one key from another known person is set aside, not believed."""
        row = await (
            await conn.execute(
                """SELECT person_id FROM messages WHERE account = %s AND chat = %s
                   AND message_id = %s AND kind = %s AND version = %s""",
                message.key,
            )
        ).fetchone()
        other = row["person_id"] if row else None
        if person is not None and other is not None and person != other:
            receipt.conflicts += 1
            await quarantine(conn, message.channel, "conflict", f"{message.key} from {person}")

    async def _answers_us(self, conn: Connection, message: Message) -> bool:
        """Whether it quotes one of our own messages: then there is nothing to wait for."""
        if message.quotes is None:
            return False
        found = await (
            await conn.execute(
                "SELECT 1 FROM messages WHERE chat = %s AND message_id = %s AND from_me LIMIT 1",
                (message.chat, message.quotes),
            )
        ).fetchone()
        return found is not None


async def quarantine(conn: Connection, source: str, reason: str, body: str) -> None:
    """Set something aside, at most 64 kB of it."""
    await conn.execute(
        "INSERT INTO quarantine (source, reason, body) VALUES (%s, %s, %s)",
        (source, reason, body.replace("\x00", "")[:65_536]),
    )
