"""Who takes back that they cancelled their report has a ticket again, and one.

Lupita: no prende la caja de la tienda 45         -> ticket 101
Lupita: cancela el ticket                         -> closed
Lupita: no lo cancelen, no prende                 -> ticket 102
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat

REPORT = "no prende la caja de la tienda 45"


@pytest.mark.parametrize(
    "words",
    [
        "siempre no, sigue fallando",
        "siempre sí, no prende",
        "no la cancelen, no prende",
        "no lo cancelen",
        "siempre no lo cancelen por favor",
        "me arrepentí, sigue sin prender",
        "no, déjenlo abierto",
        "perdón, lo cancelé por error",
        "siempre sí lo necesito",
        "olviden la cancelación, no prende",
        "reabran el ticket por favor",
        "che no lo anulen, al final no anda",
    ],
)
@pytest.mark.parametrize("cancels", ["cancela el ticket", "bot cancela"])
async def test_has_one_ticket_again(group: GroupChat, cancels: str, words: str) -> None:
    await group.says(REPORT, pause=300)
    await group.says(cancels, pause=120)
    await group.says(words, pause=600)
    await group.says(words, pause=60)
    assert await group.status() == ["withdrawn", "ticketed"]
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True, True]
    assert sum("#102" in text and "Se creó" in text for text in group.replies) == 1


@pytest.mark.parametrize(
    "words",
    [
        "sí, cancélenlo",
        "gracias, ya quedó",
        "no cancelen la posada",
        "siempre sí voy a la posada",
        "no lo cancelen jajaja",
        "¿no lo cancelaron?",
        "siempre no voy mañana",
    ],
)
async def test_other_words_open_nothing(group: GroupChat, words: str) -> None:
    await group.says(REPORT, pause=300)
    await group.says("cancela el ticket", pause=120)
    await group.says(words, pause=60)
    assert await group.status() == ["withdrawn"]


async def test_a_colleague_takes_back_nothing(group: GroupChat) -> None:
    await group.says(REPORT, pause=300)
    await group.says("cancela el ticket", pause=120)
    await group.says("no lo cancelen", by=RAUL, pause=60)
    assert await group.status() == ["withdrawn"]


async def test_hours_later_it_is_said_of_something_else(group: GroupChat) -> None:
    await group.says(REPORT, pause=300)
    await group.says("cancela el ticket", pause=18_000)
    await group.says("no lo cancelen", pause=60)
    assert await group.status() == ["withdrawn"]


async def test_where_nothing_was_cancelled_it_is_small_talk(group: GroupChat) -> None:
    await group.says("no lo cancelen", pause=60)
    assert group.sent == []


@pytest.mark.parametrize("cancels", ["cancela mi reporte", "bot cancela"])
@pytest.mark.parametrize(
    "words", ["siempre no, sigue fallando", "no lo cancelen, sigue fallando", "sigue sin prender"]
)
async def test_what_lacked_its_store_is_taken_up_again(
    group: GroupChat, cancels: str, words: str
) -> None:
    await group.says("no prende la caja", pause=60)
    await group.says(cancels, pause=60)
    assert await group.status() == ["withdrawn"]
    await group.says(words, pause=60)
    await group.says("45", pause=60)
    assert await group.status() == ["ticketed"]
    assert len(group.tickets) == 1


@pytest.mark.parametrize("words", ["gracias", "ya quedó", "ok, ya no hace falta"])
async def test_what_lacked_its_store_stays_cancelled(group: GroupChat, words: str) -> None:
    await group.says("no prende la caja", pause=60)
    await group.says("cancela mi reporte", pause=60)
    await group.says(words, pause=60)
    assert group.tickets == []
    assert "collecting" not in await group.status()
