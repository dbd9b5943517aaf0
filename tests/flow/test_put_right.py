"""Who says that somebody put it right, or that it was their own slip, is heard by the ticket.

Lupita:  no prende la impresora de la 12                -> ticket 101
Lupita:  ya vino el técnico y la dejó funcionando       -> its ticket hears that it is mended
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat

REPORT = "no prende la impresora de la 12"


@pytest.mark.parametrize(
    "words",
    [
        "ya vino el tecnico y la dejo funcionando",
        "ya lo resolvimos nosotros",
        "perdon fue error mio, estaba desconectado",
        "era que estaba apagado el regulador, mil disculpas",
        "ya quedo gracias por el apoyo",
        "se arregló sola",
    ],
)
async def test_its_ticket_hears_that_it_was_put_right(group: GroupChat, words: str) -> None:
    await group.says(REPORT, pause=600)
    await group.says(words)
    [ticket] = group.tickets
    assert ["ya quedó resuelto" in c.text for c in ticket.comments] == [True]
    assert len(group.sent) == 1


async def test_a_television_is_no_cause(group: GroupChat) -> None:
    await group.says("la tele no prende en la 12", pause=600)
    await group.says("la tele ya quedo")
    [ticket] = group.tickets
    assert ["ya quedó resuelto" in c.text for c in ticket.comments] == [True]


@pytest.mark.parametrize("words", ["ya vino el tecnico y la dejo igual", "vino y no pudo"])
async def test_its_ticket_hears_that_somebody_came_in_vain(group: GroupChat, words: str) -> None:
    await group.says(REPORT, pause=600)
    await group.says(words)
    [ticket] = group.tickets
    assert ["el problema continúa" in c.text for c in ticket.comments] == [True]


@pytest.mark.parametrize(
    "words",
    [
        "ya mero la arreglan",
        "ya la arreglaron a medias",
        "perdon, estaba desconectada la 2, la 1 no prende",
        "ya vino el tecnico y se la llevo",
    ],
)
async def test_what_only_sounds_so_ends_nothing(group: GroupChat, words: str) -> None:
    await group.says(REPORT, pause=600)
    await group.says(words)
    assert not any("ya quedó resuelto" in c.text for t in group.tickets for c in t.comments)


async def test_a_slip_ends_what_was_asked_about(group: GroupChat) -> None:
    await group.says("hola, no jala el escaner")
    await group.says("perdon fue error mio, estaba desconectado")
    await group.passes(90_000)
    assert await group.status() == ["withdrawn"]
    assert len(group.sent) == 1
