"""The floor of a turn, a process of its own: a bare graph with one checkpoint, one job of the same
queue, and two commits. `--saver stock` takes LangGraph's own saver, `--saver ours` Recado's.

Prints the jobs done a second, as JSON, once the jobs that were left for it are done.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import time
from typing import Any
from uuid import uuid4

from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.graph import END, START, StateGraph
from procrastinate import App, PsycopgConnector
from typing_extensions import TypedDict

from server.persistence.checkpoints import make_saver
from server.persistence.database import make_pool
from server.worker import POLL_SECONDS

CONCURRENCY = 10
QUEUE = "bench"


class State(TypedDict, total=False):
    """About as much as an incident's state."""

    text: str
    fields: dict[str, str]
    lines: list[str]
    effects: list[dict[str, Any]]


async def _node(state: State) -> State:
    return {
        "fields": {"store": "45", "system": "impresora", "problem": "no imprime"},
        "lines": [state["text"]],
        "effects": [{"key": "ticket", "payload": {"subject": state["text"]}}],
    }


async def work(saver: str, seconds: float) -> dict[str, float]:
    """Leave jobs for as long as `seconds`, and do them."""
    url = os.environ["DATABASE_URL"]
    async with make_pool(url, CONCURRENCY) as pool, make_pool(url, CONCURRENCY) as jobs:
        chosen = AsyncPostgresSaver(pool) if saver == "stock" else make_saver(pool, CONCURRENCY)
        builder = StateGraph(State)
        builder.add_node("node", _node)
        builder.add_edge(START, "node")
        builder.add_edge("node", END)
        graph = builder.compile(checkpointer=chosen)
        app = App(connector=PsycopgConnector())
        done: list[float] = []

        @app.task(name="bench:turn", queue=QUEUE)
        async def turn(thread: str) -> None:
            async with pool.connection() as conn:
                await conn.execute("INSERT INTO bench_turns (thread) VALUES (%s)", (thread,))
            await graph.ainvoke(
                {"text": "La impresora de tickets no imprime"},
                {"configurable": {"thread_id": thread}},
                durability="exit",
            )
            async with pool.connection() as conn:
                await conn.execute(
                    "UPDATE bench_turns SET done = true WHERE thread = %s", (thread,)
                )
            done.append(time.monotonic())
            if time.monotonic() < end:
                await turn.defer_async(thread=str(uuid4()))

        async with app.open_async(jobs):
            started = time.monotonic()
            end = started + seconds
            for _ in range(2 * CONCURRENCY):
                await turn.defer_async(thread=str(uuid4()))
            worker = asyncio.create_task(
                app.run_worker_async(
                    queues=[QUEUE],
                    concurrency=CONCURRENCY,
                    fetch_job_polling_interval=POLL_SECONDS,
                    install_signal_handlers=False,
                    delete_jobs="always",
                )
            )
            await asyncio.sleep(seconds + 1)
            worker.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await worker
        within = [at for at in done if at <= end]
        return {"per_second": len(within) / (end - started), "turns": float(len(done))}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--saver", choices=["stock", "ours"], default="ours")
    parser.add_argument("--seconds", type=float, default=8.0)
    arguments = parser.parse_args()
    print(json.dumps(asyncio.run(work(arguments.saver, arguments.seconds))))
