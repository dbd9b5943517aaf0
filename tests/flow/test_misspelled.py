"""The thumb slips: the same thing, misspelled, is the same incident and no second ticket.

Lupita:  la cámara de la tienda 45 no graba     -> a ticket
Raúl:    la camra no graba, tienda 45           -> a comment on it, and no word
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat

PAIRS = [
    ("la pantalla de la tienda 45 no prende", "la panatlla de la tienda 45 no prende"),
    ("la pantalla de la tienda 45 no prende", "la pantaya de la tienda 45 no prende"),
    ("la impresora de la tienda 45 no imprime", "no imprime la impresroa, tienda 45"),
    ("la cámara de la tienda 45 no graba", "la camra de la entrada no graba, tienda 45"),
    ("el lector de la tienda 45 no lee nada", "el letcor no lee, tienda 45"),
    ("el modem de la tienda 45 no prende", "no jala el moden tienda 45"),
    ("en la tienda 45 la caja no abre", "la cjaa no abre tienda 45"),
    ("tienda 45 sin wifi", "no jala el wfi de la tienda 45"),
]


@pytest.mark.parametrize(("right", "wrong"), PAIRS)
@pytest.mark.parametrize("wait", [90, 1500])
async def test_a_slip_makes_no_second_incident(
    group: GroupChat, right: str, wrong: str, wait: int
) -> None:
    await group.says(right, pause=wait)
    said = len(group.replies)
    await group.says(wrong, by=RAUL, pause=90)
    assert await group.status() == ["ticketed"]
    assert len(group.replies) == said


@pytest.mark.parametrize(("right", "wrong"), PAIRS[3:])
async def test_nor_does_the_right_word_after_the_slip(
    group: GroupChat, right: str, wrong: str
) -> None:
    await group.says(wrong, pause=300)
    await group.says(right, by=RAUL, pause=90)
    assert await group.status() == ["ticketed"]


async def test_another_store_is_another_incident(group: GroupChat) -> None:
    await group.says("la cámara de la tienda 45 no graba", pause=300)
    await group.says("la camra de la entrada no graba, tienda 12", by=RAUL, pause=90)
    assert len(await group.status()) == 2


async def test_nor_does_it_after_half_an_hour_where_nothing_else_is_open(group: GroupChat) -> None:
    await group.says("la cámara de la tienda 45 no graba", pause=2400)
    said = len(group.replies)
    await group.says("la camra de la entrada no graba, tienda 45", by=RAUL, pause=90)
    assert await group.status() == ["ticketed"]
    assert len(group.replies) == said
