"""Plays a script: webhooks come in at their times, what falls due in between happens, the bot
speaks, people answer, and agents work on their tickets. On a clock and a database of its own."""

from __future__ import annotations

import heapq
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from secrets import token_hex

import httpx
from fastapi import FastAPI
from pydantic import SecretStr

from domain.ports import Clock
from evals.simulate.ledger import Ledger
from evals.simulate.outside import BotMessage, OpenedTicket, PlayedChannel, PlayedDesk
from evals.simulate.personas import Personas
from evals.simulate.phrases import Voice
from evals.simulate.talk import Pen
from evals.simulate.transport import BASE_URL, Delivery, deliveries, media_of
from evals.simulate.truth import Line, Script, dice
from evals.stage import CaptionedEyes, Unlooked, where_messages_went
from sandbox.waha.wire import sign
from server.clock import ManualClock
from server.desk_watch import DeskWatch
from server.engine import Engine
from server.group_names import GroupNames
from server.inbound import waha
from server.metrics import Metrics
from server.queue import LOOK, InlineQueue, defer_look
from server.replay.bill import Bill
from server.replay.scratch import Scratch
from server.replay.stage import open_engine
from server.replay.timeline import Timeline
from server.settings import Settings

CHANNEL = "waha"
# How long the clock runs on after the last word: long enough for every question to end.
AFTERWARDS = timedelta(hours=30)
WORKED_ON, HELD = 0.6, 0.15
Act = Delivery | Line | tuple[str, str]


@dataclass
class Played:
    """What came of a script. `said` are the people's lines, answers included, in order."""

    script: Script
    ledger: Ledger
    said: list[Line] = field(default_factory=list)
    bot: list[BotMessage] = field(default_factory=list)
    comments: dict[str, list[str]] = field(default_factory=dict)
    changes: list[tuple[datetime, str, str]] = field(default_factory=list)
    priorities: dict[str, str] = field(default_factory=dict)
    where: dict[str, tuple[str | None, str]] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    model_requests: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class _Parts:
    """What the door needs of a process."""

    settings: Settings
    engine: Engine
    clock: Clock
    metrics: Metrics


class _Play:
    """One script being played."""

    def __init__(self, script: Script, *, personas: bool) -> None:
        self.clock = ManualClock(datetime.min.replace(tzinfo=UTC))
        groups = {group.chat: group for group in script.groups}
        self.channel = PlayedChannel(self.clock, {g.chat: g.name for g in script.groups})
        self.desk = PlayedDesk(self.clock)
        self.ledger = Ledger(groups, script.incidents)
        self.done = Played(script, self.ledger)
        self._script = script
        self._todo: list[tuple[datetime, int, Act]] = []
        self._number = 0
        pens = {
            g.chat: Pen(g, Voice(g.country, script.split), f"s{script.seed}g{n}a")
            for n, g in enumerate(script.groups)
        }
        self._people = Personas(script.seed, script.incidents, pens, self.ledger.about, self.plan)
        self.channel.on_said = self._heard if personas else self.done.bot.append
        self.desk.on_opened, self.desk.on_amended = self._opened, self.ledger.amend
        for line in script.lines:
            self.plan(line)

    def plan(self, line: Line) -> None:
        """Let somebody write this when its time comes."""
        self._push(line.at, line)

    def _push(self, at: datetime, act: Act) -> None:
        self._number += 1
        heapq.heappush(self._todo, (at, self._number, act))

    def _heard(self, message: BotMessage) -> None:
        self.done.bot.append(message)
        self._people.hear(message)

    def _opened(self, ticket: OpenedTicket) -> None:
        """Agents begin to work: some tickets wait for parts, most are closed once it is mended."""
        seen = self.ledger.open(ticket)
        incident = self._script.incidents.get(self.ledger.truth(seen.lines) or "")
        chance = dice(self._script.seed, "agent", incident.id if incident else seen.id)
        if chance.random() < HELD:
            self._push(seen.at + timedelta(minutes=chance.randint(20, 200)), (seen.id, "On Hold"))
        mended = [
            line.at
            for line in self._script.lines
            if incident and line.incident == incident.id and line.kind == "fixed"
        ]
        end = mended[0] if mended else seen.at + timedelta(hours=chance.randint(2, 20))
        if chance.random() < WORKED_ON:
            end = max(end, seen.at) + timedelta(minutes=chance.randint(5, 60))
            self._push(end, (seen.id, "Closed"))

    async def run(
        self,
        engine: Engine,
        queue: InlineQueue,
        door: httpx.AsyncClient,
        key: str,
        progress: Callable[[int], None],
    ) -> None:
        """Everything in the order of time, until long after the last word."""
        timeline = Timeline(engine, queue, self.clock)
        names = GroupNames(engine.pool, self.clock, {CHANNEL: self.channel})
        stuck: datetime | None = None
        end = self.clock.now()
        while True:
            due = await timeline.next_due()
            limit = self._todo[0][0] if self._todo else end + AFTERWARDS
            if due is not None and due < limit and due != stuck:
                stuck = None if await timeline.do_due(due) else due
                continue
            if not self._todo:
                return
            end, _, act = heapq.heappop(self._todo)
            self.clock.move_to(end)
            if isinstance(act, Line):
                self._write(act)
                progress(len(self.done.said))
            elif isinstance(act, Delivery):
                headers = {"X-Webhook-Hmac": sign(key, act.body)}
                answer = await door.post("/webhooks/waha", content=act.body, headers=headers)
                answer.raise_for_status()
                await names.look()
            else:
                await self._change(engine, queue, *act)

    def _write(self, line: Line) -> None:
        """Somebody writes; the gateway brings it when it does."""
        self.ledger.take(line)
        self.done.said.append(line)
        incident = self._script.incidents.get(line.incident or "")
        if incident is not None:
            incident.hears(line)
        if media := media_of(line):
            self.channel.files[media.name] = f"{line.id}\n{line.photos[0].text}".encode()
        for delivery in deliveries(line, dice(self._script.seed, "transport", line.id)):
            self._push(max(delivery.at, self.clock.now()), delivery)

    async def _change(self, engine: Engine, queue: InlineQueue, ticket: str, status: str) -> None:
        """An agent changes a ticket, and Zoho's webhook hints at it."""
        self.desk.set_status(ticket, status)
        async with engine.pool.connection() as conn:
            await defer_look(queue, conn, ticket)
        await queue.drain()


