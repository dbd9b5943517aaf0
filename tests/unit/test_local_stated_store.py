"""The store that an answer states among other words, and numbers that are something else's."""

from __future__ import annotations

import pytest

from tools.models.local.refusals import is_refusal
from tools.models.local.stated_store import stated
from tools.models.local.stores import find_store


@pytest.mark.parametrize(
    "text",
    [
        "la 45 urgente",
        "la 45 inge",
        "la 45 corazón",
        "45 plis",
        "45 x fa",
        "45 norte",
        "la45",
        "d la 45",
        "dela 45",
        "ala 45",
        "la n°45",
        "la cuarenta y cinco inge",
        "yo soy del 45",
        "creo q es la 45",
        "la misma de ayer, la 45",
        "me dicen que es la 45",
        "dice el gerente que es la 45",
        "me confirman que es la 45 norte inge",
        "ya pregunté, es la 45",
        "ya me dijeron, la 45",
        "es la 45 gracias por responder",
        "es la 45 y ya hay fila",
        "es la 45 y no deja cobrar ni con qr",
        "la 45 por favor que tengo fila",
        "la 45 creo, dejame confirmo",
        "no sé, creo que la 45",
        "no estoy segura pero creo que es la 45",
        "ay si, la 45",
        "ya supe, la 45",
        "ya pregunte es la 45",
        "cual va a ser, la 45",
        "ya les dije mil veces que es la 45",
    ],
)
def test_stated(text: str) -> None:
    assert stated(text) == "45"
    assert find_store(text, answering=True) == "45"
    assert not is_refusal(text)


@pytest.mark.parametrize(
    ("text", "store"), [("me dicen que es Polanco", "Polanco"), ("la 8 inge", "8")]
)
def test_places_and_small_numbers(text: str, store: str) -> None:
    assert find_store(text, answering=True) == store


@pytest.mark.parametrize(
    "text",
    [
        "la 12 y media",
        "es la 12 y media",
        "12 y todavía nada",
        "el 15 y nadie ha venido",
        "el lunes que es el 15",
        "me dijeron que el 15 vienen",
        "desde la 1 y nada",
        "a la 1 inge",
        "en 20 inge",
        "ya 20 inge",
        "45 clientes y urge",
        "45 minutos inge",
        "la 45 horas",
        "ya reinicié 3 veces inge",
        "hay 20 personas y urge",
        "la factura 45 urgente",
        "mi caja es la 45 inge",
        "la caja que falla, es la 2",
        "dice que el error es el 45",
        "la 2 que no prende",
        "ya la probé, la 2",
        "la caja que no abre, la 45",
        "llegan a las 3, la 45",
        "la 2 y no abre",
        "creo que no es la 45",
        "no creo que es la 45",
        "no sé si es la 45",
        "es la 45 o la 54",
        "será la 45 o qué?",
    ],
)
def test_not_stated(text: str) -> None:
    assert stated(text) is None


@pytest.mark.parametrize("text", ["no sé", "no sé cuál es la tienda", "ni idea, soy nuevo"])
def test_who_does_not_know_states_nothing(text: str) -> None:
    assert is_refusal(text)
