"""A real Postgres for whoever needs one: started once, a fresh database for each test."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from server.embedded.postgres import EmbeddedPostgres
from server.persistence.migrate import migrate

# How long an example takes, or its making, tells of the machine.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow], parent=settings()
)
settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Tests that ran on this very tree a moment ago need not run twice."""
    parser.addoption("--after-check", action="store_true", help="only what make check does not run")


def pytest_configure(config: pytest.Config) -> None:
    """Under root an embedded Postgres is another user's, and every new pytest session closes the
    folder that all sessions share to other users: then this session has a folder of its own."""
    if os.geteuid() == 0 and config.option.basetemp is None:
        config.option.basetemp = Path(tempfile.mkdtemp(prefix="recado-tests-"))
        config.add_cleanup(lambda: shutil.rmtree(config.option.basetemp, ignore_errors=True))


# Told once more when they fail: what they need of a browser and of processes, a busy machine may
# keep from them. Nothing else is, and above all no test of what gets lost or doubled.
TOLD_AGAIN = tuple(Path(__file__).parent / folder for folder in ("browser", "service"))


# What `make check` runs of the tests, unless they are slow.
CHECKED = tuple(Path(__file__).parent / folder for folder in ("unit", "flow"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let the tests in TOLD_AGAIN run a second time; the summary names those that did. With
    `--after-check` what `make check` has just run is left out."""
    for item in items:
        if _is_within(item, TOLD_AGAIN):
            item.add_marker(pytest.mark.flaky(reruns=1))
    if config.getoption("--after-check"):
        config.hook.pytest_deselected(items=[one for one in items if _is_checked(one)])
        items[:] = [one for one in items if not _is_checked(one)]


def _is_checked(item: pytest.Item) -> bool:
    return _is_within(item, CHECKED) and item.get_closest_marker("slow") is None


def _is_within(item: pytest.Item, folders: Iterable[Path]) -> bool:
    return any(item.path.is_relative_to(folder) for folder in folders)


@dataclass
class Cluster:
    """A running Postgres with a migrated template. `fresh` makes a database of it."""

    url: str
    template: str = "recado_template"
    made: list[str] = field(default_factory=list)

    def address(self, name: str) -> str:
        """The address of one database."""
        head, _, query = self.url.partition("?")
        base = head.rsplit("/", 1)[0]
        return f"{base}/{name}" + (f"?{query}" if query else "")

    async def prepare(self) -> None:
        """Make the template."""
        await self._run(f'CREATE DATABASE "{self.template}"')
        await migrate(self.address(self.template))

    async def fresh(self) -> str:
        """A new migrated database; its address."""
        name = f"t{uuid4().hex[:12]}"
        copy = f'TEMPLATE "{self.template}" STRATEGY file_copy'  # a tenth of the other's time
        await self._run(f'CREATE DATABASE "{name}" {copy}')
        self.made.append(name)
        return self.address(name)

    async def drop(self, url: str) -> None:
        """Forget a database, whoever is still connected."""
        name = url.partition("?")[0].rsplit("/", 1)[1]
        await self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    async def _run(self, statement: str) -> None:
        async with await psycopg.AsyncConnection.connect(self.url, autocommit=True) as conn:
            await conn.execute(statement.encode())


@pytest.fixture(scope="session")
async def cluster(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Cluster]:
    """The Postgres of this test session."""
    folder: Path = tmp_path_factory.mktemp("pg")
    async with EmbeddedPostgres(folder, lasting=False) as server:
        made = Cluster(server.url)
        await made.prepare()
        yield made


@pytest.fixture
async def database_url(cluster: Cluster) -> AsyncIterator[str]:
    """A fresh migrated database of this test."""
    url = await cluster.fresh()
    yield url
    await cluster.drop(url)
