"""What the bot took for no incident is one after all: a person takes it up, and it gets its ticket.

Lupita:  la impresora de tickets no imprime, tienda 45     -> dismissed, forgotten
Marta takes it up                                          -> ticket 101, told
"""

from __future__ import annotations

import pytest

from domain.correction import CorrectionKind
from domain.ports import Models
from domain.reading import Classification, ModelCall
from tests.flow.chat import LUPITA, RAUL, GroupChat
from tests.flow.operator import Operator
from tools.models.local.engine import LocalModels


class Doubting(LocalModels):
    """Takes nothing for an incident that speaks of a printer."""

    async def classify(self, call: ModelCall) -> Classification:
        answer = await super().classify(call)
        printer = any("impresora" in line.text for line in call.conversation)
        return answer.model_copy(update={"is_incident": False}) if printer else answer


@pytest.fixture
def models() -> Models:
    return Doubting()


async def test_it_gets_its_ticket_and_the_group_its_word(group: GroupChat) -> None:
    operator = Operator(group)
    await group.says("la impresora de tickets no imprime, tienda 45")
    assert await group.status() == ["dismissed"]
    assert await group.rows("SELECT 1 FROM checkpoints") == []
    [incident] = await operator.incidents()
    await operator.does(CorrectionKind.TAKE_UP, incident, why="sí es una incidencia")
    [ticket] = group.tickets
    assert "la impresora de tickets no imprime" in ticket.description
    assert [ticket.number in reply for reply in group.replies] == [True]
    await group.says("ya le cambiamos el cable y nada", by=LUPITA)
    assert "cambiamos el cable" in ticket.comments[-1].text


async def test_its_message_can_go_to_the_incident_it_was_about(group: GroupChat) -> None:
    operator = Operator(group)
    await group.says("no hay internet en la tienda 45", by=RAUL, pause=120)
    said = await group.says("la impresora de red no imprime, tienda 45", by=LUPITA)
    incidents = await operator.incidents()
    assert await group.status() == ["ticketed", "dismissed"]
    made = await operator.does(CorrectionKind.MOVE, incidents[1], said, other=incidents[0])
    assert made["kind"] == "merge"
    assert "impresora de red" in group.tickets[0].comments[-1].text
    assert await group.status() == ["ticketed", "merged"]
    assert len(group.sent) == 1
