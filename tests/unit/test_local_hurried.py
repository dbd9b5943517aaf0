"""Fields as people type them in a hurry: misspelled, said a second time, shown on a display."""

from __future__ import annotations

import pytest

from domain.reading import Line, ModelCall
from tools.models.local.engine import LocalModels, describe_text
from tools.models.local.errors import find_error
from tools.models.local.names import store_of_name
from tools.models.local.questions import asks
from tools.models.local.stores import find_store


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("mi usuario está bloqueado, tineda 104 porfa", "104"),
        ("el sistema no abre y hay fila, tiienda 91", "91"),
        ("la balanza no enciende, tinda Envigado", "Envigado"),
        ("no hay luz en la scursal 7", "7"),
        ("se fue la luz, loacl 79 ¿pueden ver?", "79"),
        ("el sistema está caído y no se puede cobrar punto 45", "45"),
    ],
)
def test_a_store_whose_noun_is_misspelled_is_read(text: str, store: str) -> None:
    assert find_store(text) == store


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("ya lo dije, 53", "53"),
        ("arriba puse 104", "104"),
        ("ya lo dije Envigado", "Envigado"),
        ("arriba puse, Chapinero!", "Chapinero"),
        ("es Coapa 😩", "Coapa"),
        ("la 45 🙏", "45"),
    ],
)
def test_a_store_that_is_said_once_more_is_an_answer(text: str, store: str) -> None:
    assert find_store(text, answering=True) == store


@pytest.mark.parametrize(
    "text", ["desde las 9", "a las 8", "toadvia no", "ya lo dije", "gracais", "graacias 🙏"]
)
def test_an_hour_thanks_or_nothing_is_no_store(text: str) -> None:
    assert find_store(text, answering=True) is None


def test_a_name_tells_its_local() -> None:
    assert store_of_name("Vane L38") == "38"
    assert store_of_name("Edu tda 14") == "14"
    assert store_of_name("Lucía") is None


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("la pantalla dice NO VIDEO", "NO VIDEO"),
        ("marca ZONA 4", "ZONA 4"),
        ("pone HEAD OPEN", "HEAD OPEN"),
        ("marca Err 3!", "Err 3"),
        ("se ve ORA-12541", "ORA-12541"),
        ("sale TIMEOUT 05 en la pantalla", "TIMEOUT 05"),
    ],
)
def test_a_display_is_cited_as_it_is(text: str, error: str) -> None:
    assert find_error(text) == error


@pytest.mark.parametrize(
    "text", ["la impresora marca HP no prende", "NO SALE EL TICKET", "dice que OK, gracias"]
)
def test_a_brand_or_a_shout_is_no_error(text: str) -> None:
    assert find_error(text) is None


def test_a_photo_of_a_small_display_shows_its_code() -> None:
    assert describe_text("E5").error == "E5"
    assert describe_text("NO VIDEO").error == "NO VIDEO"
    assert describe_text("PROMO 2X1").error is None


def test_who_says_what_they_do_asks_nothing() -> None:
    assert not asks("Kevin ya lo estoy revisando")
    assert asks("ing como va lo del internet")
    assert asks("se sabe cuándo llega la impresora")


async def test_the_local_engine_takes_no_statement_for_a_question() -> None:
    line = Line("m1", "2026-03-02T15:00:00+00:00", "staff", "Walter", "Kevin ya lo estoy revisando")
    call = ModelCall("i1", "follow_up", "", (line,), new=1)
    answer = await LocalModels().follow_up(call)
    assert answer.act != "status_question"
