"""An incident: its categories, the fields a ticket needs, urgency, and its life cycle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum


class Category(StrEnum):
    """technical: devices, software, network, payments. operational: opening, access, supplies,
    facilities, staff, process (contract.md, label rules)."""

    TECHNICAL = "technical"
    OPERATIONAL = "operational"


class Priority(StrEnum):
    """urgent when the store cannot sell or operate, or people or goods are in danger."""

    URGENT = "urgent"
    NORMAL = "normal"


class Status(StrEnum):
    """The life of an incident (flow.md, Words)."""

    CANDIDATE = "candidate"
    COLLECTING = "collecting"
    QUEUED = "queued"
    TICKETED = "ticketed"
    ESCALATED = "escalated"
    RESOLVED = "resolved"
    CLOSED = "closed"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


# Without a ticket these can still become one or go away; with one the desk owns the end.
UNTICKETED = frozenset({Status.CANDIDATE, Status.COLLECTING, Status.ESCALATED})
# With a ticket, or with one on its way, that nobody has closed.
TICKETED = frozenset({Status.QUEUED, Status.TICKETED})
HAS_TICKET = TICKETED | {Status.RESOLVED}
ENDED = frozenset({Status.CLOSED, Status.DISMISSED, Status.WITHDRAWN, Status.MERGED})
OPEN_STATUSES = UNTICKETED | TICKETED
# Statuses that may still take a message: a reopening lands on a resolved incident.
REACHABLE_STATUSES = OPEN_STATUSES | {Status.RESOLVED}


class Field(StrEnum):
    """What a ticket is made of. The first three are asked for when they are missing."""

    SYSTEM = "system"
    PROBLEM = "problem"
    STORE = "store"
    ERROR = "error"


# The order in which missing fields are asked: what is broken before where (flow.md, Fields).
ASKED_IN_ORDER = (Field.PROBLEM, Field.SYSTEM, Field.STORE)
REQUIRED_BY_DEFAULT: Mapping[Category, frozenset[Field]] = {
    Category.TECHNICAL: frozenset({Field.PROBLEM, Field.SYSTEM, Field.STORE}),
    Category.OPERATIONAL: frozenset({Field.PROBLEM, Field.SYSTEM, Field.STORE}),
}


def missing_fields(
    category: Category,
    known: Mapping[str, str],
    required: Mapping[Category, frozenset[Field]] = REQUIRED_BY_DEFAULT,
) -> list[Field]:
    """The required fields that are not known yet, the one to ask first in front."""
    wanted = required[category]
    return [f for f in ASKED_IN_ORDER if f in wanted and not known.get(f.value, "").strip()]


def needs_human(
    missing: Sequence[Field], asked: Mapping[str, int], refused: Sequence[str], max_reasks: int
) -> bool:
    """Whether the next question would be one too many.

    A field is asked at most 1 + max_reasks times; a refusal ('no sé') skips the rest of its
    askings, and the next field is asked.
    """
    if not missing:
        return False
    field = next_to_ask(missing, refused)
    return field is None or asked.get(field.value, 0) >= 1 + max_reasks


def next_to_ask(missing: Sequence[Field], refused: Sequence[str]) -> Field | None:
    """The missing field to ask for; None when whoever was asked knows none of them."""
    return next((field for field in missing if field.value not in refused), None)
