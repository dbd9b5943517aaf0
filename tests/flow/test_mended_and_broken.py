"""One thing works again and another fails: both are told of in one breath, and are two matters.

Lupita:  no pesa la báscula de la tienda 45                    -> ticket 101
Lupita:  ya quedó la báscula, pero ahora no jala la terminal   -> 101 hears that it works
Recado:  (ticket 102 for the terminal, and the group is told)
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat

SCALE = "no pesa la báscula de la tienda 45"
BOTH = "ya quedó la báscula, pero ahora no jala la terminal"


@pytest.mark.parametrize("after", [60, 3600])
@pytest.mark.parametrize(
    "words",
    [
        BOTH,
        "ya sirve la báscula, ahora lo que no jala es la terminal",
        "la báscula ya quedó pero ahora la terminal no pasa tarjetas",
        "no jala la terminal, la báscula ya quedó",
    ],
)
async def test_the_one_is_told_and_the_other_begins(
    group: GroupChat, words: str, after: int
) -> None:
    await group.says(SCALE, pause=after)
    said = await group.says(words)
    scale, terminal = group.tickets
    assert ["ya quedó resuelto" in comment.text for comment in scale.comments] == [True]
    assert "terminal" not in scale.comments[0].text
    assert "terminal" in terminal.subject
    assert terminal.subject.endswith("tienda 45")
    assert terminal.comments == []
    assert len(group.replies) == 2
    rows = await group.rows("SELECT message_id FROM messages WHERE NOT from_me ORDER BY id")
    assert [row["message_id"] for row in rows][1:] == [said]


async def test_what_was_open_of_the_other_goes_on(group: GroupChat) -> None:
    await group.says(SCALE, pause=60)
    await group.says("no jala la terminal de la tienda 45", pause=1800)
    await group.says("ya quedó la báscula, pero la terminal sigue sin jalar")
    scale, terminal = group.tickets
    assert ["ya quedó resuelto" in comment.text for comment in scale.comments] == [True]
    assert ["continúa" in comment.text for comment in terminal.comments] == [True]
    assert len(group.replies) == 2


async def test_where_only_the_other_is_open_it_is_not_mended(group: GroupChat) -> None:
    await group.says("no jala la terminal de la tienda 45", pause=1800)
    await group.says("ya quedó la báscula, pero la terminal sigue sin jalar")
    [terminal] = group.tickets
    assert not any("ya quedó resuelto" in comment.text for comment in terminal.comments)
    assert len(group.replies) == 1


async def test_a_report_without_a_ticket_is_over_and_the_other_is_asked_about(
    group: GroupChat,
) -> None:
    await group.says("no funciona la báscula", pause=120)
    await group.says(BOTH)
    assert sorted(await group.status()) == ["collecting", "withdrawn"]
    assert "tienda" in group.replies[-1]
    await group.says("la 45")
    [ticket] = group.tickets
    assert "terminal" in ticket.subject


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (SCALE, "la báscula ya prende, pero ahora marca error E-5"),
        ("no hay internet en la tienda 45", "ya volvió el internet pero no jala la terminal"),
        ("no anda transbank en la tienda 45", "volvio en la caja 1 pero la 2 sigue muerta"),
        ("el aire de la tienda 45 no enfria", "no quedo bien sigue sin enfriar nada"),
    ],
)
async def test_what_hangs_together_stays_one(group: GroupChat, first: str, words: str) -> None:
    await group.says(first, pause=1500)
    await group.says(words)
    assert len(group.tickets) == 1
    assert not any("ya quedó resuelto" in comment.text for comment in group.tickets[0].comments)


async def test_what_somebody_else_mended_is_told_all_the_same(group: GroupChat) -> None:
    await group.says(SCALE, by=LUPITA, pause=300)
    await group.says("ya quedó la báscula de la 45, pero no jala la terminal", by=RAUL)
    scale, terminal = group.tickets
    assert ["ya quedó resuelto" in comment.text for comment in scale.comments] == [True]
    assert terminal.subject.endswith("tienda 45")
