"""Every step of the schema but the first can be taken back, and taken again."""

from __future__ import annotations

import asyncio

import psycopg
import pytest
from alembic import command
from sqlalchemy import create_engine, pool

from server.persistence.migrate import _config, migrate

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
    await migrate(database_url)
    assert await _tables(database_url) == now
