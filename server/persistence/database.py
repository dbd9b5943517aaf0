"""The pool of connections, and the few types every table module shares."""

from __future__ import annotations

import select
from typing import Any

from procrastinate.exceptions import ConnectorException
from psycopg import AsyncConnection, OperationalError
from psycopg.rows import DictRow, dict_row
from psycopg_pool import AsyncConnectionPool, PoolTimeout

Connection = AsyncConnection[DictRow]
Pool = AsyncConnectionPool[Connection]
# What a database that is away raises: ours, the pool's, and the queue's own wrapping of both.
DATABASE_AWAY = (OperationalError, PoolTimeout, ConnectorException)


def make_pool(database_url: str, size: int, *, check: bool = True, timeout: float = 10.0) -> Pool:
    """A pool that is not open yet; dead connections are noticed when they are taken.

    Without `check` nobody looks, for a server that lives and dies with us. Whoever takes one waits
    `timeout` seconds at most.
    """
    return AsyncConnectionPool(
        database_url,
        min_size=1,
        max_size=size,
        open=False,
        timeout=timeout,
        max_lifetime=1800,
        check=check_alive if check else None,
        connection_class=AsyncConnection[dict[str, Any]],
        # Not by `kwargs`: procrastinate hands those on, and says autocommit for itself.
        configure=_configure,
        kwargs={"prepare_threshold": 0, "row_factory": dict_row},
    )


async def _configure(conn: Connection) -> None:
    await conn.set_autocommit(True)
    # Plans are made once a connection, often while the tables are small, and kept while they grow.
    # With the price of a turning disk they read whole tables for single rows.
    await conn.execute("SET random_page_cost = 1.1")


async def check_alive(conn: Connection) -> None:
    """Raises psycopg.OperationalError for a connection whose server has gone.

    An idle connection has nothing to read, unless the server said goodbye: only then is it asked,
    which spares every other taking a round trip.
    """
    poll = select.poll()
    poll.register(conn.fileno(), select.POLLIN)
    if poll.poll(0):
        await AsyncConnectionPool.check_connection(conn)
