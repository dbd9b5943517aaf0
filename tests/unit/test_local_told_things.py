"""What a report is about by what it tells, whatever else it names, or who helps names."""

from __future__ import annotations

import pytest

from domain.reading import Line, ModelCall
from tools.models.local.fields import gather
from tools.models.local.systems import same_system


def thing(*texts: str) -> str | None:
    """The system of what the first person tells and, after '>', another says."""
    lines = tuple(
        Line(f"m{n}", "", "staff", "Beto" if text.startswith(">") else "Ana", text.strip("> "))
        for n, text in enumerate(texts)
    )
    return gather(ModelCall("i", "extract", "", lines, len(lines))).system


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("la de 65 trae etiqueta de 12,999 y en el sistema sale a 15,499", "precios"),
        ("Los lápices pasan a 8.990 y en góndola dicen 6.990", "precios"),
        ("el aceite en promo está a 12.900 y en la caja pasa a 15.400", "precios"),
        ("en la lista nueva está 8.900 y me pasa a 6.450 por caja", "precios"),
        ("la barra sale a 1,05 y en el cartel pone 1,15", "precios"),
        ("la caja sigue y cobra precio viejo", "precios"),
        ("me quedé afuera, quien trae llaves?? la encargada no llega", "llaves"),
        ("sigo afuera de la tienda, el chico de la noche se fue con la llave", "llaves"),
        ("estoy en la puerta y la llave gira en falso, no abre la reja", "llaves"),
        ("nadie tiene la llave del candado", "llaves"),
        ("doña Elvia no llega con el manojo", "llaves"),
        ("la llave se partió adentro", "llaves"),
        ("un borracho acaba de romper el vidrio de la puerta", "vidrio"),
        ("se partió el vidrio de la vitrina", "vidrio"),
        ("la escalera mecanica que sube a 2do piso se encuentra detenida", "escalera mecánica"),
        ("nos acaban de asaltar, se llevaron lo de la caja 1", "asalto"),
        ("me quedan 8 piñatas de estrella y el sabado hay pedido", "piñatas"),
    ],
)
def test_what_is_told_names_the_thing(text: str, named: str) -> None:
    assert same_system(thing(text), named)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("la llave de paso no cierra y se sale el agua", "agua"),
        ("la cortina no sube, la llave gira pero no engancha", "cortina"),
        ("la pantalla de la tablet tiene el vidrio roto", "pantalla"),
        ("la impresora sale error y no imprime", "impresora"),
        ("el letrero de afuera no prende", "letrero"),
        ("el piso está levantado en el pasillo", "piso"),
        ("la terminal cobra 150.00 y se apaga", "terminal"),
        ("se rompió el cajón de la vitrina", "cajón"),
        ("la caja 2 sale en 5 minutos del sistema", "caja"),
    ],
)
def test_other_things_keep_their_name(text: str, named: str) -> None:
    assert same_system(thing(text), named)


def test_what_a_screen_shows_does_not_fail() -> None:
    found = thing("nos sale un letrero rojo y no deja hacer venta en el punto de venta")
    assert same_system(found, "punto de venta")


@pytest.mark.parametrize(
    "advice",
    [
        ">Valla y cinta YA Ceci. Foto",
        ">facturen a mano con el talonario mientras tanto",
        ">¿movieron la escalera del depósito?",
        ">denles bolsas y anoten en el cuaderno",
    ],
)
def test_advice_names_nothing_that_fails(advice: str) -> None:
    told = "En el pasillo el porcelanato se levantó y pisás y se hunde"
    assert thing(told, advice) == thing(told)


def test_who_helps_may_say_what_it_is() -> None:
    told = thing("oigan lo negro de respaldo pita y pita", ">Es el no break, se quedó descargado")
    assert told == "no break"
