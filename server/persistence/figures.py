"""Questions to the database about many incidents at once, for the page's figures."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from domain.incident import OPEN_STATUSES, Priority, Status
from server.persistence.database import Connection

HOURS, DAYS = 24, 14
AGES = (1, 4, 24)
# What is only perhaps an incident is in nobody's way yet.
_OPEN = sorted(OPEN_STATUSES - {Status.CANDIDATE})
_NEVER = sorted({Status.CANDIDATE, Status.DISMISSED})
Row = dict[str, Any]


async def flow_by_hour(conn: Connection, now: datetime) -> list[Row]:
    """The last HOURS hours, oldest first, those in which nothing came as well."""
    return await (
        await conn.execute(
            """WITH hours AS (
                 SELECT generate_series(date_trunc('hour', %(now)s::timestamptz)
                   - make_interval(hours => %(hours)s - 1), %(now)s, '1 hour') AS at),
               said AS (
                 SELECT date_trunc('hour', received_at) AS at, count(*) AS n FROM messages
                 WHERE received_at >= (SELECT min(at) FROM hours) AND NOT from_me GROUP BY 1),
               begun AS (
                 SELECT date_trunc('hour', opened_at) AS at, count(*) AS n,
                   count(ticket_id) AS tickets FROM incidents
                 WHERE opened_at >= (SELECT min(at) FROM hours) AND status <> ALL (%(never)s)
                 GROUP BY 1)
               SELECT hours.at, coalesce(said.n, 0) AS messages, coalesce(begun.n, 0) AS incidents,
                 coalesce(begun.tickets, 0) AS tickets
               FROM hours LEFT JOIN said USING (at) LEFT JOIN begun USING (at) ORDER BY at""",
            {"now": now, "hours": HOURS, "never": _NEVER},
        )
    ).fetchall()


async def open_by_age(conn: Connection, now: datetime) -> list[Row]:
    """How many incidents are open, by how long already; each belongs to the first age it fits."""
    rows = await (
        await conn.execute(
            """SELECT width_bucket(extract(epoch FROM %(now)s - opened_at)::float8 / 3600,
                   %(ages)s::float8[]) AS age, count(*) AS n,
                 count(*) FILTER (WHERE priority = %(urgent)s) AS urgent
               FROM incidents WHERE status = ANY (%(open)s) GROUP BY 1""",
            {"now": now, "ages": list(AGES), "urgent": Priority.URGENT, "open": _OPEN},
        )
    ).fetchall()
    found = {row["age"]: row for row in rows}
    nothing = {"n": 0, "urgent": 0}
    return [
        {"hours": hours, "urgent": row["urgent"], "normal": row["n"] - row["urgent"]}
        for place, hours in enumerate((*AGES, None))
        for row in [found.get(place, nothing)]
    ]


async def cost_by_day(conn: Connection, now: datetime, zone: str) -> list[Row]:
    """What each model cost on each of the last DAYS days of this zone, oldest first."""
    return await (
        await conn.execute(
            """SELECT date_trunc('day', at, %(zone)s) AS at, model,
                 coalesce(sum(usd), 0) AS usd,
                 coalesce(sum(input_tokens + output_tokens), 0) AS tokens
               FROM (SELECT at, model, usd, input_tokens, output_tokens FROM steps
                     UNION ALL
                     SELECT at, use ->> 'model', (use ->> 'usd')::float8,
                       (use ->> 'input_tokens')::integer, (use ->> 'output_tokens')::integer
                     FROM close_calls WHERE use IS NOT NULL) paid
               WHERE model IS NOT NULL
                 AND at >= date_trunc('day', %(now)s, %(zone)s) - make_interval(days => %(days)s)
               GROUP BY 1, 2 ORDER BY 1, 2""",
            {"now": now, "zone": zone, "days": DAYS - 1},
        )
    ).fetchall()
