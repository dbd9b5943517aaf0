"""What shops call out: that they are open or shut, and what they sold."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from domain.room import Remark
from tools.models.local.group_stores import GroupStores
from tools.models.local.roll_call import called_out

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def heard(*lines: tuple[str, str]) -> GroupStores:
    """A group in which these people wrote these lines; each is known by their name."""
    told = [Remark(str(n), name, name, NOW, text) for n, (name, text) in enumerate(lines)]
    return GroupStores(told, "Abarrotes del Norte")


@pytest.mark.parametrize(
    ("text", "shop"),
    [
        ("12 abierta", "12"),
        ("buen dia grupo, la 07 abierta", "7"),
        ("Muy buenos días. Restrepo abierto, gracias a Dios.", "Restrepo"),
        ("Cerrado Providencia. Venta 621.400", "Providencia"),
        ("ventas de ayer kennedy 4.310.000", "Kennedy"),
        ("cierre de la 12: 8,105", "12"),
        ("Laureles 4.620", "Laureles"),
        ("4: 5,980 con todo y lluvia", "4"),
        ("12,115 el Centro", "Centro"),
        ("Los Olivos presente, ya con cola afuera", "Los Olivos"),
    ],
)
def test_a_shop_that_is_called_out_is_heard(text: str, shop: str) -> None:
    call = called_out(text)
    assert call is not None
    assert call.shop == shop


@pytest.mark.parametrize(
    "text",
    [
        "la caja 2 cerrada",
        "puerta abierta",
        "está abierta Laureles?",
        "cierre 701!!",
        "abrimos 12:00 entonces, con café",
        "Joan cierra la sesión y entra otra vez",
        "Curicó mándame 30 con el furgón",
        "gracias, cerramos",
        "Corte de 10: 03 - 39,870 / 07 - 40,100",
        "5 abiertas",
        "45 cerrado",
        "5 4500 pesos",
        "311 4567890",
        "Reforma cerrada, no llego",
        "Insurgentes cerrado por marcha",
        "Toluca 2",
        "Bogotá 18°",
        "Chapinero arriba de todos, felicidades",
        "Laureles 4.620, felicitaciones",
        "Laureles lista para despacho",
        "Nestle 12,300",
        "la 40 cerrada por inventario",
    ],
)
def test_other_talk_calls_no_shop_out(text: str) -> None:
    assert called_out(text) is None


def test_who_calls_a_shop_out_writes_from_it() -> None:
    stores = heard(
        ("Beto R", "buen dia grupo, 12 abierta"),
        ("Yaz", "21 abierta licc"),
        ("Don Nelson", "Buenos días, Restrepo abierto"),
    )
    assert stores.of("Beto R") == "12"
    assert stores.of("Yaz") == "21"
    assert stores.of("Don Nelson") == "Restrepo"


def test_one_number_alone_makes_no_numbered_group() -> None:
    assert heard(("Beto", "12 abierta"), ("Yaz", "hola")).of("Beto") is None


@pytest.mark.parametrize("till", ["la 2 cerrada", "ya la 2 abierta"])
def test_a_till_is_no_store(till: str) -> None:
    stores = heard(("Ana", till), ("Luz", "la 1 abierta"), ("Ana", "la 2 abierta"))
    assert stores.of("Ana") is None
    assert stores.said("la 2 no cobra") is None


def test_orders_number_no_stores() -> None:
    stores = heard(("Ana", "4 1500"), ("Ana", "6 1200"), ("Luz", "hola"))
    assert stores.of("Ana") is None
    assert stores.told("la 4 no imprime") is None


def test_who_calls_out_several_shops_is_of_none() -> None:
    stores = heard(("Marta", "Laureles 4.620"), ("Marta", "Kennedy 3.100"))
    assert stores.of("Marta") is None


def test_who_moved_calls_out_another_shop() -> None:
    old, new = [("Beto", "12 abierta")] * 20, [("Beto", "40 abierta")] * 3
    assert heard(*old, *new).of("Beto") == "40"
