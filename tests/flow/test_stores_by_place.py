"""A store is told by where its number stands; hours, tills and streets are no stores.

Lupita:  no jala la terminal en la 7        -> one ticket for store 7, nobody is asked
Lupita:  no jala la terminal desde las 7
Recado:  ¿De qué tienda se trata?
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("no jala la terminal en la 7", "7"),
        ("no jala la terminal 3 en la 45", "45"),
        ("no prende la caja 2 de la 7", "7"),
    ],
)
async def test_the_number_of_a_place_is_the_store(group: GroupChat, text: str, store: str) -> None:
    await group.says(text)
    [ticket] = group.tickets
    assert ticket.subject.endswith(f"tienda {store}")
    assert len(group.replies) == 1


@pytest.mark.parametrize(
    "text",
    [
        "no jala la terminal desde las 7",
        "no jala la terminal desde la 1 de la tarde",
        "no prende la caja 7",
        "no jala la terminal, a la 1 va a cerrar el banco",
    ],
)
async def test_an_hour_or_a_till_is_none(group: GroupChat, text: str) -> None:
    await group.says(text)
    assert group.tickets == []
    [question] = group.replies
    assert "tienda" in question
