"""The error of a ticket is the code that its screen says, shown or cited."""

from __future__ import annotations

import pytest

from domain.reading import Line
from tools.models.local.told_errors import error_of, shown_error


def said(*texts: str) -> list[Line]:
    """Lines of one person after another, in turn."""
    return [Line(f"m{n}", "", "staff", "AB"[n % 2], text) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("screen", "error"),
    [
        ("OPERACIÓN DENEGADA\nSIN RESPUESTA ENTIDAD", None),
        ("L-07 LICENCIA VENCIDA. CONTACTE A SU PROVEEDOR", "L-07"),
        ("0109 El servicio de autenticación no está disponible", "0109"),
        ("COMUNICACIÓN FALLIDA 05. INTENTE MÁS TARDE", "05"),
        ("Sin respuesta del servidor. Reintentar / Cancelar", None),
        ("VENTA APROBADA $12.490", None),
        ("ALBARÁN DE RECOGIDA", None),
        ("Prueba de velocidad 94 Mbps", None),
        ("GALLETAS L-500\nSin azúcar 2x1 oferta", None),
        ("Feliz día a todos, sin ustedes no hay sistema", None),
    ],
)
def test_a_screen_says_its_error_by_a_code(screen: str, error: str | None) -> None:
    assert shown_error(screen) == error


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("la balanza marca E4 y no vuelve a cero", "E4"),
        ("pongo a cortar y se para, sale E7", "E7"),
        ("el horno salta con F12 a los diez minutos", "F12"),
        ("Pita el cuadro. Pone AL1 y parpadea", "AL1"),
        ("la boleta fue rechazada con 2335 por la Sunat", "2335"),
        ("la impresora de etiquetas muestra E5 y la luz roja", "E5"),
        ("sale en hoja A4 y antes salía en ticket", None),
        ("la rechazó por 200 pesos", None),
        ("aparece P2 de la lista en la góndola 4", "P2"),
    ],
)
def test_short_codes_are_read_where_a_word_announces_them(text: str, code: str | None) -> None:
    assert error_of(said(text), []) == code


def test_the_newest_code_counts_and_no_words() -> None:
    assert error_of(said("dice sin conexión", "y abajo error 504"), []) == "error 504"
    assert error_of(said("marca error 504", "ahora marca E4"), []) == "E4"
    assert error_of(said("dice sin conexión"), ["SRV-504 Conectando con servidor"]) == "SRV-504"


def test_what_is_shouted_is_an_error_where_it_complains() -> None:
    assert error_of(said("sale SIN SERVICIO en la terminal"), []) == "SIN SERVICIO"
    assert error_of(said("dice CLAVE VENCIDA"), []) == "CLAVE VENCIDA"
    assert error_of(said("en el monitor sale NO VIDEO"), []) == "NO VIDEO"
    assert error_of(said("se lee PAPER JAM en su pantallita"), []) == "PAPER JAM"
    assert error_of(said("sale SIN SERVICIO", "ahora marca E4"), []) == "E4"
    assert error_of(said("el cartel dice NO TOCAR", "somos VILLA URQUIZA"), []) is None


@pytest.mark.parametrize(
    "text",
    ["dice " * 4000, "A" * 20000, "AB " * 7000, " " * 20000, 'dice "' * 4000, "error al " * 3000],
)
def test_hostile_texts_are_read_at_once(text: str) -> None:
    error_of(said(text), [text])
