"""The group of a story."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from domain.errors import DeskRefused
from domain.ports import Inspector, Models
from server.clock import ManualClock
from server.engine import Engine, Outside, Pace
from server.persistence.database import make_pool
from server.persistence.history import PostgresHistory
from server.queue import InlineQueue
from server.wiring import choose_judge
from tests.fakes.channel import FakeChannel
from tests.fakes.desk import FakeDesk
from tests.fakes.knowledge import MemoryKnowledge
from tests.fakes.media import MemoryMedia, TrustingInspector
from tests.flow.chat import START, GroupChat, Knobs
from tools.desk_tools import DeskToolShop
from tools.models.local.engine import LocalModels
from tools.models.local.reader import LocalReader

READER = LocalReader()
MODELS = LocalModels()


def is_settings_error(error: DeskRefused) -> bool:
    return error.code == "OAUTH_ORG_MISMATCH"


@pytest.fixture
def knowledge() -> MemoryKnowledge:
    """What is searched; a story about search brings its own."""
    return MemoryKnowledge()


@pytest.fixture
def inspector() -> Inspector:
    """Who looks into images; a story about hostile ones brings the real one."""
    return TrustingInspector()


@pytest.fixture
def models() -> Models:
    """Who reads the texts; a story about a model that uses tools brings its own."""
    return MODELS


@pytest.fixture
async def group(
    database_url: str, knowledge: MemoryKnowledge, inspector: Inspector, models: Models
) -> AsyncIterator[GroupChat]:
    pool = make_pool(database_url, 5)
    await pool.open()
    clock = ManualClock(START)
    queue = InlineQueue()
    desk = FakeDesk(now=clock.now)
    channel = FakeChannel()
    knobs, history = Knobs(), PostgresHistory(pool)
    engine = Engine(
        pool=pool,
        queue=queue,
        clock=clock,
        outside=Outside(
            models=models,
            judge=replace(choose_judge(), reader=READER),
            desk=desk,
            channels={"waha": channel},
            knowledge=knowledge,
            media=MemoryMedia(),
            inspector=inspector,
            tools=DeskToolShop(desk, knowledge, history, 0.55, files_of=history.files_of),
            is_settings_error=is_settings_error,
        ),
        pace=Pace(pool_size=5),
        owner="test",
        zone=ZoneInfo("America/Mexico_City"),
        context=lambda chat: knobs.context,
    )
    queue.handlers.update(engine.handlers)
    yield GroupChat(engine, queue, clock, desk, channel, knowledge, knobs)
    await pool.close()
