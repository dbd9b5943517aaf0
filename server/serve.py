"""`recado serve` and `recado worker`: everything a process needs, opened in order, closed in
reverse, and ended by SIGINT or SIGTERM."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager

import structlog
import uvicorn
from fastapi import FastAPI
from prometheus_client import start_http_server
from pydantic import SecretStr

from server.access import first_password, needs_login
from server.app import create_app
from server.clock import ShiftedClock
from server.demo import start_stand_ins
from server.demo_clock import restore
from server.embedded.chroma import EmbeddedChroma, running_chroma
from server.embedded.postgres import EmbeddedPostgres, running_database
from server.lasting import settle_in
from server.parts import Parts
from server.persistence.migrate import migrate
from server.settings import Settings, SettingsError
from server.wiring import open_parts
from server.worker import work

log = structlog.get_logger(__name__)
Say = Callable[[str], None]

# What is in hand at SIGTERM may take this long, in seconds; all of it ends within 30.
DRAIN_SECONDS = 8


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers, which would end us before we have tidied up."""

    when_started: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.when_started()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def check_port(host: str, port: int, setting: str = "RECADO_PORT") -> None:
    """Raises SettingsError with a sentence when somebody else listens there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                why = f"Port {port} is taken: set {setting} to a free one."
            else:
                why = f"RECADO_HOST {host} cannot be listened on: {error.strerror}."
            raise SettingsError([why]) from error


@asynccontextmanager
async def stores(settings: Settings, say: Say) -> AsyncIterator[Settings]:
    """Start Postgres and Chroma unless they are configured; the settings that lead there."""
    async with AsyncExitStack() as stack:
        changes: dict[str, object] = {}
        if settings.database_url is None:
            say("starting Postgres")
            url = (await stack.enter_async_context(EmbeddedPostgres(settings.data_dir))).url
            changes["database_url"] = SecretStr(url)
        if settings.chroma_url is None:
            say("starting Chroma")
            chroma = await stack.enter_async_context(EmbeddedChroma(settings.data_dir))
            changes["chroma_url"] = chroma.url
        yield settings.model_copy(update=changes)


@asynccontextmanager
async def _outside(settings: Settings, say: Say) -> AsyncIterator[Settings]:
    """In a demo start the stand-ins; the settings that lead there and still say demo."""
    async with AsyncExitStack() as stack:
        if settings.mode == "demo":
            say("starting the stand-ins")
            settings = settings.model_copy(update={"requested_mode": "demo"})
            settings = await start_stand_ins(settings, stack)
        yield settings


def reach(settings: Settings) -> Settings:
    """The embedded Postgres and Chroma of a `recado serve` that is running, where there is one."""
    changes: dict[str, object] = {}
    if settings.database_url is None and (url := running_database(settings.data_dir)):
        changes["database_url"] = SecretStr(url)
    if settings.chroma_url is None and (url := running_chroma(settings.data_dir)):
        changes["chroma_url"] = url
    return settings.model_copy(update=changes)


async def serve(settings: Settings, say: Say) -> None:
    """Run the server, and in the embedded default a worker, until a signal ends it."""
    check_port(settings.host, settings.port)
    stop = asyncio.Event()
    _stop_on_signals(stop)
    async with AsyncExitStack() as stack:
        settings = await stack.enter_async_context(stores(settings, say))
        settings = await stack.enter_async_context(_outside(settings, say))
        assert settings.database_url is not None  # noqa: S101 - stores fill it in
        say("preparing the database")
        await migrate(settings.database_url.get_secret_value())
        clock = ShiftedClock() if settings.mode == "demo" else None
        parts = await stack.enter_async_context(open_parts(settings, clock))
        if settings.mode == "demo":
            await restore(parts)
        password = await first_password(parts.pool) if needs_login(settings) else None
        app = create_app(parts)
        server = _Server(_config(settings, app))
        settle_in()
        async with _workers(parts, settings.workers_in_server):
            server.when_started = lambda: _say_where(settings, say, password)
            serving = asyncio.create_task(server.serve())
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
            app.state.stopping.set()
            server.should_exit = True
            await serving
            await app.state.replays.close()
            stopping.cancel()
    say("stopped")


async def run_worker(settings: Settings, say: Say) -> None:
    """Run one worker until a signal ends it; with embedded parts, on those of `recado serve`."""
    settings = reach(settings)
    if settings.database_url is None:
        raise SettingsError(["No database: set DATABASE_URL, or start `recado serve` first."])
    if settings.worker_metrics_port:
        check_port(settings.host, settings.worker_metrics_port, "RECADO_WORKER_METRICS_PORT")
    await migrate(settings.database_url.get_secret_value())
    stop = asyncio.Event()
    _stop_on_signals(stop)
    async with open_parts(settings) as parts:
        with _metrics(parts):
            settle_in()
            say("worker started")
            await work(parts, stop)
    say("worker stopped")


@contextmanager
def _metrics(parts: Parts) -> Iterator[None]:
    """Serve a worker's own /metrics where a port is set: a server's are not about its work."""
    port = parts.settings.worker_metrics_port
    if port is None:
        yield
        return
    door, thread = start_http_server(port, parts.settings.host, parts.metrics.shown)
    try:
        yield
    finally:
        door.shutdown()
        door.server_close()
        thread.join()


@asynccontextmanager
async def _workers(parts: Parts, count: int) -> AsyncIterator[None]:
    stop = asyncio.Event()
    tasks = [asyncio.create_task(work(parts, stop)) for _ in range(count)]
    try:
        yield
    finally:
        stop.set()
        for task in tasks:
            with contextlib.suppress(asyncio.CancelledError):
                await task


def _config(settings: Settings, app: FastAPI) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_keep_alive=5,
        ws="websockets-sansio",
        timeout_graceful_shutdown=DRAIN_SECONDS,
    )


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)


def _say_where(settings: Settings, say: Say, password: str | None) -> None:
    own = f"http://{settings.host}:{settings.port}"
    say(f"Recado is ready: {own}")
    if settings.mode == "demo":
        say(f"  page      {own}   write in a simulated group, and watch what becomes of it")
    else:
        say(f"  page      {own}")
    say(f"  API       {own}/docs")
    say(f"  health    {own}/ready")
    if settings.mode == "demo":
        say(f"  group     {settings.waha_url}   the simulated gateway itself")
        say(f"  tickets   {settings.zoho_desk_url}/sandbox/tickets")
    if password is not None:
        say(f"  password  {password}   of the page; said this once, write it down")
    say("  Ctrl-C ends it; nothing is lost.")
