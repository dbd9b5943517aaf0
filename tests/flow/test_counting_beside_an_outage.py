"""Colleagues count boxes while an outage is open: no number of theirs is a store that has it.

Raúl:    no hay sistema en la 30, no podemos cobrar
Ana:     ¿cuántas cajas faltan?
Lupita:  confirmo 12                                  (nothing)
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

ANA = Person("Ana", lid="444444444444444@lid")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("¿cuántas cajas faltan?", "confirmo 12"),
        ("¿cuántas piezas les llegaron?", "la 12 son 8"),
        ("me confirman cuántos asisten a la junta", "12"),
        ("cuántos bultos recibieron hoy?", "aquí 12 cajas"),
    ],
)
async def test_a_count_is_no_report(group: GroupChat, question: str, answer: str) -> None:
    await group.says("no hay sistema en la tienda 30, no podemos cobrar", by=RAUL, pause=120)
    said = len(group.replies)
    await group.says(question, by=ANA)
    await group.says(answer, by=LUPITA)
    await group.passes(120)
    assert len(group.tickets) == 1
    assert len(group.replies) == said


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("¿quién más está sin sistema?", "confirmo la 12"),
        ("¿cuántas tiendas están sin sistema?", "la 12 tampoco tiene sistema"),
    ],
)
async def test_a_store_that_has_it_too_is_heard(
    group: GroupChat, question: str, answer: str
) -> None:
    await group.says("no hay sistema en la tienda 30, no podemos cobrar", by=RAUL, pause=120)
    await group.says(question, by=ANA)
    await group.says(answer, by=LUPITA)
    await group.passes(120)
    assert len(group.tickets) == 2
