"""Who greets everybody speaks of their own store, and is no witness of another's report.

Raúl T45:   se quemaron los focos del aparador               -> ticket 101
Kevin:      hola a todos, se quemaron los focos del aparador, tienda 12   -> ticket 102
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat, Person

RAUL_45 = Person("Raúl T45", lid="111111111111111@lid")
KEVIN_12 = Person("Kevin T12", lid="222222222222222@lid")


@pytest.mark.parametrize(
    "text",
    [
        "hola a todos, se quemaron los focos de la entrada",
        "buenos días a todos, los focos del aparador no prenden",
        "Buenas tardes a todos: se fundieron los focos de la vitrina",
        "saludos a todos, no encienden los focos del mostrador",
        "muy buenas noches a todos se quemaron los focos otra vez",
        "buenas a todos, se quemaron los focos de la bodega",
    ],
)
async def test_who_greets_everybody_reports_for_their_own_store(
    group: GroupChat, text: str
) -> None:
    await group.says("se quemaron los focos del aparador", by=RAUL_45)
    await group.passes(7200)
    await group.says(text, by=KEVIN_12)
    await group.passes(60)
    assert len(group.tickets) == 2
