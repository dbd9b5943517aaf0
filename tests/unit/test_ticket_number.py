"""Which numbers of a text are tickets', and which are stores', devices', dates or receipts."""

from __future__ import annotations

import pytest

from domain.sayings.ticket_number import numbers_in, without_numbers


@pytest.mark.parametrize(
    ("text", "surely"),
    [
        ("como va el ticket 102?", ("102",)),
        ("el ticket #101 sigue igual", ("101",)),
        ("ticket no. 101 ya quedó", ("101",)),
        ("el folio 101, cómo va?", ("101",)),
        ("incidencia número 101", ("101",)),
        ("ya quedaron los tickets 101 y 102", ("101", "102")),
        ("el ticket 101 y el 102 siguen igual", ("101", "102")),
    ],
)
def test_a_ticket_is_named(text: str, surely: tuple[str, ...]) -> None:
    assert numbers_in(text).surely == surely


@pytest.mark.parametrize(
    "text", ["#101 sigue igual", "caso 101 ya quedó", "el reporte 101", "listo #101", "va: #101"]
)
def test_a_ticket_or_a_store_is_named(text: str) -> None:
    found = numbers_in(text)
    assert (found.surely, found.perhaps) == ((), ("101",))


@pytest.mark.parametrize(
    "text", ["estatus del 101?", "cómo va el 101?", "y el 101?", "que paso con el 101"]
)
def test_in_a_question_the_number_is_enough(text: str) -> None:
    assert numbers_in(text, asks=True).perhaps == ("101",)
    assert not numbers_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "la 101 sigue igual",
        "cómo va la 101?",
        "tienda #101 sin luz",
        "suc #101 y #102 sin luz",
        "caja #3 no cobra",
        "la impresora de tickets 2 no imprime",
        "no imprime el ticket 101",
        "factura del ticket 101",
        "el ticket 101 de la venta de ayer",
        "reporto 2 fallas",
        "reporte 2 fallas en la tienda",
        "en el caso 3 veces",
        "cuesta 101 pesos",
        "vienen para el 150?",
        "cuándo vienen, el 15?",
        "el ticket de la 101",
        "son 101",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert not numbers_in(text, asks=True)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("el ticket 101 sigue igual", "sigue igual"),
        ("estatus del 101?", "estatus"),
        ("#101 sigue igual en la tienda 45", "sigue igual en la tienda 45"),
        ("#101 sigue igual en la tienda 101", "sigue igual en la tienda 101"),
    ],
)
def test_the_rest_is_read_without_it(text: str, rest: str) -> None:
    assert without_numbers(text, ["101"]) == rest
