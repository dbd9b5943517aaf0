"""Who reports something and wants a person in the same breath gets both.

Lupita:  no prende la caja de la tienda 12, llámenme porfa
Recado:  Se creó el ticket #101 ...
Recado:  Lupita, su reporte queda a cargo del personal de soporte ...
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat


@pytest.mark.parametrize(
    "words",
    [
        "no prende la caja de la tienda 12, llámenme porfa",
        "no prende la caja de la tienda 12, quiero hablar con una persona no con un bot",
        "no prende la caja de la tienda 12 y quiero que me llame un asesor por favor",
    ],
)
async def test_the_wish_is_passed_on(group: GroupChat, words: str) -> None:
    await group.says(words, pause=60)
    assert len(group.tickets) == 1
    assert any("a cargo del personal de soporte" in text for text in group.replies)


@pytest.mark.parametrize("words", ["llámenme porfa", "me pueden marcar?", "necesito que me llamen"])
async def test_what_people_tell_each_other_is_no_order(group: GroupChat, words: str) -> None:
    await group.says("no prende la caja de la tienda 12", pause=60)
    await group.says(words, pause=60)
    assert len(group.sent) == 1
