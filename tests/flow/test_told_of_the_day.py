"""What is done and over in a shop's day ends no report.

Ana: hola, se trabó la terminal bancaria y no pasa tarjetas
Recado: Gracias por avisar, Ana. ¿De qué tienda se trata?
Ana: ya salí a comer, regreso en 30           (the report stays open)
Beto: ya pasó el supervisor, todo bien        (so it does)
Ana: tienda 45                                (and has its ticket)
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat, Person

ANA = Person("Ana", lid="333333333333333@lid")
BETO = Person("Beto", lid="444444444444444@lid")
FULL = "buenas, la impresora de tickets de la tienda 45 no imprime nada"
NO_STORE = "hola, se trabó la terminal bancaria y no pasa tarjetas"


@pytest.mark.parametrize(
    "words",
    [
        "ya regresé",
        "ya salí a comer, regreso en 30",
        "ya vino el fumigador",
        "ya quedó el exhibidor de la entrada",
        "ya descargamos todo",
        "ya pagaron",
        "ya apareció la señora",
        "ya pasó el supervisor, todo bien",
    ],
)
async def test_who_reported_may_tell_of_their_day(group: GroupChat, words: str) -> None:
    await group.says(NO_STORE, by=ANA, pause=300)
    await group.says(words, by=ANA, pause=60)
    assert await group.status() == ["collecting"]
    await group.says("tienda 45", by=ANA)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]


@pytest.mark.parametrize(
    "words", ["ya pasó el supervisor, todo bien", "ya vino el supervisor, todo ok"]
)
async def test_so_may_a_colleague(group: GroupChat, words: str) -> None:
    await group.says(NO_STORE, by=ANA, pause=150)
    await group.says(words, by=BETO, pause=60)
    assert await group.status() == ["collecting"]


@pytest.mark.parametrize("words", ["ya regresé", "ya pasó el supervisor, todo bien", "ya pagaron"])
async def test_the_desk_does_not_read_that_it_works(group: GroupChat, words: str) -> None:
    await group.says(FULL, by=ANA, pause=3600)
    await group.says(words, by=ANA, pause=60)
    [ticket] = group.tickets
    assert not any("ya quedó resuelto" in comment.text for comment in ticket.comments)


async def test_what_works_again_still_ends_it(group: GroupChat) -> None:
    await group.says(NO_STORE, by=ANA, pause=300)
    await group.says("ya regresé y ya funciona, gracias", by=ANA, pause=60)
    assert await group.status() == ["withdrawn"]
