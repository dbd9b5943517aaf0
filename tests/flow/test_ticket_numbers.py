"""A ticket that is named by its number is the one that is meant, as if it were quoted.

Lupita:  no prende el horno de la tienda 12          -> ticket 101
Lupita:  la puerta de la tienda 12 no cierra         -> ticket 102
Lupita:  el ticket 101 ya quedó, pueden cerrarlo     -> 101 hears of it
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat, Person

MARIANA = Person("Mariana", lid="333333333333333@lid")
OVEN, DOOR = "no prende el horno de la tienda 12", "la puerta de la tienda 12 no cierra"


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("como va el ticket 102?", "#102"),
        ("como va el ticket 101?", "#101"),
        ("estatus del 101?", "#101"),
        ("en qué va el folio 101?", "#101"),
        ("alguna novedad del caso 101?", "#101"),
        ("que paso con el #101?", "#101"),
    ],
)
async def test_who_asks_for_a_number_is_answered_of_that_ticket(
    group: GroupChat, words: str, number: str
) -> None:
    await group.says("no prende la impresora de la 45")
    await group.says("no hay agua en la 30", by=RAUL, pause=300)
    await group.says(words, by=MARIANA)
    assert len(group.sent) == 3
    assert number in group.replies[-1]


@pytest.mark.parametrize(
    "words",
    ["el ticket 101 ya quedó, pueden cerrarlo", "#101 ya quedó", "caso 101 resuelto, gracias"],
)
async def test_the_number_that_is_mended_is_told_to_its_ticket(
    group: GroupChat, words: str
) -> None:
    await group.says(OVEN, pause=1000)
    await group.says(DOOR, pause=1000)
    await group.says(words)
    oven, door = group.tickets
    assert [len(oven.comments), len(door.comments)] == [1, 0]
    assert "ya quedó resuelto" in oven.comments[0].text


async def test_the_number_that_still_fails_is_what_is_reopened(group: GroupChat) -> None:
    await group.says(OVEN, pause=1000)
    await group.says(DOOR, pause=1000)
    watch = group.watch()
    await watch.poll()
    for ticket in group.tickets:
        group.desk.set_status(ticket.id, "Closed")
        await watch.poll()
        await group.passes(300)
    await group.says("el ticket 101 sigue igual, no lo han arreglado")
    assert [t.status for t in group.tickets] == ["Open", "Closed"]


async def test_two_numbers_are_two_tickets(group: GroupChat) -> None:
    await group.says(OVEN, pause=1000)
    await group.says(DOOR, pause=1000)
    await group.says("ya quedaron los tickets 101 y 102")
    assert [len(ticket.comments) for ticket in group.tickets] == [1, 1]


async def test_the_number_of_a_store_is_no_ticket(group: GroupChat) -> None:
    await group.says("no hay agua en la tienda 101", pause=300)
    await group.says("no prende la impresora de la 45", by=RAUL, pause=300)
    await group.says("como va el 101?", by=RAUL)
    await group.says("en la tienda #101 tampoco hay luz", by=RAUL)
    tickets = group.tickets
    assert [t.number for t in tickets] == ["101", "102", "103"]
    assert tickets[2].subject.endswith("tienda 101")
    assert tickets[0].comments == []


async def test_a_number_that_no_ticket_has_changes_nothing(group: GroupChat) -> None:
    await group.says(OVEN, pause=300)
    await group.says("como va el ticket 77?")
    assert "#101" in group.replies[-1]
    await group.says("no prende la freidora de la tienda 9, reporte 77", by=RAUL)
    assert len(group.tickets) == 2


async def test_a_report_that_names_a_ticket_beside_it_is_a_report(group: GroupChat) -> None:
    await group.says(OVEN, pause=300)
    await group.says("no hay internet en la tienda 12, aparte del ticket 101", pause=300)
    assert len(group.tickets) == 2
    await group.says("no imprime el ticket 101 en la caja 2 de la tienda 30", by=RAUL)
    assert len(group.tickets) == 3
