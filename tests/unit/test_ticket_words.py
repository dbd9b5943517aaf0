"""What a ticket says of a problem whose store was corrected."""

from __future__ import annotations

import pytest

from domain.incident import Category, Field, Priority
from domain.ticket import draft_ticket, without_store


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


def subject_of(problem: str, system: str, store: str) -> str:
    fields = {Field.PROBLEM: problem, Field.SYSTEM: system, Field.STORE: store}
    draft = draft_ticket(
        "i",
        Category.TECHNICAL,
        Priority.NORMAL,
        {name.value: value for name, value in fields.items()},
        [],
        reporter_id="p",
        reporter_name="Ana",
        group_name="Norte",
    )
    return draft.subject


@pytest.mark.parametrize(
    ("problem", "system", "store", "subject"),
    [
        ("No hay sistema en la 17", "sistema", "17", "No hay sistema, tienda 17"),
        (
            "En la 15 no sirve la impresora",
            "impresora",
            "15",
            "No sirve la impresora, tienda 15",
        ),
        ("11 sin internet", "internet", "11", "Sin internet, tienda 11"),
        ("30 siguen sin internet", "internet", "30", "Siguen sin internet, tienda 30"),
        ("Polanco sin luz", "luz", "Polanco", "Sin luz, tienda Polanco"),
        ("se fue la luz en Polanco", "luz", "Polanco", "Se fue la luz, tienda Polanco"),
        ("además se descompuso el aire", "aire", "15", "Se descompuso el aire, tienda 15"),
        ("y la puerta no cierra", "puerta", "7", "La puerta no cierra, tienda 7"),
        ("tampoco tenemos internet", "internet", "45", "No tenemos internet, tienda 45"),
        ("y tampoco no hay luz", "luz", "45", "No hay luz, tienda 45"),
        ("la puerta tampoco cierra", "puerta", "7", "La puerta no cierra, tienda 7"),
        ("la báscula tampoco", "báscula", "7", "La báscula tampoco, tienda 7"),
        ("tampoco la caja 3 cobra", "caja", "7", "Tampoco la caja 3 cobra, tienda 7"),
        # The thing is named, be it without its accent or misspelled.
        ("no cobra el datafono", "datáfono", "5", "No cobra el datafono, tienda 5"),
        ("la inpresora no jala", "impresora", "5", "La inpresora no jala, tienda 5"),
        ("no imprime", "impresora", "5", "Impresora: no imprime, tienda 5"),
    ],
)
def test_a_subject_says_the_store_and_the_thing_once(
    problem: str, system: str, store: str, subject: str
) -> None:
    assert subject_of(problem, system, store) == subject


@pytest.mark.parametrize(
    ("problem", "system", "store"),
    [
        ("No abre la caja 4", "caja", "4"),
        ("No jala la terminal 2", "terminal", "2"),
        ("Faltan 12 cajas", "cajas", "12"),
        ("Quedan 15 rollos", "rollos", "15"),
        ("Error 15 en pantalla", "pantalla", "15"),
        ("Línea 45 muerta", "línea", "45"),
    ],
)
def test_a_number_that_is_no_store_stays(problem: str, system: str, store: str) -> None:
    assert subject_of(problem, system, store) == f"{problem}, tienda {store}"
