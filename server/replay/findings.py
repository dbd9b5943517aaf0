"""What a replay left in its database, as incidents of the report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.incident import Category, Field, Priority, missing_fields
from domain.ticket import SUBJECT_MAX, draft_ticket
from server.persistence.close_calls import outcomes
from server.persistence.database import Pool
from server.replay.report import ReplayIncident

Required = Callable[[Category], frozenset[Field]]


async def count_incidents(pool: Pool) -> int:
    """Incidents so far, without those that turned out to be none."""
    async with pool.connection() as conn:
        row = await (
            await conn.execute("SELECT count(*) AS n FROM incidents WHERE status <> 'dismissed'")
        ).fetchone()
    return 0 if row is None else row["n"]


async def find_incidents(pool: Pool, required: Required) -> list[ReplayIncident]:
    """The incidents in the order of their first messages; dismissed ones are left out.

    `required` says which fields a ticket of a category needs.
    """
    async with pool.connection() as conn:
        rows = await (
            await conn.execute(
                """SELECT i.id, i.status, i.category, i.priority, i.store, i.system, i.error,
                     i.subject, i.fields, i.opened_at, array_agg(m.text ORDER BY m.id) AS texts,
                     array_agg(m.message_id ORDER BY m.id) AS ids, min(m.sent_at) AS first_at
                   FROM incidents i JOIN messages m ON m.incident_id = i.id AND NOT m.from_me
                   WHERE i.status <> 'dismissed' GROUP BY i.id ORDER BY min(m.id)"""
            )
        ).fetchall()
        asked = await (
            await conn.execute(
                """SELECT incident_id, payload ->> 'field' AS field, text FROM outbox
                   WHERE purpose = 'ask' AND state = 'done' ORDER BY id"""
            )
        ).fetchall()
        chosen = await (
            await conn.execute(
                """SELECT incident_id, message_id, reason FROM assignments
                   WHERE decided_by = 'model' AND incident_id IS NOT NULL ORDER BY id"""
            )
        ).fetchall()
    by_model: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for row in chosen:
        by_model[row["incident_id"]].append((row["message_id"], row["reason"]))
    questions: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for row in asked:
        questions[row["incident_id"]].append((row["field"], row["text"]))
    return [
        replace(_incident(row, questions[row["id"]], required), by_model=by_model[row["id"]])
        for row in rows
    ]


async def count_close_calls(pool: Pool) -> dict[str, int]:
    """What came of the close calls that a model was asked of."""
    async with pool.connection() as conn:
        return await outcomes(conn)


def _incident(
    row: Mapping[str, Any], asked: list[tuple[str, str]], required: Required
) -> ReplayIncident:
    category = Category(row["category"] or Category.TECHNICAL)
    # Handed over before anything was extracted: then what assignment read is all we know.
    known = row["fields"] or {name: row[name] for name in ("store", "system", "error") if row[name]}
    wanted = {category: required(category)}
    first: dict[str, str] = {}
    for field, text in asked:
        first.setdefault(field, text)
    return ReplayIncident(
        messages=list(row["texts"]),
        store=known.get(Field.STORE),
        system=known.get(Field.SYSTEM),
        category=category.value,
        priority=row["priority"] or Priority.NORMAL.value,
        missing=[field.value for field in missing_fields(category, known, wanted)],
        subject=row["subject"] or _subject(category, known, row["texts"]),
        would_ask=list(first.values()),
        status=row["status"],
        opened_at=row["first_at"],
        message_ids=list(row["ids"]),
        reasks=len(asked) - len(first),
    )


def _subject(category: Category, known: Mapping[str, str], texts: list[str]) -> str:
    """What its ticket would be called with what is known, else its first words."""
    if not known.get(Field.PROBLEM) and not known.get(Field.SYSTEM):
        return next((text for text in texts if text.strip()), "").strip()[:SUBJECT_MAX]
    draft = draft_ticket(
        "", category, Priority.NORMAL, known, [], reporter_id="", reporter_name="", group_name=""
    )
    return draft.subject
