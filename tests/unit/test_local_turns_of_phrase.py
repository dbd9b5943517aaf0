"""How stores of several countries say that a thing fails, and what sounds like it and is none."""

from __future__ import annotations

import pytest

from tools.models.local.problem import has_fault
from tools.models.local.reader import INCIDENT_THRESHOLD, LocalReader

READER = LocalReader()


@pytest.mark.parametrize(
    "text",
    [
        "se quedó pensando la caja",
        "la caja se quedó cargando",
        "se pasmó la compu",
        "se cicló la caja 2",
        "no agarra la huella",
        "el abanico no gira",
        "el musiquero no suena",
        "la bocina chilla",
        "tronó el transformador",
        "se botó la pastilla",
        "ha saltado el diferencial",
        "saltó la térmica",
        "se rebalsó el desagüe",
        "la pesa está descuadrada",
        "el TPV va a pedales",
        "internet va a trompicones",
        "no coge el wifi",
        "el escáner no pilla",
        "el módem tiene el foco rojo",
        "el teclado escribe doble",
        "hay una filtración en bodega",
        "la cerradura está dura",
        "la terminal está fuera de servicio",
        "ya valió la impresora",
        "el SUNAT está caído",
        "la autocaja se queda en blanco",
        "no deja hacer retiros",
        "no puedo boletear",
        "se caio el sitema",
        "no ahi luz",
        "no me deja cerrar turno",
    ],
)
def test_a_store_s_own_words_for_a_failure_are_heard(text: str) -> None:
    gist = READER.read(text)
    assert gist.incident >= INCIDENT_THRESHOLD


@pytest.mark.parametrize(
    "text",
    [
        "se quedó pensando un rato y compró la tele",
        "se quedó cargando cajas Memo",
        "foco rojo en ventas chicos",
        "el proveedor no coge el teléfono",
        "acá en Chillán todo bien",
        "está dura la cosa hoy",
        "tronó un cuete afuera",
        "ya valió la quincena",
        "el piso está recién levantado",
        "saltaron todos de gusto",
        "no ahi va",
        "se callo la boca",
    ],
)
def test_what_sounds_like_it_tells_of_no_failure(text: str) -> None:
    assert not has_fault(text) or READER.read(text).incident < INCIDENT_THRESHOLD
