"""The stage of a benchmark: a Postgres of its own in a temporary folder, Recado's processes as
they run in production, and what each of them used."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg.rows import dict_row

from server.embedded.chroma import EmbeddedChroma
from server.embedded.postgres import EmbeddedPostgres
from server.persistence.migrate import migrate

ROOT = Path(__file__).resolve().parents[1]
HMAC_KEY = "bench-hmac-key"
API_KEY = "bench-api-key"
ORG, DEPARTMENT = "60001234567", "189200000000006907"
CLIENT, SECRET, REFRESH = "1000.BENCH", "bench-secret", "1000.bench-refresh"
PG_SETTINGS = {"track_commit_timestamp": "on"}


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    """A process that was started here, with its log."""

    name: str
    pid: int
    process: asyncio.subprocess.Process
    log: Path

    def rss(self) -> int:
        """Resident bytes now, of the process alone."""
        return int(psutil.Process(self.pid).memory_info().rss)

    def cpu(self) -> float:
        """Processor seconds so far."""
        times = psutil.Process(self.pid).cpu_times()
        return float(times.user + times.system)

    async def says(self, text: str, within: float = 90.0) -> None:
        """Wait until its log has `text`. Raises RuntimeError with the log's end."""
        end = time.monotonic() + within
        while text not in (said := self.log.read_text(errors="replace")):
            if self.process.returncode is not None or time.monotonic() > end:
                raise RuntimeError(f"{self.name} does not say {text!r}: {said[-2000:]}")
            await asyncio.sleep(0.05)

    async def end(self) -> None:
        """End it as an operator would, and hard after 30 s."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(self.process.wait(), 30)
            except TimeoutError:
                self.process.kill()
                await self.process.wait()


@dataclass
class Stage:
    """What the figures are measured on. `quiet` is QUIET_SECONDS of the processes."""

    folder: Path
    url: str
    chroma: str
    port: int = field(default_factory=free_port)
    more: dict[str, str] = field(default_factory=dict)
    running: list[Running] = field(default_factory=list)

    @property
    def door(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def env(self) -> dict[str, str]:
        """The environment of a Recado whose outside answers nothing, unless `more` says so."""
        nobody = "http://127.0.0.1:9"
        return {
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "HOME": str(self.folder),
            "RECADO_MODE": "real",
            "GROUP_MESSAGES_PER_HOUR": "0",
            "RECADO_PORT": str(self.port),
            "RECADO_DATA_DIR": str(self.folder),
            "RECADO_LOG_FORMAT": "json",
            "RECADO_WORKERS_IN_SERVER": "0",
            "DATABASE_URL": self.url,
            "CHROMA_URL": self.chroma or nobody,
            "AI_PROVIDERS": "local",
            "WAHA_URL": nobody,
            "WAHA_API_KEY": API_KEY,
            "WAHA_HMAC_KEY": HMAC_KEY,
            "ZOHO_CLIENT_ID": CLIENT,
            "ZOHO_CLIENT_SECRET": SECRET,
            "ZOHO_REFRESH_TOKEN": REFRESH,
            "ZOHO_ORG_ID": ORG,
            "ZOHO_DEPARTMENT_ID": DEPARTMENT,
            "ZOHO_DESK_URL": nobody,
            "ZOHO_ACCOUNTS_URL": nobody,
            "QUIET_SECONDS": "0",
            "LONGEST_WAIT_SECONDS": "60",
            **self.more,
        }

    async def start(
        self, name: str, *arguments: str, env: Mapping[str, str] | None = None
    ) -> Running:
        """Run `python <arguments>`; its output goes to a log of its own."""
        log = self.folder / f"{name}-{len(self.running)}.log"
        with log.open("wb") as out:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *arguments,
                env={**self.env(), **(env or {})},
                cwd=ROOT,
                stdout=out,
                stderr=out,
            )
        started = Running(name, process.pid, process, log)
        self.running.append(started)
        return started

    async def start_server(self) -> Running:
        """`recado serve` without workers in it: the door."""
        server = await self.start("server", "-m", "server.cli", "serve")
        await server.says("Recado is ready")
        return server

    async def start_worker(self, *arguments: str) -> Running:
        """A worker; with arguments the one of `bench.instant_worker`, else `recado worker`."""
        what = ("-m", "bench.instant_worker", *arguments) if arguments else ()
        worker = await self.start("worker", *(what or ("-m", "server.cli", "worker")))
        await worker.says("worker started")
        await asyncio.sleep(1.0)
        return worker

    async def end(self, *those: Running) -> None:
        """End these processes, or all, the youngest first."""
        for one in those or tuple(reversed(self.running)):
            await one.end()
            self.running.remove(one)

    async def rows(self, query: str) -> list[dict[str, Any]]:
        """Rows of the database."""
        async with await psycopg.AsyncConnection.connect(
            self.url, autocommit=True, row_factory=dict_row
        ) as conn:
            return await (await conn.execute(query.encode())).fetchall()

    async def value(self, query: str) -> Any:
        """The one value of a query."""
        (row,) = await self.rows(query)
        return next(iter(row.values()))

    async def empty(self) -> None:
        """Forget everything that was stored, so that each part starts alike."""
        kept = "'alembic_version', 'checkpoint_migrations'"
        rows = await self.rows(
            f"SELECT tablename FROM pg_tables WHERE schemaname = 'public'"  # noqa: S608 - our own words
            f" AND tablename NOT IN ({kept})"
        )
        tables = ", ".join(row["tablename"] for row in rows)
        await self.rows_of_none(f"TRUNCATE {tables} CASCADE")
        await self.rows_of_none("CHECKPOINT")

    async def rows_of_none(self, statement: str) -> None:
        """Run a statement that answers no rows."""
        async with await psycopg.AsyncConnection.connect(self.url, autocommit=True) as conn:
            await conn.execute(statement.encode())

    async def load(self, **plan: Any) -> dict[str, Any]:
        """Run the load generator with a plan; what it saw."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bench.load"),
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        given = json.dumps({"url": self.url, "port": self.port, "key": HMAC_KEY, **plan})
        out, _ = await process.communicate(given.encode())
        if process.returncode != 0:
            raise RuntimeError("the load generator failed")
        told: dict[str, Any] = json.loads(out)
        return told

    def usage(self) -> dict[str, float]:
        """Processor seconds so far: ours by name, Postgres and Chroma with all their processes."""
        used: dict[str, float] = {}
        for one in self.running:
            if one.process.returncode is None:
                used[f"{one.name}:{one.pid}"] = one.cpu()
        for child in psutil.Process().children(recursive=True):
            try:
                name, times = child.name(), child.cpu_times()
            except psutil.NoSuchProcess:
                continue
            if name in ("postgres", "chroma"):
                used[f"{name}:{child.pid}"] = float(times.user + times.system)
        return used


