"""The error of a ticket is what its screen says, in a code or in words, shown or cited."""

from __future__ import annotations

import pytest

from domain.reading import Line, ModelCall
from tools.models.local.engine import LocalModels
from tools.models.local.told_errors import error_of, shown_error, told_error


def said(*texts: str) -> list[Line]:
    """Lines of one person after another, in turn."""
    return [Line(f"m{n}", "", "staff", "AB"[n % 2], text) for n, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("no puedo entrar, me dice Usuario bloqueado", "Usuario bloqueado"),
        ("sale un letrero que dice que no hay conexión con el servidor", "no hay conexión con el"),
        ('el posnet tira "Comercio no habilitado" con todas', "Comercio no habilitado"),
        ("los datáfonos no van, HOST NO DISPONIBLE en los dos", "HOST NO DISPONIBLE"),
        ("no abre el programa de caja: Licencia caducada. Ninguna funciona", "Licencia caducada"),
        ("me sale un cartelito de servicio no disponible y no pasa", "servicio no disponible"),
        ("al pasar los alfajores me contesta Artículo inexistente", "Artículo inexistente"),
        ("las cajas quedaron con SIN CONEXION BD, estamos parados", "SIN CONEXION BD"),
        ("En Quilpué no sale la boleta, aparece folios agotados", "folios agotados"),
        ("dice que llame al emisor con todas las tarjetas", "llame al emisor"),
        ("se trabó el sistema, Error de base de datos -1205", "Error de base de datos"),
    ],
)
def test_words_of_a_screen_that_people_cite_are_the_error(text: str, error: str) -> None:
    found = told_error(text)
    assert found is not None
    assert found.startswith(error)


@pytest.mark.parametrize(
    "text",
    [
        "el técnico dice que no hay señal en toda la cuadra",
        "el chofer me dice que sin autorización no descarga",
        "no se puede trabajar así, el clima no enfría",
        "NO SE PUEDE COBRAR CON TARJETA",
        "la puerta no abre y la gente sale por atrás",
        "la señora dice que le cobraron doble",
        "sale agua por el techo y no hay quien la pare",
        "la impresora no jala, sale rayado el papel",
        "se nos agotó el papel y no hay rollos",
        "Pancha: la balanza no pesa",
        "dice mi jefa que no hay sistema hasta mañana",
        "sin respuesta de nadie, ya avisé ayer",
    ],
)
def test_what_people_say_of_things_is_no_error(text: str) -> None:
    assert told_error(text) is None


def test_an_answer_to_what_it_says_is_the_error() -> None:
    lines = said("el pos no lee tarjetas", "¿qué le sale?", "error al leer, retire")
    assert error_of([lines[0], lines[1], lines[2]], []) == "error al leer"


@pytest.mark.parametrize(
    ("screen", "error"),
    [
        ("OPERACIÓN DENEGADA\nSIN RESPUESTA ENTIDAD", "OPERACIÓN DENEGADA"),
        ("VENTA CON TARJETA\nSIN RESPUESTA HOST\nREINTENTE", "SIN RESPUESTA HOST"),
        ("Boot device not found. Servidor POS-SRV1", "Boot device not found"),
        (
            "HP LaserJet\nAtasco de papel en bandeja 2\nAbra la puerta",
            "Atasco de papel en bandeja 2",
        ),
        ("L-07 LICENCIA VENCIDA. CONTACTE A SU PROVEEDOR", "L-07"),
        ("0109 El servicio de autenticación no está disponible", "0109"),
        ("COMUNICACIÓN FALLIDA 05. INTENTE MÁS TARDE", "05"),
        ("Sin respuesta del servidor. Reintentar / Cancelar", "Sin respuesta del servidor"),
        ("LICENCIA CADUCADA\\nContacte con su distribuidor", "LICENCIA CADUCADA"),
        ("VENTA APROBADA $12.490", None),
        ("ALBARÁN DE RECOGIDA", None),
        ("Prueba de velocidad 94 Mbps", None),
        ("GALLETAS L-500\nSin azúcar 2x1 oferta", None),
        ("Feliz día a todos, sin ustedes no hay sistema", None),
    ],
)
def test_a_screen_says_its_error(screen: str, error: str | None) -> None:
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


def test_a_code_comes_before_words() -> None:
    assert error_of(said("dice sin conexión", "y abajo error 504"), []) == "error 504"
    assert error_of(said("dice sin conexión"), ["SRV-504 Conectando con servidor"]) == "SRV-504"


async def test_the_ticket_has_the_words_of_a_photo() -> None:
    lines = tuple(said("no me abre el programa de ventas, soy de la tienda 45"))
    call = ModelCall("i", "extract", "", lines, 1, images=("Tiempo de espera agotado",))
    assert (await LocalModels().extract(call)).error == "Tiempo de espera agotado"


@pytest.mark.parametrize(
    "text",
    ["dice " * 4000, "A" * 20000, "AB " * 7000, " " * 20000, 'dice "' * 4000, "error al " * 3000],
)
def test_hostile_texts_are_read_at_once(text: str) -> None:
    told_error(text)
    shown_error(text)
