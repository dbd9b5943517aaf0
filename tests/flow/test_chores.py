"""What a store does itself opens no ticket, and nothing is asked about it.

Lupita:  Falta limpiar el baño de la 12      (nothing)
Lupita:  falta la impresora de la 12         -> a ticket
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat


@pytest.mark.parametrize(
    "words",
    ["Falta limpiar el baño de la 12", "falta barrer la bodega de la 40", "no llegó el gerente"],
)
async def test_a_chore_is_left_alone(group: GroupChat, words: str) -> None:
    await group.says(words)
    await group.passes(4000)
    assert group.sent == []
    assert group.tickets == []


@pytest.mark.parametrize(
    "words",
    [
        "falta la impresora de la 12",
        "falta un cable en la caja 2 tienda 12",
        "el baño de la 12 se está inundando",
        "hay fuga de agua en el baño de la 12",
    ],
)
async def test_what_fails_or_is_missing_is_a_report(group: GroupChat, words: str) -> None:
    await group.says(words)
    assert len(group.tickets) == 1


async def test_who_had_it_another_day_is_asked_nothing(group: GroupChat) -> None:
    await group.says("no imprime la impresora de la 12", pause=60)
    await group.says("a mi tambien me paso ayer, se arregla apagandola", by=RAUL, pause=60)
    assert len(group.sent) == 1
