"""The store in polite answers: behind a colon, beside typing errors, before a thousand thanks."""

from __future__ import annotations

import pytest

from tools.models.local.stores import find_store


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("lo puse más arriba: 20", "20"),
        ("con todo respeto ya lo puse más arriba: 40", "40"),
        ("con gusto: Ruzafa", "Ruzafa"),
        ("con mucho gusto: la 118", "118"),
        ("le paso el dato: 77", "77"),
        ("claro que sí, anote: tienda 12", "12"),
        ("disculpe la demora: 305", "305"),
        ("ya les haabía dicho que la 20", "20"),
        ("ya lo dije anttes, la 45", "45"),
        ("nuero 16!", "16"),
        ("numeero 161", "161"),
        ("sucrusal 31, grcias", "31"),
        ("es la número 51 muchas gracias", "51"),
        ("51 muchas gracias", "51"),
        ("la 12, gracias anticipadas", "12"),
        ("la 12 se lo agradezco mucho", "12"),
        ("es la 51 mil gracias", "51"),
        ("tienda 9 muchísimas gracias 🙏", "9"),
        ("la 118 gracias por su apoyo, saludos", "118"),
        ("Lindavista muchas gracias", "Lindavista"),
        ("la 33 disculpe la demora", "33"),
        ("con gusto sería la 115", "115"),
        ("claro que si tienda 31", "31"),
        ("por supuesto es la 8", "8"),
        ("con mucho gusto Lindavista", "Lindavista"),
    ],
)
def test_an_answer_is_understood_however_it_is_wrapped(text: str, store: str) -> None:
    assert find_store(text, answering=True) == store


@pytest.mark.parametrize(
    "text",
    [
        "faltan: 3",
        "la caja: 2",
        "sale error: 20",
        "en la pantalla marca: 51",
        "quedan varios: 3",
        "le aviso: ya quedó",
        "es que: no prende",
        "la contraseña: Verano",
        "te cuento: Juan",
        "listo: Pedro ya viene",
        "disculpe: no entendí",
        "cerramos a las 9: 30",
        "muchas gracias",
        "ok muchas gracias por todo",
        "llegaron 20 muchas gracias",
        "nos faltan 3, gracias",
        "a las 5 muchas gracias",
        "ya quedó, muchas gracias",
    ],
)
def test_what_is_counted_or_told_behind_a_colon_is_no_store(text: str) -> None:
    assert find_store(text, answering=True) is None


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("gente, las cámaras aparecen desconectadas, acá local 20 mil gracias", "20"),
        ("no prende la caja, tienda 45 mil disculpas por la hora", "45"),
        ("sin sistema en la sucursal 8 mil gracias", "8"),
        ("no hay luz, local veinte mil gracias", "20"),
        ("somos la tienda dos mil gracias", "2"),
        ("no imprime nada, suc 112 mil perdones", "112"),
        ("la tienda dos mil cien sin luz", "2100"),
        ("buenas, se acabaron las bolsas aquí en 22 si sois tan amables", "22"),
        ("no jala el aire acá en 76 a ver si pueden venir", "76"),
    ],
)
def test_courtesy_behind_a_number_is_no_part_of_it(text: str, store: str) -> None:
    assert find_store(text) == store


@pytest.mark.parametrize(
    "text",
    [
        "la tienda vendió 20 mil pesos",
        "nos piden en tienda 20 mil productos",
        "aquí en 15 llega el técnico",
        "acá en 22 nos vemos",
    ],
)
def test_thousands_and_minutes_are_still_no_store(text: str) -> None:
    assert find_store(text) is None
