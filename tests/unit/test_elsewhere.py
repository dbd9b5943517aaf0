"""What is reported of another store is no part of an incident; what corrects its store is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.deciding.elsewhere import is_of_another_store, two_stores
from domain.room import OpenIncident, Remark, TurnFacts
from tools.models.local.reader import LocalReader

READER = LocalReader()
NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
PRINTER = OpenIncident("p", "ticketed", "ana", frozenset({"ana"}), NOW, "12", "impresora")
SAID = [Remark("m", "ana", "Ana", NOW, "no imprime la impresora de la tienda 12", "p")]


def is_another(text: str, minutes: float, said: list[Remark] = SAID) -> bool:
    turn = TurnFacts("ana", NOW + timedelta(minutes=minutes), READER.read(text))
    return is_of_another_store(turn, PRINTER, said)


@pytest.mark.parametrize("minutes", [2, 1300])
@pytest.mark.parametrize(
    "text",
    [
        "no imprime la impresora de la tienda 21",
        "tampoco imprime la impresora de la tienda 21",
        "disculpen, tampoco imprime la impresora de la tienda 21",
        "*Tienda 21*: no imprime la impresora",
        "sigue sin imprimir la impresora de la tienda 21",
        "otra vez no imprime la impresora, tienda 21",
        "en la sucursal 21 se atoró la impresora",
        "no imprime la impresora de la tienda 21, disculpen la molestia",
    ],
)
def test_a_full_report_of_another_store_is_another(text: str, minutes: float) -> None:
    assert is_another(text, minutes)


@pytest.mark.parametrize(
    "text",
    [
        "no, es la impresora de la tienda 21",
        "digo la impresora de la 21 no imprime",
        "es en la tienda 21 que no imprime la impresora",
        "la impresora que no imprime es de la tienda 21",
        "me equivoqué, no imprime la impresora de la tienda 21",
        "no imprime la impresora de la tienda 21, no de la 12",
        "la tienda donde no imprime la impresora es la 21",
        "es la 21",
        "la impresora de la tienda 21",
        "ya imprime la impresora de la tienda 21",
    ],
)
@pytest.mark.parametrize("minutes", [2, 1300])
def test_a_correction_or_less_than_a_report_is_none(text: str, minutes: float) -> None:
    assert not is_another(text, minutes)


@pytest.mark.parametrize(
    "text",
    [
        "perdón, no imprime la impresora de la tienda 21",
        "*no imprime la impresora de la tienda 21",
        "no imprime la impresora, es la tienda 21",
    ],
)
def test_an_apology_corrects_what_was_just_said(text: str) -> None:
    assert not is_another(text, 2)
    assert is_another(text, 1300)


def test_a_store_that_nobody_said_may_be_put_right() -> None:
    unsaid = [Remark("m", "ana", "Ana", NOW, "no imprime la impresora", "p")]
    assert not is_another("no imprime la impresora de la tienda 21", 2, unsaid)
    assert is_another("no imprime la impresora de la tienda 21", 1300, unsaid)


@pytest.mark.parametrize(
    ("one", "other", "two"),
    [
        ("12", "21", True),
        ("012", "12", False),
        ("Polanco", "Coapa", True),
        ("Polanco", "Plaza Polanco", False),
        ("Polanco", "Polamco", False),
        ("Coapa", "12", False),
    ],
)
def test_stores_are_two_where_that_is_sure(one: str, other: str, two: bool) -> None:
    assert two_stores(one, other) is two
