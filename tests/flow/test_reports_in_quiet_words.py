"""What any day brings, and what reads like a detail or a question, may tell of a failure as well.

Lupita:  no hay clientes y para colmo se descompuso el aire, 12
Recado:  (one ticket, of the air conditioning of store 12)
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat


@pytest.mark.parametrize(
    "text",
    [
        "no hay clientes y para colmo se descompuso el aire, tienda 12",
        "hay que cerrar la puerta con candado porque la chapa no sirve",
        "están llamando clientes, la app no abre",
        "¿alguien sabe por qué no jala la terminal?",
        "ya se arregló el aire pero ahora gotea",
        "¿ya llamaron al técnico? el refri está descongelado todo",
        "se botó el breaker",
        "el abanico no gira",
    ],
)
async def test_it_begins_one_incident(group: GroupChat, text: str) -> None:
    await group.says(text)
    await group.passes(100)  # what is doubted is asked about a little later
    assert len(await group.status()) == 1
    assert len(group.sent) == 1


@pytest.mark.parametrize(
    "text",
    [
        "si la terminal no pasa, reinicien el módem y esperen 5 minutos",
        "andan llamando y dicen que la terminal no funciona, no den datos",
        "saben por qué no vino el camión?",
        "ya llegó el camión pero no trae la caja de vasos",
        "se quedó pensando un buen rato y se fue",
    ],
)
async def test_what_sounds_like_it_begins_nothing(group: GroupChat, text: str) -> None:
    await group.says(text)
    await group.passes(2000)
    assert group.sent == []


@pytest.mark.parametrize(
    "text", ["la 12 abierta pero sin luz", "de paso revisen la 12, no hay luz"]
)
async def test_another_store_s_own_goes_to_no_other_s_ticket(group: GroupChat, text: str) -> None:
    await group.says("no hay luz en la tienda 30")
    await group.says(text, by=RAUL)
    assert sorted(t.subject[-9:] for t in group.tickets) == ["tienda 12", "tienda 30"]


async def test_who_laughs_in_one_message_reports_in_the_next(group: GroupChat) -> None:
    await group.says("jaja ya ni modo", pause=4)
    await group.says("oigan no imprime la caja 2")
    assert len(group.sent) == 1
