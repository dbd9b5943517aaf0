"""What one device does is no outage of other groups: only what stores share fails in many at once.

Norte, Lupita: no prende la caja 2 de la 50               -> ticket 101
Sur, Raúl:     se cayó el sistema en la 18                -> ticket 102, of its own
Este, Lupita:  se acabó el papel de la terminal en la 16  -> ticket 103, of its own
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

SOUTH = "120363000000000002@g.us"
EVA = Person("Eva", lid="333333333333333@lid")

ONE = (
    "me avisan de la 50 que no prende la caja 2",
    "el TPV de la tienda 50 se ha quedado colgado",
    "se acabó el papel de la terminal en la 50",
    "la terminal 3 de la tienda 50 no lee tarjetas, las otras sí",
    "no carga la batería de la terminal en la 50",
    "se rompió el cable de la caja en la 50",
    "el botón de la terminal de la 50 está trabado",
)
MANY = (
    ("no hay sistema en la 50", "se cayó el sistema en la 18"),
    ("las terminales no pasan tarjetas en la 50", "no pasa ninguna tarjeta en la 18"),
    ("no hay internet en la 50", "sin internet en la 18"),
    ("el datáfono de la 50 no tiene línea", "el datáfono de la 18 no toma línea"),
)


async def parents(group: GroupChat) -> list[object]:
    rows = await group.rows("SELECT parent FROM incidents ORDER BY opened_at, id")
    return [row["parent"] for row in rows]


@pytest.mark.parametrize("words", ONE)
@pytest.mark.parametrize("other", ["se cayó el sistema en la 18", "no pasan tarjetas en la 18"])
@pytest.mark.parametrize("first", [True, False])
async def test_one_device_is_no_outage_of_another_group(
    group: GroupChat, words: str, other: str, first: bool
) -> None:
    south = replace(group, chat=SOUTH, chat_name="Tiendas Sur", messages={})
    said = [(group, words, LUPITA), (south, other, RAUL)]
    for chat, text, by in said if first else reversed(said):
        await chat.says(text, by=by)
        await chat.passes(120)
    assert len(group.tickets) == 2
    assert await parents(group) == [None, None]


@pytest.mark.parametrize(("here", "there"), MANY)
async def test_what_stores_share_is_one_outage_across_groups(
    group: GroupChat, here: str, there: str
) -> None:
    south = replace(group, chat=SOUTH, chat_name="Tiendas Sur", messages={})
    await group.says(here)
    await group.passes(120)
    await south.says(there, by=EVA)
    await south.passes(120)
    head, child = await parents(group)
    assert head is None
    assert child is not None
