"""The page's feed has no gap, whoever commits late; and what is stuck can be mended by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import psycopg
import pytest

from server.access import first_password, is_password, new_ticket, take_ticket
from server.feed import Cursor, Event, events_after, forget_old, is_kept, latest
from server.persistence.database import Pool, make_pool
from tests.service.stage import eventually

pytestmark = pytest.mark.slow
ASIDE = "INSERT INTO quarantine (source, reason, body) VALUES ('waha', %s, '')"


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    made = make_pool(database_url, 3)
    await made.open()
    yield made
    await made.close()


async def news(pool: Pool, after: Cursor, count: int = 1) -> list[Event]:
    """What is told, once it is so much: whatever else runs in this Postgres holds it back."""

    async def told() -> list[Event]:
        found = await events_after(pool, after)
        return found if len(found) >= count else []

    return await eventually(told, what=f"no {count} events")


async def test_what_commits_late_is_told_before_what_came_after_it(
    pool: Pool, database_url: str
) -> None:
    start = await latest(pool)
    async with await psycopg.AsyncConnection.connect(database_url) as slow:
        await slow.execute(ASIDE, ("first",))
        async with pool.connection() as quick:
            await quick.execute(ASIDE, ("second",))
        assert await events_after(pool, start) == [], "the first one could never be told any more"
        await slow.commit()
    told = await news(pool, start, 2)
    assert [event.kind for event in told] == ["quarantine", "quarantine"]
    assert told[0].cursor.id < told[1].cursor.id
    assert await events_after(pool, told[0].cursor) == told[1:]
    assert await events_after(pool, told[1].cursor) == []


async def test_a_place_that_is_forgotten_cannot_be_resumed(pool: Pool) -> None:
    async with pool.connection() as conn:
        await conn.execute(ASIDE, ("old",))
        await conn.execute("UPDATE events SET at = now() - interval '2 days'")
    (old,) = await news(pool, Cursor())
    assert await is_kept(pool, old.cursor)
    assert await forget_old(pool) == 1
    assert not await is_kept(pool, old.cursor)


async def test_a_lease_is_no_news(pool: Pool) -> None:
    async with pool.connection() as conn:
        await conn.execute(
            """WITH p AS (INSERT INTO persons (name) VALUES ('Lupita') RETURNING id)
               INSERT INTO incidents (id, account, channel, chat, reporter_id, opened_at, last_at)
               SELECT gen_random_uuid(), 'a', 'waha', 'c', id, %s, %s FROM p""",
            (datetime.now(UTC), datetime.now(UTC)),
        )
        start = await latest(pool)
        await conn.execute("UPDATE incidents SET fence = fence + 1, lease_until = now()")
        assert await events_after(pool, start) == []
        await conn.execute("UPDATE incidents SET status = 'collecting'")
    (event,) = await news(pool, start)
    assert (event.kind, event.chat) == ("incident", "c")
    assert event.incident_id is not None


async def test_a_feed_ticket_opens_one_connection(pool: Pool) -> None:
    ticket = await new_ticket(pool)
    assert await take_ticket(pool, ticket)
    assert not await take_ticket(pool, ticket)
    assert not await take_ticket(pool, "invented")


async def test_the_first_password_is_said_once_and_only_its_hash_is_kept(pool: Pool) -> None:
    password = await first_password(pool)
    assert password is not None
    assert await first_password(pool) is None
    assert await is_password(pool, password)
    assert not await is_password(pool, password + "x")
    async with pool.connection() as conn:
        rows = await (await conn.execute("SELECT value FROM secrets")).fetchall()
    assert all(password.encode() not in bytes(row["value"]) for row in rows)
