"""Who looks after several stores tells of each in a few words: a ticket for each, with its store.

Pedro:   Buenos días, les reporto: la 11 sin internet, la 13 no imprime tickets y la 19 sin luz
Recado:  a ticket for 11, one for 13 and one for 19; never the internet of 11 under store 13
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat, Person

PEDRO = Person("Pedro", lid="777777777777777@lid")

LISTS = [
    (
        "Buenos días equipo, les reporto: la 11 sin internet, la 13 no imprime tickets y la 19 "
        "sin luz",
        ["11 internet", "13 impresora", "19 luz"],
    ),
    (
        "reporte del día: 11 sin internet, 13 no imprime, 19 sin luz",
        ["11 internet", "13 impresora", "19 luz"],
    ),
    (
        "Reporte de zona:\n- 12 no abre cortina\n- 15 no jala báscula\n- 20 sin teléfono",
        ["12 cortina", "15 báscula", "20 teléfono"],
    ),
    (
        "Buen día. La 45 no tiene sistema; la 46 está sin luz; la 47 sin agua",
        ["45 sistema", "46 luz", "47 agua"],
    ),
    (
        "les reporto: la 11 sin agua, la 13 no imprime tickets y la 19 con el aire descompuesto",
        ["11 agua", "13 impresora", "19 aire"],
    ),
    ("la 14 y la 15 sin sistema, la 22 sin luz", ["14 sistema", "15 sistema", "22 luz"]),
    ("la 45 sin internet y la 52 también", ["45 internet", "52 internet"]),
    ("la 45 no prende la pantalla y la 52 tampoco", ["45 pantalla", "52 pantalla"]),
    ("la 45 no tiene sistema, la 52 y la 60 tampoco", ["45 sistema", "52 sistema", "60 sistema"]),
    ("tienda 8 sin luz, tienda 9 igual", ["8 luz", "9 luz"]),
    (
        "Modelia sin internet, Chapinero sin sistema y Suba sin luz",
        ["Chapinero sistema", "Modelia internet", "Suba luz"],
    ),
    ("Satélite sin sistema", ["Satélite sistema"]),
    ("Coyoacán sin luz", ["Coyoacán luz"]),
]


@pytest.mark.parametrize(("text", "told"), LISTS)
async def test_every_store_of_a_list_has_its_ticket(
    group: GroupChat, text: str, told: list[str]
) -> None:
    await group.says(text, by=PEDRO)
    rows = await group.rows("SELECT store, system, status FROM incidents ORDER BY store")
    assert [f"{row['store']} {row['system']}" for row in rows] == told
    assert {row["status"] for row in rows} == {"ticketed"}
    assert len(group.tickets) == len(told)


@pytest.mark.parametrize(
    "text",
    [
        "ventas: la 12 sin meta, la 14 se pasó por 500",
        "la 12 está abierta, la 14 está cerrada por inventario",
        "mañana: la 12 tiene visita, la 14 tiene inventario",
        "la 45 cierra a las 9 y la 52 también",
        "Ana sin uniforme y Pedro sin gafete",
    ],
)
async def test_what_is_no_failure_is_no_list_of_them(group: GroupChat, text: str) -> None:
    await group.says(text, by=PEDRO)
    assert group.replies == []


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("la caja 11 no abre, la 13 no imprime y la 19 está lenta, tienda 40", "40"),
        ("en la 12 no hay luz y no sirve el generador", "12"),
        ("la 12 sin luz, la 14 con 30 clientes y todo bien", "12"),
        ("la 45 sin sistema, la 45 no puede cobrar", "45"),
        ("tienda 45 no abre la caja 2, no imprime", "45"),
    ],
)
async def test_one_store_stays_one(group: GroupChat, text: str, store: str) -> None:
    await group.says(text, by=PEDRO)
    assert {t.subject.rpartition("tienda ")[2] for t in group.tickets} <= {store}
    assert len(group.tickets) <= 1
