"""The floors and peers that the path's figures are printed beside, measured in the same run."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from typing import Any

from bench.path import percentile
from bench.stage import ROOT, Stage, free_port

TABLES = """CREATE TABLE IF NOT EXISTS bench_turns (thread text PRIMARY KEY, done boolean)"""
CHECKPOINTS = """SELECT sum(pg_total_relation_size(oid))::bigint FROM pg_class
                 WHERE relname IN ('checkpoints', 'checkpoint_blobs', 'checkpoint_writes')"""


@dataclass(frozen=True)
class Door:
    """Answers a second at capacity, and how long they took under a tenth of that. Seconds."""

    per_second: float
    p50: float
    p99: float
    bad: int


@dataclass(frozen=True)
class BareGraph:
    """Bare turns a second over all processes, and what a thread leaves in the database."""

    per_second: float
    bytes_a_thread: float


async def measure_door(stage: Stage, seconds: float, *, bare: bool) -> Door:
    """The real door, or the floor: signature, one insert, answer."""
    if bare:
        port = free_port()
        door = await stage.start("bare door", "-m", "bench.bare_door", str(port))
        await door.says("bare door is ready")
    else:
        await stage.empty()
        port, door = stage.port, await stage.start_server()
    full = await stage.load(seconds=seconds, port=port, gated=False, backlog=64)
    rate = len(full["sent"]) / (full["ended"] - full["started"])
    calm = await stage.load(seconds=seconds, port=port, rate=rate / 10, seed=11)
    await stage.end(door)
    answers = calm["answers"]
    bad = full["bad"] + calm["bad"]
    return Door(rate, percentile(answers, 50), percentile(answers, 99), bad)


async def measure_graph(stage: Stage, saver: str, workers: int, seconds: float) -> BareGraph:
    """A bare graph with one checkpoint, one job and two commits, with this saver."""
    await stage.empty()
    await stage.rows_of_none(TABLES)
    before = await stage.value(CHECKPOINTS)
    told = await asyncio.gather(*(_bare_graph(stage, saver, seconds) for _ in range(workers)))
    grown = await stage.value(CHECKPOINTS) - before
    turns = sum(one["turns"] for one in told)
    return BareGraph(sum(one["per_second"] for one in told), grown / max(turns, 1))


async def _bare_graph(stage: Stage, saver: str, seconds: float) -> dict[str, float]:
    told: dict[str, float] = await _json_of(
        ("-m", "bench.bare_graph", "--saver", saver, "--seconds", str(seconds)),
        {"DATABASE_URL": stage.url, "LANGGRAPH_STRICT_MSGPACK": "true"},
    )
    return told


async def measure_reading() -> dict[str, Any]:
    """Bytes of a process that has read a text, and then a photo, with the local model."""
    told: dict[str, Any] = await _json_of(("-m", "bench.reading"), {})
    return told


async def _json_of(arguments: tuple[str, ...], env: dict[str, str]) -> Any:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=ROOT,
        env={**os.environ, **env},
        stdout=asyncio.subprocess.PIPE,
    )
    out, _ = await process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"{' '.join(arguments)} failed")
    return json.loads(out.splitlines()[-1])
