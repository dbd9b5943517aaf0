"""Two incidents that are one problem: a person merges them, one ticket is left and names the other.

Lupita:  la impresora de la tienda 45 no imprime           -> ticket 101
Raúl:    la báscula de la tienda 45 no prende              -> ticket 102
Marta merges them                                          -> 102 is withdrawn, 101 names it
"""

from __future__ import annotations

import pytest

from domain.correction import CorrectionKind, Part, TicketFate
from domain.errors import BadInput, OutOfPlace
from tests.flow.chat import LUPITA, RAUL, GroupChat
from tests.flow.operator import Operator

MERGE, TAKE_UP = CorrectionKind.MERGE, CorrectionKind.TAKE_UP
PRINTER = "la impresora de tickets no imprime, tienda 45"
SCALE = "la báscula no prende en la tienda 45"


async def two_tickets(group: GroupChat) -> tuple[str, str]:
    await group.says(PRINTER, by=LUPITA, pause=120)
    await group.says(SCALE, by=RAUL)
    assert len(group.tickets) == 2
    first, second = await Operator(group).incidents()
    return first, second


@pytest.mark.parametrize("named_first", [0, 1])
async def test_the_later_ticket_is_withdrawn_and_names_the_kept_one(
    group: GroupChat, named_first: int
) -> None:
    operator = Operator(group)
    first, second = await two_tickets(group)
    pair = [first, second]
    told = len(group.sent)
    await operator.does(
        MERGE, pair[named_first], other=pair[1 - named_first], why="es el mismo corte"
    )
    kept, gone = group.tickets
    assert (kept.status, gone.status) == ("Open", "Closed")
    [link] = gone.comments
    assert f"#{kept.number}" in link.text
    assert "Marta" in link.text
    assert "es el mismo corte" in link.text
    [brought] = kept.comments
    assert f"#{gone.number}" in brought.text
    assert SCALE in brought.text
    assert await operator.said_in(first) == [PRINTER, SCALE]
    assert (await operator.row(second))["status"] == "merged"
    await group.watch().poll()
    await group.passes(2000)
    assert len(group.sent) == told
    assert len(group.tickets) == 2


async def test_a_ticket_that_somebody_works_on_is_left_to_them(group: GroupChat) -> None:
    operator = Operator(group)
    first, second = await two_tickets(group)
    group.desk.set_status(group.tickets[1].id, "On Hold")
    await operator.does(MERGE, second, other=first)
    assert group.tickets[1].status == "On Hold"
    assert f"#{group.tickets[0].number}" in group.tickets[1].comments[0].text


async def test_a_ticket_that_is_not_there_yet_is_never_opened(group: GroupChat) -> None:
    operator = Operator(group)
    await group.says(PRINTER, by=LUPITA, pause=120)
    group.desk.go_down()
    await group.says(SCALE, by=RAUL)
    first, second = await operator.incidents()
    await operator.does(MERGE, second, other=first)
    group.desk.come_back()
    await group.passes(900)
    [ticket] = group.tickets
    assert SCALE in ticket.comments[0].text
    assert [ticket.number in reply for reply in group.replies] == [True]


async def test_what_was_asked_is_not_asked_again(group: GroupChat) -> None:
    operator = Operator(group)
    await group.says("la impresora de tickets no imprime", by=LUPITA, pause=60)
    await group.says("otra cosa, la báscula no prende", by=RAUL)
    assert len(group.sent) == 2
    first, second = await operator.incidents()
    question = group.sent[1].id
    await operator.does(MERGE, second, other=first)
    assert len(group.sent) == 2
    # Whoever quotes the question of the one that is gone answers the one that is left.
    await group.says("en la 45", by=RAUL, quotes=question)
    [ticket] = group.tickets
    assert "tienda 45" in ticket.subject
    assert (await operator.row(first))["status"] == "ticketed"


async def test_later_words_find_the_incident_that_is_left(group: GroupChat) -> None:
    operator = Operator(group)
    first, second = await two_tickets(group)
    words = list(group.messages)[1]
    await operator.does(MERGE, first, other=second)
    await group.says("ya le cambiamos el cable y nada", by=RAUL, quotes=words)
    assert "cambiamos el cable" in group.tickets[0].comments[-1].text
    assert len(await operator.incidents()) == 2


async def test_a_merging_is_undone_by_taking_up(group: GroupChat) -> None:
    operator = Operator(group)
    first, second = await two_tickets(group)
    told = len(group.sent)
    await operator.does(MERGE, first, other=second)
    await group.watch().poll()
    await group.works()
    await operator.does(TAKE_UP, second, why="son dos cosas")
    await group.watch().poll()
    await group.passes(600)
    assert [ticket.status for ticket in group.tickets] == ["Open", "Open"]
    assert await operator.said_in(first) == [PRINTER]
    assert await operator.said_in(second) == [SCALE]
    assert [(await operator.row(one))["status"] for one in (first, second)] == ["ticketed"] * 2
    assert (await operator.row(first))["fields"]["system"] == "impresora de tickets"
    assert len(group.sent) == told
    assert len(group.tickets) == 2
    # And it lives: what is said of it becomes a comment of its ticket.
    await group.says("la báscula ya marca error E-7", by=RAUL)
    assert "E-7" in group.tickets[1].comments[-1].text


async def test_the_same_request_is_done_once(group: GroupChat) -> None:
    operator = Operator(group)
    first, second = await two_tickets(group)
    made = await operator.does(MERGE, first, other=second, key="k1")
    again = await operator.does(MERGE, first, other=second, key="k1")
    assert again["id"] == made["id"]
    assert len(group.tickets[0].comments) == 1
    with pytest.raises(OutOfPlace, match="something else"):
        await operator.does(TAKE_UP, second, key="k1")


async def test_a_preview_says_what_will_happen_and_does_nothing(group: GroupChat) -> None:
    operator = Operator(group)
    first, second = await two_tickets(group)
    plan = await operator.sees(MERGE, first, other=second)
    gone, kept = plan.changes
    assert (gone.incident, gone.part, gone.fate) == (second, Part.MERGED, TicketFate.WITHDRAWN)
    assert (kept.incident, kept.ticket_number) == (first, group.tickets[0].number)
    await group.works()
    assert [ticket.status for ticket in group.tickets] == ["Open", "Open"]
    with pytest.raises(BadInput):
        await operator.sees(MERGE, first, other=first)
