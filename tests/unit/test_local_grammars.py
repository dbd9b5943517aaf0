"""The smaller grammars: numbers, errors, problems, refusals, and texts made comparable."""

from __future__ import annotations

import pytest

from tools.models.local.errors import find_error, find_screen_error
from tools.models.local.numbers import find_numbers, read_number
from tools.models.local.problem import PROBLEM_WORDS, find_problem, free_problem
from tools.models.local.refusals import is_refusal
from tools.models.local.spelling import expand, fold


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("45", 45),
        ("cuarenta y cinco", 45),
        ("Cuarenta y cinco.", 45),
        ("cuarentaicinco", 45),
        ("cuarentaycinco", 45),
        ("cuarenta cinco", 45),
        ("40 y 5", 45),
        ("cuatro cinco", 45),
        ("cero", 0),
        ("uno", 1),
        ("dieciséis", 16),
        ("diez y seis", 16),
        ("veintitrés", 23),
        ("treinta y un", 31),
        ("cien", 100),
        ("ciento dos", 102),
        ("doscientos cuarenta y uno", 241),
        ("mil quinientos", 1500),
        ("dos mil quince", 2015),
        ("nueve mil novecientos noventa y nueve", 9999),
        ("una", None),
        ("mil gracias", None),
        ("hola", None),
        ("45 y pico", None),
    ],
)
def test_numbers(text: str, number: int | None) -> None:
    assert read_number(text) == number


def test_numbers_in_a_sentence_know_their_place() -> None:
    text = "tienda cuarenta y cinco, caja 2"
    found = find_numbers(text)
    assert [(text[n.start : n.end], n.value) for n in found] == [("cuarenta y cinco", 45), ("2", 2)]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("marca Error E-102", "E-102"),
        ("ERROR E-102", "E-102"),
        ("error 0x80070035", "0x80070035"),
        ("dice ERR_CONN", "ERR_CONN"),
        ("código 51", "código 51"),
        ("HTTP 500 al facturar", "HTTP 500"),
        ("me sale error 404 al entrar", "error 404"),
        ('marca "sin papel"', "sin papel"),
        ("dice sin papel", "sin papel"),
        ("sale error de conexión", "error de conexión"),
        ("la terminal dice: tarjeta rechazada", "tarjeta rechazada"),
        ("marca el código AB-123", "AB-123"),
        ("marca error", None),
        ("T-45 sin red", None),
        ("tuve COVID-19", None),
        ("3 errores hoy", None),
        ("gracias", None),
    ],
)
def test_errors(text: str, error: str | None) -> None:
    assert find_error(text) == error


def test_a_screen_without_a_code_tells_its_error_line() -> None:
    assert find_screen_error("Caja 2\nImpresora sin papel\nAceptar") == "Impresora sin papel"
    assert find_screen_error("Caja 2\nBienvenido") is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("no imprime", "no imprime"),
        ("se cayó el internet", "se cayó el internet"),
        ("Buenos días, la impresora de la tienda 45 no funciona", "impresora no funciona"),
        ("La impresora de tickets no funciona", "impresora de tickets no funciona"),
        ("tienda 12 sin sistema", "sin sistema"),
        ("Hola! no hay luz", "no hay luz"),
        ("SIN INTERNET", "sin internet"),
        ("¿pueden revisar la terminal? está rechazando tarjetas", "está rechazando tarjetas"),
        ("Printer on floor 3 is down", "Printer on floor 3 is down"),
        ("la impresora", None),
        ("hola buenos días", None),
        ("ayuda con la terminal", None),
        ("no hay problema", None),
        ("tienda 45", None),
        ("gracias", None),
    ],
)
def test_problems(text: str, problem: str | None) -> None:
    assert find_problem(text) == problem


def test_a_problem_is_short() -> None:
    long = "la impresora no imprime " + "y además hace ruido " * 20
    assert len((find_problem(long) or "").split()) <= PROBLEM_WORDS


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("hace un sonido como de grillo", "hace un sonido como de grillo"),
        ("sale todo chueco al final", "sale todo chueco al final"),
        ("la impresora", None),
        ("gracias, ahorita te digo", None),
        ("tienda 45", None),
        ("ok", None),
    ],
)
def test_free_answers_to_what_happens(text: str, problem: str | None) -> None:
    assert free_problem(text) == problem


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("no sé", True),
        ("no se", True),
        ("No lo sé, disculpe", True),
        ("ni idea", True),
        ("no tengo idea cuál es la tienda", True),
        ("desconozco", True),
        ("la verdad no sé", True),
        ("no tengo ese dato", True),
        ("I don't know", True),
        ("no sé qué pasó pero ya no imprime nada la caja", False),
        ("no se puede cobrar", False),
        ("la 45", False),
        ("gracias", False),
    ],
)
def test_refusals(text: str, refusal: bool) -> None:
    assert is_refusal(text) is refusal


def test_folding_keeps_positions() -> None:
    text = "¿Señal caída en la CAJA nº 3? 🙏"
    assert len(fold(text)) == len(text)
    assert fold("Se CAYÓ") == "se cayo"


def test_abbreviations_are_written_out() -> None:
    assert expand("xq no jala tmb") == "porque no jala también"
