"""The two halves of a report that people send apart, and what only looks like one."""

from __future__ import annotations

import pytest

from tools.models.local.halves import fails_only, names_only


@pytest.mark.parametrize(
    "text",
    [
        "no prende",
        "no funciona!!",
        "ya no jala por favor",
        "se trabó",
        "hola, no imprime nada",
        "no me deja entrar",
        "está congelada 😭",
        "otra vez no abre",
        "marca error",
    ],
)
def test_that_something_fails(text: str) -> None:
    assert fails_only(text)


@pytest.mark.parametrize(
    "text",
    [
        "no pasa nada",
        "no sirve de nada quejarse",
        "no funciona?",
        "no viene",
        "ya prende",
        "no abre hoy la farmacia",
        "sigue igual",
        "no sé",
        "no prende la caja",
        "no hay nadie",
    ],
)
def test_what_tells_more_or_nothing_is_no_half(text: str) -> None:
    assert not fails_only(text)


@pytest.mark.parametrize(
    "text",
    [
        "caja 3 tienda 15",
        "la caja y la impresora, 45",
        "la impresora de tickets",
        "el datáfono de la 12",
        "la terminal, sucursal Polanco",
        "al sistema, tienda 40",
        "CAJA 2",
    ],
)
def test_what_fails_and_where(text: str) -> None:
    assert names_only(text)


@pytest.mark.parametrize(
    "text",
    [
        "la caja de galletas",
        "la app del banco",
        "mi celular",
        "la impresora ya quedó",
        "la tele de mi casa",
        "el gerente",
        "la impresora?",
        "tienda 15",
        "gracias por la impresora",
        "el repartidor",
    ],
)
def test_what_says_more_than_a_thing_is_no_half(text: str) -> None:
    assert not names_only(text)
