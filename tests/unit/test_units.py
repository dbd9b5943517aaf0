"""Which of several devices a text names by its number."""

from __future__ import annotations

import pytest

from domain.deciding.repeats import units_of


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("la caja 2 no abre", "2"),
        ("la caja dos no abre", "2"),
        ("caja uno de la 45 sin sistema", "1"),
        ("terminal nro 3", "3"),
        ("caja 2 y 3 no abren", "2 3"),
        ("las cajas 1, 2 y 4 no abren", "1 2 4"),
        ("la caja 2 y la 3 no abren", "2 3"),
        ("la caja 2 y la impresora 5", "2 5"),
        ("la caja 2, 30 minutos así", "2"),
        ("no abre la caja 2 y 3 clientes esperando", "2"),
        ("la caja 2 y la 45 sin red", "2"),
        ("Caja 3, clientes esperando, no prende", "3"),
        ("no prende la caja 3. Ticket nuevo por favor", "3"),
        ("La caja 3, mil disculpas, no abre", "3"),
        ("pos 3. Hora pico y no prende", "3"),
        ("caja 3, día 12", "3"),
        ("caja 2. Tickets salen en blanco", "2"),
        ("impresora 1 copias salen mal", "1"),
        ("caja 1 facturas no salen", "1"),
        ("la pos 3 cliente molesto", "3"),
        ("caja 1 y 2, clientes esperando", "1 2"),
        ("las cajas 2 y 3 tickets no salen", "2 3"),
        ("caja no. 3 no abre", "3"),
        ("Caja: 3", "3"),
        ("cajas 1, 2, y 4: no abren", "1 2 4"),
    ],
)
def test_which_units_a_text_names(text: str, units: str) -> None:
    assert units_of(text) == set(units.split())


@pytest.mark.parametrize(
    "text",
    [
        "falla la impresora una y otra vez",
        "camara una hora sin imagen",
        "tablet 10 pulgadas",
        "caja 3 horas sin abrir",
        "la terminal dos veces se apagó",
        "el congelador 18 grados",
        "las cámaras 24/7 apagadas",
        "la impresora uno de los rodillos roto",
        "no abre la puerta 10 min",
        "no abre la caja. 3 de la tarde y seguimos así",
    ],
)
def test_what_only_counts_names_none(text: str) -> None:
    assert units_of(text) == set()
