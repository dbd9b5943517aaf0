"""Every step of the schema but the first can be taken back, and taken again."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from alembic import command
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import create_engine, pool

from server.persistence.migrate import _config, head, migrate, pending

pytestmark = pytest.mark.slow


async def _tables(url: str) -> set[tuple[str, str]]:
    async with await psycopg.AsyncConnection.connect(url) as conn:
        rows = await (
            await conn.execute(
                """SELECT table_name, column_name FROM information_schema.columns
                   WHERE table_schema = 'public'"""
            )
        ).fetchall()
    return {(str(table), str(column)) for table, column in rows}


async def _execute(url: str, statement: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as conn:
        await conn.execute(statement.encode())


def _downgrade(url: str) -> None:
    engine = create_engine(
        url.replace("postgresql://", "postgresql+psycopg://", 1), poolclass=pool.NullPool
    )
    with engine.begin() as connection:
        config = _config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0001")


async def test_down_and_up_again(database_url: str) -> None:
    now = await _tables(database_url)
    assert ("events", "tx") in now
    await asyncio.to_thread(_downgrade, database_url)
    before = await _tables(database_url)
    assert not {table for table, _ in before} & {"events", "steps"}
    assert ("turns", "setbacks") not in before
    assert await pending(database_url)
    await migrate(database_url)
    assert await _tables(database_url) == now
    assert not await pending(database_url)


async def test_the_newest_step_is_the_one_alembic_takes_for_it() -> None:
    assert head() == ScriptDirectory.from_config(_config()).get_current_head()


async def test_a_database_of_a_newer_program_is_left_alone(database_url: str) -> None:
    await _execute(database_url, "UPDATE alembic_version SET version_num = '9999'")
    assert await pending(database_url)
    with pytest.raises(CommandError, match="9999"):
        await migrate(database_url)


async def test_a_database_without_tables_gets_all_of_them(database_url: str) -> None:
    now = await _tables(database_url)
    await _execute(database_url, "DROP SCHEMA public CASCADE")
    await _execute(database_url, "CREATE SCHEMA public")
    assert await pending(database_url)
    await migrate(database_url)
    assert await _tables(database_url) == now
