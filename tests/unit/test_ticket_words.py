"""What a ticket says of a problem whose store was corrected."""

from __future__ import annotations

import pytest

from domain.ticket import without_store


@pytest.mark.parametrize(
    ("problem", "store", "left"),
    [
        ("no prende el horno de la 12", "12", "no prende el horno"),
        ("en la 12 no prende el horno", "12", "no prende el horno"),
        ("la 12 no tiene luz", "12", "no tiene luz"),
        ("no hay luz en Polanco desde ayer", "Polanco", "no hay luz desde ayer"),
        ("no abre la puerta de la sucursal 7", "7", "no abre la puerta"),
        ("no hay red en el local 07, urge", "7", "no hay red, urge"),
        ("se cayó el sistema en la tienda #12", "12", "se cayó el sistema"),
        ("falla en la 12", "12", "falla"),
    ],
)
def test_the_other_store_is_left_out(problem: str, store: str, left: str) -> None:
    assert without_store(problem, store) == left


@pytest.mark.parametrize(
    ("problem", "store", "bare"),
    [
        ("No hay sistema en la 18", "18", "No hay sistema"),
        ("impresora de la 18 no imprime", "18", "impresora no imprime"),
        ("no hay sistema, tienda 18", "18", "no hay sistema"),
        ("18 sin luz", "18", "sin luz"),
        ("no hay luz (18)", "18", "no hay luz"),
        ("no hay luz en Polanco", "Polanco", "no hay luz"),
        ("sale error 18 en la caja", "18", "sale error 18 en la caja"),
        ("caja 18 no abre", "18", "caja 18 no abre"),
        ("no hay luz desde las 18", "18", "no hay luz desde las 18"),
        ("no hay luz de 18 a 20", "18", "no hay luz de 18 a 20"),
        ("no hay sistema en la 180", "18", "no hay sistema en la 180"),
        ("en la 18", "18", "en la 18"),
        ("no hay luz en la 18", None, "no hay luz en la 18"),
    ],
)
def test_what_an_outage_is_names_no_store(problem: str, store: str | None, bare: str) -> None:
    assert without_store(problem, store) == bare


@pytest.mark.parametrize(
    ("problem", "store"),
    [
        ("marca error 12", "12"),
        ("no abre la caja 12", "12"),
        ("no abre el cajón de la caja 12", "12"),
        ("falla desde las 12", "12"),
        ("no hay luz en la 121", "12"),
        ("falta el 12% del pedido", "12"),
        ("no entra a la 12.5", "12"),
        ("falla en Polanquito", "Polanco"),
        ("sin luz en la 12", "1"),
        ("y en la 12 no", "12"),
    ],
)
def test_other_numbers_stay(problem: str, store: str) -> None:
    assert without_store(problem, store) == problem
