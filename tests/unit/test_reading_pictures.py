"""Photos that dev showed to be read badly, or to be read where there is nothing to read."""

from __future__ import annotations

import pytest

from domain.reading import reads_as_error
from evals.images.album import album
from tools.models.local.engine import describe_picture, describe_text

pytestmark = pytest.mark.slow
PHOTOS = {photo.name: photo for photo in album("dev")}


@pytest.mark.parametrize(
    ("name", "shown"),
    [("d7-straight", "ATASCO DE PAPEL"), ("d7-turned", "ATASCO DE PAPEL")],
)
def test_a_display_of_dots_is_read_by_a_second_softer_look(name: str, shown: str) -> None:
    assert describe_picture(PHOTOS[name].take()).error == shown


@pytest.mark.parametrize("name", ["shelf-2", "person-2", "d1-hopeless"])
def test_what_has_no_writing_is_said_to_be_unreadable(name: str) -> None:
    said = describe_picture(PHOTOS[name].take())
    assert (said.readable, said.text, said.error, said.system) == (False, "", None, None)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("CONGELADOR\nE4", "E4"),
        ("Sin señal\nTX-204", "TX-204"),
        ("Bienvenido\nTX-204", None),  # nothing complains: it may be anything
        ("0x00000\nVerifique el cable", None),  # glare took the rest
        ("0x0000007E\nVerifique el cable", "0x0000007E"),
    ],
)
def test_a_code_that_stands_alone_on_a_screen(text: str, error: str | None) -> None:
    assert describe_text(text).error == error


@pytest.mark.parametrize(
    ("text", "report"),
    [
        ("Servicio de ventas detenido. No se puede iniciar sesión", True),
        ("OPERACION NO PROCESADA 91", True),
        ("Usuario inactivo", True),
        ("CONGELADOR\nE4", True),
        ("E-17", True),
        ("ABIERTO\nde 9 a 21", False),
        ("AGOTADO", False),
        ("LOTE 4411\nVENCIDO", False),
        ("Promo\nNo se puede acumular con otras ofertas", False),
        ("Turno mañana: Rosa, Eva\nTurno tarde: Luis", False),
    ],
)
def test_a_photo_without_a_word_is_a_report_when_a_device_says_that_it_fails(
    text: str, report: bool
) -> None:
    assert reads_as_error(describe_text(text)) is report


def test_pages_that_a_printer_counts_are_no_web_page() -> None:
    assert describe_text("LISTA\nPAGINAS 1024").system is None
    assert describe_text("La página no abre").system == "página"
