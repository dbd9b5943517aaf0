"""Numbers as they sound, and small words without vowels."""

from __future__ import annotations

import pytest

from tools.models.local.answers_for_several import stores_in
from tools.models.local.numbers import find_numbers, read_number
from tools.models.local.stores import find_store


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("quarenta y cinco", 45),
        ("cuarenta i sinco", 45),
        ("kuarenta y cinco", 45),
        ("cuarnta y cinco", 45),
        ("setenta y trez", 73),
        ("veinti dos", 22),
        ("ventiuno", 21),
        ("dies y seis", 16),
        ("diesiseis", 16),
        ("kinse", 15),
        ("nobenta y nuebe", 99),
        ("sincuenta", 50),
    ],
)
def test_a_misspelt_number_is_read(text: str, value: int) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "lo siento mucho",
        "la novena del niño",
        "una docena",
        "me pagan la quincena",
        "está en cuarentena",
        "mis sienes",
        "ventana",
        "las ventas",
        "hay tres cosas"[:6],
        "vente",
    ],
)
def test_other_words_are_no_numbers(text: str) -> None:
    assert not find_numbers(text)


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("no sirv l escaner d la 14", "14"),
        ("n la 14 no prende", "14"),
        ("no jala l terminal d la 8", "8"),
        ("no ha llegado nadie a abrir la 25", "25"),
        ("nadie vino a abrir la 40", "40"),
        ("no abrieron la 30", "30"),
        ("no abre la 2", None),
        ("no abre la caja 12", None),
        ("no abren la 25 de la mañana", None),
        ("no imprime d la caja 3", None),
    ],
)
def test_the_store_of_a_hurried_report(text: str, store: str | None) -> None:
    assert find_store(text) == store


@pytest.mark.parametrize(
    ("text", "stores"),
    [
        ("45 y 46", "45 y 46"),
        ("la 45 y la 46", "45 y 46"),
        ("12, 13 y 14", "12, 13 y 14"),
        ("40 y 5", None),
        ("en la cuarenta y cinco", None),
        ("la impresora de la 45 y la caja de la 46", None),
        ("45 y son 3 cajas", None),
        ("las 3 y media", None),
    ],
)
def test_an_answer_may_say_several_stores(text: str, stores: str | None) -> None:
    assert stores_in(text) == stores
