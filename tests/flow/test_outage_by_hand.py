"""A person decides what belongs to an outage: detaches a report from it, attaches another.

Lupita:  se cayó el sistema en la tienda 12                -> ticket 101, told
Raúl:    tienda 30 también sin sistema                     -> ticket 102, a report of 101
Marta detaches it, and attaches it again
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import pytest

from domain.correction import CorrectionKind
from domain.errors import OutOfPlace
from server.persistence import corrections
from server.persistence.database import Connection
from tests.flow.chat import LUPITA, RAUL, GroupChat, Person
from tests.flow.operator import Operator

ATTACH, DETACH = CorrectionKind.ATTACH, CorrectionKind.DETACH
NORA = Person("Nora", lid="333333333333333@lid")


async def outage(group: GroupChat) -> list[str]:
    await group.says("se cayó el sistema en la tienda 12", by=LUPITA, pause=60)
    await group.says("tienda 30 también sin sistema", by=RAUL, pause=60)
    return await Operator(group).incidents()


async def parents(group: GroupChat) -> list[object]:
    rows = await group.rows("SELECT parent FROM incidents ORDER BY opened_at, id")
    return [str(row["parent"]) if row["parent"] else None for row in rows]


async def test_a_report_is_detached_and_attached_again(group: GroupChat) -> None:
    operator = Operator(group)
    first, second = await outage(group)
    assert await parents(group) == [None, first]
    told = len(group.sent)
    await operator.does(DETACH, second, why="es otra falla")
    assert await parents(group) == [None, None]
    assert "es otra falla" in group.tickets[1].comments[-1].text
    assert f"#{group.tickets[1].number} ya no es parte" in group.tickets[0].comments[-1].text
    outage_of = await group.rows("SELECT id, data FROM turns WHERE name = 'unlinked' ORDER BY id")
    assert [row["data"]["child"] for row in outage_of] == [True, False]
    await operator.does(ATTACH, second, other=first)
    assert await parents(group) == [None, first]
    assert f"#{group.tickets[0].number}" in group.tickets[1].comments[-1].text
    assert f"#{group.tickets[1].number}" in group.tickets[0].comments[-1].text
    assert len(group.sent) == told


async def test_what_only_the_outage_told_is_asked_for_once_it_is_detached(
    group: GroupChat,
) -> None:
    operator = Operator(group)
    await outage(group)
    await group.says("aquí tampoco hay sistema", by=NORA, pause=60)
    third = (await operator.incidents())[2]
    assert (await operator.row(third))["status"] == "collecting"
    await operator.does(DETACH, third)
    row = await operator.row(third)
    assert row["pending"]["field"] in ("store", "system")
    await group.says("la 77", by=NORA)
    assert "77" in group.tickets[2].subject


async def test_what_another_order_changed_meanwhile_is_locked_as_well(
    group: GroupChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator = Operator(group)
    await outage(group)
    await group.says("la báscula no prende en la tienda 45", by=NORA)
    first, second, third = await operator.incidents()
    locked: list[set[str]] = []
    lock = corrections.lock_chats

    async def after_another(conn: Connection, incidents: Sequence[UUID]) -> None:
        if not locked:
            async with group.engine.pool.connection() as other:
                await corrections.set_parent(other, UUID(second), UUID(third))
        locked.append({str(one) for one in incidents})
        await lock(conn, incidents)

    monkeypatch.setattr(corrections, "lock_chats", after_another)
    made = await operator.does(DETACH, second)
    assert str(made["target"]) == third
    assert locked == [{first, second}, {second, third}]


async def test_an_outage_goes_on_as_one_when_a_report_leaves_it(group: GroupChat) -> None:
    operator = Operator(group)
    first, second = await outage(group)
    await operator.does(DETACH, second)
    await group.says("aquí en la 45 tampoco hay sistema", by=NORA, pause=60)
    third = (await operator.incidents())[2]
    assert (await parents(group))[2] in (first, second)
    assert third not in (first, second)


async def test_an_outage_is_no_report_and_a_report_no_outage(group: GroupChat) -> None:
    operator = Operator(group)
    first, second = await outage(group)
    await group.says("la báscula no prende en la tienda 45", by=NORA)
    third = (await operator.incidents())[2]
    with pytest.raises(OutOfPlace, match="detach them first"):
        await operator.does(ATTACH, first, other=third)
    with pytest.raises(OutOfPlace, match="attach to that"):
        await operator.does(ATTACH, third, other=second)
    with pytest.raises(OutOfPlace, match="detach them first"):
        await operator.does(CorrectionKind.DISMISS, first)
    with pytest.raises(OutOfPlace, match="attached to no outage"):
        await operator.does(DETACH, third)


async def test_reports_of_an_outage_that_is_merged_are_reports_of_what_is_left(
    group: GroupChat,
) -> None:
    operator = Operator(group)
    first, _ = await outage(group)
    await group.says("la báscula no prende en la tienda 45", by=NORA)
    third = (await operator.incidents())[2]
    group.desk.set_status(group.tickets[0].id, "Closed")
    await group.watch().poll()
    await group.works()
    await operator.does(CorrectionKind.MERGE, first, other=third)
    assert await parents(group) == [None, third, None]
