"""Where somebody says that they work now."""

from __future__ import annotations

import pytest

from domain.whereabouts import Moved, Stay
from tools.models.local.moved import moved, own_store, renamed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ya me cambiaron a la 40", Moved("40")),
        ("nos cambiamos al local 20", Moved("20")),
        ("me han cambiado a la 40", Moved("40")),
        ("me rotaron a la 40", Moved("40")),
        ("ya regresé a la 18", Moved("18")),
        ("me cambiaron de la 18 a la 40", Moved("40")),
        ("les aviso que me pasaron a la tienda 31 desde hoy", Moved("31")),
        ("ya no trabajo en la 18", Moved(None, left="18")),
        ("ya no estoy en la 18, ahora estoy en la 40", Moved("40", left="18")),
        ("ya no soy de Surco, soy de Lince", Moved("Lince", left="Surco")),
        ("hoy es mi último día en la 18", Moved(None, left="18")),
        ("ya me cambié de tienda", Moved(None)),
        ("yo soy de la 22", Moved("22")),
        ("no soy de la 18", Moved(None, left="18")),
        ("esa no es mi tienda", Moved(None)),
        ("la 18 ya cerró, ahora somos la 50", Moved("50")),
        ("desde el lunes estoy en tienda Narvarte", Moved("Narvarte")),
        ("ahora en la 9", Moved("9", Stay.NOW)),
        ("ahora estoy en la 40 y no hay internet", Moved("40", Stay.NOW)),
        ("ahora estoy en la 40 recogiendo un pedido", Moved("40", Stay.TODAY)),
        ("hoy estoy cubriendo en la 25", Moved("25", Stay.TODAY)),
        ("ya estoy en Narvarte", Moved("Narvarte", Stay.TODAY)),
    ],
)
def test_told(text: str, told: Moved) -> None:
    assert moved(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "ya me cambiaron la impresora",
        "ya cambiaron la caja a la 2",
        "ahora estoy en la caja 2",
        "ya volví a la caja 2",
        "me han mandado 40 bolsas",
        "ya estoy en 10 minutos",
        "trabajo a las 9",
        "el lunes me cambian a la 40",
        "cuando me cambiaron a la 40 pasó igual",
        "si me mandan a la 40 les digo",
        "estoy en la 40 recogiendo el pedido",
        "voy a la 40 por mercancía",
        "ahora en la 9 tampoco hay",
        "hoy en la 40 no hay luz",
        "yo soy de Puebla",
        "ya no estás en la 18?",
    ],
)
def test_not_told(text: str) -> None:
    assert moved(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "22",
        "22*",
        "en la 22",
        "es de la 22",
        "pero estoy en la 22",
        "yo soy de la 22",
        "no es la 18, es la 22",
        "no es mi tienda, estoy en la 22",
        "la tienda está mal, es 22",
        "le puso 18 pero es 22",
        "ese ticket es de la 22",
        "corrijan porfa, es la 22",
        "cambien la tienda a la 22",
        "ahora es la 22",
    ],
)
def test_their_own(text: str) -> None:
    assert own_store(text) == "22"


@pytest.mark.parametrize(
    "text",
    [
        "llevo cambio a la 22",
        "la 22 ya abrió",
        "va para la 22",
        "a las 22",
        "22 clientes",
        "en la 22 también",
        "alguien de la 22?",
        "2. cámara de la entrada no se ve",
        "22) caja no prende",
        "Marcela",
        "Santiago",
        "2",
        "gracias",
    ],
)
def test_not_their_own(text: str) -> None:
    assert own_store(text) is None


@pytest.mark.parametrize(
    "text", ["2. camara de la entrada no se ve", "1) la báscula", "3.- no hay luz"]
)
def test_the_number_of_a_list_is_no_store(text: str) -> None:
    assert own_store(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "nos pasaron a la 12 el pedido",
        "me mandaron a la 40 a dejar unas cajas",
        "nos asignaron a la 33 un técnico",
    ],
)
def test_what_was_brought_somewhere_moves_nobody(text: str) -> None:
    assert moved(text) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ya no somos la 18, ahora la 81", ("18", "81")),
        ("ya no somos tienda 18 ahora somos tienda 81", ("18", "81")),
        ("ya no soy de la 18, ahora la 81", None),
        ("ya no somos la 18", None),
        ("ya no somos la 18, ahora la caja 3 no jala", None),
        ("¿ya no somos la 18, ahora la 81?", None),
        ("hoy somos la 18 y mañana la 81", None),
    ],
)
def test_a_store_that_was_given_another_number(text: str, told: tuple[str, str] | None) -> None:
    assert renamed(text) == told
