"""The path of live traffic with an outside that only records: for replays and for measuring."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace

from domain.ports import Channel, Inspector, Models, TicketDesk
from server.clock import ManualClock
from server.engine import Engine, Outside
from server.indexer import Indexer
from server.judge import Judge
from server.metrics import Metrics
from server.persistence.database import make_pool
from server.persistence.history import PostgresHistory
from server.queue import RUN, InlineQueue
from server.replay.bill import Bill, CountedModels
from server.replay.channel import RecordingChannel
from server.replay.desk import RecordingDesk
from server.replay.knowledge import MemoryKnowledge
from server.replay.scratch import Scratch
from server.settings import Settings
from server.turns import staff_ids
from server.wiring import (
    FITTED_SIMILARITY,
    choose_judge,
    choose_models,
    context_of,
    home_of,
    pace_of,
    process_name,
)
from tools.channels.export.reader import CHANNEL
from tools.channels.export.source import MediaLoader
from tools.desk_tools import DeskToolShop
from tools.knowledge.likeness import LikenessEncoder
from tools.media.disk import DiskMedia
from tools.media.inspect import ChildInspector

POOL = 4
# Takes the models of the settings, gives those that the engine is to have.
Eyes = Callable[[Models], Models]


@asynccontextmanager
async def open_engine(
    media: Mapping[str, MediaLoader],
    settings: Settings,
    place: Scratch,
    clock: ManualClock,
    bill: Bill,
    *,
    channel: str = CHANNEL,
    eyes: Eyes = lambda models: models,
    inspector: Inspector | None = None,
    judge: Judge | None = None,
    channels: Mapping[str, Channel] | None = None,
    desk: TicketDesk | None = None,
) -> AsyncIterator[tuple[Engine, InlineQueue]]:
    """The parts of live traffic, with an outside that only records.

    `media` are the files of the chat by name; `eyes` may put somebody else in the place of who
    reads images; `judge` is the live one unless given. `channels` and `desk` may be somebody else
    who records.
    """
    async with AsyncExitStack() as stack:
        pool = make_pool(place.database, POOL, check=False)
        await pool.open()
        stack.push_async_callback(pool.close)
        metrics, queue, desk = Metrics(), InlineQueue(), desk or RecordingDesk()
        knowledge = MemoryKnowledge(LikenessEncoder().encode)
        models = choose_models(settings, metrics, stack, bill=bill.take)
        history = PostgresHistory(pool)
        engine = Engine(
            pool=pool,
            queue=queue,
            clock=clock,
            outside=Outside(
                models=eyes(CountedModels(models, bill)),
                judge=judge or choose_judge(),
                desk=desk,
                channels=channels or {channel: RecordingChannel(media)},
                knowledge=knowledge,
                media=DiskMedia(place.directory / "media"),
                inspector=inspector or ChildInspector(),
                tools=DeskToolShop(
                    desk,
                    knowledge,
                    history,
                    settings.similarity_threshold or FITTED_SIMILARITY,
                    files_of=history.files_of,
                ),
                is_settings_error=lambda refusal: False,
            ),
            pace=replace(pace_of(settings), pool_size=POOL),
            owner=process_name(),
            zone=settings.zone,
            context=context_of(settings),
            metrics=metrics,
            staff=staff_ids(settings.support_staff),
            home=home_of(settings),
        )
        indexer = Indexer(pool, knowledge)

        async def run_and_index(incident: str) -> None:
            await engine.runner.run_incident(incident)
            await indexer.carry_quietly()

        queue.handlers.update(engine.handlers)
        queue.handlers[RUN] = run_and_index
        yield engine, queue
