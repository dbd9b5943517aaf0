"""Who says of what they reported that they cannot sell any more raises its ticket.

Lupita:  no imprime la impresora de la 12       -> ticket 101, Medium
Lupita:  urge que vengan, no puedo vender       -> a comment, and High
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat

REPORT = "no imprime la impresora de la 12"


@pytest.mark.parametrize("words", ["urge que vengan, no puedo vender", "no puedo vender"])
async def test_its_ticket_is_raised_and_hears_why(group: GroupChat, words: str) -> None:
    await group.says(REPORT, pause=7200)
    assert [t.priority for t in group.tickets] == ["Medium"]
    await group.says(words)
    [ticket] = group.tickets
    assert ticket.priority == "High"
    assert [words in c.text for c in ticket.comments] == [True]
    assert len(group.sent) == 1


@pytest.mark.parametrize(
    "words",
    [
        "no puedo vender mi coche",
        "hoy no puedo vender ni un chicle jaja",
        "urge que vengan por favor",
        "ayer no pudimos vender nada",
    ],
)
async def test_what_is_not_meant_raises_nothing(group: GroupChat, words: str) -> None:
    await group.says(REPORT, pause=7200)
    await group.says(words)
    assert [t.priority for t in group.tickets] == ["Medium"]
    assert len(group.sent) == 1


async def test_what_another_says_raises_nothing(group: GroupChat) -> None:
    await group.says(REPORT, pause=7200)
    await group.says("no puedo vender", by=RAUL)
    assert group.tickets[0].priority == "Medium"
