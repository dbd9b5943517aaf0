"""Who asks about anything else is not told a ticket's status, even where their words join it.

Lupita: no imprime la impresora de la tienda 45      -> ticket 101
Lupita: ¿a qué hora pasa el de valores?              (nothing)
Lupita: ¿ya viene el técnico?
Recado: el ticket #101 está en estado «abierto»
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat

REPORT = "buenas, la impresora de tickets de la tienda 45 no imprime nada"
BONUS, CAMION = "qué pasó con el bono?", "a qué hora viene el camión?"
AMONG_COLLEAGUES = [
    BONUS,
    CAMION,
    "hay novedades del aguinaldo?",
    "ya hay respuesta de rh?",
    "cuándo llega la mercancía?",
    "cuánto falta para la meta?",
    "sigue en pie lo del sábado?",
    "ya quedó lo del viernes?",
    "me pasan el número del técnico del aire?",
    "cómo sigue el niño?",
    "alguien sabe algo de los uniformes?",
    "y el aire cuándo lo arreglan?",
]


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


@pytest.mark.parametrize("text", AMONG_COLLEAGUES)
async def test_who_reported_asks_their_colleagues_something_else(
    group: GroupChat, text: str
) -> None:
    await group.says(REPORT, pause=300)
    await group.says(text, pause=60)
    assert len(group.tickets) == len(group.sent) == 1
    assert await group.status() == ["ticketed"]


@pytest.mark.parametrize("text", [BONUS, CAMION])
async def test_so_does_somebody_else_and_more_than_once(group: GroupChat, text: str) -> None:
    await group.says(REPORT, pause=300)
    await group.says(text, by=RAUL, pause=60)
    await group.says(text, by=RAUL, pause=60)
    assert len(group.sent) == 1


@pytest.mark.parametrize("text", [BONUS, CAMION, "cuánto falta para la meta?"])
async def test_while_the_store_is_missing_too(group: GroupChat, text: str) -> None:
    await group.says("hola, se trabó la terminal bancaria y no pasa tarjetas", pause=300)
    await group.says(text, pause=60)
    assert len(group.sent) == 1
    await group.says("tienda 45")
    assert len(group.tickets) == 1


@pytest.mark.parametrize(
    "text",
    ["alguna novedad?", "ya mero?", "cuándo la arreglan?", "a qué hora viene el técnico?",
     "y la balanza?", "qué pasó con mi reporte?"],
)  # fmt: skip
async def test_a_question_of_the_thing_is_answered_whatever_it_is_called(
    group: GroupChat, text: str
) -> None:
    await group.says("buenas, la báscula de la tienda 45 no pesa", pause=300)
    await group.says(text, pause=60)
    assert "está en estado" in group.replies[-1]
