"""What says that something works again, or only asks about it, makes no incident.

Lupita: ya quedó la impresora, gracias                     (nothing: nobody had reported it)
Raúl: ¿ya reiniciaste el equipo?                           (nothing)
Lupita: ¿por qué no imprime la impresora de la tienda 45?  -> ticket 101
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat


@pytest.mark.parametrize(
    "text",
    [
        "ya funciona la balanza",
        "ya volvió el baño",
        "ya quedó la impresora, gracias",
        "falsa alarma, estaba desconectado",
    ],
)
async def test_who_says_that_it_works_again_is_not_asked_what_is_wrong(
    group: GroupChat, text: str
) -> None:
    await group.says(text)
    await group.passes(4000)
    assert group.sent == []
    assert group.tickets == []


async def test_who_helps_with_a_question_is_not_asked_anything(group: GroupChat) -> None:
    await group.says("¿ya reiniciaste el equipo?", by=RAUL)
    await group.passes(4000)
    assert group.sent == []


async def test_a_question_that_names_a_fault_is_a_report(group: GroupChat) -> None:
    await group.says("¿por qué no imprime la impresora de la tienda 45?")
    assert len(group.tickets) == 1
