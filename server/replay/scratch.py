"""Where a replay works: a directory and a database of its own, both gone afterwards."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from domain.errors import BadInput
from server.embedded.postgres import EmbeddedPostgres
from server.persistence.migrate import migrate


@dataclass(frozen=True)
class Scratch:
    """A migrated, empty database and a directory for files."""

    database: str
    directory: Path


@asynccontextmanager
async def scratch(*, server: str | None = None, keep: bool = False) -> AsyncIterator[Scratch]:
    """Make both, and remove them however this ends; `keep` leaves them.

    `server` is the address of any database on a Postgres where one may be created: it is only
    connected to. None starts a Postgres of our own. Raises BadInput, PostgresFailed, ChildFailed.
    """
    directory = Path(tempfile.mkdtemp(prefix="recado-replay-"))
    try:
        place = _embedded(directory) if server is None else _database_on(server, keep=keep)
        async with place as url:
            await migrate(url)
            # What is thrown away need not survive a crash.
            await _execute(url, "ALTER DATABASE {} SET synchronous_commit = off", _name_of(url))
            yield Scratch(url, directory)
    finally:
        if not keep:
            await asyncio.to_thread(shutil.rmtree, directory, ignore_errors=True)


@asynccontextmanager
async def copied(place: Scratch, name: str) -> AsyncIterator[Scratch]:
    """A scratch of the same kind for one of several chats: a copy that nobody else sees.

    Nothing may be connected to `place` itself meanwhile.
    """
    directory = place.directory / name
    directory.mkdir()
    template, database = _name_of(place.database), f"recado_replay_{token_hex(6)}"
    outside = urlunsplit(urlsplit(place.database)._replace(path="/postgres"))
    await _execute(outside, "CREATE DATABASE {} TEMPLATE {}", database, template)
    url = urlunsplit(urlsplit(place.database)._replace(path=f"/{database}"))
    try:
        await _execute(url, "ALTER DATABASE {} SET synchronous_commit = off", database)
        yield Scratch(url, directory)
    finally:
        await _execute(outside, "DROP DATABASE IF EXISTS {} WITH (FORCE)", database)


@asynccontextmanager
async def _embedded(directory: Path) -> AsyncIterator[str]:
    async with EmbeddedPostgres(directory, lasting=False) as postgres:
        yield postgres.url


@asynccontextmanager
async def _database_on(server: str, *, keep: bool) -> AsyncIterator[str]:
    name = f"recado_replay_{token_hex(6)}"
    try:
        await _execute(server, "CREATE DATABASE {}", name)
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise BadInput(f"no database for the replay could be made there: {reason}") from error
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        if not keep:
            await _execute(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


async def _execute(url: str, statement: str, *names: str) -> None:
    connection = await psycopg.AsyncConnection.connect(url, autocommit=True, connect_timeout=10)
    async with connection:
        # A literal of this module's; only the names go into it.
        await connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _name_of(url: str) -> str:
    return urlsplit(url).path.lstrip("/")
