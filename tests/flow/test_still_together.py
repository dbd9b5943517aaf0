"""What is said of several open tickets at once reaches each of them.

Lupita: (two tickets)
Lupita: siguen igual las dos           -> a comment on both
Raúl (of that store): ya quedó todo    -> both read that it works again
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

BOTH = ("no jala la impresora de tickets de la tienda 45", "el aire no enfría")


async def two(group: GroupChat) -> None:
    for words in BOTH:
        await group.says(words, pause=300)
    assert len(group.tickets) == 2


@pytest.mark.parametrize(
    "words",
    [
        "siguen igual las dos",
        "las dos siguen sin funcionar",
        "ninguna de las dos jala",
        "ambas siguen fallando",
        "hola, todavía no funciona ninguna",
        "siguen fallando los dos reportes",
        "no han arreglado ninguna de las dos",
        "buenas, todo sigue igual",
        "ninguno de los dos anda",
    ],
)
async def test_both_tickets_read_it(group: GroupChat, words: str) -> None:
    await two(group)
    await group.says(words)
    assert [any(words in c.text for c in t.comments) for t in group.tickets] == [True, True]
    assert len(group.replies) == 2


@pytest.mark.parametrize(
    "words",
    [
        "las dos cajas siguen sin sistema",
        "no prende ninguna de las dos terminales",
        "siguen sin luz las dos bodegas",
        "las dos cámaras no graban",
    ],
)
async def test_what_is_named_is_a_matter_of_its_own(group: GroupChat, words: str) -> None:
    await two(group)
    await group.says(words)
    heard = [t.description for t in group.tickets[2:]] + [
        c.text for t in group.tickets for c in t.comments
    ]
    assert sum(words.split()[-1] in text for text in heard) == 1


async def test_a_colleague_whose_store_is_known_says_it_of_all(group: GroupChat) -> None:
    await two(group)
    await group.says("en la 45 no baja la cortina", by=RAUL, pause=300)
    await group.says("ya quedó todo, gracias", by=RAUL)
    told = [any("ya quedó resuelto" in c.text for c in t.comments) for t in group.tickets]
    assert told == [True, True, True]


async def test_of_another_store_nothing_is_said(group: GroupChat) -> None:
    await two(group)
    ana = Person("Ana", lid="333333333333333@lid")
    await group.says("en la 12 no baja la cortina", by=ana, pause=300)
    await group.says("ya quedó todo, gracias", by=ana)
    assert [t.comments for t in group.tickets[:2]] == [[], []]
    await group.says("ya quedó todo", by=RAUL)
    assert [t.comments for t in group.tickets[:2]] == [[], []]


async def test_one_ticket_is_one(group: GroupChat) -> None:
    await group.says("las dos cajas de la tienda 45 no prenden", pause=300)
    await group.says("siguen igual las dos", by=LUPITA)
    [ticket] = group.tickets
    assert len(ticket.comments) == 1
