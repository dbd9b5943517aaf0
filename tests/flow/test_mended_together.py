"""Who says that all they reported works again is heard by each of its tickets.

Lupita:  no prende la impresora de la 45 y aparte no jala la báscula   -> tickets 101 and 102
Lupita:  ya quedaron las dos, gracias                                  -> both hear of it
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat

TWO = "no prende la impresora de la 45 y aparte no jala la báscula"


def hears(group: GroupChat) -> list[bool]:
    """Which of the tickets were told that it is mended."""
    return [any("ya quedó resuelto" in c.text for c in t.comments) for t in group.tickets]


@pytest.mark.parametrize(
    "words",
    [
        "ya quedaron las dos, gracias",
        "ya quedo todo, gracias",
        "ya quedaron la impresora y la bascula",
        "listo, la impresora y la báscula ya quedaron",
        "ambas ya funcionan, muchas gracias",
        "ya vinieron y arreglaron las dos cosas",
        "ya nos arreglaron todo, gracias",
    ],
)
async def test_what_mends_both_is_told_to_both(group: GroupChat, words: str) -> None:
    await group.says(TWO, pause=600)
    priorities = [t.priority for t in group.tickets]
    await group.says(words)
    assert [t.priority for t in group.tickets] == priorities
    assert hears(group) == [True, True]
    assert len(group.sent) == 2


async def test_others_are_left_alone(group: GroupChat) -> None:
    await group.says("no prende el horno de la 30", by=RAUL, pause=300)
    await group.says(TWO, pause=600)
    await group.says("ya quedo todo, gracias")
    assert hears(group) == [False, True, True]


async def test_what_mends_a_pair_raises_nothing(group: GroupChat) -> None:
    await group.says("no prende el horno de la tienda 12", pause=600)
    await group.says("la puerta de la tienda 12 no cierra", pause=600)
    priorities = [t.priority for t in group.tickets]
    await group.says("ya quedaron el horno y la puerta")
    assert [t.priority for t in group.tickets] == priorities
    assert hears(group) == [True, True]


@pytest.mark.parametrize(
    "words", ["ya quedó todo menos la báscula", "ya quedó todo el pedido", "ya quedó la impresora"]
)
async def test_what_mends_one_is_not_told_to_both(group: GroupChat, words: str) -> None:
    await group.says(TWO, pause=600)
    await group.says(words)
    assert sum(hears(group)) < 2
