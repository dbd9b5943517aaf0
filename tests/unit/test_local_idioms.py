"""How people of many countries say that a thing broke, and what only sounds like it."""

from __future__ import annotations

import pytest

from domain.gist import Act
from tools.models.local.idioms import thing_of_idiom
from tools.models.local.problem import has_fault
from tools.models.local.reader import LocalReader

REPORTS = (
    "la chapa se barrió",
    "ya petó el TPV",
    "el datáfono ha petado",
    "se fregó la impresora",
    "se chingó la báscula",
    "crepó la compu",
    "murió la terminal",
    "el transformador explotó",
    "la reja se ha desgoznado",
    "la persiana se descarriló",
    "el teclado escribe cualquier cosa",
    "las antenas pitan con todos",
    "la impresora ha dejado de imprimir",
    "el lector no tira",
    "la terminal está de huelga",
    "no caen las transferencias",
    "los yapes no me llegan",
    "no nos entra ningún bizum",
    "no se reflejan los pagos de Nequi",
    "saltó el automático",
    "se nos fue una fase",
    "gotea el cielo raso",
    "rebota todas las tarjetas",
    "no quiere leer el chip",
)
NONE = (
    "se rajó Juan con la comida",
    "me partí de risa",
    "se soltó a llorar la niña",
    "murió el abuelo de Lupita",
    "no da una el nuevo",
    "explotaron los cohetes en la plaza",
    "no me cae la transferencia de mi quincena",
    "no llegan los depósitos de la nómina",
    "no me llega el pago del aguinaldo",
    "saltó el perro la reja",
    "está de huelga el metro",
    "se está cayendo el cielo, qué tormenta",
)


@pytest.mark.parametrize("text", REPORTS)
def test_it_tells_of_a_failure(text: str) -> None:
    gist = LocalReader().read(text)
    assert has_fault(text)
    assert gist.problem
    assert gist.system


@pytest.mark.parametrize("text", NONE)
def test_people_weather_and_wages_are_no_thing(text: str) -> None:
    gist = LocalReader().read(text)
    assert thing_of_idiom(text) is None
    assert gist.act is not Act.REPORT or gist.incident < 0.75
