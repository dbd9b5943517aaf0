"""What people of a group say of their stores without anybody of ours asking: lists, roll calls,
what colleagues ask each other, names that are cut short; and what only looks like it."""

from __future__ import annotations

import pytest

from tests.unit.test_group_stores import heard
from tools.models.local.asked_where import asks_where, says_yes
from tools.models.local.called import numbers_of
from tools.models.local.here import here_by_number, opens_with
from tools.models.local.listed import in_list, listed
from tools.models.local.moved import own_store

SALES = (
    "Pamela Zonal",
    "Ventas de ayer: Breña S/ 3,210 · Lince S/ 4,055 · Pueblo Ñeque S/ 2,870",
)


@pytest.mark.parametrize(
    ("text", "names", "numbers"),
    [
        (SALES[1], ("Breña", "Lince", "Pueblo Ñeque"), ()),
        (
            "Ranking a las 12: Caballito 4,1M, Lanús 3,7M, Quilmes 3,2M. Vamos!",
            ("Caballito", "Lanús", "Quilmes"),
            (),
        ),
        ("Venta al mediodía: 12 → 41,300 / 7 → 28,900 / 15 → 30,150", (), ("12", "7", "15")),
        ("Ranking hot week: suc 9 4.1M, suc 2 3.7M, suc 11 3.2M", (), ("9", "2", "11")),
        ("Ventas de ayer: Breña 3,210 y Lince 4,055", (), ()),
        ("Faltan: Harina 20, Azúcar 15, Aceite 12", (), ()),
        ("Ventas por vendedora: Rosario 20, Carmen 15, Lupita 12", (), ()),
        ("no pasa la terminal 3, ni la 4, ni la 5", (), ()),
        ("cierre: 45 clientes, 12 devoluciones y 3 quejas", (), ()),
    ],
)
def test_a_list_of_sales_names_the_stores(
    text: str, names: tuple[str, ...], numbers: tuple[str, ...]
) -> None:
    found = listed(text)
    assert (found.names, found.numbers) == (names, numbers)


@pytest.mark.parametrize(
    ("tail", "place"),
    [
        ("Ñeque", "Pueblo Ñeque"),
        ("PÑ", "Pueblo Ñeque"),
        ("Lin.", "Lince"),
        ("Lince", "Lince"),
        ("Rojas", None),
        ("B.", None),
        ("", None),
    ],
)
def test_what_stands_behind_a_name_may_be_a_part_of_a_listed_store(
    tail: str, place: str | None
) -> None:
    places = {"brena": "Breña", "lince": "Lince", "pueblo neque": "Pueblo Ñeque"}
    assert in_list(tail, places) == place


def test_who_is_called_after_a_listed_store_writes_from_it() -> None:
    stores = heard(SALES, ("Kevin Ñeque", "la balanza marca de más"), ("Dani Rojas", "aquí igual"))
    assert stores.called("Kevin Ñeque") == "Pueblo Ñeque"
    assert stores.called("Dani Rojas") is None


def test_where_stores_are_numbered_by_a_list_a_number_is_one() -> None:
    lines = ("Graciela", "Venta al mediodía: 12 → 41,300 / 7 → 28,900 / 15 → 30,150")
    assert heard(lines, ("Rosy", "acá en la 7 todo bien")).of("Rosy") == "7"


@pytest.mark.parametrize(
    ("group", "numbers"),
    [
        ("LICORERÍAS 1 al 3 🍷", {"1", "2", "3"}),
        ("Farmacias sc 1-2 operación", {"1", "2"}),
        ("Turno 9 a 21 hs", set()),
        ("Promo 2x1", set()),
        ("Tiendas 24/7", set()),
        ("Campaña 2025-2026", set()),
    ],
)
def test_a_groups_name_may_count_its_stores(group: str, numbers: set[str]) -> None:
    assert numbers_of(group) == numbers


@pytest.mark.parametrize(
    ("question", "answer", "store"),
    [
        ("¿Dónde está usted hoy, Josefa?", "en el 1 hasta el domingo", "1"),
        ("Yolanda confirma sucursal porfa", "Estoy cubriendo en la 5", "5"),
        ("¿qué código de tienda te sale arriba?", "219", "219"),
        ("¿Tú estás hoy en la 3, verdad?", "a qué hora viene el técnico", None),
        ("¿a cuántos grados está?", "en 15", None),
        ("¿dónde está la factura?", "en la caja 2", None),
        ("confirma la sucursal", "5 minutos", None),
        ("no pasa ninguna tarjeta tienda 45", "acá la 16 de las nuevas", None),
        ("confirmo que la tienda 45 sigue igual", "16 clientes en fila", None),
    ],
)
def test_what_colleagues_ask_each_other_is_answered_to_us_too(
    question: str, answer: str, store: str | None
) -> None:
    stores = heard(("Maru", question), ("Yolanda", answer))
    assert stores.of("Yolanda") == store


def test_a_yes_confirms_the_store_that_a_colleague_supposed() -> None:
    lines = (("Ana Polanco", "buen día"), ("Maru", "Toño eres de Polanco no?"), ("Toño", "sí, ese"))
    assert heard(*lines).of("Toño") == "Polanco"
    assert heard(*lines[:2], ("Toño", "no, para nada")).of("Toño") is None


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("¿en cuál tienda andas?", True),
        ("indícame tu sucursal por favor", True),
        ("¿dónde está usted hoy?", True),
        ("¿usted hoy está en Venecia o en Suba?", True),
        ("¿dónde está la impresora?", False),
        ("la impresora está en la tienda", False),
        ("¿la impresora está en la caja o ya la movieron?", False),
        ("confirmo que la tienda sigue igual", False),
    ],
)
def test_who_asks_for_a_store(text: str, asks: bool) -> None:
    assert asks_where(text) is asks


def test_a_question_confirms_nothing() -> None:
    assert says_yes("sí, esa")
    assert not says_yes("¿sí?")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("buenas, estoy afuera de la 16 y no llega la encargada", "16"),
        ("volví a la 22 y sigue sin pasar", "22"),
        ("acá en la 45 todo bien", "45"),
        ("acá en la 3 todo bien", None),
        ("estoy en la 2 de la tarde", None),
        ("llegué a la 1:30", None),
        ("estamos en el 15 de mayo", None),
        ("¿estoy en la 22?", None),
    ],
)
def test_who_says_that_they_are_in_a_store_by_its_number(text: str, number: str | None) -> None:
    assert here_by_number(text, few=False) == number


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("wena wena. maipu listo pa la guerra", True),
        ("maipu con vida", True),
        ("maipu ✅", True),
        ("maipu queda lejos", False),
        ("maipu no?", False),
        ("maipucito con luz", False),
    ],
)
def test_a_message_that_opens_with_a_store_speaks_of_it(text: str, speaks: bool) -> None:
    assert opens_with("maipu", text) is speaks


def test_a_word_of_a_name_that_opens_a_roll_call_is_a_store() -> None:
    lines = (("Tania Torrealta", "torrealta ✅"), ("Beny Ruiz", "buenos días"))
    stores = heard(*lines)
    assert stores.called("Tania Torrealta") == "Torrealta"
    assert stores.called("Beny Ruiz") is None


@pytest.mark.parametrize(
    "text",
    [
        "190, ya horneando de nuevo",
        "es de 57 si",
        "sí, 50. ya había llamado al cliente",
        "1 de flor sin queso",
        "en 15 estoy",
        "8 de 15 kilos, para hoy aguanto",
    ],
)
def test_a_number_in_passing_is_no_store_of_who_has_one(text: str) -> None:
    assert own_store(text) is None
