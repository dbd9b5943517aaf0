"""A red light on a device is what it shows; a lamp that does not burn is a lamp."""

from __future__ import annotations

import pytest

from tools.models.local.clauses import matters_of
from tools.models.local.failing import failing_thing
from tools.models.local.systems import same_system


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("la impresora de boletas tiene la luz roja prendida y no hace nada", "impresora"),
        ("el módem tiene un foco rojo", "módem"),
        ("la terminal parpadea una luz roja y no cobra", "terminal"),
        ("la caja 2 no prende y marca luz roja", "caja"),
        ("el refri se puso con una luz amarilla y no enfría", "refri"),
        ("el escáner prende la luz verde pero no lee", "escáner"),
    ],
)
def test_what_a_device_shows_is_no_thing_that_fails(text: str, thing: str) -> None:
    found = failing_thing(text)
    assert found is not None
    assert same_system(found.word, thing)


@pytest.mark.parametrize(
    "text",
    [
        "el foco de la entrada no prende",
        "se fue la luz en toda la tienda",
        "no hay luz desde las 9",
        "el letrero tiene un foco verde fundido",
        "se quemaron los focos del aparador",
        "las luces rojas del anuncio no encienden",
    ],
)
def test_a_lamp_that_fails_is_one(text: str) -> None:
    found = failing_thing(text)
    assert found is not None
    assert any(same_system(found.word, name) for name in ("foco", "luz", "luces", "letrero"))


def test_a_light_is_no_second_matter() -> None:
    burst = ["se cayó el internet no podemos vender", "el mdóem tiene un foco rojo"]
    assert len(matters_of(burst)) == 1
