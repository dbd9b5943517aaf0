"""Small talk that says 'same here' is no store of the outage that the chat just told of.

Lupita: se cayó el sistema, no podemos vender, tienda 4      -> ticket 101
Lupita: flojito, llovió todo el sábado
Raúl:   acá igual, nada más se vendieron paraguas            -> nothing
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat

OUTAGE = "se cayó el sistema, no podemos vender, tienda 4"


async def test_same_here_of_the_weather_is_no_report(group: GroupChat) -> None:
    await group.says(OUTAGE, by=LUPITA)
    await group.passes(600)
    await group.says("flojito, llovió todo el sábado", by=LUPITA)
    await group.says("acá igual, nada más se vendieron paraguas", by=RAUL)
    assert len(group.sent) == 1
    assert len(group.tickets) == 1


@pytest.mark.parametrize(
    "words", ["acá igual, tienda 9", "x2, tienda 9", "en la 9 tampoco podemos vender"]
)
async def test_same_here_of_another_store_is_one(group: GroupChat, words: str) -> None:
    await group.says(OUTAGE, by=LUPITA)
    await group.says(words, by=RAUL)
    assert len(group.tickets) == 2
