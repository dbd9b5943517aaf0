"""Decide where the ripe turns of a chat belong: an open incident, a new one, or nothing.

Short, under the chat's lock, and without any model: a candidate exists from the first report on,
so that a second person's report finds it even while the first is still being classified.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID, uuid4

import structlog
from psycopg.types.json import Jsonb

from domain.assignment import OUTAGE_MINUTES, Decision, Weights, assign, outage_of
from domain.message import MessageKind
from domain.person import Person, Role
from domain.ports import Clock, Reader
from domain.room import Alike, OpenIncident, Room, TurnFacts
from server.hands import Hands
from server.home import Home
from server.metrics import Metrics
from server.persistence.database import Connection, Pool
from server.persistence.incidents import (
    create_incident,
    outages_elsewhere,
    reachable_incidents,
    touch_incident,
)
from server.persistence.people import load_person
from server.persistence.room import load_room
from server.persistence.turns import (
    StoredTurn,
    lock_chat,
    oldest_open_turn,
    ripe_turns,
    ripen,
    settle_turn,
)
from server.queue import Queue, defer_run

log = structlog.get_logger(__name__)

# How long after its last message an incident can still be meant without being quoted.
REACH = timedelta(days=14)


@dataclass(frozen=True)
class Judge:
    """What assignment judges with: the reader, fitted weights, and what is known of systems."""

    reader: Reader
    weights: Weights
    same_system: Alike
    is_shared: Callable[[str | None], bool] = lambda system: False

    def outage(self, turn: TurnFacts, incidents: Sequence[OpenIncident]) -> str | None:
        """The outage that a new incident is another report of."""
        return outage_of(turn, incidents, self.same_system, self.is_shared)

    def decide(self, turn: TurnFacts, incidents: Sequence[OpenIncident], room: Room) -> Decision:
        """Where a turn goes."""
        return assign(
            turn, incidents, weights=self.weights, same_system=self.same_system, room=room
        )


class Assigner:
    """Assigns turns to incidents. `staff` are the bare ids of support people."""

    def __init__(
        self,
        pool: Pool,
        queue: Queue,
        hands: Hands,
        clock: Clock,
        judge: Judge,
        metrics: Metrics,
        staff: frozenset[str] = frozenset(),
        home: Callable[[str], Home] = lambda chat: Home(),
    ) -> None:
        self._pool = pool
        self._queue = queue
        self._hands = hands
        self._clock = clock
        self._judge = judge
        self._metrics = metrics
        self._staff = staff
        self._home = home

    async def assign_chat(self, chat: str, only: int | None = None) -> None:
        """Assign every turn of a chat that is due, oldest first; one transaction, one at a time.

        With `only`, that turn alone. While somebody else is at it nothing is done: what they miss
        is found by the next look.
        """
        with self._hands.offered() as take:
            async with self._pool.connection() as conn, conn.pipeline(), conn.transaction():
                if not await lock_chat(conn, chat):
                    return
                for incident in await self._assign_due(conn, chat, only):
                    if not take(incident):
                        await defer_run(self._queue, conn, incident)

    async def _assign_due(self, conn: Connection, chat: str, only: int | None) -> list[str]:
        """Assign what is due; the incidents that have something to run now."""
        await ripen(conn, chat, self._clock.now())
        touched: dict[str, None] = {}
        waits_for = await oldest_open_turn(conn, chat)
        for turn in await ripe_turns(conn, chat):
            # What answers a burst that is still being written waits for it, so that it finds
            # its incident: no longer than a burst may last. A quote needs nobody's order.
            if waits_for is not None and waits_for < turn.id and not _points(turn):
                break
            if only not in (None, turn.id):
                continue
            incident = await self._assign_turn(conn, turn)
            if incident is not None:
                touched[str(incident)] = None
        return list(touched)

    async def _assign_turn(self, conn: Connection, turn: StoredTurn) -> UUID | None:
        if turn.person_id is None or not turn.messages:
            await settle_turn(conn, turn.id, None)
            return None
        person = await load_person(conn, turn.person_id, self._staff)
        facts = await self._facts(conn, turn, person)
        incidents = await reachable_incidents(conn, turn.chat, self._clock.now() - REACH)
        room = await load_room(conn, turn, incidents)
        decision = self._judge.decide(facts, incidents, room)
        if decision.outcome == "new":
            since = turn.last_at - timedelta(minutes=OUTAGE_MINUTES)
            shared = self._judge.is_shared(facts.gist.system)  # else it cannot be an outage's
            elsewhere = (
                await outages_elsewhere(conn, turn.account, turn.chat, since) if shared else []
            )
            parent = self._judge.outage(facts, [*incidents, *elsewhere])
            decision = replace(decision, parent=parent)
        incident = await self._apply(conn, turn, facts, decision)
        self._metrics.turns.inc()
        self._metrics.assignments.labels(outcome=decision.outcome).inc()
        await self._remember(conn, turn, incident, decision)
        log.info(
            "assigned",
            outcome=decision.outcome,
            incident=incident and str(incident),
            confidence=round(decision.confidence, 3),
            channel=turn.channel,
            trace_id=turn.trace_id,
        )
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
            group_store=home.store or read("", group_name=group_name).store,
            from_support=person.role is not Role.STAFF,
            message_ids=tuple(m.id for m in turn.messages),
        )

    async def _apply(
        self, conn: Connection, turn: StoredTurn, facts: TurnFacts, decision: Decision
    ) -> UUID | None:
        assert turn.person_id is not None  # noqa: S101 - checked by the caller
        gist = facts.gist
        read = {
            "act": gist.act.value,
            "confidence": decision.confidence,
            "where": facts.home_store,
            "who": "support" if facts.from_support else "staff",
        }
        only_pointers = all(m.kind in (MessageKind.EDIT, MessageKind.REVOKE) for m in turn.messages)
        if decision.outcome == "none" or (decision.outcome == "new" and only_pointers):
            await settle_turn(conn, turn.id, None, read)
            return None
        said = {"store": gist.store, "system": gist.system, "error": gist.error}
        if decision.outcome == "new":
            self._metrics.conversations.inc()
            incident = UUID(decision.incident_id) if decision.incident_id else uuid4()
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
                    "parent": UUID(decision.parent) if decision.parent else None,
                    **said,
                },
            )
        else:
            incident = UUID(decision.incident_id)
            await touch_incident(conn, incident, turn.person_id, turn.last_at, said)
        await settle_turn(conn, turn.id, incident, read)
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


def _points(turn: StoredTurn) -> bool:
    return any(message.quotes or message.target for message in turn.messages)
