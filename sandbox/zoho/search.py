"""Lists and searches: paging, order, chosen fields, and Zoho Desk's little query language."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from fnmatch import translate
from typing import Any

from sandbox.zoho.clock import parse_iso
from sandbox.zoho.errors import FieldError, invalid_data

Row = dict[str, Any]
Query = Mapping[str, str]
LAST_INDEX = 4999

_LONG_FIELDS = ("description", "resolution", "cf", "secondaryContacts", "entitySkills")
_MOST_VALUES = 30


def paged(rows: list[Row], query: Query, *, most: int = 100) -> list[Row]:
    """The rows from index `from` (0 is the first) on, at most `limit`, by default 10."""
    start = _number(query, "from", 0, 0, LAST_INDEX)
    return rows[start : start + _number(query, "limit", 10, 1, most)]


def ordered(rows: list[Row], query: Query, allowed: Iterable[str], usual: str) -> list[Row]:
    """The rows by `sortBy`, of which a leading minus turns the order round."""
    wanted = query.get("sortBy", usual)
    name = wanted.removeprefix("-")
    if name not in allowed:
        raise invalid_data([FieldError("/sortBy", "invalid")])
    key = {"recentThread": "modifiedTime", "relevance": "createdTime"}.get(name, name)
    rows = sorted(rows, key=lambda row: row[key] or "")
    return rows[::-1] if wanted.startswith("-") else rows


def with_fields(rows: list[Row], query: Query, custom: Iterable[str]) -> list[Row]:
    """Only the id and the chosen `fields`; without a choice, all but the long and custom ones."""
    if "fields" not in query:
        return [{k: v for k, v in row.items() if k not in _LONG_FIELDS} for row in rows]
    names = [name.strip() for name in query["fields"].split(",") if name.strip()]
    chosen_custom = [name for name in names if name in custom]
    plain = [name for name in names if name not in chosen_custom]
    if len(names) > _MOST_VALUES or (rows and any(name not in rows[0] for name in plain)):
        raise invalid_data([FieldError("/fields", "invalid")])
    chosen = []
    for row in rows:
        part = {"id": row["id"], **{name: row[name] for name in plain}}
        if chosen_custom:
            part["cf"] = {name: row["cf"][name] for name in chosen_custom}
        chosen.append(part)
    return chosen


def listed_tickets(rows: list[Row], query: Query) -> list[Row]:
    """The list of tickets: by department, status and channel, without the trash."""
    rows = [row for row in rows if not row["isTrashed"]]
    for parameter, name in (
        ("departmentId", "departmentId"),
        ("departmentIds", "departmentId"),
        ("status", "status"),
        ("channel", "channel"),
    ):
        if parameter in query:
            values = {value.strip() for value in query[parameter].split(",")}
            rows = [row for row in rows if row[name] in values]
    return ordered(rows, query, ("createdTime", "dueDate", "recentThread"), "-createdTime")


def found_tickets(rows: list[Row], query: Query) -> list[Row]:
    """What a search for tickets matches, without the trash."""
    rows = [row for row in rows if not row["isTrashed"]]
    rows = _matching(
        rows,
        query,
        ("id", "ticketNumber", "departmentId", "status", "priority", "channel", "contactId"),
        lambda row: (row["subject"], row["description"], row["ticketNumber"], *row["cf"].values()),
    )
    return ordered(rows, query, ("relevance", "modifiedTime", "createdTime"), "relevance")


def found_contacts(rows: list[Row], query: Query) -> list[Row]:
    """What a search for contacts matches."""
    names = ("phone", "mobile", "email", "firstName", "lastName")
    rows = _matching(rows, query, names, lambda row: tuple(row[name] for name in names))
    return ordered(rows, query, ("relevance", "modifiedTime", "createdTime"), "relevance")


def _matching(
    rows: list[Row],
    query: Query,
    names: Iterable[str],
    everything: Callable[[Row], tuple[Any, ...]],
) -> list[Row]:
    for name in names:
        if name in query:
            matches = _matcher(query[name], f"/{name}")
            rows = [row for row in rows if matches(row[name])]
    for number in range(1, 11):
        parameter = f"customField{number}"
        if parameter in query:
            field, colon, value = query[parameter].partition(":")
            if not colon or (rows and field not in rows[0]["cf"]):
                raise invalid_data([FieldError(f"/{parameter}", "invalid")])
            matches = _matcher(value, f"/{parameter}", exact=True)
            rows = [row for row in rows if matches(row["cf"][field])]
    for parameter, field in (
        ("modifiedTimeRange", "modifiedTime"),
        ("createdTimeRange", "createdTime"),
    ):
        if parameter in query:
            low, high = _time_range(query[parameter], f"/{parameter}")
            rows = [row for row in rows if low <= parse_iso(row[field]) <= high]
    if "_all" in query:
        part = query["_all"].strip("*").casefold()
        rows = [row for row in rows if any(part in str(v).casefold() for v in everything(row) if v)]
    return rows


def _matcher(wanted: str, pointer: str, *, exact: bool = False) -> Callable[[Any], bool]:
    """The whole value, its case counting if `exact`; * is a wildcard, a comma is an or."""
    values = wanted.split(",")
    if len(values) > _MOST_VALUES:
        raise invalid_data([FieldError(pointer, "invalid")])
    flags = re.NOFLAG if exact else re.IGNORECASE
    patterns = [
        re.compile(translate(value.strip().replace("[", "[[]").replace("?", "[?]")), flags)
        for value in values
        if value not in ("${empty}", "${notempty}")
    ]

    def matches(value: Any) -> bool:
        empty = value is None or value == ""
        if ("${empty}" in values and empty) or ("${notempty}" in values and not empty):
            return True
        return not empty and any(pattern.match(str(value)) for pattern in patterns)

    return matches


def _time_range(text: str, pointer: str) -> tuple[datetime, datetime]:
    low, _, high = text.partition(",")
    try:
        return parse_iso(low.strip()), parse_iso(high.strip())
    except ValueError as error:
        raise invalid_data([FieldError(pointer, "invalid")]) from error


def _number(query: Query, name: str, usual: int, least: int, most: int) -> int:
    text = query.get(name, str(usual))
    short = len(text) <= 6 and text.isascii() and text.isdigit()
    if not (short and least <= int(text) <= most):
        raise invalid_data([FieldError(f"/{name}", "invalid")])
    return int(text)
