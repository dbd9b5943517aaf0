"""What a clause says of a thing is what happens, though no list knows the words."""

from __future__ import annotations

import pytest

from domain.reading import Line, ModelCall
from tools.models.local.engine import LocalModels
from tools.models.local.problem import find_problem, has_fault, told_unknown


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("la caja 2 no prrende en la 72", "caja 2 no prrende en la 72"),
        ("hola, la impresora de etiquetas se come el papel", "impresora de etiquetas se come"),
        ("mi usuario está bloquueado", "usuario está bloquueado"),
        ("se está filtrando agua por el techo", "se está filtrando agua por el techo"),
    ],
)
def test_it_is_taken_as_it_was_said(text: str, told: str) -> None:
    assert (told_unknown(text) or "").startswith(told)


@pytest.mark.parametrize(
    "text",
    [
        "me ayudan con la caja 2 porfa",
        "tengo un problema con la impresora",
        "no sé qué tiene la impresora",
        "se apoya con la terminal",
        "la terminal está en la tienda 45",
        "¿la caja 2 no prrende?",
        "la terminal ya no",
    ],
)
def test_a_name_a_plea_and_a_question_tell_nothing(text: str) -> None:
    assert told_unknown(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "la impresora de etiquetas deja el código a la mitad, tienda 113 ¿nos apoyan?",
        "La alarma da falsos avisos toda la noche nos apoyan?",
    ],
)
async def test_whoever_asks_for_help_behind_it_has_told_it(text: str) -> None:
    line = Line("m1", "2026-03-02T09:00:00-06:00", "staff", "Lupita", text)
    call = ModelCall("i1", "extract", "", (line,), new=1)
    assert (await LocalModels().extract(call)).problem


@pytest.mark.parametrize(
    "text",
    [
        "se nos acabó la promoción de las tarjetas de regalo, desde hoy vuelven a precio normal",
        "el cartel con la clave del wifi para clientes ya está pegado en la puerta",
        "el 3x2 no acumula con puntos, lo dice la letra chiquita",
    ],
)
def test_what_is_over_hung_up_or_excluded_fails_nowhere(text: str) -> None:
    assert not has_fault(text)


@pytest.mark.parametrize(
    "text",
    [
        "se nos acabó el papel",
        "el cajón se quedó pegado",
        "no acumula nada y la caja no abre",
        "el aviso dice cerrado y se quedó pegada la caja",
    ],
)
def test_what_sounds_like_it_still_fails(text: str) -> None:
    assert find_problem(text)
