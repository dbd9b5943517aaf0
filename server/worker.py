"""A worker: runs jobs, looks for what is due, polls the desk, keeps the index in step."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import structlog
from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy
from procrastinate.jobs import Job

from server.feed import forget_old
from server.logs import bind_trace
from server.parts import Parts
from server.persistence.database import DATABASE_AWAY, make_pool
from server.queue import LOOK, Handler
from server.setbacks import COMES_BACK

log = structlog.get_logger(__name__)

# A worker that has not been heard of for so long is dead and its jobs are taken over: without
# this a killed worker's job would hold its lock for ever (facts/stack.md).
HEARTBEAT_SECONDS = 2.0
STALLED_SECONDS = 10.0
# A finished job does not wake its lock's successor; the poll does.
POLL_SECONDS = 0.25
# The queue's pool waits so long for a connection: at SIGTERM its goodbye to a database that is
# away must leave time for the rest.
CONNECT_SECONDS = 5.0
# How often events that no page resumes from are dropped.
FORGET_SECONDS = 600.0


def make_app(parts: Parts) -> App:
    """The queue's application with our jobs; it is opened on a pool of its own."""
    app = App(connector=PsycopgConnector())
    handlers: dict[str, Handler] = {**parts.engine.handlers, LOOK: parts.watch.look_at}
    # What may help is tried again soon; the sweep leaves again whatever was given up.
    retry = RetryStrategy(
        max_attempts=8,
        exponential_wait=2,
        retry_exceptions=set(COMES_BACK),
    )
    for name, handler in handlers.items():
        app.task(name=f"recado:{name}", retry=retry, pass_context=True)(_job(handler))
    return app


def _job(handler: Handler) -> Callable[..., Awaitable[None]]:
    async def run(context: JobContext, **arguments: str) -> None:
        with bind_trace(job=context.job.task_name, incident=arguments.get("incident")):
            try:
                await handler(**arguments)
            except COMES_BACK as error:
                log.info("job comes back", reason=str(error) or type(error).__name__)
                raise

    return run


async def work(parts: Parts, stop: asyncio.Event) -> None:
    """Work until told to stop; jobs in hand are finished first.

    Raises nothing for a database that goes away: it is tried again until it is back.
    """
    settings = parts.settings
    app = make_app(parts)
    assert settings.database_url is not None  # noqa: S101 - filled in before parts open
    url = settings.database_url.get_secret_value()
    # Every call of the queue is one statement, so a transaction round it is two trips for nothing.
    async with (
        make_pool(url, max(4, settings.worker_concurrency), timeout=CONNECT_SECONDS) as pool,
        app.open_async(pool),
    ):
        hands, count = (parts.engine.hands, parts.engine.sending_hands), settings.worker_concurrency
        for one in hands:
            one.open(count)
        loops = [
            asyncio.create_task(_again(stop, lambda: parts.engine.scheduler.run(stop), 1.0)),
            asyncio.create_task(_every(stop, parts.watch.poll_quietly, settings.desk_poll_seconds)),
            asyncio.create_task(_every(stop, parts.indexer.carry_quietly, 2.0)),
            asyncio.create_task(_every(stop, parts.names.look, 1.0)),
            asyncio.create_task(_every(stop, lambda: forget_old(parts.pool), FORGET_SECONDS)),
            asyncio.create_task(_every(stop, lambda: _rescue(app), STALLED_SECONDS / 5)),
        ]
        queue = asyncio.create_task(_again(stop, lambda: _run_queue(app, parts), 1.0))
        log.info("worker started", concurrency=count)
        await stop.wait()
        queue.cancel()
        for task in loops:
            task.cancel()
        # What is run may plan something to send: the hands that send are closed last.
        await asyncio.gather(hands[0].close(count), *map(_ended, (queue, *loops)))
        await hands[1].close(count)
        log.info("worker stopped")


async def _ended(task: asyncio.Task[None]) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _run_queue(app: App, parts: Parts) -> None:
    await app.run_worker_async(
        concurrency=parts.settings.worker_concurrency,
        fetch_job_polling_interval=POLL_SECONDS,
        update_heartbeat_interval=HEARTBEAT_SECONDS,
        stalled_worker_timeout=STALLED_SECONDS,
        shutdown_graceful_timeout=20,
        install_signal_handlers=False,
        delete_jobs="always",
    )


async def _rescue(app: App) -> None:
    """Leave again the jobs of workers that died."""
    stalled: list[Job] = list(
        await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_SECONDS)
    )
    for job in stalled:
        await app.job_manager.retry_job(job)
        log.warning("job rescued", job=job.task_name, lock=job.lock)


async def _every(stop: asyncio.Event, do: Callable[[], Awaitable[object]], seconds: float) -> None:
    """Do something every so many seconds; a database that is away is no reason to stop."""
    while not stop.is_set():
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), seconds)
            return
        try:
            await do()
        except DATABASE_AWAY as error:
            log.warning("database away", reason=str(error))
        except Exception:  # the worker's door: one bad look must not be the last
            log.exception("worker loop failed")


async def _again(stop: asyncio.Event, do: Callable[[], Awaitable[object]], pause: float) -> None:
    """Do something for as long as we work; start it again when the database was away."""
    while not stop.is_set():
        try:
            await do()
        except DATABASE_AWAY as error:
            log.warning("database away", reason=str(error))
        except Exception:  # the worker's door, likewise
            log.exception("worker loop failed")
        await asyncio.sleep(pause)
