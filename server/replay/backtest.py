"""The backtest: an exported chat goes the way of live traffic, on a clock of its own, and nothing
leaves. What it finds is what the bot would have done had nobody answered it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from domain.message import Message
from server.clock import ManualClock
from server.replay.bill import Bill
from server.replay.findings import count_close_calls, count_incidents, find_incidents
from server.replay.report import ReplayResult
from server.replay.scratch import Scratch
from server.replay.stage import open_engine
from server.replay.timeline import Timeline, deliveries
from server.settings import Settings
from tools.channels.export.reader import Export

# Told (messages done, incidents so far); wall seconds between two tellings.
Progress = Callable[[int, int], None]
TELL_EVERY = 0.25


@dataclass
class _Seen:
    """What can be counted while the messages go by."""

    messages: int = 0
    first_at: datetime | None = None
    last_at: datetime | None = None
    people: set[tuple[str, ...]] | None = None

    def take(self, delivery: list[Message]) -> None:
        people = self.people = self.people or set()
        for message in delivery:
            self.messages += 1
            self.first_at = min(self.first_at or message.sent_at, message.sent_at)
            self.last_at = max(self.last_at or message.sent_at, message.sent_at)
            people.add((message.sender.phone or "", message.sender.name or ""))


async def backtest(
    export: Export,
    settings: Settings,
    place: Scratch,
    *,
    until_closed: bool = False,
    progress: Progress = lambda done, incidents: None,
) -> ReplayResult:
    """Send an exported chat down the path of live traffic. Raises psycopg.Error.

    Timers fire between messages as they would have. After the last message the clock runs on
    until its burst is ripe; with `until_closed` until every incident has come to its end.
    """
    started = time.monotonic()
    bill, seen, told = Bill(), _Seen(), started
    clock = ManualClock(datetime.min.replace(tzinfo=UTC))
    async with open_engine(export.media, settings, place, clock, bill) as (engine, queue):
        timeline = Timeline(engine, queue, clock)
        for delivery in deliveries(export.messages):
            await timeline.receive(delivery)
            seen.take(delivery)
            if time.monotonic() - told >= TELL_EVERY:
                progress(seen.messages, await count_incidents(engine.pool))
                told = time.monotonic()
        burst = engine.pace.burst
        calm = timedelta(seconds=max(burst.quiet, burst.longest))
        end = None if until_closed else clock.now() + calm
        if seen.messages:
            await timeline.pass_until(end)
        incidents = await find_incidents(
            engine.pool, partial(settings.file.required_in, export.chat)
        )
        close_calls = await count_close_calls(engine.pool)
    progress(seen.messages, len(incidents))
    return ReplayResult(
        group=export.group_name,
        messages=seen.messages,
        people=len(seen.people or ()),
        first_at=seen.first_at,
        last_at=seen.last_at,
        incidents=incidents,
        chatter=seen.messages - sum(len(incident.messages) for incident in incidents),
        model_calls=bill.calls,
        usd=round(bill.usd, 6),
        seconds=time.monotonic() - started,
        skipped=len(export.skipped),
        warnings=[f"The price of {name} is not known." for name in sorted(bill.unpriced)],
        input_tokens=bill.input_tokens,
        output_tokens=bill.output_tokens,
        close_calls=close_calls,
    )
