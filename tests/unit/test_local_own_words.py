"""What a report tells in words that no list has is told, and is not asked for."""

from __future__ import annotations

import pytest

from domain.reading import Extraction, Line, ModelCall
from tools.models.local.engine import LocalModels
from tools.models.local.own_words import problem_told, thing_told


async def extracted(text: str) -> Extraction:
    line = Line("m1", "2026-03-02T15:00:00+00:00", "staff", "Lupita", text)
    return await LocalModels().extract(ModelCall("i1", "extract", "", (line,), new=1))


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("la promo del 2x1 no la está aplicando", "promo"),
        ("los helados se están derritiendo", "helados"),
        ("el termo de los tamales ya no calienta", "termo"),
        ("no me carga el planograma, link roto", "planograma"),
        ("no funciona el buscador de clientes por rut", "buscador de clientes"),
        ("excel no abre, dice sin licencia", "excel"),
        ("problemas con el bono digital, no lo encuentra", "bono"),
        ("se rompió un tubo y se inunda la tienda", "tubo"),
        ("el mause va para un lado y la flechita para el otro", "mause"),
        ("no sale el voucher del cliente", "voucher"),
        ("no consigo mandar la hoja de incidencias", "hoja"),
        ("le doy a cobrar y se queda pensando", "cobro"),
        ("no puedo cerrar el día y ya está aquí el de valores", "cierre"),
        ("no entran ni salen llamadas", "teléfono"),
        ("no quiere leer el chip", "terminal"),
        ("visa y mastercard nos rebotan desde la mañana", "terminal"),
        ("han saltado los plomos", "luz"),
        ("gotea el cielo", "techo"),
    ],
)
def test_the_noun_of_which_it_says_what_fails_is_the_thing(text: str, thing: str) -> None:
    assert (thing_told([text]) or "").startswith(thing)


@pytest.mark.parametrize(
    "text",
    [
        "no jala",
        "se apagó y ya no revive",
        "no enciende y ya probamos en otro enchufe",
        "está todo parado aquí",
        "los clientes se están yendo",
        "la señora de ayer no aparece",
        "el inge no contesta",
        "le pico y le pico y no hace nada",
        "¿quién tiene la hoja?",
        "no la encuentra",
        "me ayudan porfa",
        "hola, buenas tardes equipo",
    ],
)
def test_people_pleas_and_bare_failures_name_no_thing(text: str) -> None:
    assert thing_told([text]) is None


@pytest.mark.parametrize(
    "text",
    [
        "escalera eléctrica parada",
        "puerta giratoria frenada, pasan de costado",
        "grabador de cámaras pitando",
        "enchufe de caja 1 quemado",
        "parlantes sin música",
        "el agua del dispensador sabe a cloro",
        "la transpaleta pierde aceite",
        "se sale el agua del baño",
        "la cámara de la caja 3 apunta al techo",
        "necesito un cable de red como de 5 metros",
    ],
)
async def test_how_a_thing_is_is_what_happens(text: str) -> None:
    assert (await extracted(text)).problem


@pytest.mark.parametrize(
    "text",
    [
        "me ayudan con la caja 2 porfa",
        "tengo un problema con la impresora",
        "tengo problemas con el wifi del almacén",
        "no sé qué tiene la impresora",
        "otra vez lo mismo con el datáfono",
        "buenas, no quisiera incomodar, pero tenemos una dificultad con la caja 2",
        "necesito apoyo con la caja 2",
        "la terminal de la tienda 45",
        "la caja 3 de Lupita",
        "¿pueden ver la pantalla?",
    ],
)
def test_a_name_and_a_plea_are_still_asked_what_happens(text: str) -> None:
    assert problem_told([text]) is None
