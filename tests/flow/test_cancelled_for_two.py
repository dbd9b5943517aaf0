"""What two people have, one of them does not end for both.

Lupita:  no imprime la impresora de la 12   -> ticket 101
Raúl:    tampoco imprime la de la 12        -> a comment
Lupita:  bot cancela                        -> the desk hears of it; the ticket stays open
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat

REPORT = "no imprime la impresora de la 12"


async def with_colleague(group: GroupChat) -> None:
    await group.says(REPORT, pause=60)
    await group.says("tampoco imprime la de la 12", by=RAUL, pause=60)
    assert len(group.tickets) == 1


async def test_what_a_colleague_has_as_well_stays_open(group: GroupChat) -> None:
    await with_colleague(group)
    await group.says("bot cancela", pause=300)
    [ticket] = group.tickets
    assert ticket.status == "Open"
    assert any("pide cancelar" in c.text for c in ticket.comments)
    assert len(group.sent) == 2
    assert "sigue abierto porque Raúl también lo reportó" in group.replies[1]
    assert await group.status() == ["ticketed"]


@pytest.mark.parametrize("words", ["falsa alarma, olvídenlo", "no era nada, perdón"])
async def test_a_false_alarm_of_one_is_only_told(group: GroupChat, words: str) -> None:
    await with_colleague(group)
    await group.says(words, pause=300)
    [ticket] = group.tickets
    assert ticket.status == "Open"
    assert any("retira su reporte" in c.text for c in ticket.comments)
    assert len(group.sent) == 1


@pytest.mark.parametrize(
    "words", ["ok gracias por avisar", "ya la reiniciaste?", "ya la mía imprime"]
)
async def test_who_only_speaks_of_it_does_not_have_it(group: GroupChat, words: str) -> None:
    await group.says(REPORT, pause=60)
    await group.says(words, by=RAUL, pause=60)
    await group.says("bot cancela", pause=300)
    [ticket] = group.tickets
    assert ticket.status == "Closed"


async def test_whose_colleague_says_that_it_works_may_cancel(group: GroupChat) -> None:
    await with_colleague(group)
    await group.says("ya imprime", by=RAUL, pause=60)
    await group.says("bot cancela", pause=300)
    [ticket] = group.tickets
    assert ticket.status == "Closed"
