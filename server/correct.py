"""Carry out what a person corrects: in one transaction the messages, the people and the history,
and a turn for each incident concerned, which its own run takes like any other.

A request that comes again, by its key, is answered with what was made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID, uuid4

import structlog
from psycopg.errors import DeadlockDetected

from domain.correction import (
    Case,
    Change,
    CorrectionKind,
    Part,
    Plan,
    TicketFate,
    Wish,
    plan_correction,
)
from domain.errors import OutOfPlace
from domain.ports import Clock, Reader
from server.corrected import CORRECTION
from server.home import Home
from server.persistence import corrections
from server.persistence.corrections import Moving
from server.persistence.database import Connection, Pool
from server.persistence.incidents import load
from server.persistence.turns import add_turn
from server.queue import Queue, defer_run
from server.turns import known_outage

log = structlog.get_logger(__name__)
TRIES = 3


class NoSuchIncident(LookupError):
    """There is no incident by this id."""


@dataclass(frozen=True)
class Order:
    """A wish, who has it and why; `request_key` is the same when it is sent again."""

    wish: Wish
    author: str
    why: str
    request_key: str


class _ConcernsOthers(Exception):
    """It is about another incident by now than the one that was locked."""


class Corrector:
    """Corrects where messages belong, on a person's word."""

    def __init__(
        self,
        pool: Pool,
        queue: Queue,
        clock: Clock,
        reader: Reader,
        home: Callable[[str], Home],
    ) -> None:
        self._pool = pool
        self._queue = queue
        self._clock = clock
        self._reader = reader
        self._home = home

    async def preview(self, wish: Wish) -> Plan:
        """What it would come to. Raises NoSuchIncident, BadInput, OutOfPlace."""
        async with self._pool.connection() as conn:
            plan, _, _ = await self._plan(conn, wish)
        return plan

    async def correct(self, order: Order) -> dict[str, Any]:
        """Do it once; its row. Raises NoSuchIncident, BadInput, OutOfPlace."""
        for left in reversed(range(TRIES)):
            try:
                async with self._pool.connection() as conn, conn.transaction():
                    return await self._correct(conn, order)
            except _ConcernsOthers as error:
                # Nothing was done: another correction led to another incident before the lock.
                if not left:
                    message = "another correction was quicker: try again"
                    raise OutOfPlace(message, "overtaken") from error
            except DeadlockDetected:
                # Nothing was done: the scheduler may hold several incidents at once.
                if not left:
                    raise
        raise AssertionError("a last try returns or raises")

    async def _correct(self, conn: Connection, order: Order) -> dict[str, Any]:
        lock = f"correction:{order.request_key}"
        await conn.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (lock,))
        asked = asdict(order.wish) | {"messages": list(order.wish.messages)}
        if known := await corrections.find_correction(conn, order.request_key):
            if known["asked"] != asked:
                raise OutOfPlace("this request key was used for something else", "key_used")
            return known
        _, case, other = await self._plan(conn, order.wish)
        locked = _concerned(case, other)
        await corrections.lock_chats(conn, locked)
        # What was looked at before the lock may have changed since.
        plan, case, other = await self._plan(conn, order.wish)
        if not set(_concerned(case, other)) <= set(locked):
            raise _ConcernsOthers
        return await self._carry_out(conn, order, asked, plan, case)

    async def _plan(self, conn: Connection, wish: Wish) -> tuple[Plan, Case, Case | None]:
        case = await self._case(conn, wish.incident)
        named = wish.other
        if wish.kind is CorrectionKind.TAKE_UP:
            named = case.merged_into
        if wish.kind is CorrectionKind.DETACH:
            named = case.parent
        other = None if named is None else await self._case(conn, named)
        back: list[str] = []
        if wish.kind is CorrectionKind.TAKE_UP and other is not None:
            back = await corrections.came_by_merging(conn, UUID(case.id), UUID(other.id))
        return plan_correction(wish, case, other, back=back), case, other

    async def _case(self, conn: Connection, incident: str) -> Case:
        case = await corrections.load_case(conn, UUID(incident))
        if case is None:
            raise NoSuchIncident(incident)
        return case

    async def _carry_out(
        self, conn: Connection, order: Order, asked: dict[str, Any], plan: Plan, case: Case
    ) -> dict[str, Any]:
        now = self._clock.now()
        source = UUID(plan.source)
        target = UUID(plan.target) if plan.target else None
        row = await load(conn, source)
        assert row is not None  # noqa: S101 - locked above
        rows = await corrections.moving(
            conn, source, plan.moved, with_ours=plan.kind is CorrectionKind.MERGE
        )
        carried = {
            name: {"value": value, "message": source_id}
            for name, value in row["fields"].items()
            if (source_id := row["sources"].get(name)) in plan.moved
        }
        if plan.kind is CorrectionKind.SPLIT:
            target = uuid4()
            await self._make(conn, target, source, rows, row)
            plan = _with_made(plan, str(target))
        if rows:
            reason = order.why or plan.kind.value
            await corrections.move(conn, rows, target, order.author, reason, now)
        await self._settle(conn, plan, source, target, list(carried))
        kept = await corrections.keep_correction(
            conn,
            plan,
            {
                "request_key": order.request_key,
                "asked": asked,
                "author": order.author,
                "why": order.why,
                "account": case.account,
                "target": target,
            },
            now,
        )
        told = {"correction": kept["id"], "author": order.author, "why": order.why}
        for change in plan.changes:
            data = told | await self._data(conn, plan, change, row, rows)
            if change.part is Part.TOOK:
                data |= {"fields": carried}
                if plan.kind is CorrectionKind.MERGE:
                    data |= {"priority": row["priority"]}
            await self._tell(conn, change, data)
        log.info("corrected", kind=plan.kind.value, incident=plan.source, target=str(target))
        return kept

    async def _settle(
        self, conn: Connection, plan: Plan, source: UUID, target: UUID | None, lost: list[str]
    ) -> None:
        """What the rows of the incidents say at once, so that assignment finds them right."""
        now = self._clock.now()
        match plan.kind:
            case CorrectionKind.MERGE:
                await corrections.set_aside(conn, source, target, now)
            case CorrectionKind.DISMISS:
                await corrections.set_aside(conn, source, None, now)
            case CorrectionKind.TAKE_UP:
                await corrections.bring_back(conn, target or source, now)
            case CorrectionKind.ATTACH:
                await corrections.set_parent(conn, source, target)
            case CorrectionKind.DETACH:
                await corrections.set_parent(conn, source, None)
        if plan.moved:
            if plan.kind is not CorrectionKind.MERGE:
                await corrections.count_people(conn, source, lost)
            if target is not None:
                await corrections.count_people(conn, target, [])

    async def _make(
        self,
        conn: Connection,
        incident: UUID,
        source: UUID,
        rows: Sequence[Moving],
        row: dict[str, Any],
    ) -> None:
        said = [one for one in rows if not one.from_me]
        text = "\n".join(one.text for one in said if one.text)
        group = self._home(row["chat"]).name or row["group_name"] or ""
        gist = self._reader.read(text, group_name=group, sender_name="")
        people = [one.person_id for one in said if one.person_id is not None]
        values = {
            "reporter": people[0] if people else None,
            "store": gist.store,
            "system": gist.system,
            "error": gist.error,
            "meaning": list(gist.meaning),
            "opened_at": said[0].sent_at,
            "last_at": said[-1].sent_at,
        }
        await corrections.make_incident(conn, incident, source, values)

    async def _data(
        self,
        conn: Connection,
        plan: Plan,
        change: Change,
        row: dict[str, Any],
        rows: Sequence[Moving],
    ) -> dict[str, Any]:
        """What the turn of one incident says besides who and why."""
        brought = [one.row for one in rows if not one.from_me]
        others = [one for one in plan.changes if one.incident != change.incident]
        made = plan.kind is CorrectionKind.SPLIT
        data: dict[str, Any] = {
            "other": others[0].incident if others else None,
            "other_number": others[0].ticket_number if others else None,
        }
        match change.part:
            case Part.GAVE:
                return data | {
                    "messages": list(plan.moved),
                    "text": _quoted(rows),
                    "status": row["status"],
                    "made": made,
                }
            case Part.TOOK:
                return data | {
                    "rows": brought,
                    # Its group has heard of a ticket for these words: no second notice.
                    "told": made and any(one.fate is TicketFate.NOTED for one in others),
                    "where": _store_of_writer(row, rows) if made else None,
                    "made": made,
                }
            case Part.TAKEN_UP if plan.kind is CorrectionKind.TAKE_UP and not plan.moved:
                all_of_it = (await corrections.load_case(conn, UUID(plan.source))) or None
                ids = all_of_it.messages if all_of_it else ()
                whole = await corrections.moving(conn, UUID(plan.source), ids, with_ours=False)
                return data | {"rows": [one.row for one in whole]}
            case Part.TAKEN_UP:
                return data | {"rows": brought}
            case Part.LINKED | Part.UNLINKED:
                now = await load(conn, UUID(str(change.incident)))
                assert now is not None  # noqa: S101 - it is one of the two
                return data | {"outage": known_outage(now), "child": change.incident == plan.source}
        return data

    async def _tell(self, conn: Connection, change: Change, data: dict[str, Any]) -> None:
        incident = UUID(str(change.incident))
        await add_turn(conn, incident, CORRECTION, change.part.value, data, self._clock.now())
        await defer_run(self._queue, conn, str(incident))


def _concerned(case: Case, other: Case | None) -> list[UUID]:
    return [UUID(one.id) for one in (case, other) if one is not None]


def _with_made(plan: Plan, made: str) -> Plan:
    """The plan of a split with the incident that was made for it."""
    changes = tuple(
        replace(one, incident=made) if one.incident is None else one for one in plan.changes
    )
    return replace(plan, changes=changes)


def _quoted(rows: Sequence[Moving]) -> str:
    """What goes, as the ticket that it leaves quotes it."""
    return "\n".join(f"«{one.text}»" for one in rows if one.text and not one.from_me)


def _store_of_writer(row: dict[str, Any], rows: Sequence[Moving]) -> str | None:
    """The store of the incident that is split, if its reporter wrote what goes: a person speaks of
    one store until they name another."""
    wrote = row["reporter_id"] in {one.person_id for one in rows}
    return row["fields"].get("store") if wrote else None
