"""What service and fault tests share: programs that end with their test, and a Recado of its
own for each that asks for one."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from psycopg.rows import dict_row

from server.embedded.postgres import EmbeddedPostgres
from server.persistence.migrate import migrate
from tests.service.stage import (
    EACH_ITS_OWN,
    PATIENCE,
    RECADO,
    Program,
    Waha,
    Zoho,
    eventually,
    free_port,
    real_env,
    waha_argv,
    zoho_argv,
)
from tests.service.zoho_portal import listening as listening
from tests.service.zoho_portal import portal as portal
from tests.service.zoho_portal import process as process
from tests.service.zoho_portal import receiver as receiver

Run = Callable[..., Awaitable[Program]]


@pytest.fixture
async def run(tmp_path: Path) -> AsyncIterator[Run]:
    """Start a program: `await run(name, argv, env=..., says=..., user=...)`."""
    started: list[Program] = []

    async def start(
        name: str,
        argv: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        says: str | None = None,
        cwd: Path | None = None,
        user: int | None = None,
    ) -> Program:
        """The program, once its log `says` so; `cwd` also holds the log."""
        log = (cwd or tmp_path) / f"{name}-{len(started)}.log"
        program = Program(name, argv, log, env or {}, user=user)
        if cwd is not None:
            program.cwd = cwd
        started.append(program)
        await program.start()
        if says is not None:
            await program.says(says)
        return program

    yield start
    for program in reversed(started):
        if program.running:
            await program.end(signal.SIGTERM)


@dataclass
class Recado:
    """A running `recado serve` with its outside."""

    program: Program
    url: str
    waha: Waha
    zoho: Zoho
    database_url: str
    data_dir: Path
    http: httpx.AsyncClient = field(init=False)

    def __post_init__(self) -> None:
        self.http = httpx.AsyncClient(
            base_url=self.url, trust_env=False, timeout=PATIENCE, limits=EACH_ITS_OWN
        )

    async def rows(self, query: str) -> list[dict[str, Any]]:
        """Rows of its database."""
        async with await psycopg.AsyncConnection.connect(
            self.database_url, autocommit=True, row_factory=dict_row
        ) as conn:
            return await (await conn.execute(query.encode())).fetchall()

    async def count(self, table: str, where: str = "true") -> int:
        return int((await self.rows(f"SELECT count(*) AS n FROM {table} WHERE {where}"))[0]["n"])  # noqa: S608 - our own words

    def logged(self) -> list[dict[str, Any]]:
        """The lines of its log."""
        return self.program.logged()

    async def is_ready(self) -> bool:
        try:
            return (await self.http.get("/ready")).status_code == 200
        except httpx.TransportError:
            return False

    async def close(self) -> None:
        for client in (self.http, self.waha.http, self.zoho.http):
            await client.aclose()


Demo = Callable[..., Awaitable[Recado]]


@pytest.fixture(scope="session")
async def empty_postgres(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a first start makes of Postgres, and stops: its tables are there, and empty."""
    place = tmp_path_factory.mktemp("first-start")
    async with EmbeddedPostgres(place) as postgres:
        await migrate(postgres.url)
    return place / "postgres"


@pytest.fixture
async def demo(run: Run, tmp_path: Path, empty_postgres: Path) -> AsyncIterator[Demo]:
    """Start a demo with everything embedded: `await demo(data_dir, QUIET_SECONDS="0.5")`.

    Its Postgres is made already, which is a third of a first start; not where `from_nothing`.
    """
    made: list[Recado] = []

    async def start(
        data_dir: Path | None = None,
        user: int | None = None,
        argv: Sequence[str] = (str(RECADO),),
        from_nothing: bool = False,
        **env: str,
    ) -> Recado:
        place = data_dir or tmp_path / "data"
        if not (place.exists() or from_nothing):
            place.mkdir()
            # With its owner, which is not root.
            copy = await asyncio.create_subprocess_exec("cp", "-a", str(empty_postgres), str(place))
            assert await copy.wait() == 0
        port = free_port()
        settings = {
            "RECADO_MODE": "demo",
            "RECADO_DATA_DIR": str(place),
            "RECADO_PORT": str(port),
            "RECADO_LOG_FORMAT": "json",
            "QUIET_SECONDS": "0.5",
            **env,
        }
        cwd = place.parent if user is not None else None
        program = await run("recado", [*argv, "serve"], env=settings, user=user, cwd=cwd)
        waha = await program.says(r"  group +(http://\S+)")
        zoho = await program.says(r"  tickets +(http://\S+)/sandbox/tickets")
        database = (place / "postgres.url").read_text().strip()
        url = f"http://127.0.0.1:{port}"
        made.append(Recado(program, url, Waha(waha[1]), Zoho(zoho[1]), database, place))
        await eventually(made[-1].is_ready, what="not ready")
        return made[-1]

    yield start
    for recado in made:
        await recado.close()


@dataclass
class Outside:
    """Stand-ins of a real Recado, and the environment that leads to them."""

    waha: Waha
    zoho: Zoho
    env: dict[str, str]
    programs: dict[str, Program]


@pytest.fixture
async def outside(run: Run, tmp_path: Path, database_url: str) -> AsyncIterator[Outside]:
    """WAHA and Zoho Desk on ports of their own, and a database."""
    waha_port, zoho_port, port = free_port(), free_port(), free_port()
    own = f"http://127.0.0.1:{port}/webhooks"
    hurry = ("--retry-seconds", "0.3", "--retry-attempts", "400")
    programs = {
        "waha": await run(
            "waha", waha_argv(waha_port, tmp_path, f"{own}/waha", *hurry), says="listening on"
        ),
        "zoho": await run(
            "zoho",
            zoho_argv(zoho_port, tmp_path, f"{own}/zoho", "--picklist", "category=technical"),
            says="stand-in on",
        ),
    }
    waha, zoho = Waha(f"http://127.0.0.1:{waha_port}"), Zoho(f"http://127.0.0.1:{zoho_port}")
    yield Outside(
        waha,
        zoho,
        real_env(waha.url, zoho.url, database_url, tmp_path / "data", port),
        programs,
    )
    await waha.http.aclose()
    await zoho.http.aclose()


Real = Callable[..., Awaitable[Recado]]


@pytest.fixture
async def real(run: Run, outside: Outside) -> AsyncIterator[Real]:
    """Start `recado serve` in real mode against `outside`: `await real(QUIET_SECONDS="0")`."""
    made: list[Recado] = []

    async def start(**env: str) -> Recado:
        settings = {**outside.env, **env}
        program = await run("recado", [str(RECADO), "serve"], env=settings)
        url = f"http://127.0.0.1:{settings['RECADO_PORT']}"
        database, place = settings["DATABASE_URL"], Path(settings["RECADO_DATA_DIR"])
        recado = Recado(program, url, outside.waha, outside.zoho, database, place)
        made.append(recado)
        await program.says("Recado is ready")
        await eventually(recado.is_ready, what="not ready")
        return recado

    yield start
    for recado in made:
        await recado.http.aclose()
        await recado.program.end()
