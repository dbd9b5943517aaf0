"""Every word by which a short code is told for an error, and by which what is shouted is one."""

from __future__ import annotations

import pytest

from domain.reading import Line
from tools.models.local.told_errors import error_of, shown_error

_SHOWS = (
    "marca sale pone muestra salta tira da dice aparece bota arroja indica lanza mostrando "
    "marcando error código falla alarma"
)
_BETWEEN = "con|un|una|el|la|que|de|me|nos|ahí|el error|el código|la alarma|con un error"
_CODES = "E4 F12 H3 U2 P5 AL1 ER7 ERR9 CH2 LC3 EC8 E-4 E4A"
_REFUSED = (
    "rechazada con 51|denegada con 51|declinada con 51|rechazada por 51|rechazada con el 51|"
    "rechazada por un 51"
)
_COUNTED = "pesos soles euros veces clientes"
_SHOUTED = (
    "ERR PAPEL|ERROR LECTOR|OFFLINE TPV|TIME OUT|TIMEOUT HOST|SIN LINEA|NO IMAGEN|"
    "NO VIDEO|NO SIGNAL|PAPER JAM|COVER OPEN|LECTURA FALLA|"
    "LECTURA FALLIDA|VENTA RECHAZADA|VENTA DENEGADA|CLAVE INVALIDA|CLAVE VENCIDA|CLAVE EXPIRADA|"
    "CLAVE CADUCADA|CLAVE BLOQUEADA|TAPA ABIERTA|CINTA AGOTADA|MEMORIA LLENA|BATERIA BAJA|"
    "LOW BATTERY"
)
_PAPERS = (
    "feliz día|felicidades|bendiciones|buen día|buenos días|buenas tardes|buenas noches|promo|"
    "ofertas|descuento|gracias por su compra|total|subtotal|aviso a clientes|recuerden|"
    "recordatorio|horario|reunión|vacante|sorteo|albarán|placa|folio|factura n 3|aprobada|"
    "exitosa|prueba de velocidad"
)
_COMPLAINTS = (
    "comunicación comunicacion fallida conexión emisor host rechazada denegada transacción"
)


def told(text: str) -> str | None:
    return error_of([Line("m", "", "staff", "Ana", text)], [])


@pytest.mark.parametrize("word", _SHOWS.split())
def test_a_word_announces_a_short_code(word: str) -> None:
    assert told(f"la balanza {word} E4 y pita") == "E4"


@pytest.mark.parametrize("words", _BETWEEN.split("|"))
def test_small_words_stand_between(words: str) -> None:
    assert told(f"la balanza marca {words} E4 y pita") == "E4"


@pytest.mark.parametrize("code", _CODES.split())
def test_a_short_code(code: str) -> None:
    assert told(f"la balanza marca {code} y pita") == code


@pytest.mark.parametrize("words", _REFUSED.split("|"))
def test_what_is_refused_with_a_number(words: str) -> None:
    assert told(f"la tarjeta fue {words} otra vez") == "51"


@pytest.mark.parametrize("word", _COUNTED.split())
def test_what_is_counted_is_no_error(word: str) -> None:
    assert told(f"la tarjeta fue rechazada por 51 {word}") is None


@pytest.mark.parametrize("text", ["marca E4/E5", "marca E45B2", "sale P2x1"])
def test_a_part_of_something_else_is_no_code(text: str) -> None:
    assert told(text) is None


@pytest.mark.parametrize("words", _SHOUTED.split("|"))
def test_what_a_device_shouts(words: str) -> None:
    assert told(f"la terminal dice {words}") == words


@pytest.mark.parametrize("words", _PAPERS.split("|"))
def test_a_paper_shows_no_error(words: str) -> None:
    assert shown_error(f"L-07 {words}") is None


@pytest.mark.parametrize("word", _COMPLAINTS.split())
@pytest.mark.parametrize("code", ["05", "91"])
def test_a_code_behind_a_complaint(word: str, code: str) -> None:
    assert shown_error(f"{word} {code}") == code


@pytest.mark.parametrize(
    ("screen", "code"),
    [
        ("Servidor\nL-07 Vencida", "L-07"),
        ("Servidor\\nL-07 Vencida", "L-07"),
        ("Servidor [L-07 Vencida", "L-07"),
        ("Servidor  L-07 Vencida", "L-07"),
        ("Servidor / L-07 Vencida", "L-07"),
        ("Servidor | L-07 Vencida", "L-07"),
        ("Servidor. L-07 Vencida", "L-07"),
        ("Servidor! L-07 Vencida", "L-07"),
        ("L-07: vencida", "L-07"),
        ("L-07 - vencida", "L-07"),
        ("Conexión 05. Servidor", "05"),
        ("L-07x vencida", None),
        ("Servidor.L-07 vencida", None),
        ("el servidor da error 504", "error 504"),
        ("v. L-07 nada", None),
        ("L-07 " + "papel " * 40, None),
    ],
)
def test_where_a_code_stands_on_a_screen(screen: str, code: str | None) -> None:
    assert shown_error(screen) == code


def test_half_of_what_is_shouted_is_no_error() -> None:
    assert told("la terminal dice NO HAY PAPEL") is None
