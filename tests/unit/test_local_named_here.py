"""Stores that no list of places knows, and words that are none though they look like one."""

from __future__ import annotations

import pytest

from domain.reading import Line, ModelCall
from tools.models.local.fields import gather
from tools.models.local.named_here import here_by_name


def store_of(
    *said: tuple[str, str], where: str | None = None, pending: str | None = None
) -> str | None:
    lines = tuple(
        Line(str(n), "2026-03-02T09:00:00-06:00", "bot" if name == "Bot" else "staff", name, text)
        for n, (name, text) in enumerate(said)
    )
    call = ModelCall("i", "extract", "", lines, len(lines), where=where, pending=pending)
    return gather(call).store


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("ing acá en San Juan la CPU de la caja 2 suena como avion", "San Juan"),
        ("Aquí en el Outlet no tenemos energía, la caja murió a media venta", "Outlet"),
        ("acá en Ramos no anda el posnet", "Ramos"),
        ("Aquí en Plaza Lindavista no imprime", "Plaza Lindavista"),
        ("Hola, aquí en la Marina no abre el sistema", "Marina"),
        ("Acá en Albufera Park no pasan las tarjetas", "Albufera Park"),
        ("Aquí en Caja 2 no imprime", None),
        ("aquí en Bodega no hay internet", None),
        ("Acá en Lima llueve y no hay internet", None),
        ("Aquí en Recepción no sirve el teléfono", None),
        ("acá en Windows sale un error", None),
        ("Aquí en TI no hay luz", None),
        ("aquí en mi casa no hay internet", None),
        ("¿Aquí en Ramos no anda?", None),
    ],
)
def test_who_reports_from_a_place_is_in_it(text: str, store: str | None) -> None:
    assert here_by_name(text) == store


FAILS = ("Nico", "el posnet no pasa ninguna")


@pytest.mark.parametrize(
    ("question", "answer", "store"),
    [
        ("Nico vos dónde estás, en Ramos no?", "si ramos", "Ramos"),
        ("Nico, ¿sos de Ramos?", "sí, de ramos", "Ramos"),
        ("estás en el Outlet, ¿verdad?", "Sí, outlet", "Outlet"),
        ("¿Eres de Albufera Park?", "exacto, albufera park", "Albufera Park"),
        ("¿Estás en Caja?", "sí, caja", None),
        ("¿Te ayudó Marcos?", "sí, marcos", None),
        ("¿Estás en Ramos?", "sí pero no anda", None),
        ("¿Ya reiniciaste en Windows?", "sí, windows", None),
    ],
)
def test_a_store_that_is_said_again_with_a_yes_is_theirs(
    question: str, answer: str, store: str | None
) -> None:
    assert store_of(FAILS, ("Susana", question), ("Nico", answer)) == store


@pytest.mark.parametrize(
    "text", ["es el único que hay", "es el único que tenemos", "era el unico que servía"]
)
def test_a_word_that_is_explained_is_no_store(text: str) -> None:
    assert store_of(("Isi", "el ipad no prende"), ("Isi", text), pending="store") is None


def test_a_store_of_that_name_is_still_one() -> None:
    assert store_of(("Isi", "el ipad no prende"), ("Isi", "Único"), pending="store") == "Único"


@pytest.mark.parametrize(
    "said",
    [
        (("Diego", "Vale, pásame también el número"), ("Alba", "****2290")),
        (("Diego", "pásame el número"), ("Alba", "2290")),
        (("Alba", "va en 30%"), ("Alba", "60")),
        (("Diego", "mándeme el valor"), ("Alba", "145")),
    ],
)
def test_a_number_of_anything_else_moves_nobody(said: tuple[tuple[str, str], ...]) -> None:
    assert store_of(("Alba", "no activa la tarjeta regalo"), *said, where="207") is None


@pytest.mark.parametrize(
    "before",
    [
        ("Bot", "Se creó el ticket #101 de la tienda 207."),
        ("Diego", "¿de qué tienda, Alba?"),
        ("Diego", "es la tienda 207, ¿verdad?"),
    ],
)
def test_a_number_that_puts_the_store_right_does(before: tuple[str, str]) -> None:
    assert store_of(("Alba", "no activa la tarjeta regalo"), before, ("Alba", "145"), where="207")
