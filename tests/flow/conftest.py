"""The group of a story."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from zoneinfo import ZoneInfo

import pytest

from domain.errors import DeskRefused
from server.assign import Judge
from server.clock import ManualClock
from server.engine import Engine, Outside, Pace
from server.persistence.database import make_pool
from server.queue import InlineQueue
from tests.fakes.channel import FakeChannel
from tests.fakes.desk import FakeDesk
from tests.fakes.knowledge import MemoryKnowledge
from tests.fakes.media import MemoryMedia, TrustingInspector
from tests.flow.chat import START, GroupChat, Knobs
from tools.desk_tools import DeskToolShop
from tools.models.local.engine import LocalModels
from tools.models.local.joining import load_assignment_weights
from tools.models.local.reader import LocalReader
from tools.models.local.systems import is_shared, same_system

READER = LocalReader()
MODELS = LocalModels()


class NoHistory:
    """Nobody has reported anything before."""

    async def person_history(self, person_id: str, limit: int = 5) -> list[Mapping[str, str]]:
        return []


def is_settings_error(error: DeskRefused) -> bool:
    return error.code == "OAUTH_ORG_MISMATCH"


@pytest.fixture
def knowledge() -> MemoryKnowledge:
    """What is searched; a story about search brings its own."""
    return MemoryKnowledge()


@pytest.fixture
async def group(database_url: str, knowledge: MemoryKnowledge) -> AsyncIterator[GroupChat]:
    pool = make_pool(database_url, 5)
    await pool.open()
    clock = ManualClock(START)
    queue = InlineQueue()
    desk = FakeDesk(now=clock.now)
    channel = FakeChannel()
    knobs = Knobs()
    engine = Engine(
        pool=pool,
        queue=queue,
        clock=clock,
        outside=Outside(
            models=MODELS,
            judge=Judge(READER, load_assignment_weights(), same_system, is_shared),
            desk=desk,
            channels={"waha": channel},
            knowledge=knowledge,
            media=MemoryMedia(),
            inspector=TrustingInspector(),
            tools=DeskToolShop(desk, knowledge, NoHistory(), 0.55),
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
