"""What was handed over because nobody answered still takes the answer, without a quote."""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat

REPORT = "la impresora de tickets no funciona"
HANDED_OVER = 9000.0


@pytest.mark.parametrize("answer", ["tienda 45", "es la 45", "la 45"])
async def test_the_answer_after_the_hand_over_makes_the_ticket(
    group: GroupChat, answer: str
) -> None:
    await group.says(REPORT, pause=HANDED_OVER)
    assert await group.status() == ["escalated"]
    await group.says(answer, pause=60)
    [ticket] = group.tickets
    assert ticket.subject.endswith("tienda 45")
    assert ticket.number in group.replies[-1]


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
