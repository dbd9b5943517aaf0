"""A question that had to wait for another is looked at again before it leaves.

Lupita:  no prende la impresora y aparte no enfría el aire
Recado:  ¿De qué tienda se trata?       (of the printer; that of the air conditioning waits)
Lupita:  la 45                           -> two tickets, and nobody is asked for the store again
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.flow.chat import GroupChat

TWO = "no prende la impresora y aparte no enfría el aire acondicionado"


async def dies(*args: Any) -> None:
    """What a worker does that ends before it could wake what waited for it."""


@pytest.mark.parametrize("wakes", [1, 30, 59, 61, 300])
async def test_what_was_told_meanwhile_is_not_asked(
    group: GroupChat, monkeypatch: pytest.MonkeyPatch, wakes: int
) -> None:
    """Nobody tells the other incident, and it is woken by whatever comes first."""
    await group.says(TWO)
    assert len(group.replies) == 1
    monkeypatch.setattr(group.engine.runner, "_let_others_ask", dies)
    await group.says("la 45", pause=20)
    for row in await group.rows("SELECT id FROM incidents"):
        await group.engine.sender.send_lane(str(row["id"]), "chat")
    await group.passes(wakes)
    await group.passes(120)
    assert [reply.startswith("Se creó") for reply in group.replies] == [False, True, True]
    assert all(t.subject.endswith("tienda 45") for t in group.tickets)
    assert await group.rows("SELECT 1 FROM outbox WHERE state = 'pending'") == []


async def test_the_store_counts_for_all_that_one_burst_told(group: GroupChat) -> None:
    """Each matter of this burst has messages of its own."""
    await group.says("no prende la impresora", pause=5)
    await group.says("y otra cosa", pause=5)
    await group.says("la cortina metálica no sube")
    await group.says("la 45", pause=200)
    assert ["tienda se trata" in reply for reply in group.replies] == [True, False, False]
    assert all(t.subject.endswith("tienda 45") for t in group.tickets)
    assert len(group.tickets) == 2
