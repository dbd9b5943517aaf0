"""Decide where the ripe turns of a chat belong: an open incident, a new one, or nothing.

Short, under the chat's lock, and without any model: a candidate exists from the first report on,
so that a second person's report finds it even while the first is still being classified.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from psycopg.types.json import Jsonb

from domain.assignment import Alike, Decision, TurnFacts, assign
from domain.message import MessageKind
from domain.person import Person, Role
from domain.ports import Clock, Reader
from server.home import Home
from server.metrics import Metrics
from server.persistence.database import Connection, Pool
from server.persistence.incidents import create_incident, reachable_incidents, touch_incident
from server.persistence.people import load_person
from server.persistence.turns import StoredTurn, ripe_turns, ripen, settle_turn
from server.queue import Queue, defer_run

# How long after its last message an incident can still be meant without being quoted.
REACH = timedelta(days=14)


@dataclass(frozen=True)
class Judge:
    """What assignment judges with: the reader, its gate, and when two systems are the same."""

    reader: Reader
    threshold: float
    same_system: Alike


class Assigner:
    """Assigns turns to incidents. `staff` are the bare ids of support people."""

    def __init__(
        self,
        pool: Pool,
        queue: Queue,
        clock: Clock,
        judge: Judge,
        metrics: Metrics,
        staff: frozenset[str] = frozenset(),
        home: Callable[[str], Home] = lambda chat: Home(),
    ) -> None:
        self._pool = pool
        self._queue = queue
        self._clock = clock
        self._judge = judge
        self._metrics = metrics
        self._staff = staff
        self._home = home

    async def assign_chat(self, chat: str) -> None:
        """Assign every turn of a chat that is due, oldest first; one transaction, one at a time."""
        async with self._pool.connection() as conn, conn.pipeline(), conn.transaction():
            await conn.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (f"chat:{chat}",))
            await ripen(conn, chat, self._clock.now())
            touched: dict[str, None] = {}
            for turn in await ripe_turns(conn, chat):
                incident = await self._assign_turn(conn, turn)
                if incident is not None:
                    touched[str(incident)] = None
            for incident_id in touched:
                await defer_run(self._queue, conn, incident_id)

    async def _assign_turn(self, conn: Connection, turn: StoredTurn) -> UUID | None:
        if turn.person_id is None or not turn.messages:
            await settle_turn(conn, turn.id, None)
            return None
        person = await load_person(conn, turn.person_id, self._staff)
        facts = await self._facts(conn, turn, person)
        incidents = await reachable_incidents(conn, turn.chat, self._clock.now() - REACH)
        decision = assign(
            facts, incidents, threshold=self._judge.threshold, same_system=self._judge.same_system
        )
        incident = await self._apply(conn, turn, facts, decision)
        self._metrics.turns.inc()
        self._metrics.assignments.labels(outcome=decision.outcome).inc()
        await self._remember(conn, turn, incident, decision)
        if incident is None:
            await self._keep_chatter(conn, turn, facts)
        return incident

    async def _facts(self, conn: Connection, turn: StoredTurn, person: Person) -> TurnFacts:
        group = await (
            await conn.execute("SELECT name FROM chats WHERE chat = %s", (turn.chat,))
        ).fetchone()
        text = "\n".join(m.text for m in turn.messages if m.text and m.kind != "revoke")
        pointers = [p for m in turn.messages for p in (m.quotes, m.target) if p]
        pointed = (
            await (
                await conn.execute(
                    """SELECT incident_id, from_me FROM messages
                       WHERE chat = %s AND message_id = ANY (%s) ORDER BY incident_id IS NULL""",
                    (turn.chat, pointers),
                )
            ).fetchall()
            if pointers
            else []
        )
        quoted = next((row["incident_id"] for row in pointed if row["incident_id"]), None)
        home = self._home(turn.chat)
        group_name = home.name or (group["name"] if group else "")
        read = self._judge.reader.read
        # Of an empty text only the names tell: the store that nobody has to be asked for.
        named = read("", group_name=group_name, sender_name=person.name)
        return TurnFacts(
            person_id=person.id,
            at=turn.last_at,
            gist=read(text, group_name=group_name, sender_name=person.name),
            quoted_incident=str(quoted) if quoted else None,
            quotes_something=bool(pointers),
            quotes_bot=any(row["from_me"] for row in pointed),
            has_media=any(m.attachments for m in turn.messages),
            home_store=person.store or home.store or named.store,
            from_support=person.role is not Role.STAFF,
        )

    async def _apply(
        self, conn: Connection, turn: StoredTurn, facts: TurnFacts, decision: Decision
    ) -> UUID | None:
        assert turn.person_id is not None  # noqa: S101 - checked by the caller
        only_pointers = all(m.kind in (MessageKind.EDIT, MessageKind.REVOKE) for m in turn.messages)
        if decision.outcome == "none" or (decision.outcome == "new" and only_pointers):
            await settle_turn(conn, turn.id, None)
            return None
        gist = facts.gist
        said = {"store": gist.store, "system": gist.system, "error": gist.error}
        if decision.outcome == "new":
            self._metrics.conversations.inc()
            incident = uuid4()
            await create_incident(
                conn,
                incident,
                {
                    "account": turn.account,
                    "channel": turn.channel,
                    "chat": turn.chat,
                    "reporter": turn.person_id,
                    "meaning": list(gist.meaning),
                    "at": turn.last_at,
                    "trace": turn.trace_id,
                    **said,
                },
            )
        else:
            incident = UUID(decision.incident_id)
            await touch_incident(conn, incident, turn.person_id, turn.last_at, said)
        told = {
            "act": gist.act.value,
            "confidence": decision.confidence,
            "where": facts.home_store,
            "who": "support" if facts.from_support else "staff",
        }
        await settle_turn(conn, turn.id, incident, told)
        return incident

    async def _remember(
        self, conn: Connection, turn: StoredTurn, incident: UUID | None, decision: Decision
    ) -> None:
        for message in turn.messages:
            await conn.execute(
                """INSERT INTO assignments (turn_id, message_id, incident_id, outcome, confidence,
                     reason, decided_by, evidence, at)
                   VALUES (%s, %s, %s, %s, %s, %s, 'rules', %s, %s)""",
                (
                    turn.id,
                    message.id,
                    incident,
                    decision.outcome,
                    decision.confidence,
                    decision.reason,
                    Jsonb(decision.evidence),
                    self._clock.now(),
                ),
            )

    async def _keep_chatter(self, conn: Connection, turn: StoredTurn, facts: TurnFacts) -> None:
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
