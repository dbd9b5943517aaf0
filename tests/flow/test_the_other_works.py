"""That 'the other' works again is no news of the one that was reported.

Lupita:  no prende la caja 2 de la 12      -> ticket 101
Lupita:  ya prende la otra                 -> a comment; the ticket is not told that it is mended
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat


def mended(group: GroupChat) -> list[bool]:
    return [any("ya quedó resuelto" in c.text for c in t.comments) for t in group.tickets]


@pytest.mark.parametrize(
    "words",
    [
        "ya prende la otra",
        "la otra ya prende",
        "al menos ya jala la otra",
        "ya prende la otra, esta no",
        "la otra impresora ya prende",
    ],
)
async def test_the_other_was_not_reported(group: GroupChat, words: str) -> None:
    await group.says("no prende la impresora de la tienda 12", pause=600)
    await group.says(words)
    [ticket] = group.tickets
    assert mended(group) == [False]
    assert [words in c.text for c in ticket.comments] == [True]
    assert len(group.sent) == 1


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("no prende la otra caja de la tienda 12", "ya prende la otra"),
        ("no prende ni la caja 1 ni la 2 de la tienda 12", "ya prende la otra"),
        ("no prende la impresora de la tienda 12", "trajeron otra y ya imprime"),
        ("no prende la impresora de la tienda 12", "ya quedo la otra"),
    ],
)
async def test_what_was_reported_may_be_called_the_other(
    group: GroupChat, report: str, words: str
) -> None:
    await group.says(report, pause=600)
    await group.says(words)
    assert mended(group) == [True]


async def test_of_two_tickets_the_other_is_one(group: GroupChat) -> None:
    await group.says("el aire no enfria en la tienda 12", pause=600)
    await group.says("la tele no prende en la tienda 12", pause=600)
    await group.says("ya quedo la otra")
    assert sum(mended(group)) == 1
