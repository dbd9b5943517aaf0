"""The next day nobody has come to mend it: the ticket hears of it.

Lupita: no hay internet en la tienda 45            -> ticket 101
Lupita: buenos días, nadie ha venido               -> comment (nineteen hours later)
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat

NIGHT = 70_000


@pytest.mark.parametrize(
    "words",
    [
        "buenos días, nadie ha venido",
        "nadie ha venido",
        "buen día, no ha venido nadie",
        "hola, todavía no vino nadie",
        "nadie vino ayer",
        "aún nadie nos ha atendido",
        "nadie de soporte se ha presentado",
        "el técnico no ha venido",
        "buenas, nadie ha venido a revisar",
    ],
)
async def test_the_ticket_hears_of_it(group: GroupChat, words: str) -> None:
    await group.says("no hay internet en la tienda 45")
    await group.passes(NIGHT)
    await group.says(words)
    await group.passes(600)
    assert len(group.tickets) == 1
    assert any(words in comment.text for comment in group.tickets[0].comments)


@pytest.mark.parametrize(
    "words",
    [
        "hoy nadie ha venido a comprar",
        "nadie ha venido por el pastel",
        "nadie vino a la fiesta jaja",
        "nadie ha venido a la junta",
        "no vino nadie al cumple",
    ],
)
async def test_other_guests_are_none_of_it(group: GroupChat, words: str) -> None:
    await group.says("no hay internet en la tienda 45")
    await group.passes(NIGHT)
    told = list(group.replies)
    await group.says(words)
    await group.passes(600)
    assert group.replies == told
    assert group.tickets[0].comments == []


async def test_nor_is_what_others_say(group: GroupChat) -> None:
    await group.says("no hay internet en la tienda 45")
    await group.passes(NIGHT)
    await group.says("nadie ha venido", by=RAUL)
    await group.passes(600)
    assert group.tickets[0].comments == []
    assert len(group.replies) == 1