def spent(before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    """Processor seconds between two usages, by name; processes that ended meanwhile are lost."""
    found: dict[str, float] = {}
    for who, seconds in after.items():
        name = who.partition(":")[0]
        found[name] = found.get(name, 0.0) + seconds - before.get(who, 0.0)
    return found


@asynccontextmanager
async def open_stage(*, chroma: bool = True, statements: bool = False) -> AsyncIterator[Stage]:
    """A fresh Postgres (fsync on, commit times tracked), migrated; and Chroma, unless not wanted.

    `statements` loads pg_stat_statements, which costs a little itself.
    """
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="recado-bench-")))
        await asyncio.to_thread(folder.chmod, 0o755)
        await _configure(folder, statements)
        postgres = await stack.enter_async_context(EmbeddedPostgres(folder))
        await migrate(postgres.url)
        url = ""
        if chroma:
            url = (await stack.enter_async_context(EmbeddedChroma(folder))).url
        stage = Stage(folder, postgres.url, url)
        if statements:
            await stage.rows_of_none("CREATE EXTENSION pg_stat_statements")
        try:
            yield stage
        finally:
            await stage.end()


async def _configure(folder: Path, statements: bool) -> None:
    """Set what only a restart of Postgres takes over."""
    wanted = dict(PG_SETTINGS)
    if statements:
        wanted["shared_preload_libraries"] = "pg_stat_statements"
    async with (
        EmbeddedPostgres(folder) as postgres,
        await psycopg.AsyncConnection.connect(postgres.url, autocommit=True) as conn,
    ):
        for name, value in wanted.items():
            await conn.execute(f"ALTER SYSTEM SET {name} = '{value}'".encode())
