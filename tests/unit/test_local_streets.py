"""Stores that are called by their street or their mall."""

from __future__ import annotations

import pytest

from tools.models.local.stores import find_store


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("sucursal av. juárez", "Av. Juárez"),
        ("av juarez", "Av. Juarez"),
        ("Avenida Insurgentes Sur", "Av. Insurgentes Sur"),
        ("en calle 13", "Calle 13"),
        ("la de av. larco", "Av. Larco"),
        ("c.c. gran plaza", "C.C. Gran Plaza"),
        ("estamos en la av. larco", "Av. Larco"),
        ("ave maria", None),
        ("calle no sé", None),
        ("avisé ya", None),
    ],
)
def test_a_street_answers_which_store(text: str, store: str | None) -> None:
    assert find_store(text, answering=True) == store


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("no abre la caja en sucursal av. insurgentes", "Av. Insurgentes"),
        ("la sucursal av. juárez no tiene sistema", "Av. Juárez"),
        ("no abre la caja, tienda c.c. gran plaza", "C.C. Gran Plaza"),
        ("tienda calle 13 sin internet", "Calle 13"),
        ("no hay luz en la av. juárez", None),
        ("sucursal avisa que no hay luz", None),
        ("la tienda de la calle no abre", None),
        ("choque en la av. juarez", None),
    ],
)
def test_a_street_is_a_store_behind_its_noun(text: str, store: str | None) -> None:
    assert find_store(text) == store
