"""The machine was off for a day: what fell due meanwhile goes in its order, and not all at once.

Lupita:  la impresora de tickets no funciona
Recado:  ¿De qué tienda se trata?
(the machine sleeps for a day)
Recado:  @soporte, ... sin la tienda    -> a person, neither another question nor a goodbye
(nobody answers for the rest of a day)
Recado:  closed
"""

from __future__ import annotations

from datetime import timedelta

import pytest

import prompts
from graph.context import Context
from tests.flow.chat import GroupChat

REPORT = "la impresora de tickets no funciona"
HOUR = 3600.0
SUPPORT = "5215500000001"


async def sleeps(group: GroupChat, hours: float) -> None:
    """Let time pass in which nothing runs."""
    group.clock.move_to(group.clock.now() + timedelta(hours=hours))
    await group.works()


@pytest.mark.parametrize("hours", [23.9, 24.0, 30.0, 80.0])
async def test_a_person_is_called_before_it_is_closed(group: GroupChat, hours: float) -> None:
    await group.says(REPORT, pause=120)
    await sleeps(group, hours)
    assert await group.status() != ["closed"]
    assert len(group.replies) == 2
    await group.passes(80 * HOUR)
    # The rest as on any other day: a word for a person, and long after it the goodbye.
    called, closed = [
        row["done_at"]
        for row in await group.rows(
            """SELECT done_at FROM outbox WHERE state = 'done'
               AND effect_key ~ ':(escalated|closed)$' ORDER BY effect_key ~ ':closed$'"""
        )
    ]
    assert closed - called > timedelta(hours=12)
    assert group.replies[-1] == prompts.load("follow_up").say("closed")
    assert len(set(group.replies)) == len(group.replies)


async def test_who_was_called_before_the_sleep_is_not_called_again(group: GroupChat) -> None:
    await group.says(REPORT, pause=2.5 * HOUR)
    assert await group.status() == ["escalated"]
    said = len(group.replies)
    await sleeps(group, 40)
    assert await group.status() == ["closed"]
    assert len(group.replies) == said + 1


async def test_a_late_answer_after_the_sleep_still_makes_the_ticket(group: GroupChat) -> None:
    await group.says(REPORT, pause=120)
    await sleeps(group, 30)
    await group.says("tienda 45")
    [ticket] = group.tickets
    assert ticket.subject.endswith("tienda 45")
    assert ticket.number in group.replies[-1]
    await group.passes(80 * HOUR)
    assert ticket.number in group.replies[-1]


async def test_where_support_is_named_it_is_called_and_nothing_more_is_said(
    group: GroupChat,
) -> None:
    group.knobs.context = Context(human_support=SUPPORT)
    await group.says(REPORT, pause=120)
    await sleeps(group, 30)
    assert [one.mentions for one in group.sent] == [(), (SUPPORT,)]
    await group.passes(80 * HOUR)
    assert len(group.sent) == 2


async def test_a_question_that_never_left_is_asked_and_waits_its_time(group: GroupChat) -> None:
    await group.says(REPORT, pause=0)
    await sleeps(group, 30)
    assert len(group.replies) == 1
    await group.passes(3 * HOUR)
    assert await group.status() == ["escalated"]
    assert len(group.replies) == 5
