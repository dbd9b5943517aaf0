"""News of what was done or came begins nothing; news of what is amiss with it does."""

from __future__ import annotations

import pytest

from domain.reading import Line, ModelCall
from tools.models.local.deeds import tells_a_deed
from tools.models.local.engine import LocalModels


async def _is_incident(text: str) -> bool:
    line = Line(id="1", at="2026-01-05T10:00:00+00:00", who="staff", name="Rosa", text=text)
    call = ModelCall("", "classify", "", (line,), 1)
    return (await LocalModels().classify(call)).is_incident


@pytest.mark.parametrize(
    "text",
    [
        "llegó el pedido de bolsas y rollos completito, gracias a los de almacén",
        "la clienta devolvió la lámpara porque le compraron otra igual, le hice nota de crédito",
        "el técnico del aire hizo la limpieza de cada semestre y dejó firmada la hoja",
        "ya llegaron las bolsitas de papel, 3 paquetes, están debajo del mesón",
        "chicos los rollos para el posnet llegaron, 40 unidades",
        "la silla gamer de la vitrina se vendió, hay que retirar el cartel",
        "vinieron a limpiar los vidrios, guardé el recibo",
        "ayer probamos el escáner nuevo y va volando",
        "trajeron la caja registradora de repuesto, la guardamos en bodega",
        "ya nos dieron las llaves del local de enfrente",
        "el cartel con la clave del wifi ya está pegado en la puerta",
    ],
)
async def test_what_was_done_is_no_incident(text: str) -> None:
    assert tells_a_deed(text)
    assert not await _is_incident(text)


@pytest.mark.parametrize(
    "text",
    [
        "llegaron las cajas mojadas",
        "vino el técnico y la impresora sigue sin imprimir",
        "dejó de enfriar el refri",
        "ya llegó el pedido pero faltan las bolsas",
        "trajeron la terminal y no prende",
        "se nos vino abajo la repisa de los vidrios",
        "entregaron el pedido equivocado",
        "el internet llegó a 2 megas y se cae",
        "le cobró tres veces la terminal a la clienta",
        "recibimos el refri con la puerta rota",
        "vino el técnico y la dejó peor",
        "pagaron con tarjeta y la terminal cobró doble",
        "ya está pegada la caja 2",
        "ya quedó muerta la impresora",
        "nnca llegaron las bolsas estamos en cero",
        "entregaron el pedido y seguimos esperando las bolsas",
    ],
)
def test_what_is_amiss_is_no_mere_deed(text: str) -> None:
    assert not tells_a_deed(text)