async def play(
    script: Script,
    settings: Settings,
    place: Scratch,
    *,
    personas: bool = True,
    progress: Callable[[int], None] = lambda done: None,
) -> Played:
    """Play a script in `place`, which is used up. Raises psycopg.Error.

    Without `personas` the same traffic comes in, and nobody answers the bot.
    """
    started, bill, key = time.monotonic(), Bill(), token_hex(16)
    settings = settings.model_copy(update={"waha_hmac_key": SecretStr(key)})
    fresh = {name: incident.afresh() for name, incident in script.incidents.items()}
    stage = _Play(replace(script, incidents=fresh), personas=personas)
    async with open_engine(
        {},
        settings,
        place,
        stage.clock,
        bill,
        eyes=CaptionedEyes,
        inspector=Unlooked(),
        channels={CHANNEL: stage.channel},
        desk=stage.desk,
    ) as (engine, queue):
        watch = DeskWatch(engine.pool, queue, stage.clock, stage.desk, stage.clock)
        queue.handlers[LOOK] = watch.look_at
        async with _door(_Parts(settings, engine, stage.clock, engine.metrics)) as door:
            await stage.run(engine, queue, door, key, progress)
        done = stage.done
        done.where, done.statuses = await _found(engine)
    done.comments = dict(stage.desk.comments)
    done.changes, done.priorities = stage.desk.changes, stage.desk.priorities
    done.model_requests, done.seconds = bill.requests, time.monotonic() - started
    return done


@asynccontextmanager
async def _door(parts: _Parts) -> AsyncIterator[httpx.AsyncClient]:
    """WAHA's own door, the one that `recado serve` opens."""
    app = FastAPI()
    app.include_router(waha.router)
    app.state.parts = parts
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE_URL) as client:
        yield client


async def _found(engine: Engine) -> tuple[dict[str, tuple[str | None, str]], dict[str, str]]:
    """Where each message went and why, and how the incidents ended: to explain, not to score."""
    async with engine.pool.connection() as conn:
        ended = await (await conn.execute("SELECT id, status FROM incidents")).fetchall()
    where = await where_messages_went(engine.pool)
    return where, {str(row["id"]): row["status"] for row in ended}
