"""'Ya quedó todo' of somebody of whom nobody knows the store is told on nobody's ticket.

Lupita: no prende la caja de la tienda 45         -> ticket 101
Raúl:   no prende la impresora de la tienda 12    -> ticket 102
Paco:   ya quedó todo                             (nothing)
Lupita: ya quedó todo                             -> a comment of 101
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat, Person

PACO = Person("Paco", lid="444444444444444@lid")
TECHNICIAN = Person("Paco Soporte", lid="555555555555555@lid")
WORDS = (
    "ya quedó todo",
    "listo, todo resuelto",
    "ya está todo funcionando",
    "ya jala todo",
    "quedó todo listo gracias",
    "ya anda todo",
)


async def _two(group: GroupChat, first: str, second: str) -> None:
    await group.says(first, pause=60)
    await group.says(second, by=RAUL, pause=60)
    assert len(group.tickets) == 2


async def _mended(group: GroupChat) -> list[str]:
    """The tickets of which somebody is said to have told that they are mended."""
    told = [(t, c.text) for t in group.tickets for c in t.comments]
    return [t.number for t, text in told if "resuelto" in text]


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("no prende la caja de la tienda 45", "no prende la impresora de la tienda 12"),
        ("no hay internet en la tienda 45", "tampoco hay internet en la tienda 12"),
    ],
)
async def test_of_a_stranger_it_is_nobodys(
    group: GroupChat, first: str, second: str, words: str
) -> None:
    await _two(group, first, second)
    before = len(group.sent)
    await group.says(words, by=PACO, pause=60)
    assert await _mended(group) == []
    assert await group.status() == ["ticketed", "ticketed"]
    assert len(group.sent) == before


@pytest.mark.parametrize("words", WORDS[:3])
async def test_of_a_reporter_it_is_theirs(group: GroupChat, words: str) -> None:
    await _two(group, "no prende la caja de la tienda 45", "no prende la impresora de la tienda 12")
    await group.says(words, pause=60)
    assert await _mended(group) == ["101"]


async def test_of_who_has_not_said_their_store_it_is_theirs(group: GroupChat) -> None:
    await _two(group, "no prende la caja de la tienda 45", "no prende la impresora de la tienda 12")
    await group.says("no abre la cortina", by=PACO, pause=60)
    await group.says("ya quedó todo", by=PACO, pause=60)
    assert await _mended(group) == []
    assert (await group.status())[2:] == ["withdrawn"]


async def test_of_one_store_a_colleague_may_say_so(group: GroupChat) -> None:
    await group.says("no prende la caja de la tienda 45", pause=60)
    await group.says("ya jala todo", by=PACO, pause=60)
    assert await _mended(group) == ["101"]


@pytest.mark.parametrize(
    ("by", "words"),
    [
        (TECHNICIAN, "ya quedó todo"),
        (PACO, "Raúl ya quedó todo"),
        (PACO, "ya quedó todo en la 12"),
        (PACO, "ya quedó todo lo de la impresora"),
    ],
)
async def test_who_helps_or_says_whose_is_heard(group: GroupChat, by: Person, words: str) -> None:
    await _two(group, "no prende la caja de la tienda 45", "no prende la impresora de la tienda 12")
    await group.says(words, by=by, pause=60)
    assert await _mended(group) == ["102"]
