"""Who tells in one breath how each of two reported things is, tells each ticket its own.

Lupita:  el aire no enfria en la 12                   -> ticket 101
Lupita:  la tele no prende en la 12                   -> ticket 102
Lupita:  el aire ya enfría, la tele sigue apagada     -> 101 is mended, 102 still broken
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat

MENDED, STILL, NOTHING = "ya quedó resuelto", "el problema continúa", ""


async def two(group: GroupChat) -> None:
    await group.says("el aire no enfria en la 12", pause=600)
    await group.says("la tele no prende en la 12", pause=600)


def heard(group: GroupChat) -> list[str]:
    texts = [" ".join(c.text for c in t.comments) for t in group.tickets]
    return [MENDED if MENDED in t else STILL if STILL in t else NOTHING for t in texts]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("el aire ya enfría, la tele sigue apagada", [MENDED, STILL]),
        ("el aire ya enfria pero la tele sigue apagada", [MENDED, STILL]),
        ("la tele ya prende, el aire sigue igual", [STILL, MENDED]),
        ("la tele ya quedo pero el aire sigue sin enfriar", [STILL, MENDED]),
        ("ya enfria el aire y ya prende la tele", [MENDED, MENDED]),
        ("ya quedo la tele, falta el aire", [NOTHING, MENDED]),
        ("la tele sigue sin prender, ya vinieron pero nada, y el aire ya enfria", [MENDED, STILL]),
    ],
)
async def test_each_ticket_hears_its_own(group: GroupChat, words: str, told: list[str]) -> None:
    await two(group)
    await group.says(words)
    assert heard(group) == told
    assert len(group.tickets) == len(group.sent) == 2


async def test_two_stores_are_told_apart(group: GroupChat) -> None:
    await group.says("no hay luz en la tienda 12", pause=600)
    await group.says("la puerta de la tienda 15 no cierra", pause=600)
    await group.says("la 12 ya quedo, la 15 no")
    assert heard(group)[0] == MENDED
    assert heard(group)[1] != MENDED


async def test_a_colleague_s_ticket_of_the_same_store_counts(group: GroupChat) -> None:
    await group.says("el aire no enfria en la 12", pause=600)
    await group.says("la tele no prende en la 12", by=RAUL, pause=600)
    await group.says("el aire ya enfría, la tele sigue apagada")
    assert heard(group) == [MENDED, STILL]


@pytest.mark.parametrize(
    ("words", "tickets"),
    [
        ("la tele ya prende, ahora no jala la báscula de la 12", 3),
        ("ya no enfria el refri y no prende el horno de la 12", 4),
    ],
)
async def test_what_is_new_is_new(group: GroupChat, words: str, tickets: int) -> None:
    await two(group)
    await group.says(words)
    assert len(group.tickets) == tickets
