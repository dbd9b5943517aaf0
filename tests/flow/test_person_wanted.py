"""Who wants a person while nothing is open is handed over, or told what to do, and never ignored.

Lupita:  bot, que me marque un técnico
Recado:  Lupita, su reporte queda a cargo del personal de soporte ...
Raúl:    pásenme con alguien de soporte
Recado:  Raúl, para que el personal de soporte lo atienda, describa en un mensaje qué falla ...
"""

from __future__ import annotations

import pytest

from domain.message import OURSELVES
from tests.flow.chat import RAUL, GroupChat


@pytest.mark.parametrize(
    "words",
    [
        "bot, quiero hablar con una persona",
        "@bot necesito que me marque alguien",
        "bot necesito ayuda de una persona",
        "bot una persona por favor",
        "bot que me marque un técnico",
        "bot me pueden llamar?",
        "bot hay alguien que me atienda?",
        "hola bot, quisiera hablar con el encargado de soporte",
        "bot quiero un asesor",
        "bot, atención humana",
    ],
)
async def test_who_asks_the_bot_is_handed_over(group: GroupChat, words: str) -> None:
    await group.says(words, pause=60)
    assert await group.status() == ["escalated"]
    assert ["a cargo del personal de soporte" in text for text in group.replies] == [True]


@pytest.mark.parametrize("words", ["quiero un asesor", "que me marque un técnico"])
async def test_a_mention_or_a_quote_asks_the_bot_as_well(group: GroupChat, words: str) -> None:
    await group.says("bot estado", pause=60)
    await group.says(words, quotes=group.sent[-1].id, pause=60)
    await group.says(words, by=RAUL, mentions=(OURSELVES,), pause=60)
    handed = ["a cargo del personal de soporte" in text for text in group.replies]
    assert handed == [False, True, True]


@pytest.mark.parametrize(
    "words",
    [
        "quiero hablar con alguien de soporte",
        "pásenme con alguien de sistemas por favor",
        "buenas tardes, me pueden comunicar con mesa de ayuda?",
        "que me llame soporte porfa",
        "necesito hablar con una persona real",
        "cómo le hago para hablar con soporte técnico?",
        "quisiera hablar con un humano",
        "necesito hablar con un ingeniero de sistemas",
        "alguien de soporte que me contacte por favor",
    ],
)
async def test_who_asks_for_support_reads_what_to_do(group: GroupChat, words: str) -> None:
    asked = await group.says(words, pause=60)
    await group.passes(7200)
    assert ["describa en un mensaje qué falla" in text for text in group.replies] == [True]
    assert group.sent[0].quote == asked
    await group.says("no prende la caja de la tienda 12", quotes=group.sent[0].id, pause=60)
    assert len(group.tickets) == 1


@pytest.mark.parametrize(
    "words",
    [
        "quiero hablar con una persona de recursos humanos",
        "bot quiero hablar con una persona de recursos humanos",
        "quiero hablar con alguien de nóminas",
        "quiero hablar con el encargado de la tienda",
        "quiero hablar con alguien de ti",
        "ya hablé con soporte",
        "hay que hablar con soporte mañana",
        "me llamó soporte",
        "soporte me contesta rápido",
        "hablar con soporte tarda años",
        "necesito una persona para cubrir el turno",
        "el bot es muy bueno, gracias",
        "alguien de sistemas anda por la tienda?",
        "llámenme cuando lleguen",
    ],
)
async def test_what_people_tell_each_other_is_not_answered(group: GroupChat, words: str) -> None:
    await group.says(words, pause=60)
    assert group.sent == []


async def test_a_report_beside_the_wish_is_no_mere_wish(group: GroupChat) -> None:
    await group.says("quiero hablar con alguien de soporte, no prende la caja de la 12", pause=60)
    assert len(group.tickets) == 1
