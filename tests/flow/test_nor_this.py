"""Another thing that fails, told without any word of failure, is no detail of what is open.

Lupita: no jala la impresora, tienda 45            -> ticket 101
Lupita: ni la puerta cierra                        -> ticket 102, of the same store
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat

PRINTER = "no jala la impresora de tickets, tienda 45"
DOOR = "no abre la puerta de la 45"


@pytest.mark.parametrize("pause", [100, 3000])
@pytest.mark.parametrize(
    ("report", "words"),
    [
        (PRINTER, "ni la puerta cierra"),
        (PRINTER, "y ni el aire enfría ya"),
        (PRINTER, "ni las cámaras se ven"),
        (PRINTER, "che, ni la heladera enfría"),
        (PRINTER, "ni la alarma suena"),
        (PRINTER, "ni siquiera la báscula prende"),
        (DOOR, "otra vez el TPV apagado"),
        (DOOR, "de nuevo la caja 2 colgada"),
        (DOOR, "otra vez el datáfono sin señal"),
        (DOOR, "nuevamente la pantalla en negro"),
        (DOOR, "y otra vez el posnet tildado"),
    ],
)
async def test_it_has_a_ticket_of_its_own(
    group: GroupChat, report: str, words: str, pause: int
) -> None:
    await group.says(report, pause=pause)
    await group.says(words)
    await group.passes(60)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True, True]
    assert group.tickets[0].comments == []
    assert len(group.replies) == 2


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (PRINTER, "ni la impresora nueva imprime"),
        (PRINTER, "ni prende"),
        (PRINTER, "otra vez la impresora apagada"),
        (PRINTER, "ni el jefe viene"),
        (PRINTER, "ni el técnico llega"),
        (PRINTER, "ni el café sirve"),
        (PRINTER, "ni la de al lado"),
        (DOOR, "otra vez la puerta trabada"),
        (DOOR, "otra vez el chofer dormido"),
        ("no hay luz en la 45", "ni la caja prende"),
        ("no hay internet en la 45", "ni la terminal cobra"),
    ],
)
async def test_what_is_of_it_or_of_nothing_begins_nothing(
    group: GroupChat, report: str, words: str
) -> None:
    await group.says(report, pause=100)
    await group.says(words)
    await group.passes(60)
    assert len(group.tickets) == 1
    assert len(group.replies) == 1
