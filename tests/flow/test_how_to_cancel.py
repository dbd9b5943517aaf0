"""Who asks the bot how to cancel, or when somebody comes, is answered; colleagues' talk is not.

Lupita:  cómo cancelo mi reporte?
Recado:  Lupita, describa ... Después puede escribir ... «bot cancela» ...
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat, Person

REPORT = "no imprime la impresora de la 12"


@pytest.mark.parametrize(
    "words",
    ["bot, como cancelo?", "bot como le hago para cancelar?", "cómo cancelo mi reporte?"],
)
async def test_who_asks_how_to_cancel_is_told(group: GroupChat, words: str) -> None:
    await group.says(REPORT, pause=60)
    await group.says(words, pause=60)
    assert len(group.sent) == 2
    assert "«bot cancela»" in group.replies[1]
    assert group.tickets[0].status == "Open"
    assert group.tickets[0].comments == []


@pytest.mark.parametrize("words", ["bot, a qué hora llegan?", "bot cuánto tardan"])
async def test_who_asks_the_bot_when_they_come_is_told_the_state(
    group: GroupChat, words: str
) -> None:
    await group.says(REPORT, pause=60)
    await group.says(words, pause=60)
    assert len(group.sent) == 2
    assert "#101 está en estado" in group.replies[1]


@pytest.mark.parametrize(
    ("words", "by"),
    [
        ("como cancelo una venta?", None),
        ("como le hago para cancelar?", None),
        ("como cancelo el ticket de un cliente?", None),
        ("como cancelo mi reporte?", RAUL),
        ("a que hora llegan los del pedido?", RAUL),
    ],
)
async def test_what_colleagues_ask_each_other_is_left_to_them(
    group: GroupChat, words: str, by: Person | None
) -> None:
    await group.says(REPORT, pause=60)
    await (group.says(words, by=by, pause=60) if by else group.says(words, pause=60))
    assert len(group.sent) == 1
