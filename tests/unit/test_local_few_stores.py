"""A store whose number is one digit: whose a thing is of which a shop has one, and no till."""

from __future__ import annotations

import pytest

from domain.reading import Line, ModelCall
from tools.models.local.few_stores import may_be_a_tills
from tools.models.local.fields import gather
from tools.models.local.stores import find_store


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("la caja de la 9 no abre", "9"),
        ("el datafono de la 6 no enciende", "6"),
        ("no abre la caja de la cinco", "5"),
        ("no abre la caja en la 9", "9"),
        ("el internet de la 4 se cayó", "4"),
        ("no prende la compu de la 8, ayuda", "8"),
        ("las cámaras de la 2 no se ven", "2"),
        ("se quemó el módem de la 2", "2"),
        ("la 4 sin luz", "4"),
        ("buenas, la 4 sin internet", "4"),
        ("en la 7 no tenemos sistema", "7"),
        ("soy de la 4, no abre la caja", "4"),
        ("somos la 4 y no hay internet", "4"),
    ],
)
def test_a_digit_is_a_store_where_no_till_stands(text: str, store: str) -> None:
    assert find_store(text) == store


@pytest.mark.parametrize(
    "text",
    [
        "la caja 2 no abre",
        "terminal 3 no enciende",
        "pasillo 4 sin luz",
        "no hay sistema desde las 9",
        "la 2 de las cajas no abre",
        "la 2 no imprime",
        "no abre la 2",
        "la 4 sin sistema",
        "sin sistema la 2",
        "la cajera de la 3 no llegó",
        "cambié el cable de la 2 a la 3 y nada",
        "no hay sistema desde la 1",
        "la impresora de la caja 2 no imprime",
        "el corte de la 1 no sale",
        "la entrega de la 5 de la tarde no llegó",
        "estoy en la 5 de mayo sin luz",
        "no imprime con el cable de la 2",
        "usamos la impresora de la 3",
        "no imprime, usamos la impresora de la 3",
        "ya moví la impresora de la 3 a la 1",
        "ya quedó la impresora de la 2",
        "la pantalla de la 4 sí prende",
        "no le muevan a la luz de la 2",
        "el foco de la 4ta mesa no prende",
        "¿la caja de la 9 no abre?",
    ],
)
def test_a_till_an_hour_and_what_is_tried_are_no_store(text: str) -> None:
    assert find_store(text) is None


@pytest.mark.parametrize(
    ("text", "perhaps"),
    [
        ("la impresora de la 2 no imprime", True),
        ("no lee el escáner en la 3", True),
        ("el internet de la 2 se cayó", False),
        ("la caja de la 2 no abre", False),
        ("la impresora de la tienda 2 no imprime", False),
        ("soy de la 2, la impresora no imprime", False),
        ("la impresora de la 12 no imprime", False),
    ],
)
def test_of_what_each_till_has_a_digit_may_be_a_tills(text: str, perhaps: bool) -> None:
    assert may_be_a_tills(text, find_store(text)) is perhaps


@pytest.mark.parametrize(("home", "store"), [(None, "2"), ("45", None), ("2", "2")])
def test_who_is_known_to_be_of_another_store_speaks_of_a_till(
    home: str | None, store: str | None
) -> None:
    said = Line(
        "m1", "2026-03-02T15:00:00+00:00", "staff", "Ana", "no imprime la impresora de la 2"
    )
    assert gather(ModelCall("i1", "extract", "", (said,), new=1, where=home)).store == store
