"""'Falsa alarma' takes something back, and names no alarm; one that goes off falsely is one."""

from __future__ import annotations

import pytest

from tools.models.local.systems import find_system


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("falsa alarma lo de la impresora, estaba desconectada", "impresora"),
        ("disculpen, fue falsa alarma, ya jala la terminal", "terminal"),
        ("falsa alarma, el refri estaba desenchufado", "refri"),
        ("falsa alarma", None),
        ("perdón, falsa alarma chicos", None),
        ("era una falsa alarma, no pasa nada", None),
        ("ya vi, falsa alarma con la caja 2", "caja"),
    ],
)
def test_what_is_taken_back_is_no_alarm(text: str, thing: str | None) -> None:
    assert find_system(text) == thing


@pytest.mark.parametrize(
    "text",
    [
        "la alarma da falsas alarmas",
        "salta una falsa alarma cada rato",
        "se dispara la falsa alarma cada hora",
        "la central da falsa alarma toda la noche",
        "la alarma no se apaga, no es falsa alarma",
        "suena la alarma y no hay nadie",
        "nos marca falsa alarma desde ayer",
    ],
)
def test_an_alarm_that_goes_off_is_one(text: str) -> None:
    assert find_system(text) == "alarma"
