"""The store that people tell each other in one incident."""

from __future__ import annotations

import pytest

from domain.reading import Line, ModelCall
from tools.models.local.fields import gather
from tools.models.local.told_store import asks_store, confirmed_store


def store_of(*said: tuple[str, str], where: str | None = None) -> str | None:
    lines = tuple(
        Line(str(n), "2026-03-02T09:00:00-06:00", "staff", name, text)
        for n, (name, text) in enumerate(said)
    )
    return gather(ModelCall("i", "extract", "", lines, 1, where=where)).store


FAILS = ("Olga", "No imprime la impresora de tickets")


@pytest.mark.parametrize(
    ("question", "answer", "store"),
    [
        ("¿Qué sucursal sos, Olga?", "la nueve", "9"),
        ("dnd estas Olga?", "polanco", "Polanco"),
        ("Olga, tú estás en la 21 verdad?", "sí, gracias", "21"),
        ("Olga eres de Polanco no?", "sip", "Polanco"),
        ("Olga, ¿la de la caja 2?", "sí", None),
        ("¿ya la reiniciaste?", "la nueve", None),
        ("¿Te puedo marcar a la 1?", "sí por favor", None),
        ("¿Ya probaste con la 2?", "sí, igual", None),
        ("¿Y la 2 sí cobra?", "sí", None),
        ("¿Ya te ayudó Santiago?", "sí pero sigue igual", None),
        ("¿Vas a Polanco?", "Sí", None),
        ("De qué tienda, Olga?", "ahorita te digo", None),
    ],
)
def test_a_helpers_question_is_answered_as_ours_is(
    question: str, answer: str, store: str | None
) -> None:
    assert store_of(FAILS, ("Iván", question), ("Olga", answer)) == store


@pytest.mark.parametrize(
    ("told", "store"),
    [
        ("es la de la tienda 33, le falta toner", "33"),
        ("estoy en Polanco, llego en 20 min", None),
        ("te mando a Rosa desde la 80", None),
        ("en Polanco tampoco imprime", None),
    ],
)
def test_others_tell_anothers_store_but_not_where_they_are(told: str, store: str | None) -> None:
    assert store_of(FAILS, ("Iván", told)) == store


def test_a_persons_name_is_no_store() -> None:
    assert store_of(FAILS, ("Iván", "De qué tienda Olga?")) is None
    assert store_of(FAILS, ("Iván", "Mañana paso por la tienda Olga")) is None


def test_questions_for_a_store_are_told_from_others() -> None:
    assert asks_store("de q tienda?")
    assert not asks_store("qué dice la pantalla?")
    assert confirmed_store("¿es la 7?", "no, la 8") is None


def test_a_yes_of_whose_store_is_known_tells_no_other() -> None:
    said = (FAILS, ("Ana", "¿es la 7?"), ("Olga", "sí"))
    assert store_of(*said) == "7"
    assert store_of(*said, where="45") != "7"


def test_a_part_of_the_known_name_is_the_known_store() -> None:
    assert (
        store_of(("Olga", "acá en Polanco no imprime nada"), where="Polanco Sur") == "Polanco Sur"
    )
    assert store_of(("Olga", "acá en Narvarte no imprime"), where="Polanco Sur") == "Narvarte"


def answered(*said: tuple[str, str]) -> str | None:
    """The store of who was asked 'en qué tienda' by the bot, and then these lines."""
    at = "2026-03-02T09:00:00-06:00"
    lines = (
        Line("0", at, "staff", *FAILS),
        Line("1", at, "bot", "Recado", "¿En qué tienda ocurre?"),
        *(Line(str(n), at, "staff", *one) for n, one in enumerate(said, 2)),
    )
    return gather(ModelCall("i", "extract", "", lines, len(said), pending="store")).store


@pytest.mark.parametrize("aside", ["en serio??", "uy, otra vez?", "quién está de turno?"])
@pytest.mark.parametrize(("text", "store"), [("la 45", "45"), ("45", "45"), ("Modelia", "Modelia")])
def test_an_aside_of_another_does_not_take_our_answer(aside: str, text: str, store: str) -> None:
    assert answered(("Iván", aside), ("Olga", text)) == store


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("en qué caja?", "la 2"),
        ("cuántos clientes hay?", "45"),
        ("y es la 1 o la 2?", "la 2"),
        ("en qué caja?", "en la 12"),
        ("de que caja olga", "de la 3"),
        ("quién está de turno?", "Marcela"),
    ],
)
def test_who_was_asked_for_something_else_answers_that(question: str, answer: str) -> None:
    assert answered(("Iván", question), ("Olga", answer)) is None


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("en qué caja?", "la 45"),
        ("en qué caja?", "la 2, de la tienda 45"),
        ("cuándo vienen?", "la 45"),
        ("cuántos clientes hay?", "la 45"),
        ("en cual estas?", "la 45"),
    ],
)
def test_what_does_not_fit_the_question_answers_ours(question: str, answer: str) -> None:
    assert answered(("Iván", question), ("Olga", answer)) == "45"


def test_what_is_offered_is_believed_of_who_says_yes() -> None:
    assert answered(("Iván", "estás en la 12 no?")) is None
    assert answered(("Iván", "estás en la 12 no?"), ("Olga", "no")) is None
    assert answered(("Iván", "estás en la 12 no?"), ("Olga", "sí")) == "12"


def test_a_colleague_answers_for_the_reporter() -> None:
    assert answered(("Iván", "Cafetal")) == "Cafetal"
    assert answered(("Iván", "es la 45 olga")) == "45"


def test_a_numeral_is_no_vowel_drawn_out() -> None:
    assert answered(("Olga", "tienda Juan Pablo III")) == "Juan Pablo III"
    assert answered(("Olga", "Juan Pablo III")) == "Juan Pablo III"
    assert answered(("Olga", "Entréeee")) is None


@pytest.mark.parametrize(
    ("correction", "system"),
    [
        ("perdón, es la impresora de la caja 2 la que no imprime nada", "impresora"),
        ("perdón quise decir el pinpad que está al lado de la caja", "pinpad"),
        ("no, me refería a la impresora que está al lado de la puerta", "impresora"),
        ("perdón que no les avisé antes, estaba cobrando con la impresora del lado", "escáner"),
    ],
)
def test_a_correction_that_says_so_is_one_at_any_length(correction: str, system: str) -> None:
    lines = tuple(
        Line(str(n), "2026-03-02T09:00:00-06:00", "staff", "Olga", text)
        for n, text in enumerate(("no lee el escáner", correction))
    )
    assert gather(ModelCall("i", "extract", "", lines, 2)).system == system
