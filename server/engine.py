"""The path of a message, put together from ports: live, in a replay and in tests it is the same."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from zoneinfo import ZoneInfo

from langgraph.types import Durability

from domain.errors import DeskRefused
from domain.ports import (
    Channel,
    Clock,
    Inspector,
    KnowledgeBase,
    MediaStore,
    Models,
    TicketDesk,
    ToolShop,
)
from graph.build import Ports, build
from graph.context import Context
from server.assign import Assigner
from server.close_calls import CloseCalls, CloseCallSettings
from server.correct import Corrector
from server.desk import DeskHand
from server.glimpse import Glimpse
from server.hands import Hands
from server.home import Home
from server.judge import Judge
from server.metrics import Metrics
from server.outages import OutageKeeper
from server.persistence.answers import RememberedModels
from server.persistence.checkpoints import make_saver
from server.persistence.database import Pool
from server.persistence.inbox import Burst, Inbox
from server.queue import (
    ASSIGN,
    CLOSE_CALL,
    GLIMPSE,
    OUTAGE,
    RUN,
    SEND,
    Handler,
    Queue,
    defer_run,
    defer_send,
)
from server.run import Runner, RunSettings
from server.scheduler import Scheduler, ScheduleSettings
from server.sender import Sender, SendSettings
from server.setbacks import Setbacks
from server.turns import MediaFetcher


@dataclass(frozen=True)
class Outside:
    """Everything outside, by its port. `eyes` glance at photos that came without a word: many, so
    they should cost nothing; without them the models do."""

    models: Models
    judge: Judge
    desk: TicketDesk
    channels: Mapping[str, Channel]
    knowledge: KnowledgeBase
    media: MediaStore
    inspector: Inspector
    tools: ToolShop
    is_settings_error: Callable[[DeskRefused], bool]
    eyes: Models | None = None


@dataclass(frozen=True)
class Pace:
    """Every limit of the path; durations in seconds."""

    burst: Burst = field(default_factory=lambda: Burst(20.0, 60.0))
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    send: SendSettings = field(default_factory=SendSettings)
    lease: float = 60.0
    node_timeout: float = 60.0
    turn_tries: int = 5
    leads_within: float = 600.0
    durability: Durability = "exit"
    media_max_bytes: int = 20 * 1024 * 1024
    pool_size: int = 10
    # Without them no model is asked where a message belongs.
    close_calls: CloseCallSettings | None = None


@dataclass(frozen=True)
class Engine:
    """All parts of the path on one database, one queue and one clock."""

    pool: Pool
    queue: Queue
    clock: Clock
    outside: Outside
    pace: Pace
    owner: str
    zone: ZoneInfo
    context: Callable[[str], Context]
    metrics: Metrics = field(default_factory=Metrics)
    groups: frozenset[str] = frozenset()
    staff: frozenset[str] = frozenset()
    home: Callable[[str], Home] = lambda chat: Home()

    @cached_property
    def inbox(self) -> Inbox:
        return Inbox(self.pool, self.pace.burst, self.groups)

    @cached_property
    def scheduler(self) -> Scheduler:
        return Scheduler(self.pool, self.queue, self.clock, self.pace.schedule, self._assign)

    @cached_property
    def assigner(self) -> Assigner:
        return Assigner(
            self.pool,
            self.queue,
            self.hands,
            self.clock,
            self.outside.judge,
            self.metrics,
            self.close_calls,
            self.staff,
            self.home,
            lambda chat: self.context(chat).reopen_within_seconds,
            self.pace.leads_within,
        )

    @cached_property
    def close_calls(self) -> CloseCalls:
        models, settings = self.outside.models, self.pace.close_calls
        return CloseCalls(self.pool, self.queue, self.clock, models, self.metrics, settings)

    @cached_property
    def hands(self) -> Hands:
        async def leave(incident: str) -> None:
            async with self.pool.connection() as conn:
                await defer_run(self.queue, conn, incident)

        return Hands(RUN, self._run, leave)

    @cached_property
    def sending_hands(self) -> Hands:
        async def leave(incident: str, lane: str) -> None:
            async with self.pool.connection() as conn:
                await defer_send(self.queue, conn, incident, lane)

        return Hands(SEND, self.sender.send_lane, leave)

    @cached_property
    def runner(self) -> Runner:
        outside = self.outside
        saver = make_saver(self.pool, self.pace.pool_size)
        ports = Ports(
            models=RememberedModels(outside.models, self.pool),
            media=outside.media,
            knowledge=outside.knowledge,
            tools=outside.tools,
        )
        graph = build(ports, node_timeout=self.pace.node_timeout).compile(checkpointer=saver)
        settings = RunSettings(
            owner=self.owner,
            lease_seconds=self.pace.lease,
            durability=self.pace.durability,
            zone=self.zone,
            context=self.context,
            home=self.home,
        )
        return Runner(
            self.pool,
            self.queue,
            self.sending_hands,
            self.clock,
            graph,
            self.fetcher,
            settings,
            self.metrics,
        )

    @cached_property
    def fetcher(self) -> MediaFetcher:
        outside = self.outside
        return MediaFetcher(
            self.pool,
            outside.channels,
            outside.media,
            outside.inspector,
            self.pace.media_max_bytes,
        )

    @cached_property
    def glimpse(self) -> Glimpse:
        outside = self.outside
        models = outside.eyes or outside.models
        return Glimpse(self.pool, self.clock, outside.media, self.fetcher, models, self.context)

    @cached_property
    def outages(self) -> OutageKeeper:
        return OutageKeeper(self.pool, self.queue, self.clock, self.context)

    @cached_property
    def sender(self) -> Sender:
        outside = self.outside
        hand = DeskHand(outside.desk, self.pool, outside.media, outside.is_settings_error)
        return Sender(
            self.pool,
            self.queue,
            self.clock,
            hand,
            outside.channels,
            self.pace.send,
            self.metrics,
        )

    @cached_property
    def corrector(self) -> Corrector:
        return Corrector(self.pool, self.queue, self.clock, self.outside.judge.reader, self.home)

    @cached_property
    def _assign(self) -> Callable[[str], Awaitable[None]]:
        return self.setbacks.guard_assigning(self.assigner.assign_chat)

    @cached_property
    def _run(self) -> Handler:
        return self.setbacks.guard(self.runner.run_incident)

    @cached_property
    def setbacks(self) -> Setbacks:
        return Setbacks(
            self.pool, self.queue, self.clock, self.metrics, self.context, self.pace.turn_tries
        )

    @property
    def handlers(self) -> dict[str, Handler]:
        """The jobs by name."""
        return {
            ASSIGN: self._assign,
            RUN: self._run,
            SEND: self.sender.send_lane,
            OUTAGE: self.outages.tend,
            GLIMPSE: self.glimpse.look,
            CLOSE_CALL: self.close_calls.ask,
        }
