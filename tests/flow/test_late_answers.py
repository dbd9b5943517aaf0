"""What was handed over because nobody answered still takes the answer, without a quote.

Lupita:  la impresora de tickets no funciona
Recado:  ¿De qué tienda se trata?              (four times, then it is handed over)
Lupita:  45                                    -> a ticket; with a person, who reads of it, none
Lupita:  45                                    -> a comment on it, and no word
"""

from __future__ import annotations

import pytest

from graph.context import Context
from tests.flow.chat import RAUL, GroupChat

REPORT = "la impresora de tickets no funciona"
HANDED_OVER = 9000.0


@pytest.mark.parametrize("answer", ["tienda 45", "es la 45", "la 45", "45"])
async def test_the_answer_after_the_hand_over_makes_the_ticket(
    group: GroupChat, answer: str
) -> None:
    await group.says(REPORT, pause=HANDED_OVER)
    assert await group.status() == ["escalated"]
    await group.says(answer, pause=60)
    [ticket] = group.tickets
    assert ticket.subject.endswith("tienda 45")
    assert ticket.number in group.replies[-1]


@pytest.mark.parametrize("answer", ["45", "la 45", "polanco"])
async def test_whoever_it_was_handed_to_reads_the_answer_and_the_group_nothing(
    group: GroupChat, answer: str
) -> None:
    group.knobs.context = Context(human_support="525500000001")
    await group.says(REPORT, pause=60)
    await group.says("no sé", pause=60)
    assert await group.status() == ["escalated"]
    told = len(group.sent)
    await group.says(answer, pause=600)
    [row] = await group.rows("SELECT store, status FROM incidents")
    assert row == {"store": "Polanco" if answer == "polanco" else "45", "status": "escalated"}
    assert len(group.sent) == told
    assert group.tickets == []


async def test_a_bare_number_with_a_ticket_is_a_comment_and_no_word(group: GroupChat) -> None:
    await group.says(REPORT, pause=60)
    await group.says("la 45", pause=60)
    await group.says("54", pause=60)
    [ticket] = group.tickets
    assert [comment.text for comment in ticket.comments] == ["Lupita: 54"]
    assert len(group.sent) == 2


async def test_who_waits_for_a_person_may_still_answer(group: GroupChat) -> None:
    await group.says(REPORT, pause=60)
    await group.says("quiero hablar con una persona", pause=60)
    assert await group.status() == ["escalated"]
    await group.says("45", pause=60)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]


@pytest.mark.parametrize(
    "answer", ["creo que es la 45", "jaja perdón, la 45", "la 45 pues", "ha de ser la 45"]
)
async def test_an_answer_in_passing_is_one(group: GroupChat, answer: str) -> None:
    await group.says(REPORT, pause=60)
    await group.says(answer, pause=60)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]
    assert len(group.replies) == 2


async def test_a_bare_number_of_somebody_else_is_no_answer(group: GroupChat) -> None:
    await group.says(REPORT, pause=HANDED_OVER)
    await group.says("45", by=RAUL, pause=60)
    assert group.tickets == []
    assert await group.status() == ["escalated"]


async def test_what_was_done_to_one_of_two_things_belongs_to_that_one(group: GroupChat) -> None:
    await group.says("no prende la báscula tienda 12", pause=90)
    await group.says("y aparte el aire no enfría", pause=90)
    await group.says("la báscula ya la cambié de contacto y nada", pause=60)
    scale, air = group.tickets
    assert ["contacto" in comment.text for comment in scale.comments] == [True]
    assert air.comments == []
