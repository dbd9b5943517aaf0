"""Stores, things and codes that no list knows, told by where they stand in a sentence."""

from __future__ import annotations

import pytest

from domain.reading import Line, ModelCall
from tools.models.local.errors import find_error, find_screen_error
from tools.models.local.failing import Plainly, failing_thing
from tools.models.local.fields import gather
from tools.models.local.names import store_of_name
from tools.models.local.stores import find_store


def call(*lines: tuple[str, str], where: str | None = None) -> ModelCall:
    said = tuple(
        Line(f"m{n}", "2026-03-02T15:00:00+00:00", "staff", name, text)
        for n, (name, text) in enumerate(lines)
    )
    return ModelCall("i1", "extract", "", said, new=len(said), where=where)


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("en la 61 la caja 4 no da el cambio", "61"),
        ("la alarma de la cincuenta y dos no se apaga", "52"),
        ("y la 40 tampoco", "40"),
        ("318 aún sin línea", "318"),
        ("la 8 tampoco cobra", "8"),
        ("me hablaron del 104 que su inventario no carga", "104"),
        ("la caja 3 no abre y la 12 tampoco", None),
        ("en la 2 se queda pensando", None),
        ("abrimos a las 9 y no hay luz", None),
        ("91 también 321", None),
        ("No prende la caja 2 de la 45", "45"),
        ("la caja 2 de la 7 no prende", "7"),
        ("la terminal 3 en la 45 no pasa", "45"),
        ("faltan 3 de la 45", "45"),
        ("la caja 2 y la 45", None),
        ("la 12 abierta pero sin luz", "12"),
        ("la 12 ya abrió pero no hay sistema", "12"),
        ("la 12 abierta sin novedad", None),
        ("de paso revisen la 12, no hay sistema", "12"),
        ("manden a alguien a la 12, no prende la caja", "12"),
        ("chequen la 12 que no tiene sistema", "12"),
        ("revisen la 2 que no prende", None),
        ("pasen a la 12 por el pedido", None),
        ("revisen la 15 y avisen", None),
        ("las cajas 2 de la 45 a la 50", None),
        ("no llegó la ruta 3 de la 12", None),
        ("no jala la terminal en la 7", "7"),
        ("no hay luz en la 7, ayuda", "7"),
        ("no jala la terminal a las 7", None),
        ("no jala la caja 7", None),
        ("no jala la terminal en la 7 de la mañana", None),
        ("a la 7 va el de la terminal", None),
        ("la caja no abre, la puse en la 2", None),
        ("¿ya jala la terminal en la 7?", None),
        ("la terminal no pasa en la 7 ni en la 8", None),
        ("vengan por pastel en la 8", None),
    ],
)
def test_a_number_is_a_store_where_a_store_stands(text: str, store: str | None) -> None:
    assert find_store(text) == store


@pytest.mark.parametrize(
    ("name", "store"),
    [
        ("Fabián Pereira 2", "Pereira 2"),
        ("Lupita F14", "14"),
        ("Jordi 407 Castelló", "407"),
        ("Iván Soporte N1", None),
        ("Cintia caja 3", None),
    ],
)
def test_a_name_tells_its_store(name: str, store: str | None) -> None:
    assert store_of_name(name) == store


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("tengo cola hasta la puerta y no pasa la terminal", "terminal"),
        ("el bisel no recibe los trazados del ordenador", "bisel"),
        ("nos quedamos sin recetarios", "recetarios"),
        ("la de las etiquetas saca todo en blanco", "impresora de etiquetas"),
        ('el TPV dice "sin conexión con el servidor"', "TPV"),
        ("la niña nueva no vino", "personal"),
        ("sin novedad por aquí", None),
        ("la gente no quiere esperar", None),
    ],
)
def test_the_thing_that_fails(text: str, thing: str | None) -> None:
    failing = failing_thing(text)
    named = failing.word if failing and failing.plainly > Plainly.HINTED else None
    assert named == thing


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("el datáfono da denegada 117 con todas", "117"),
        ("no puedo cargar garantías, da 504", "504"),
        ("rechazada FAB05", "FAB05"),
        ("le da 300 pesos de vuelto", None),
        ('pone "en reparto" desde las 5', None),
    ],
)
def test_a_code_in_any_shape(text: str, error: str | None) -> None:
    assert find_error(text) == error


@pytest.mark.parametrize(
    ("screen", "error"),
    [
        ("C-57 TERMINAL BLOQUEADO LLAME A SU BANCO", "C-57"),
        ("ORA-12541: TNS: no hay ningún listener", "ORA-12541"),
        ("OPERACION ACEPTADA", None),
        ("500", "500"),
        ("7 750304", None),
    ],
)
def test_a_screen_tells_its_code_and_no_success(screen: str, error: str | None) -> None:
    assert find_screen_error(screen) == error


def test_a_code_outlives_the_words_that_come_later() -> None:
    said = call(("Ana", "me da error E-102"), ("Ana", 'ahora dice "sin conexión"'))
    assert gather(said).error == "E-102"


def test_who_helps_from_elsewhere_moves_no_incident() -> None:
    lines = (("Rubén", "el congelador está a -4"), ("Aitor", "estoy en la 45, llego en una hora"))
    assert gather(call(*lines, where="34")).store is None
    assert gather(call(*lines)).store is None
    told = (lines[0], ("Aitor", "es la tienda 45"))
    assert gather(call(*told)).store == "45"


def test_the_reporters_own_word_of_the_store_overrules_the_others() -> None:
    lines = (("Rubén", "no hay luz"), ("Aitor", "es de la 45?"), ("Rubén", "no, es la 34"))
    assert gather(call(*lines)).store == "34"


def test_what_helpers_name_is_a_thing_only_where_the_reporter_named_none() -> None:
    said = call(("Ana", "otra vez lo mismo"), ("Beto", "la impresora no enciende?"))
    assert gather(said).system == "impresora"
    said = call(("Ana", "no pasa la terminal"), ("Beto", "el módem no tiene luz?"))
    assert gather(said).system == "terminal"


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("con internet así no se puede, cada página tarda 5 minutos", "internet"),
        ("cada factura me tarda diez minutos en subir con internet así", "internet"),
        ("no carga ni una página en ninguna de las cajas", "internet"),
        ("está muy pesado internet, no carga ni el correo", "internet"),
        ("el cajón del dinero se trabó y no tenemos cómo dar cambio", "cajón del dinero"),
        ("se nos está metiendo agua por el techo de la bodega", "techo"),
        ("quiero mandar el reporte y el correo no deja", "correo"),
        ("pongo la clave y la alarma sigue chillando", "alarma"),
        ("¿pueden revisar la caja 2? se cierra sola al imprimir el corte", "caja"),
        ("al cobrar la terminal se traba y no sale el ticket", "terminal"),
        ("no sirve ni la terminal, el internet está prendido", "terminal"),
        ("no carga la página de pedidos, el internet está bien", "página"),
        ("la tienda no tiene ni una luz", "luz"),
        ("no puedo recargar", "recargas"),
        ("se apagó de repente y no quiere encender", None),
        ("hace un calor terrible en el piso de ventas", None),
        ("cuántas van de la compañera, dos vueltas", None),
    ],
)
def test_what_comes_of_a_failure_is_not_what_fails(text: str, thing: str | None) -> None:
    failing = failing_thing(text)
    assert (failing.word if failing else None) == thing
