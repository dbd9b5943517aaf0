"""A store whose number is one digit is understood where it is said, and not asked for.

Lupita: el datáfono de la 6 no enciende
Recado: Se creó el ticket #101 ... tienda 6
Raúl, who is of the 45: la impresora de la 2 no imprime
Recado: Se creó el ticket #102 ... tienda 45
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat

DAY = 86_400


@pytest.mark.parametrize(
    ("words", "store"),
    [
        ("la caja de la 9 no abre", "9"),
        ("el datafono de la 6 no enciende", "6"),
        ("soy de la 4, no abre la caja", "4"),
    ],
)
async def test_a_store_of_one_digit_is_not_asked_for(
    group: GroupChat, words: str, store: str
) -> None:
    await group.says(words)
    await group.passes(7_200)
    assert [t.subject.split()[-1] for t in group.tickets] == [store]
    assert len(group.replies) == 1


async def test_the_till_of_who_is_of_another_store_is_none(group: GroupChat) -> None:
    await group.says("la caja 2 de la 45 no abre")
    await group.passes(DAY)
    await group.says("la impresora de la 2 no imprime")
    await group.passes(DAY)
    await group.says("no hay internet")
    assert [t.subject.split()[-1] for t in group.tickets] == ["45", "45", "45"]


async def test_a_numbered_till_tells_no_store(group: GroupChat) -> None:
    await group.says("la caja 2 no abre")
    assert group.tickets == []
    await group.says("la 9")
    assert [t.subject for t in group.tickets] == ["Caja 2 no abre, tienda 9"]


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("la impresora de la 3 no jala", "tienda 45"),
        ("la impresora de la 3 no jala", "somos la 45"),
        ("no abre la caja, tienda 2", "digo la caja 2, somos la 45"),
    ],
)
async def test_what_was_a_tills_is_put_right(group: GroupChat, report: str, words: str) -> None:
    await group.says(report)
    await group.says(words)
    assert [t.subject.split()[-1] for t in group.tickets] == ["45"]
    assert len(group.replies) == 1


async def test_who_they_are_stands_behind_a_till(group: GroupChat) -> None:
    await group.says("no abre la caja 2, somos la 31")
    assert [t.subject.split()[-1] for t in group.tickets] == ["31"]
    assert len(group.replies) == 1
