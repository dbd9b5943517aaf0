"""Engines that share one database, as workers do, with scripted models and fakes outside."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from langchain_core.runnables import RunnableConfig
from langgraph.types import Durability

from domain.errors import DeskRefused
from domain.message import Message, MessageKind, Sender
from domain.ports import Inspector, Reader
from graph.context import Context
from server.clock import SystemClock
from server.engine import Engine, Outside, Pace
from server.judge import Judge
from server.persistence.database import Pool, make_pool
from server.persistence.inbox import Burst
from server.queue import InlineQueue
from server.sender import SendSettings
from tests.fakes.channel import FakeChannel
from tests.fakes.desk import FakeDesk
from tests.fakes.knowledge import MemoryKnowledge
from tests.fakes.media import MemoryMedia, TrustingInspector
from tests.fakes.models import ScriptedModels
from tools.desk_tools import DeskToolShop
from tools.models.local.joining import load_assignment_weights
from tools.models.local.reader import LocalReader
from tools.models.local.systems import is_shared, same_system

READER = LocalReader()
GROUP = "120363000000000009@g.us"
LUPITA = Sender(lid="111111111111111@lid", name="Lupita")
INCOMPLETE = "La impresora de tickets no funciona"
COMPLETE = "En la tienda 45 la impresora de tickets no funciona"


class NoHistory:
    """Nobody has reported anything before."""

    async def person_history(self, person_id: str, limit: int = 5) -> list[Mapping[str, str]]:
        return []


class Gate:
    """Holds back whoever comes through, until it is opened."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.opened = asyncio.Event()

    async def wait(self) -> None:
        self.reached.set()
        await self.opened.wait()


class GatedModels(ScriptedModels):
    """Models that think until `gate` lets them answer."""

    def __init__(self, gate: Gate) -> None:
        super().__init__()
        self._gate = gate

    async def classify(self, call: Any) -> Any:
        await self._gate.wait()
        return await super().classify(call)


@dataclass
class Worker:
    """One worker's engine, without the queue's locks."""

    pool: Pool
    engine: Engine
    queue: InlineQueue
    desk: FakeDesk
    channel: FakeChannel

    async def says(self, text: str, chat: str = GROUP, who: Sender = LUPITA, **more: Any) -> str:
        """A message comes in; its id."""
        clock = self.engine.clock
        message = Message(
            channel="waha",
            account="default",
            chat=chat,
            id=f"3EB0{uuid4().hex[:16].upper()}",
            kind=MessageKind.TEXT,
            sender=who,
            sent_at=clock.now(),
            text=text,
            chat_name="Tiendas Norte",
            **more,
        )
        await self.engine.inbox.store([message], clock.now(), "trace")
        return message.id

    async def assigns(self, chat: str = GROUP) -> list[str]:
        """Assign what is ripe in a chat; its incidents."""
        await self.engine.scheduler.tick()
        await self.engine.assigner.assign_chat(chat)
        found = await self.rows("SELECT id FROM incidents WHERE chat = %s ORDER BY opened_at", chat)
        return [str(row["id"]) for row in found]

    async def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        async with self.pool.connection() as conn:
            return await (await conn.execute(query.encode(), values)).fetchall()

    async def state(self, incident: str) -> dict[str, Any]:
        """What the checkpoint holds."""
        config: RunnableConfig = {"configurable": {"thread_id": incident}}
        snapshot = await self.engine.runner._graph.aget_state(config)
        return dict(snapshot.values)


@asynccontextmanager
async def worker(
    database_url: str,
    owner: str,
    *,
    models: ScriptedModels | None = None,
    desk: FakeDesk | None = None,
    channel: FakeChannel | None = None,
    durability: Durability = "exit",
    lease: float = 60.0,
    settle: float = 60.0,
    inspector: Inspector | None = None,
    turn_tries: int = 5,
    reader: Reader = READER,
    support: str = "",
) -> AsyncIterator[Worker]:
    """A worker on the database."""
    pool = make_pool(database_url, 5)
    await pool.open()
    queue = InlineQueue()
    desk = desk or FakeDesk()
    channel = channel or FakeChannel()
    knowledge = MemoryKnowledge()
    engine = Engine(
        pool=pool,
        queue=queue,
        clock=SystemClock(),
        outside=Outside(
            models=models or ScriptedModels(),
            judge=Judge(reader, load_assignment_weights(), same_system, is_shared),
            desk=desk,
            channels={"waha": channel},
            knowledge=knowledge,
            media=MemoryMedia(),
            inspector=inspector or TrustingInspector(),
            tools=DeskToolShop(desk, knowledge, NoHistory(), 0.55),
            is_settings_error=_never,
        ),
        pace=Pace(
            burst=Burst(0.0, 0.0),
            send=SendSettings(settle=settle, first_retry=0.1),
            lease=lease,
            turn_tries=turn_tries,
            durability=durability,
            pool_size=5,
        ),
        owner=owner,
        zone=ZoneInfo("America/Mexico_City"),
        context=lambda chat: Context(human_support=support),
    )
    queue.handlers.update(engine.handlers)
    try:
        yield Worker(pool, engine, queue, desk, channel)
    finally:
        await pool.close()


def _never(error: DeskRefused) -> bool:
    return False
