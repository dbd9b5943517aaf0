"""Sends a labelled chat down the path of live traffic and reads what became of each message."""

from __future__ import annotations

import time
import zlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from domain.message import Attachment, Message, MessageKind, Sender
from evals.group.chat import LabelledChat, Medium, Said
from evals.stage import CaptionedEyes, Unlooked, where_messages_went
from server.clock import ManualClock
from server.judge import Judge
from server.persistence.database import Pool
from server.queue import RUN
from server.replay.bill import Bill
from server.replay.findings import count_close_calls
from server.replay.scratch import Scratch, copied
from server.replay.stage import open_engine
from server.replay.timeline import Timeline, deliveries
from server.settings import Settings

CHANNEL = "labelled"
CHAT = "labelled@g.us"
KINDS = {
    "image": (MessageKind.IMAGE, "image/png"),
    "video": (MessageKind.VIDEO, "video/mp4"),
    "audio": (MessageKind.AUDIO, "audio/ogg"),
    "voice": (MessageKind.AUDIO, "audio/ogg"),
    "document": (MessageKind.DOCUMENT, "application/pdf"),
    "sticker": (MessageKind.STICKER, "image/webp"),
}


@dataclass(frozen=True)
class SaidIncident:
    """One incident as judged. `parent` is the outage that it was taken for a report of."""

    id: str
    store: str | None
    system: str | None
    error: str | None
    category: str | None
    priority: str | None
    parent: str | None
    status: str


@dataclass(frozen=True)
class Judged:
    """What became of one chat: an incident or None for each message, and the incidents."""

    chat: LabelledChat
    said: tuple[str | None, ...]
    incidents: dict[str, SaidIncident]
    reasons: tuple[str, ...]
    requests: int
    usd: float
    seconds: float
    close_calls: Mapping[str, int] = field(default_factory=dict)


async def judge_chat(
    chat: LabelledChat,
    settings: Settings,
    place: Scratch,
    *,
    judge: Judge | None = None,
    think: bool = True,
) -> Judged:
    """Judge one chat on a clock of its own, in a copy of `place`. Raises psycopg.Error.

    Without `think` turns are assigned, and the graph is never run.
    """
    started = time.monotonic()
    clock, bill = ManualClock(datetime.min.replace(tzinfo=UTC)), Bill()
    async with _room(place, chat) as room:
        messages = [message_of(said, chat) for said in chat.messages]
        media = {
            name: (lambda data=data: data)
            for said in chat.messages
            for name, data in _files(said).items()
        }
        async with open_engine(
            media,
            settings,
            room,
            clock,
            bill,
            channel=CHANNEL,
            eyes=CaptionedEyes,
            inspector=Unlooked(),
            judge=judge,
        ) as (engine, queue):
            if not think:
                queue.handlers[RUN] = _ignore
            timeline = Timeline(engine, queue, clock)
            for delivery in deliveries(sorted(messages, key=lambda m: m.sent_at)):
                await timeline.receive(delivery)
            burst = engine.pace.burst
            calm = timedelta(seconds=max(burst.quiet, burst.longest) + 1)
            if messages:
                await timeline.pass_until(clock.now() + calm)
            incidents = await _incidents(engine.pool)
            where = await where_messages_went(engine.pool)
            close_calls = await count_close_calls(engine.pool)
    found = [where.get(said.id, (None, "")) for said in chat.messages]
    return Judged(
        chat,
        tuple(incident if incident in incidents else None for incident, _ in found),
        incidents,
        tuple(reason for _, reason in found),
        bill.requests,
        bill.usd,
        time.monotonic() - started,
        close_calls,
    )


async def _ignore(incident: str) -> None:
    """In the place of a run."""


@asynccontextmanager
async def _room(place: Scratch, chat: LabelledChat) -> AsyncIterator[Scratch]:
    async with copied(place, f"{zlib.crc32(chat.source.encode()):08x}") as room:
        yield room


def message_of(said: Said, chat: LabelledChat) -> Message:
    """A labelled message as a channel would have brought it."""
    first = said.media[0] if said.media else None
    kind, _ = KINDS.get(first.type, KINDS["document"]) if first else (MessageKind.TEXT, "")
    message = Message(
        channel=CHANNEL,
        account=CHANNEL,
        chat=CHAT,
        id=said.id,
        kind=kind,
        sender=Sender(lid=f"{zlib.crc32(said.sender.encode())}@lid", name=said.name or None),
        sent_at=said.at,
        text=said.text or "",
        quotes=said.quotes,
        attachments=tuple(
            Attachment(KINDS.get(m.type, KINDS["document"])[1], name)
            for m, name in zip(said.media or [], _files(said), strict=True)
        ),
        chat_name=chat.group,
    )
    if said.edits:
        version = int(said.at.timestamp() * 1000)
        return replace(message, kind=MessageKind.EDIT, target=said.edits, version=version)
    if said.revokes:
        return replace(message, kind=MessageKind.REVOKE, target=said.revokes)
    return message


def _files(said: Said) -> dict[str, bytes]:
    media: Sequence[Medium] = said.media or []
    return {
        f"{said.id}-{n}": f"{said.id}-{n}\n{medium.text or ''}".encode()
        for n, medium in enumerate(media)
    }


async def _incidents(pool: Pool) -> dict[str, SaidIncident]:
    async with pool.connection() as conn:
        rows = await (
            await conn.execute(
                """SELECT id, store, system, error, category, priority, parent, status
                   FROM incidents WHERE status <> 'dismissed' ORDER BY opened_at, id"""
            )
        ).fetchall()
    return {
        str(row["id"]): SaidIncident(
            str(row["id"]),
            row["store"],
            row["system"],
            row["error"],
            row["category"],
            row["priority"],
            str(row["parent"]) if row["parent"] else None,
            row["status"],
        )
        for row in rows
    }
