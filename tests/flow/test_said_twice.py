"""The same answer is not given twice in a row: the group has just read it.

Lupita: cómo va?
Recado: el ticket #101 está en estado «abierto»
Lupita: cómo va lo de la impresora?      (nothing)
Raúl:   cómo va?
Recado: Raúl, el ticket #101 está en estado «abierto»
Lupita (three minutes later): cómo va?
Recado: el ticket #101 está en estado «abierto»
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.engine import Engine
from server.sender import Sender
from tests.flow.chat import RAUL, GroupChat

FULL = "la impresora de la tienda 45 no funciona"


@pytest.mark.parametrize(
    ("first", "second"),
    [("@bot estado", "@bot estado"), ("cómo va?", "cómo va lo de la impresora?")],
)
async def test_who_asks_again_within_a_minute_reads_no_second_answer(
    group: GroupChat, first: str, second: str
) -> None:
    await group.says(FULL)
    await group.says(first, pause=30)
    assert "está en estado" in group.replies[-1]
    await group.says(second, pause=30)
    assert len(group.sent) == 2
    [dropped] = await group.rows("SELECT reason FROM outbox WHERE state = 'dropped'")
    assert "just read" in dropped["reason"]
    await group.passes(180)
    await group.says(second, pause=30)
    assert len(group.sent) == 3
    assert group.replies[2] == group.replies[1]


async def test_whoever_else_asks_is_answered(group: GroupChat) -> None:
    await group.says(FULL)
    await group.says("@bot estado", pause=25)
    await group.says("@bot estado", by=RAUL, pause=25)
    assert [text.partition(",")[0] for text in group.replies[1:]] == ["Lupita", "Raúl"]


async def test_what_has_changed_is_told(group: GroupChat) -> None:
    await group.says(FULL)
    await group.says("@bot estado", pause=25)
    group.desk.set_status(group.tickets[0].id, "On Hold")
    await group.says("@bot estado", pause=25)
    assert "«en espera»" in group.replies[2]


async def test_a_setting_says_for_how_long(group: GroupChat) -> None:
    engine: Engine = group.engine
    pace = replace(engine.pace, send=replace(engine.pace.send, repeat=0.0))
    sender: Sender = replace(engine, pace=pace).sender
    group.queue.handlers["send"] = sender.send_lane
    await group.says(FULL)
    await group.says("@bot estado", pause=25)
    await group.says("@bot estado", pause=25)
    assert len(group.sent) == 3
