"""A report is understood whose halves were sent one after the other.

Lupita: caja 3 tienda 15
(40 seconds later)
Lupita: no prende
Recado: Se creó el ticket #101 ... Caja: no prende, tienda 15
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat


@pytest.mark.parametrize(
    ("first", "second", "subject"),
    [
        ("no prende", "caja 3 tienda 15", "Caja: no prende, tienda 15"),
        ("caja 3 tienda 15", "no prende", "Caja: no prende, tienda 15"),
        ("no funciona!!", "la caja y la impresora, 45", "Caja: no funciona, tienda 45"),
        ("no funciona", "la impresora de la 12", "Impresora: no funciona, tienda 12"),
    ],
)
async def test_two_halves_are_one_report(
    group: GroupChat, first: str, second: str, subject: str
) -> None:
    await group.says(first, pause=40)
    await group.says(second)
    assert [t.subject for t in group.tickets] == [subject]
    # Who said first that something fails was asked what, unless they were quicker.
    assert len(group.replies) == (1 if "caja" in first else 2)
    assert first in group.tickets[0].description


async def test_what_a_colleague_asked_for_completes_a_report(group: GroupChat) -> None:
    await group.says("no jala")
    await group.says("¿qué cosa?", by=RAUL)
    await group.says("la impresora de tickets")
    await group.says("tienda 12")
    assert [t.subject for t in group.tickets] == ["Impresora de tickets: no jala, tienda 12"]
    assert len(group.replies) == 3


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("no sirve jajaja", "la impresora"),
        ("no pasa nada", "la caja"),
        ("no sirve jaja", "mi celular"),
        ("no contesta", "el gerente"),
        ("ya no sirve esto jaja", "la caja de galletas"),
    ],
)
async def test_small_talk_has_no_halves(group: GroupChat, first: str, second: str) -> None:
    await group.says(first, pause=40)
    await group.says(second)
    assert group.replies == []


async def test_halves_of_two_people_and_of_two_times_are_none(group: GroupChat) -> None:
    await group.says("la caja 3")
    await group.says("la caja 3", by=RAUL)
    await group.passes(900)
    await group.says("la caja 3")
    assert group.replies == []
