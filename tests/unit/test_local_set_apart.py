"""Stores that a sign sets apart from what fails, or that stand beside 'too'; and what is none."""

from __future__ import annotations

import pytest

from domain.reading import Line
from tools.models.local.haste import is_urgent
from tools.models.local.plain_reports import lacks_supply
from tools.models.local.reader import LocalReader
from tools.models.local.stores import find_store


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("no jala la impresora, la 18", "18"),
        ("no hay sistema, la 18", "18"),
        ("la 18: no jala el internet", "18"),
        ("no funciona el datáfono (18)", "18"),
        ("no sirve la báscula, 18", "18"),
        ("no hay luz, es la 18, por favor", "18"),
        ("no tenemos sistema - la 45 gracias", "45"),
        ("sin luz la 18", "18"),
        ("no abre la caja, la 45", "45"),
        ("idem 42", "42"),
        ("tmb en 42", "42"),
        ("también 42", "42"),
        ("en 42 igual", "42"),
        ("+1 la 42", "42"),
        ("confirmo, 42 sin sistema", "42"),
        ("en la mía igual, 42", "42"),
    ],
)
def test_a_store_that_is_set_apart(text: str, store: str) -> None:
    assert find_store(text) == store


@pytest.mark.parametrize(
    "text",
    [
        "no abre la caja, la 2",
        "no abre la caja, la 12",
        "no abre el cajón, la 12",
        "no jala la terminal, la 12",
        "me faltan 18",
        "llegaron las cajas, 18",
        "no sirve la 18",
        "no sirve la caja, la 18",
        "no hay de la talla, la 38",
        "no hay tenis, 28",
        "no hay bolsas, 18",
        "no sirven las básculas, 18",
        "no prende el foco, 60",
        "no pasa la tarjeta, 51",
        "no enfría la nevera, 12",
        "no marca el precio, 18",
        "no hay luz, 18:30",
        "la 18:30",
        "a la 18: 30",
        "no hay sistema desde ayer, 18",
        "no funciona la caja 3, 18",
        "ya no falla la impresora, la 18",
        "no hay sistema, la 18?",
        "no es la impresora, la 18",
        "no hay sistema, regreso en 15",
        "en 15 minutos igual",
        "también 42 pesos",
        "también en 2",
        "+1 42 55 1234",
        "confirmo 42 sin entregar",
    ],
)
def test_another_number_is_no_store(text: str) -> None:
    assert find_store(text) is None


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("no hay luz", True),
        ("la 18 sin luz", True),
        ("buenos días, no hay internet en la tienda 18 ayuda", True),
        ("se nos fue la luz", True),
        ("no hay luz?", False),
        ("ya hay luz", False),
        ("en mi casa no hay luz", False),
        ("no hay luz al final del túnel", False),
        ("no hay línea blanca", False),
        ("jajaja sin internet", False),
    ],
)
def test_light_and_water_and_the_line_are_gone(text: str, lacks: bool) -> None:
    assert lacks_supply(text) is lacks


@pytest.mark.parametrize("words", ["no hay internet en la {}", "no hay internet, tienda {}"])
def test_the_number_of_a_store_says_nothing_of_urgency(words: str) -> None:
    reader = LocalReader()
    said = (Line("m1", "", "staff", "Ana", words.format(n)) for n in (10, 12, 15, 18, 22, 45, 104))
    assert not any(is_urgent([line], reader) for line in said)
