"""A story told by what falls due is the one that is told second by second: the same words, at the
same times, and the same tickets."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

INCOMPLETE = "La impresora de tickets no funciona"
_TURNS = "SELECT chat, kind, name, state, first_at, last_at, due_at FROM turns ORDER BY id"
_EFFECTS = """SELECT i.chat, o.purpose, o.state, o.attempts, o.looks, o.created_at,
                o.not_before, o.done_at
              FROM outbox o JOIN incidents i ON i.id = o.incident_id ORDER BY o.id"""
Story = Callable[[GroupChat, Person, Person], Awaitable[None]]


async def never_answered(group: GroupChat, lupita: Person, raul: Person) -> None:
    await group.says(INCOMPLETE, by=lupita)
    await group.passes(9000)
    await group.passes(40_000)


async def a_burst_and_a_late_answer(group: GroupChat, lupita: Person, raul: Person) -> None:
    await group.says("hola", by=lupita, pause=4)
    await group.says(INCOMPLETE, by=lupita, pause=7)
    await group.says("no hay agua en la tienda 8", by=raul, pause=3)
    await group.passes(3000)
    await group.says("tienda 45", by=lupita, pause=11)
    await group.passes(200)


async def a_desk_that_is_down(group: GroupChat, lupita: Person, raul: Person) -> None:
    group.desk.go_down()
    await group.says("En la tienda 12 no sirve la terminal, marca error E-51", by=lupita)
    await group.passes(500)
    group.desk.come_back()
    await group.passes(900)


async def an_answer_that_is_lost(group: GroupChat, lupita: Person, raul: Person) -> None:
    group.desk.fail_next("open_ticket", "unknown_after_commit")
    await group.says("En la tienda 12 no sirve la terminal, marca error E-51", by=lupita)
    await group.passes(300)


@pytest.mark.parametrize(
    "story",
    [never_answered, a_burst_and_a_late_answer, a_desk_that_is_down, an_answer_that_is_lost],
)
async def test_what_is_skipped_is_nothing(group: GroupChat, story: Story) -> None:
    told = []
    for patient in (True, False):
        # A group, people and a month of its own.
        group.patient, group.chat = patient, f"12036300000000000{int(patient)}@g.us"
        people = [replace(one, lid=f"{int(patient)}{one.lid}") for one in (LUPITA, RAUL)]
        await group.passes(60 * 86_400)
        tickets = len(group.tickets)
        await story(group, *people)
        said = [re.sub(r"#\d+", "#", one.text) for one in group.sent if one.chat == group.chat]
        opened = [(one.subject, one.priority, len(one.comments)) for one in group.tickets[tickets:]]
        told.append((said, opened, await _times(group, _TURNS), await _times(group, _EFFECTS)))
        assert said
    assert told[0] == told[1]


async def _times(group: GroupChat, query: str) -> list[list[Any]]:
    """What came about in the chat, each time counted from the first of them."""
    rows = [dict(row) for row in await group.rows(query)]
    mine = [row for row in rows if row.pop("chat") == group.chat]
    times = [one for row in mine for one in row.values() if isinstance(one, datetime)]
    return [
        [one - min(times) if isinstance(one, datetime) else one for one in row.values()]
        for row in mine
    ]
