"""What is named beside the thing that fails is not taken for it."""

from __future__ import annotations

import pytest

from domain.reading import Line, ModelCall
from tools.models.local.engine import LocalModels
from tools.models.local.failing import Plainly, failing_thing


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("se traba la caja cuando meto el descuento", "caja"),
        ("el internet no va bien, se corta la llamada", "internet"),
        ("el sistema está bien lento", "sistema"),
        ("sin señal de internet no pasa ningún cobro", "internet"),
        ("los clientes no ven ni el precio, los focos de la entrada se quemaron", "focos"),
        ("no se ve nada en las cámaras, monitor negro", "cámaras"),
        ("ya tengo tres baldes en el piso, se mete el agua por el techo", "techo"),
        ("pido los rollos y nada, me quedo sin dar tickets que hay cola", "rollos"),
    ],
)
def test_the_thing_itself(text: str, thing: str) -> None:
    found = failing_thing(text)
    assert found is not None
    assert found.word == thing
    assert found.plainly > Plainly.HINTED


@pytest.mark.parametrize(
    "text",
    [
        "no enciende y ya probamos en otro enchufe",
        "la corriente está bien, lo demás prende",
        "gente no arranca por nada, está muerta desde la 17",
        "no da señales de vida, aprieto y nada",
    ],
)
def test_nothing_that_fails_is_named(text: str) -> None:
    assert failing_thing(text) is None


@pytest.mark.parametrize(
    ("texts", "thing"),
    [
        (("necesito apoyo con la caja 2", "se traba cuando meto el descuento"), "caja"),
        (("se descongela todo en la congeladora", "el motor no se oye"), "congeladora"),
    ],
)
async def test_a_part_told_later_is_not_the_thing(texts: tuple[str, ...], thing: str) -> None:
    lines = tuple(
        Line(f"m{n}", f"2026-03-02T09:0{n}:00-06:00", "staff", "Lupita", text)
        for n, text in enumerate(texts)
    )
    call = ModelCall("i1", "extract", "", lines, new=len(lines))
    assert (await LocalModels().extract(call)).system == thing
