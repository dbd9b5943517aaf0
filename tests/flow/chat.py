"""A store group on the real path: real Postgres, real graph, local engine; fakes outside."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.message import Attachment, Message, MessageKind, Sender
from graph.context import Context
from server.clock import ManualClock
from server.desk_watch import DeskWatch
from server.engine import Engine
from server.queue import LOOK, InlineQueue
from tests.fakes.channel import FakeChannel, Sent
from tests.fakes.desk import FakeDesk, FakeTicket
from tests.fakes.knowledge import MemoryKnowledge

GROUP = "120363000000000001@g.us"
START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)

# What `Scheduler.tick` looks for. An attempt that nobody ended goes by the database's own clock.
_NEXT_DUE = """
    SELECT least(
      (SELECT min(due_at) FROM turns WHERE state IN ('open', 'shown', 'asked')),
      (SELECT min(due_at) FROM timers),
      (SELECT min(wake_at) FROM outbox WHERE state IN ('pending', 'unknown')),
      (SELECT to_timestamp(0) FROM outbox WHERE state = 'attempting' LIMIT 1),
      (SELECT min(created_at) + interval '60 seconds' FROM outbox WHERE kind = 'open_ticket'
         AND state IN ('pending', 'attempting', 'unknown') AND attempts > 0)
    ) AS at
"""


@dataclass(frozen=True)
class Person:
    """Somebody in the group, under a LID or a phone number."""

    name: str
    lid: str | None = None
    phone: str | None = None


LUPITA = Person("Lupita", lid="111111111111111@lid")
RAUL = Person("Raúl", lid="222222222222222@lid")


@dataclass
class Knobs:
    """What a test may tune of the runs."""

    context: Context = field(default_factory=Context)


@dataclass
class GroupChat:
    """Write as people do, let time pass, and look at what came of it."""

    engine: Engine
    queue: InlineQueue
    clock: ManualClock
    desk: FakeDesk
    channel: FakeChannel
    knowledge: MemoryKnowledge
    knobs: Knobs
    chat: str = GROUP
    # What a message says of its group's name; WAHA's say nothing.
    chat_name: str | None = "Tiendas Norte"
    written: int = 0
    # Whether every step is looked at.
    patient: bool = False
    messages: dict[str, Message] = field(default_factory=dict)

    async def says(
        self,
        text: str = "",
        *,
        by: Person = LUPITA,
        id: str | None = None,
        quotes: str | None = None,
        quoted_text: str | None = None,
        photo: bytes | None = None,
        mimetype: str = "image/png",
        kind: MessageKind | None = None,
        target: str | None = None,
        version: int = 0,
        mentions: tuple[str, ...] = (),
        redelivered: bool = False,
        pause: float = 25.0,
    ) -> str:
        """Write a message and let `pause` seconds pass; its id. The default ends the burst."""
        if redelivered:
            id = list(self.messages)[-1]
        else:
            self.written += 1
            id = id or f"3A{self.written:020d}"
        attachments: tuple[Attachment, ...] = ()
        if photo is not None:
            # WhatsApp gives photos no name.
            url = f"http://waha/{id}"
            self.channel.media[url] = photo
            attachments = (Attachment(mimetype, None, url),)
        message = Message(
            channel="waha",
            account="default",
            chat=self.chat,
            id=id,
            kind=kind or (MessageKind.IMAGE if photo else MessageKind.TEXT),
            sender=Sender(lid=by.lid, phone=by.phone, name=by.name),
            sent_at=self.clock.now(),
            text=text,
            quotes=quotes,
            quoted_text=quoted_text,
            attachments=attachments,
            target=target,
            version=version,
            mentions=mentions,
            chat_name=self.chat_name,
        )
        self.messages[id] = message
        await self.engine.inbox.store([message], self.clock.now(), "trace")
        await self.passes(pause)
        return id

    async def passes(self, seconds: float) -> None:
        """Let time pass in small steps, doing whatever falls due.

        At most steps nothing does: those are not looked at (test_time.py plays them all).
        """
        until = self.clock.now() + timedelta(seconds=seconds)
        step = timedelta(seconds=max(seconds / 40, 1.0))
        while True:
            await self.works()
            if self.clock.now() >= until:
                return
            due = until if self.patient else min(await self._next_due() or until, until)
            self.clock.move_to(min(self.clock.now() + step, until))
            while self.clock.now() < due and not self.patient:
                self.clock.move_to(min(self.clock.now() + step, until))

    async def _next_due(self) -> datetime | None:
        """When the scheduler may find something next, or earlier; None when it never will."""
        (row,) = await self.rows(_NEXT_DUE)
        found: datetime | None = row["at"]
        return found

    async def works(self) -> None:
        """Do everything that is due now."""
        while await self.engine.scheduler.tick() + await self.queue.drain():
            pass

    @property
    def sent(self) -> list[Sent]:
        return self.channel.transcript

    @property
    def replies(self) -> list[str]:
        """What the group has read from us, oldest first."""
        return [one.text for one in self.sent]

    @property
    def tickets(self) -> list[FakeTicket]:
        """The tickets of the desk, oldest first."""
        return list(self.desk.tickets.values())

    async def rows(self, query: str) -> list[dict[str, Any]]:
        """Rows of the database."""
        async with self.engine.pool.connection() as conn:
            return await (await conn.execute(query)).fetchall()

    async def status(self) -> list[str]:
        """The statuses of the incidents, oldest first."""
        rows = await self.rows("SELECT status FROM incidents ORDER BY opened_at, id")
        return [row["status"] for row in rows]

    def watch(self) -> DeskWatch:
        """Looks at the desk as a poll would."""
        watch = DeskWatch(self.engine.pool, self.queue, self.clock, self.desk, self.clock)
        self.queue.handlers[LOOK] = watch.look_at
        return watch


def told(ticket: FakeTicket) -> str:
    """A ticket's description without its reference: the digits of that are anybody's guess."""
    return ticket.description.replace(ticket.source_ref, "")
