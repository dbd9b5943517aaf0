"""What is told of customers, asked of other stores or said again of nothing is no report.

Jefa: ¿ya les mandaron las bolsas?
Sofi: no, nada
Raúl: acá tampoco
(nothing)
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

SOFI = Person("Sofi", lid="555555555555555@lid")
BOSS = Person("Jefa Norma", lid="666666666666666@lid")


@pytest.mark.parametrize(
    ("asked", "no", "nor"),
    [
        ("ya les mandaron las bolsas?", "no, nada", "acá tampoco"),
        ("cómo andan de clientes? acá nada", "jaja", "acá tampoco, está muerto"),
        ("les llegó el folleto?", "acá no llegó", "en la 14 tampoco"),
    ],
)
async def test_nor_here_is_no_report_where_nothing_fails(
    group: GroupChat, asked: str, no: str, nor: str
) -> None:
    await group.says(asked, by=BOSS)
    await group.says(no, by=SOFI)
    await group.says(nor, by=RAUL)
    await group.passes(2000)
    assert group.sent == []


async def test_after_a_report_it_is_one(group: GroupChat) -> None:
    await group.says("no hay internet en la tienda 12", by=LUPITA)
    await group.says("en la 14 tampoco", by=RAUL)
    assert len(group.tickets) == 2


@pytest.mark.parametrize(
    "text",
    [
        "vino un cliente bien grosero a devolver una licuadora sin ticket",
        "el cliente dice que no le sirve la plancha que compró ayer",
        "me reclamó un señor que la licuadora no prende",
        "un cliente se quejó de que tardamos mucho en la fila",
    ],
)
async def test_what_a_customer_complains_of_is_no_report(group: GroupChat, text: str) -> None:
    await group.says(text, pause=60)
    assert group.sent == []


async def test_what_they_cannot_do_here_is(group: GroupChat) -> None:
    await group.says("tienda 9: los clientes se quejan de que la terminal no pasa")
    assert len(group.tickets) == 1


@pytest.mark.parametrize(
    "text",
    ["los de la 14 ya reiniciaron su modem?", "los de la 14 ya reiniciaron el modem?"],
)
async def test_what_another_store_has_tried_is_only_asked(group: GroupChat, text: str) -> None:
    await group.says("la 15 no tiene internet", by=SOFI, pause=100)
    await group.says(text, by=BOSS, pause=60)
    assert len(group.tickets) == 1
