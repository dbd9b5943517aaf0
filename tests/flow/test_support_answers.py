"""Once somebody of support writes into a report, the bot neither asks again nor answers for them.

Lupita: oigan no me lee el escáner de la caja 1
Recado: ¿De qué tienda se trata?
Moni (support): Hola, ya lo estoy revisando, me conecto
(nothing; the ticket is made when the store is said)
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.flow.chat import GroupChat, Person

MONI = Person("Moni", phone="525500000001")


def with_support(group: GroupChat) -> GroupChat:
    """The group with Moni in SUPPORT_STAFF."""
    group.engine = replace(group.engine, staff=frozenset({"525500000001"}))
    group.queue.handlers.update(group.engine.handlers)
    return group


async def test_nothing_is_asked_again_nor_closed_aloud(group: GroupChat) -> None:
    with_support(group)
    report = await group.says("oigan no me lee el escáner de la caja 1")
    assert len(group.sent) == 1
    await group.says("Hola, ya lo estoy revisando, me conecto", by=MONI, quotes=report)
    await group.says("va, gracias")
    await group.passes(100_000)
    assert len(group.sent) == 1


async def test_the_ticket_is_made_when_what_was_missing_is_said(group: GroupChat) -> None:
    with_support(group)
    report = await group.says("oigan no me lee el escáner de la caja 1")
    await group.says("Hola, ya lo estoy revisando, me conecto", by=MONI, quotes=report)
    await group.passes(7000)
    await group.says("tienda 45")
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]


@pytest.mark.parametrize("report", ["oigan no me lee el escáner de la caja 1", "la caja anda rara"])
async def test_what_support_took_up_is_lost_to_nobody(group: GroupChat, report: str) -> None:
    """Without its store there is no ticket; after a day it waits for a person, unsaid."""
    with_support(group)
    asked = await group.says(report)
    await group.says("Hola, ya lo estoy revisando, me conecto", by=MONI, quotes=asked)
    await group.passes(200_000)
    assert await group.status() == ["escalated"]
    assert len(group.sent) == 1
    await group.says("tienda 45")
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]


async def test_what_support_took_up_and_works_again_is_over(group: GroupChat) -> None:
    with_support(group)
    asked = await group.says("oigan no me lee el escáner de la caja 1")
    await group.says("Hola, ya lo estoy revisando, me conecto", by=MONI, quotes=asked)
    await group.passes(100_000)
    await group.says("ya lee, gracias Moni")
    assert await group.status() == ["withdrawn"]
    assert len(group.sent) == 1


@pytest.mark.parametrize(
    ("who", "text"), [(MONI, "dame 5 min"), (MONI, "cómo va?"), (None, "Moni cómo va?")]
)
async def test_the_state_is_not_told_in_the_place_of_support(
    group: GroupChat, who: Person | None, text: str
) -> None:
    with_support(group)
    report = await group.says("la terminal de tienda 12 no lee chip")
    await group.says("Lupita ya reinicié el servicio, prueba", by=MONI, quotes=report)
    await group.says("sigue igual")
    await (group.says(text, by=who) if who else group.says(text))
    await group.passes(100)
    assert len(group.sent) == 1


async def test_who_asks_nobody_of_them_is_answered(group: GroupChat) -> None:
    with_support(group)
    report = await group.says("la terminal de tienda 12 no lee chip")
    await group.says("Lupita ya reinicié el servicio, prueba", by=MONI, quotes=report)
    await group.says("cómo va?", pause=100)
    assert "está en estado" in group.replies[-1]
