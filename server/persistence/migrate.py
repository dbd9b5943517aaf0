"""Bring a database up to date: our tables, procrastinate's, and the checkpointer's.

All of it runs under one advisory lock, since LangGraph's own set-up dies when two processes run
it at once (effectively-once.md, M5).
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from procrastinate import App, PsycopgConnector
from psycopg.rows import TupleRow, dict_row

if TYPE_CHECKING:
    from alembic.config import Config

# Any number that no other program uses on this database.
MIGRATION_LOCK = 7_317_205
_MIGRATIONS = Path(__file__).parent / "migrations"


def _config() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    return config


def head() -> str:
    """The newest version this program knows. The files begin with theirs, so that a start with
    nothing to migrate, which is nearly every one, need not load Alembic: half a second of it."""
    return max(file.name.partition("_")[0] for file in (_MIGRATIONS / "versions").glob("[0-9]*.py"))


async def pending(database_url: str) -> bool:
    """Whether a database lacks migrations. Raises psycopg.Error when it cannot be asked."""
    async with await psycopg.AsyncConnection.connect(
        database_url, autocommit=True, connect_timeout=5
    ) as conn:
        return await _lacks(conn)


async def _lacks(conn: psycopg.AsyncConnection[TupleRow]) -> bool:
    there = await (
        await conn.execute("SELECT to_regclass('alembic_version') IS NOT NULL AS there")
    ).fetchone()
    if there is None or not there[0]:
        return True
    row = await (await conn.execute("SELECT version_num FROM alembic_version")).fetchone()
    return row is None or row[0] != head()


async def migrate(database_url: str) -> None:
    """Upgrade everything; at most one process at a time, the others wait."""
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as lock:
        await lock.execute("SELECT pg_advisory_lock(%s)", (MIGRATION_LOCK,))
        try:
            if await _lacks(lock):
                await asyncio.to_thread(_upgrade, database_url)
            await _queue(lock, database_url)
            async with await psycopg.AsyncConnection.connect(
                database_url, autocommit=True, prepare_threshold=0, row_factory=dict_row
            ) as connection:
                await AsyncPostgresSaver(connection).setup()
        finally:
            await lock.execute("SELECT pg_advisory_unlock(%s)", (MIGRATION_LOCK,))


def _upgrade(database_url: str) -> None:
    from alembic import command
    from sqlalchemy import create_engine, pool

    url = database_url.replace("postgres://", "postgresql://", 1)
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=pool.NullPool
    )
    config = _config()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()


async def _queue(connection: psycopg.AsyncConnection[TupleRow], database_url: str) -> None:
    found = await (
        await connection.execute("SELECT to_regclass('procrastinate_jobs') IS NOT NULL AS there")
    ).fetchone()
    if found is not None and found[0]:
        return
    app = App(connector=PsycopgConnector(conninfo=database_url, min_size=1, max_size=1))
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
