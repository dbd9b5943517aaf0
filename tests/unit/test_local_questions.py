"""Which questions ask how a repair goes."""

from __future__ import annotations

import pytest

from tools.models.local.questions import asks, asks_of_another, speaks_of_repair


@pytest.mark.parametrize("text", ["¿y?", "¿alguna novedad?", "¿ya viene el técnico?", "¿cuándo?"])
def test_asks_how_it_goes(text: str) -> None:
    assert asks(text)
    assert speaks_of_repair(text)


@pytest.mark.parametrize(
    "text", ["¿a qué hora?", "a que hora", "¿y quién?", "¿dónde?", "¿cuántas?"]
)
def test_asks_something_else(text: str) -> None:
    assert not speaks_of_repair(text)


@pytest.mark.parametrize("text", ["¿vienes hoy o mañana?", "¿ya te funciona?", "¿puedes pasar?"])
def test_asks_one_person(text: str) -> None:
    assert not speaks_of_repair(text)


@pytest.mark.parametrize("text", ["¿cuándo vienen?", "¿ya les mandaron técnico?", "¿ya quedó?"])
def test_asks_of_those_who_repair(text: str) -> None:
    assert speaks_of_repair(text)


PRINTER = "la impresora no imprime"


@pytest.mark.parametrize(
    ("text", "thing", "told"),
    [
        ("¿y la luz?", "impresora", PRINTER),
        ("¿y el cable?", "impresora", PRINTER),
        ("oye, ¿y tu jefe?", "impresora", PRINTER),
        ("¿y la otra impresora?", "impresora", PRINTER),
        ("¿y los refrigeradores?", "luz", "se fue la luz"),
    ],
)
def test_asks_of_another_thing(text: str, thing: str, told: str) -> None:
    assert asks_of_another(text, [thing], told)


@pytest.mark.parametrize(
    ("text", "thing", "told"),
    [
        ("¿y la impresora?", "impresora", PRINTER),
        ("¿y la otra impresora?", "impresora", "la otra impresora no imprime"),
        ("¿y lo de la luz?", "impresora", PRINTER),
        ("¿y el técnico?", "impresora", PRINTER),
        ("¿y la máquina?", "impresora", PRINTER),
        ("¿y el problema?", "impresora", PRINTER),
        ("¿y mi reporte?", "impresora", PRINTER),
        ("¿y el wifi?", "internet", "no hay internet"),
        ("¿y la balanza?", "báscula", "no pesa la báscula"),
        ("¿y la caja?", "sistema", "no abre el sistema en la caja"),
        ("¿y el portón?", "portón", "no abre el portón"),
        ("¿cómo va la luz?", "impresora", PRINTER),
        ("¿y la luz, ya volvió?", "impresora", PRINTER),
    ],
)
def test_asks_of_what_was_reported(text: str, thing: str, told: str) -> None:
    assert not asks_of_another(text, [thing], told)


def test_where_nothing_is_known_anything_may_be_meant() -> None:
    assert not asks_of_another("¿y la luz?", [])
