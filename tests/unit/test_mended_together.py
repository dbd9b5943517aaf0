"""Words that several things work again, and words of goods, of one matter or of an exception."""

from __future__ import annotations

import pytest

from domain.sayings.mended_together import Together, mended_together


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ya quedaron las dos, gracias", Together(2)),
        ("ambas ya quedaron, mil gracias", Together(2)),
        ("ya quedaron los 3 tickets", Together(3)),
        ("ya quedo todo, gracias", Together()),
        ("listo, todo ya funciona", Together()),
        ("ya quedaron el horno y la puerta", Together(things=("el horno", "la puerta"))),
        ("la caja y la báscula ya funcionan", Together(things=("la caja", "la bascula"))),
    ],
)
def test_several_work_again(text: str, told: Together) -> None:
    assert mended_together(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "ya quedo todo el pedido",
        "ya quedaron las dos cajas",
        "ya quedó todo menos la báscula",
        "ya quedó todo pero la caja no",
        "ya quedó todo?",
        "ya quedó todo listo para el inventario",
        "ya quedo todo acomodado",
        "ya quedó la impresora",
        "ya llegaron la impresora y la báscula",
        "ya quedó la impresora y la báscula no",
        "ya están la impresora y la caja en bodega",
        "ya quedó la junta del lunes",
        "no quedaron las dos",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert mended_together(text) is None
