"""People and the ids they come under; two that turn out to be one are merged, the older wins.

The row of the other stays and says whom it became: what was planned before still names it.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from domain.message import Sender
from domain.person import Person, Role, bare_id
from server.persistence.database import Connection


async def resolve_person(conn: Connection, sender: Sender, chat: str) -> UUID:
    """The person behind a sender, made or merged as needed. Runs inside the caller's transaction.

    A sender without any id (an exported chat has only names) is a person of that chat.
    """
    ids = list(sender.ids()) or [("name", f"{chat}|{sender.name or ''}")]
    values = [value for _, value in ids]
    kinds = [kind for kind, _ in ids]
    rows = await (
        await conn.execute(
            """SELECT i.kind, i.value, p.id, p.name FROM person_ids i JOIN persons p
                 ON p.id = i.person_id
               WHERE (i.kind, i.value) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
               ORDER BY p.created_at, p.id""",
            (kinds, values),
        )
    ).fetchall()
    known = list(dict.fromkeys(row["id"] for row in rows))
    if len(rows) == len(ids) and len(known) == 1:
        person: UUID = known[0]
        if sender.name and rows[0]["name"] != sender.name:
            await conn.execute("UPDATE persons SET name = %s WHERE id = %s", (sender.name, person))
        return person
    # Something new about somebody: one writer an id at a time, in one order, then look again.
    await conn.execute(
        """SELECT pg_advisory_xact_lock(n) FROM (
             SELECT DISTINCT hashtextextended(kind || ':' || value, 0) AS n
             FROM unnest(%s::text[], %s::text[]) AS i (kind, value) ORDER BY 1) AS locks""",
        (kinds, values),
    )
    return await _learn(conn, kinds, values, sender.name or "")


async def _learn(conn: Connection, kinds: list[str], values: list[str], name: str) -> UUID:
    found = await (
        await conn.execute(
            """SELECT id FROM persons WHERE id IN (
                 SELECT person_id FROM person_ids
                 WHERE (kind, value) IN (SELECT * FROM unnest(%s::text[], %s::text[])))
               ORDER BY created_at, id FOR UPDATE""",
            (kinds, values),
        )
    ).fetchall()
    if not found:
        return await _create(conn, kinds, values, name)
    person: UUID = found[0]["id"]
    for other in found[1:]:
        await _merge(conn, person, other["id"])
    await conn.execute(
        """INSERT INTO person_ids (kind, value, person_id)
           SELECT kind, value, %s FROM unnest(%s::text[], %s::text[]) AS i (kind, value)
           ON CONFLICT (kind, value) DO NOTHING""",
        (person, kinds, values),
    )
    if name:
        await conn.execute("UPDATE persons SET name = %s WHERE id = %s", (name, person))
    return person


async def _create(conn: Connection, kinds: list[str], values: list[str], name: str) -> UUID:
    row = await (
        await conn.execute(
            """WITH new AS (INSERT INTO persons (name) VALUES (%s) RETURNING id),
                 ids AS (INSERT INTO person_ids (kind, value, person_id)
                   SELECT i.kind, i.value, new.id
                   FROM new, unnest(%s::text[], %s::text[]) AS i (kind, value))
               SELECT id FROM new""",
            (name, kinds, values),
        )
    ).fetchone()
    assert row is not None  # noqa: S101 - INSERT ... RETURNING gives a row
    person: UUID = row["id"]
    return person


async def _merge(conn: Connection, keep: UUID, gone: UUID) -> None:
    """Everything of `gone` becomes `keep`'s; an open turn of both in one chat becomes one."""
    await conn.execute(
        """WITH pairs AS (
             SELECT g.id AS gone, k.id AS kept, g.first_at, g.last_at, g.due_at
             FROM turns g JOIN turns k ON k.chat = g.chat AND k.state = 'open'
             WHERE g.person_id = %(gone)s AND g.state = 'open' AND k.person_id = %(keep)s),
           moved AS (
             UPDATE messages m SET turn_id = p.kept FROM pairs p WHERE m.turn_id = p.gone),
           widened AS (
             UPDATE turns t SET first_at = least(t.first_at, p.first_at),
                                last_at = greatest(t.last_at, p.last_at),
                                due_at = greatest(t.due_at, p.due_at)
             FROM pairs p WHERE t.id = p.kept)
           UPDATE turns t SET state = 'nothing' FROM pairs p WHERE t.id = p.gone""",
        {"keep": keep, "gone": gone},
    )
    for statement in (
        "UPDATE turns SET person_id = %(keep)s WHERE person_id = %(gone)s",
        "UPDATE messages SET person_id = %(keep)s WHERE person_id = %(gone)s",
        "UPDATE incidents SET reporter_id = %(keep)s WHERE reporter_id = %(gone)s",
        """UPDATE incidents SET participants = array_replace(participants, %(gone)s, %(keep)s)
           WHERE %(gone)s = ANY (participants)""",
        """UPDATE persons k SET contact_id = coalesce(k.contact_id, g.contact_id),
                                store = coalesce(k.store, g.store)
           FROM persons g WHERE k.id = %(keep)s AND g.id = %(gone)s""",
        "UPDATE person_ids SET person_id = %(keep)s WHERE person_id = %(gone)s",
        "UPDATE sightings SET person_id = %(keep)s WHERE person_id = %(gone)s",
        "UPDATE persons SET merged_into = %(keep)s WHERE %(gone)s IN (id, merged_into)",
    ):
        await conn.execute(statement, {"keep": keep, "gone": gone})


async def load_person(conn: Connection, person_id: UUID, staff: frozenset[str]) -> Person:
    """A person with their ids. `staff` are the bare ids of support people, by setting."""
    rows = await (
        await conn.execute(
            """SELECT p.name, p.role, p.store, i.kind, i.value FROM persons p
               LEFT JOIN person_ids i ON i.person_id = p.id WHERE p.id = %s""",
            (person_id,),
        )
    ).fetchall()
    ids = {row["kind"]: row["value"] for row in rows if row["kind"]}
    is_support = any(bare_id(value) in staff for value in ids.values())
    first = rows[0]
    return Person(
        id=str(person_id),
        name=first["name"],
        lid=ids.get("lid"),
        phone=ids.get("phone"),
        role=Role.SUPPORT if is_support else Role(first["role"]),
        store=first["store"],
    )


async def people_of(
    conn: Connection, ids: Collection[str], staff: frozenset[str]
) -> frozenset[str]:
    """The people of the stores whom a message mentions by these ids: no support people, by role or
    by setting; whoever never wrote is nobody."""
    asked = {bare_id(one) for one in ids}
    if not asked - staff:
        return frozenset()
    rows = await (
        await conn.execute(
            """SELECT i.person_id, bool_or(i.value = ANY (%s)) AS support FROM person_ids i
               JOIN persons p ON p.id = i.person_id AND p.role = 'staff'
               WHERE i.kind IN ('lid', 'phone') AND i.value = ANY (%s) GROUP BY i.person_id""",
            (list(staff), [*ids, *asked]),
        )
    ).fetchall()
    return frozenset(str(row["person_id"]) for row in rows if not row["support"])
