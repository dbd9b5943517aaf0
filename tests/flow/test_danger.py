"""Danger: a person hears of it at once, and a complete report gets its urgent ticket as well.

Lupita: sale humo de la caja registradora en la tienda 45, huele a quemado
Recado: calls @support by name                       -> ticket 101, priority High
Lupita: sigue saliendo humo, ya salimos todos        (nobody is called twice)
"""

from __future__ import annotations

import pytest

from graph.context import Context
from tests.flow.chat import GroupChat

SUPPORT = "5215500000099"
COMPLETE = "sale humo de la caja registradora en la tienda 45, huele a quemado"


@pytest.mark.parametrize("support", [SUPPORT, ""], ids=["somebody is named", "nobody is named"])
async def test_danger_with_complete_data_is_a_ticket_and_a_persons_at_once(
    group: GroupChat, support: str
) -> None:
    group.knobs.context = Context(human_support=support)
    await group.says(COMPLETE)
    [ticket] = group.tickets
    assert ticket.priority == "High"
    assert "humo" in ticket.description
    first = group.sent[0]
    if support:
        assert f"@{support}" in first.text
        assert first.mentions == (support,)
    assert await group.rows("SELECT ticket_number FROM incidents") == [
        {"ticket_number": ticket.number}
    ]


async def test_danger_goes_to_a_person_though_the_desk_is_away(group: GroupChat) -> None:
    group.knobs.context = Context(human_support=SUPPORT)
    group.desk.go_down()
    await group.says(COMPLETE)
    assert [f"@{SUPPORT}" in text for text in group.replies] == [True]
    group.desk.come_back()
    await group.passes(900)
    assert [ticket.priority for ticket in group.tickets] == ["High"]
    assert len(group.replies) == 1


async def test_danger_without_its_store_is_a_persons_and_a_ticket_once_it_is_said(
    group: GroupChat,
) -> None:
    group.knobs.context = Context(human_support=SUPPORT)
    await group.says("sale humo de la caja registradora, huele a quemado")
    assert [f"@{SUPPORT}" in text for text in group.replies] == [True]
    assert group.tickets == []
    await group.says("es la tienda 45")
    assert [ticket.priority for ticket in group.tickets] == ["High"]
    assert len(group.replies) == 1


async def test_danger_that_comes_later_goes_to_a_person_too(group: GroupChat) -> None:
    group.knobs.context = Context(human_support=SUPPORT)
    await group.says("no prende la caja registradora de la tienda 45")
    [ticket] = group.tickets
    await group.says("ahora sale humo de la caja y huele a quemado")
    assert ticket.priority == "High"
    assert [f"@{SUPPORT}" in text for text in group.replies] == [False, True]
    await group.says("sigue saliendo humo, ya salimos todos")
    assert len(group.replies) == 2


@pytest.mark.parametrize(
    "words", ["se está quemando la tienda 12", "hay fuego en la bodega de la tienda 12"]
)
async def test_a_fire_is_asked_nothing(group: GroupChat, words: str) -> None:
    await group.says(words)
    assert [(t.priority, t.subject.endswith("tienda 12")) for t in group.tickets] == [
        ("High", True)
    ]
    assert not any("¿" in text for text in group.replies)
