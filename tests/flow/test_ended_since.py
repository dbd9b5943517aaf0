"""What fails again and is not named is of what was closed last, not of what ended days before.

Lupita:  la alarma no se apaga, tienda 45         -> 101, closed on Friday
Lupita:  no jala la impresora, tienda 45          -> 102, closed on Tuesday
Lupita:  ayer lo arreglaron y hoy otra vez mal    -> 101 is opened again
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, GroupChat

DAY = 86_400


async def ended(group: GroupChat, n: int) -> None:
    """The n-th ticket is closed at the desk; the group has heard of it."""
    watch = group.watch()
    await watch.poll()
    group.desk.set_status(group.tickets[n].id, "Closed")
    await watch.poll()
    await group.passes(60)


async def two_closed(group: GroupChat) -> None:
    """Lupita reports the alarm, then the printer; the printer is closed on the next day, the alarm
    days later."""
    await group.says("la alarma no se puede apagar, tienda 45", pause=3600)
    await group.says("no jala la impresora de tickets de la tienda 45", pause=DAY)
    await ended(group, 1)
    await group.passes(4 * DAY)
    await ended(group, 0)
    await group.passes(1800)


@pytest.mark.parametrize(
    "words",
    [
        "ayer lo arreglaron y hoy otra vez mal",
        "nada, todo sigue igual",
        "me da mucha pena pero volvió a pasar lo mismo",
        "vino el técnico, se fue y otra vez falla",
        "duró una hora y volvió a fallar",
        "sigue sin funcionar",
    ],
)
async def test_what_is_not_named_is_of_what_was_closed_last(group: GroupChat, words: str) -> None:
    await two_closed(group)
    await group.says(words)
    await group.passes(150)
    assert [t.status for t in group.tickets] == ["Open", "Closed"]


@pytest.mark.parametrize(
    "words",
    [
        "otra vez no jala la impresora",
        "la impresora de tickets volvió a fallar",
        "la impresora sigue sin imprimir",
    ],
)
async def test_what_is_named_is_heard_of_that(group: GroupChat, words: str) -> None:
    await two_closed(group)
    await group.says(words, by=LUPITA)
    await group.passes(150)
    assert group.tickets[0].status == "Closed"
    assert any(t.status == "Open" for t in group.tickets)
    newest = group.tickets[-1] if len(group.tickets) > 2 else group.tickets[1]
    assert "mpresora" in newest.subject
