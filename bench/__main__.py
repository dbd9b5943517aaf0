"""`python -m bench`: how fast the path is and what it weighs, each figure beside its floor.

On a Postgres and a Chroma of its own in a temporary folder, with fsync, and a model that answers
at once; the load generator, Postgres, Chroma and all of Recado share this machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import sys
from typing import Any

import psutil

from bench.floors import measure_door, measure_graph, measure_reading
from bench.path import Turns, percentile, run_path
from bench.stage import open_stage

MB = 1024 * 1024
PACED = 10.0


def say(text: str) -> None:
    """Progress, on standard error."""
    print(text, file=sys.stderr, flush=True)


def _of_turns(turns: Turns) -> dict[str, Any]:
    each = max(turns.turns, 1)
    return {
        "workers": turns.workers,
        "turns_per_second": round(turns.per_second, 1),
        "turns": turns.turns,
        "unfinished": turns.unfinished,
        "refused": turns.bad,
        "p50_seconds": round(percentile(turns.latency, 50), 3),
        "p95_seconds": round(percentile(turns.latency, 95), 3),
        "webhook_p99_ms": round(1000 * percentile(turns.answers, 99), 1),
        "cpu_ms_per_turn": {who: round(1000 * s / each, 1) for who, s in turns.cpu.items()},
        "bytes_per_incident": round(sum(turns.bytes_by_table.values()) / max(turns.incidents, 1)),
        "wal_bytes_per_turn": round(turns.wal / each),
        "megabytes": {who: round(size / MB) for who, size in turns.rss.items()},
    }


async def measure(seconds: float) -> dict[str, Any]:
    """Everything, one after the other."""
    found: dict[str, Any] = {
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "load_before": os.getloadavg()[0],
            "memory_gb": round(psutil.virtual_memory().total / 2**30),
        }
    }
    async with open_stage() as stage:
        say("the door, and its floor: a bare signed insert")
        floor = await measure_door(stage, seconds / 2, bare=True)
        door = await measure_door(stage, seconds / 2, bare=False)
        for name, one in (("door_floor", floor), ("door", door)):
            found[name] = {
                "answers_per_second": round(one.per_second),
                "p50_ms": round(1000 * one.p50, 2),
                "p99_ms": round(1000 * one.p99, 2),
                "refused": one.bad,
            }
        for saver in ("stock", "ours"):
            say(f"a bare graph, one checkpoint, one job, two commits; {saver} saver")
            bare = await measure_graph(stage, saver, 2, seconds / 2)
            found[f"bare_graph_{saver}_saver"] = {
                "turns_per_second": round(bare.per_second, 1),
                "bytes_per_thread": round(bare.bytes_a_thread),
            }
        for workers in (1, 2):
            say(f"the path at capacity, {workers} worker(s)")
            found[f"path_{workers}"] = _of_turns(await run_path(stage, workers, seconds))
        say(f"the path at {PACED:g} messages a second: latency")
        found["paced"] = _of_turns(await run_path(stage, 2, seconds, PACED))
    say("what reading weighs")
    reading = await measure_reading()
    found["reading"] = {
        "megabytes_texts": round(reading["texts"] / MB),
        "megabytes_photos": round(reading["photos"] / MB),
    }
    found["machine"]["load_after"] = os.getloadavg()[0]
    return found


def main() -> None:
    """Measure, and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each part (20)")
    parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")
    arguments = parser.parse_args()
    found = asyncio.run(measure(arguments.seconds))
    if arguments.json:
        print(json.dumps(found))
        return
    for name, figures in found.items():
        print(f"{name}")
        for key, value in figures.items():
            print(f"  {key:<22} {value}")


if __name__ == "__main__":
    main()
