"""What is no incident is set aside by a person, and taken up again when it was one after all.

Lupita:  la impresora no imprime, tienda 45 (a drill)      -> ticket 101
Marta sets it aside                                        -> 101 is withdrawn, nobody is told
Marta takes it up                                          -> 101 is open again
"""

from __future__ import annotations

import pytest

from domain.correction import CorrectionKind
from domain.errors import OutOfPlace
from tests.flow.chat import LUPITA, RAUL, GroupChat
from tests.flow.operator import Operator

DISMISS, TAKE_UP, MOVE = CorrectionKind.DISMISS, CorrectionKind.TAKE_UP, CorrectionKind.MOVE
PRINTER = "la impresora de tickets no imprime, tienda 45"


async def test_its_ticket_is_withdrawn_and_comes_back(group: GroupChat) -> None:
    operator = Operator(group)
    await group.says(PRINTER)
    [incident] = await operator.incidents()
    await operator.does(DISMISS, incident, why="era un simulacro")
    await group.watch().poll()
    await group.passes(2000)
    [ticket] = group.tickets
    assert ticket.status == "Closed"
    assert "era un simulacro" in ticket.comments[0].text
    assert await group.status() == ["dismissed"]
    await operator.does(TAKE_UP, incident)
    await group.watch().poll()
    await group.passes(2000)
    assert (ticket.status, await group.status()) == ("Open", ["ticketed"])
    assert len(group.sent) == 1
    assert len(group.tickets) == 1
    group.desk.set_status(ticket.id, "On Hold")
    await group.watch().poll()
    await group.works()
    assert len(group.sent) == 2


async def test_a_question_that_is_out_is_forgotten(group: GroupChat) -> None:
    operator = Operator(group)
    await group.says("la impresora de tickets no imprime")
    [incident] = await operator.incidents()
    await operator.does(DISMISS, incident)
    await group.passes(9000)
    assert len(group.sent) == 1
    assert (await operator.row(incident))["pending"] is None
    assert await group.rows("SELECT 1 FROM timers") == []


async def test_what_is_said_later_does_not_wake_it(group: GroupChat) -> None:
    operator = Operator(group)
    await group.says(PRINTER)
    [incident] = await operator.incidents()
    await operator.does(DISMISS, incident)
    await group.says("la impresora no imprime nada, tienda 45", by=RAUL)
    assert await group.status() == ["dismissed", "ticketed"]


async def test_a_ticket_that_was_never_opened_is_opened_when_it_is_taken_up(
    group: GroupChat,
) -> None:
    operator = Operator(group)
    group.desk.go_down()
    await group.says(PRINTER)
    [incident] = await operator.incidents()
    await operator.does(DISMISS, incident)
    group.desk.come_back()
    await group.passes(900)
    assert (group.tickets, group.sent) == ([], [])
    await operator.does(TAKE_UP, incident)
    await group.passes(600)
    [ticket] = group.tickets
    assert [ticket.number in reply for reply in group.replies] == [True]


async def test_what_was_withdrawn_too_soon_is_taken_up_and_asked_for(group: GroupChat) -> None:
    operator = Operator(group)
    await group.says("la impresora de tickets no imprime", pause=60)
    await group.says("ya quedó, gracias")
    [incident] = await operator.incidents()
    assert await group.status() == ["withdrawn"]
    await operator.does(TAKE_UP, incident, why="volvieron a llamar")
    assert await group.status() == ["collecting"]
    assert len(group.sent) == 2
    await group.says("tienda 45", quotes=group.sent[-1].id)
    assert "tienda 45" in group.tickets[0].subject


async def test_what_is_not_set_aside_cannot_be_taken_up(group: GroupChat) -> None:
    operator = Operator(group)
    said = await group.says(PRINTER, by=LUPITA)
    [incident] = await operator.incidents()
    with pytest.raises(OutOfPlace, match="not set aside"):
        await operator.does(TAKE_UP, incident)
    await operator.does(DISMISS, incident)
    with pytest.raises(OutOfPlace, match="take it up first"):
        await operator.does(DISMISS, incident)
    with pytest.raises(OutOfPlace, match="take it up first"):
        await operator.does(MOVE, incident, said)
