"""The stores that were said in people's incidents, and what is known of a person's or group's from
them (domain.whereabouts)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from domain.whereabouts import (
    LOOKED_AT,
    Moved,
    Sighting,
    Whereabouts,
    named_after,
    of_group,
    of_person,
)
from server.persistence.database import Connection

# The last messages of a chat tell who writes there.
WRITTEN_LATELY = 500
_SIGHTING = "store, at, person_id::text AS person_id, denied"


async def learn_store(
    conn: Connection, incident: UUID, store: str, denied: str | None, at: datetime
) -> None:
    """A store was said in this incident, for its reporter; the newest word of it counts."""
    await conn.execute(
        """INSERT INTO sightings (incident_id, person_id, chat, store, denied, at)
           SELECT id, reporter_id, chat, %(store)s, %(denied)s, %(at)s FROM incidents
           WHERE id = %(incident)s
           ON CONFLICT (incident_id) DO UPDATE SET store = excluded.store, at = excluded.at,
             denied = coalesce(excluded.denied, sightings.denied)
           WHERE sightings.store <> excluded.store""",
        {"incident": incident, "store": store, "denied": denied, "at": at},
    )


async def unlearn_store(conn: Connection, incident: UUID) -> None:
    """What was said in this incident was taken back."""
    await conn.execute("DELETE FROM sightings WHERE incident_id = %s", (incident,))


async def known_store(
    conn: Connection,
    person: UUID | str,
    chat: str,
    now: datetime,
    name: str = "",
    written: str | None = None,
    moves: Sequence[tuple[datetime, Moved]] = (),
) -> tuple[str | None, Mapping[str, str]]:
    """The store that a report of this person in this chat is of, unless it says another; and what
    is known of the person's and the group's, in words, for whoever asks why.

    `name` is how the person is called: a place in it is a store once the group has called one so.
    `written` is the store that they wrote from outside of any report of theirs, and `moves` where
    they said that they work now.
    """
    rows = await (
        await conn.execute(
            f"""(SELECT 'person' AS whose, {_SIGHTING} FROM sightings WHERE person_id = %(person)s
                   ORDER BY at DESC LIMIT %(limit)s)
                UNION ALL
                (SELECT 'group', {_SIGHTING} FROM sightings WHERE chat = %(chat)s
                   ORDER BY at DESC LIMIT %(limit)s)""",  # noqa: S608 - our own words
            {"person": person, "chat": chat, "limit": LOOKED_AT},
        )
    ).fetchall()
    seen: dict[str, list[Sighting]] = {"person": [], "group": []}
    for row in rows:
        seen[row.pop("whose")].append(Sighting(**row))
    theirs, all_of_us = of_person(seen["person"], now, moves), of_group(seen["group"], now)
    if all_of_us.store is not None and theirs.certainty == "unknown":
        all_of_us = of_group(seen["group"], now, await _writers(conn, chat))
    found = _first_known(theirs, written, all_of_us)
    if found is None and name:
        found = named_after(name, {s.store for s in seen["group"]})
    why = {"person": theirs.reason, "group": all_of_us.reason}
    return found, why


async def _writers(conn: Connection, chat: str) -> int:
    """How many people wrote the last messages of a chat."""
    row = await (
        await conn.execute(
            """SELECT count(DISTINCT person_id) AS people FROM (
                 SELECT person_id FROM messages WHERE chat = %s AND NOT from_me
                 ORDER BY id DESC LIMIT %s) AS lately""",
            (chat, WRITTEN_LATELY),
        )
    ).fetchone()
    return int(row["people"]) if row else 0


def _first_known(person: Whereabouts, written: str | None, group: Whereabouts) -> str | None:
    """The person's own; the group's only of somebody of whom nothing is known otherwise."""
    if person.certainty != "unknown":
        return person.store
    return written or group.store
