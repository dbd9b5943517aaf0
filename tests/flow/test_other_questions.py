"""Who asks about anything else is not told a ticket's status, even where their words join it.

Lupita: no imprime la impresora de la tienda 45      -> ticket 101
Lupita: ¿a qué hora pasa el de valores?              (nothing)
Lupita: ¿ya viene el técnico?
Recado: el ticket #101 está en estado «abierto»
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat


@pytest.mark.parametrize(
    "text",
    [
        "¿y los carteles nuevos? acá todavía tenemos los de la campaña pasada",
        "¿a qué hora pasa el de valores?",
    ],
)
async def test_a_question_of_other_things_is_not_answered(group: GroupChat, text: str) -> None:
    report = await group.says("no imprime la impresora de la tienda 45")
    await group.says(text, quotes=report)
    await group.passes(300)
    assert len(group.tickets) == len(group.sent) == 1


@pytest.mark.parametrize(
    "text", ["¿cómo va?", "¿ya viene el técnico?", "¿alguna novedad de la impresora?"]
)
async def test_a_question_of_the_repair_is(group: GroupChat, text: str) -> None:
    report = await group.says("no imprime la impresora de la tienda 45")
    await group.says(text, quotes=report)
    await group.passes(300)
    assert "está en estado" in group.replies[-1]
