"""What fails by a text where several things are named, and what happens and is no thing at all."""

from __future__ import annotations

import pytest

from domain.reading import Line, ModelCall
from tools.models.local.errors import find_error, find_screen_code
from tools.models.local.failing import failing_thing
from tools.models.local.fields import gather
from tools.models.local.happenings import happening
from tools.models.local.haste import is_urgent
from tools.models.local.reader import LocalReader
from tools.models.local.systems import find_systems, same_system


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("la impresora de guías escupe hojas en blanco y avisa de tinta", "impresora"),
        ("Internet va lentísimo, tardan los pedidos una eternidad", "Internet"),
        ("Sistemas, no abre el programa de ventas", "programa de ventas"),
        ("la caja 4 no prende el monitor", "monitor"),
        ("la neverita de los yogures no enfría", "nevera"),
        ("no nos está dejando facturar en las tres cajas", "facturar"),
        ("las máquinas no pasan débito", "máquina de tarjetas"),
        ("no llegó Marcos y abro yo", "personal"),
        ("un tipo se guarda cosas, no quieren pagar y están en la puerta", "robo"),
        ("se resbaló una clienta junto a la góndola", "accidente"),
        ("en el pasillo del baño huele a gas", "gas"),
        ("la balanza no saca la etiqueta", "balanza"),
        ("La cortina hace un ruido raro, se va a romper", "cortina"),
        ("el regulador echa humo, se va a quemar", "regulador"),
        ("El señor está metiendo la tarjeta y la terminal no la lee", "terminal"),
        ("La gente está agarrando sus cosas y se va porque no hay sistema", "sistema"),
        ("Cámaras no graban en la 45", "cámaras"),
        ("Cámaras no se ven", "cámaras"),
        ("Alarmas no arman", "alarma"),
        ("Alarmas se activaron solas", "alarma"),
        ("Sistemas, no pasan las terminales", "terminal"),
        ("Después del apagón ya no prende el servidor", "servidor"),
        ("ayer hubo apagón y hoy la báscula no pesa", "báscula"),
        ("ya volvió la luz pero desde que se fue la luz no abre el sistema", "sistema"),
        ("se fue la luz en toda la tienda desde ayer", "luz"),
        ("ayer se fue la luz y no ha vuelto, no prende la caja", "luz"),
        ("cuando llueve cae agua del techo", "techo"),
    ],
)
def test_what_fails(text: str, thing: str) -> None:
    found = failing_thing(text)
    assert found is not None
    assert found.word.casefold() == thing.casefold()


@pytest.mark.parametrize("text", ["ya corté el paso", "lo cambió el muchacho", "voy y escalo"])
def test_a_verb_is_no_thing(text: str) -> None:
    assert find_systems(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "no hubo robo, era el inventario",
        "la puerta no cierra",
        "La cortina hace un ruido raro, se va a romper",
        "el regulador echa humo, se va a quemar",
        "la jefa me va a matar jaja",
        "El señor está metiendo la tarjeta y la terminal no la lee",
        "La gente está agarrando sus cosas y se va porque no hay sistema",
        "Se llevaron el teléfono para repararlo",
        "Se cambió la chica del turno de la mañana y no tiene usuario",
        "se casó la cajera",
        "se canceló una clienta",
    ],
)
def test_nothing_happens(text: str) -> None:
    assert happening(text) is None


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("dice que nos va a matar", "amenaza"),
        ("si no pagamos van a quemarnos", "amenaza"),
        ("nos van a quemar la tienda", "amenaza"),
        ("se cayó una clienta", "accidente"),
        ("se llevaron los teléfonos de la vitrina", "robo"),
        ("dos tipos metiendo cosas en la mochila", "robo"),
    ],
)
def test_it_still_happens(text: str, what: str) -> None:
    assert happening(text) == what


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("refrigeradora", "nevera", True),
        ("cámara de frío", "cámara frigorífica", True),
        ("puntos", "tarjeta club", True),
        ("estibadora", "transpaleta", True),
        ("recargas", "nevera", False),
        ("pecera", "cámaras", False),
    ],
)
def test_new_names_compared(a: str, b: str, same: bool) -> None:
    assert same_system(a, b) is same


@pytest.mark.parametrize(
    ("shown", "code"),
    [
        ("CAJA 9 OFFLINE", None),
        ("SIN SEÑAL CAM 2", None),
        ("FUERA DE SERVICIO", None),
        ("R51", "R51"),
        ("TRANSACCION NO REALIZADA R05 EMISOR", "R05"),
        ("RECHAZADA 51 FONDOS", "51"),
        ("CFDI33118 El campo no es valido", "CFDI33118"),
        ("PAGE_FAULT_IN_NONPAGED_AREA", "PAGE_FAULT_IN_NONPAGED_AREA"),
    ],
)
def test_only_a_code_of_a_photo_is_the_error(shown: str, code: str | None) -> None:
    assert find_screen_code(shown) == code
    line = Line("1", "2026-03-02T09:00:00-06:00", "staff", "Ana", "la caja no cobra")
    found = gather(ModelCall("i", "extract", "", (line,), 1, images=(shown,)))
    assert found.error == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("se calentó y salió SC621", "SC621"),
        ("la terminal dice cod 05", "cod 05"),
        ("acá lo mismo del 502", "502"),
        ("tenemos 502 clientes", None),
        ("lo del 503 en la caja", "503"),
        ("aquí pasa lo mismo del 450, la terminal no pasa", None),
        ("no me cuadra, lo de 500 pesos no lo registró la caja", None),
    ],
)
def test_codes_in_words(text: str, code: str | None) -> None:
    assert find_error(text) == code


@pytest.mark.parametrize(
    ("texts", "urgent"),
    [
        (["la terminal chica no lee chip, la otra sí"], False),
        (["el datáfono no lee tarjetas, solo pasa con contactless"], False),
        (["el congelador de pescado está tibio", "el otro sí enfría"], True),
        (["hay dos chicos metiéndose camisas en la mochila, estoy sola"], True),
        (["nos están pidiendo cupo, dejaron un papel"], True),
        (["la caja se bloqueó y es la única que tenemos"], True),
        (["no hay sistema, no estamos facturando ni estamos cobrando"], True),
        (["No hay sistema, tampoco estamos cobrando"], True),
        (["No podemos cobrar con tarjeta y a los clientes les están cobrando doble"], True),
        (["No pasa ninguna tarjeta, con el chip pasa lo mismo, no podemos cobrar"], True),
        (["No podemos cobrar nada. Avisen a la otra si no pueden"], True),
        (["No podemos cobrar", "con el chip pasa lo mismo"], True),
        (["no podemos cobrar, en la otra pasa lo mismo"], True),
        (["No podemos vender, no hay sistema", "tampoco estamos cobrando en efectivo"], True),
        (["No pasan las tarjetas pero estamos cobrando en efectivo"], False),
        (["La cortina hace un ruido raro, se va a romper"], False),
    ],
)
def test_haste(texts: list[str], urgent: bool) -> None:
    lines = [
        Line(str(n), "2026-03-02T09:00:00-06:00", "staff", "Ana", t) for n, t in enumerate(texts)
    ]
    assert is_urgent(lines, LocalReader()) is urgent
