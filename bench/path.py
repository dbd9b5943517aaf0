"""The path of a message: how many turns a second reach the outbox, how long one takes beyond
quiet time, how fast the door answers, and how many bytes an incident leaves."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from statistics import quantiles
from typing import Any

from bench.stage import Stage, spent

# A turn counts once its effects are in the outbox; its moment is that of the commit.
DONE = """SELECT m.message_id AS id,
            extract(epoch FROM pg_xact_commit_timestamp(t.xmin))::float8 AS at
          FROM turns t JOIN messages m ON m.turn_id = t.id
          WHERE t.kind = 'message' AND t.state = 'done' AND EXISTS (
            SELECT 1 FROM outbox o WHERE o.incident_id = t.incident_id AND o.turn >= t.number)"""
LEFT = "SELECT count(*) FROM turns WHERE state IN ('open', 'ripe', 'assigned')"
OURS = """SELECT relname AS name, pg_total_relation_size(oid) AS bytes FROM pg_class
          WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"""
WAL = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"
WARM_UP = 3.0


def percentile(values: list[float], percent: int) -> float:
    """A percentile; not a number of less than two values."""
    return quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else 0.0


@dataclass
class Turns:
    """What a run of the whole path came to. Times in seconds."""

    workers: int
    turns: int = 0
    sent: int = 0
    bad: int = 0
    unfinished: int = 0
    per_second: float = 0.0
    latency: list[float] = field(default_factory=list)
    answers: list[float] = field(default_factory=list)
    cpu: dict[str, float] = field(default_factory=dict)
    incidents: int = 0
    bytes_by_table: dict[str, int] = field(default_factory=dict)
    wal: int = 0
    rss: dict[str, int] = field(default_factory=dict)


async def run_path(
    stage: Stage, workers: int, seconds: float, rate: float = 0.0, *arguments: str
) -> Turns:
    """Start the door and `workers` instant workers, put load on, and count.

    With a `rate` (messages a second) the latency is the point; without, the throughput.
    """
    await stage.empty()
    server = await stage.start_server()
    crew = [await stage.start_worker(*(arguments or ("--no-send",))) for _ in range(workers)]
    await stage.load(seconds=WARM_UP, rate=10.0, seed=3)
    await _drained(stage)
    sizes, wal, used = await _sizes(stage), await stage.value(WAL), stage.usage()
    incidents = await stage.value("SELECT count(*) FROM incidents")
    seen = await stage.load(seconds=seconds, rate=rate)
    unfinished = await _drained(stage)
    found = Turns(workers, sent=len(seen["sent"]), bad=seen["bad"], unfinished=unfinished)
    found.cpu = {**spent(used, stage.usage()), "load generator": seen["cpu"]}
    found.wal = await stage.value(WAL) - wal
    after = await _sizes(stage)
    found.bytes_by_table = {name: size - sizes[name] for name, size in after.items()}
    found.incidents = await stage.value("SELECT count(*) FROM incidents") - incidents
    await _count(stage, seen, found)
    found.answers = seen["answers"]
    found.rss = {"server": server.rss(), "worker": max(one.rss() for one in crew)}
    await stage.end(*crew, server)
    return found


async def _count(stage: Stage, seen: dict[str, Any], found: Turns) -> None:
    done = {row["id"]: float(row["at"]) for row in await stage.rows(DONE)}
    mine = {stanza: done[stanza] for stanza in seen["sent"] if stanza in done}
    # The load's first and last second are its own start and end, not the path's.
    begin, end = seen["started"] + 1.0, seen["ended"] - 0.5
    found.turns = len(mine)
    found.per_second = sum(begin <= at < end for at in mine.values()) / max(end - begin, 0.1)
    found.latency = [at - seen["sent"][stanza] for stanza, at in mine.items()]


async def _drained(stage: Stage, within: float = 60.0) -> int:
    """Wait until no turn is on its way; how many are, after all this time."""
    left = 0
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within):
            # Nothing tells when the last one is done; it is asked for.
            while left := int(await stage.value(LEFT)):  # noqa: ASYNC110 - see above
                await asyncio.sleep(0.3)
    return left


async def _sizes(stage: Stage) -> dict[str, int]:
    return {row["name"]: int(row["bytes"]) for row in await stage.rows(OURS)}
