"""Who is asked and goes on about something else is not pressed, nor told that nobody answered.

Romi:  el camión viene por la mañana o por la tarde?       -> asked for the store
Romi:  cambio mi sábado por cualquier día                  -> nothing more is said
"""

from __future__ import annotations

import pytest

from domain.ports import Models
from domain.reading import Classification, ModelCall
from tests.flow.chat import RAUL, GroupChat
from tools.models.local.engine import LocalModels

REPORT = "la impresora de etiquetas no imprime"
DAY = 90_000
# In the words of six countries.
OTHER_TALK = (
    "cambio mi sábado por cualquier otro día",
    "mañana nos vemos temprano para el inventario chicos",
    "che quién trae el mate para la merienda de hoy",
    "parce y a qué hora es la reunión del viernes",
    "cabros a qué hora es la once del viernes",
    "causita me cubres el domingo por la tarde",
    "os paso luego el cuadrante de agosto",
)


class Sure(LocalModels):
    """Takes everything for an incident that one may go on about."""

    async def classify(self, call: ModelCall) -> Classification:
        answer = await super().classify(call)
        return answer.model_copy(update={"is_incident": True, "confidence": 0.95})


@pytest.fixture
def models() -> Models:
    return Sure()


@pytest.mark.parametrize("words", OTHER_TALK)
async def test_who_talks_of_something_else_is_not_pressed(group: GroupChat, words: str) -> None:
    await group.says(REPORT)
    await group.passes(100)
    assert ["tienda" in reply for reply in group.replies] == [True]
    await group.says(words)
    await group.passes(DAY)
    assert len(group.replies) == 1
    assert group.tickets == []


async def test_an_answer_still_makes_its_ticket(group: GroupChat) -> None:
    await group.says(REPORT)
    await group.passes(100)
    await group.says(OTHER_TALK[0])
    await group.passes(5_000)
    await group.says("tienda 45")
    await group.passes(100)
    assert len(group.tickets) == 1


@pytest.mark.parametrize(
    "words", ["no no, aquí todo en orden", "nada bot, estamos organizando el almuerzo"]
)
async def test_a_colleague_who_answers_for_them_says_enough(group: GroupChat, words: str) -> None:
    await group.says(REPORT)
    await group.passes(100)
    await group.says(words, by=RAUL, quotes=group.sent[0].id)
    await group.passes(DAY)
    assert len(group.replies) == 1


@pytest.mark.parametrize(
    ("then", "by"),
    [
        (None, None),  # nobody has read it
        ("ok ya voy", None),  # so few words say nothing
        ("ya le cambié el rollo y sigue sin imprimir", None),  # it is told of
        ("nosotros comemos a las tres hoy chicos", RAUL),  # a colleague's talk is nobody's answer
        ("ya la apagué y la prendí y nada", None),
        ("sigue igual, no saca ni una etiqueta", None),
        ("perdón, estaba con un cliente, la impresora sigue sin imprimir", None),
    ],
)
async def test_who_does_not_is_asked_again(group: GroupChat, then: str | None, by: object) -> None:
    await group.says(REPORT)
    await group.passes(100)
    if then:
        await group.says(then, **({"by": by} if by else {}))  # type: ignore[arg-type]
    await group.passes(2_500)
    assert len(group.replies) == 2


async def test_what_cannot_wait_is_asked_again(group: GroupChat) -> None:
    await group.says("no podemos cobrar nada, se cayó el sistema y hay fila")
    await group.passes(100)
    await group.says(OTHER_TALK[0])
    await group.passes(2_500)
    assert len(group.replies) == 2
