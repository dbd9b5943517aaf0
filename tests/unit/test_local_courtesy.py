"""A report is read by what it says, however politely it is said."""

from __future__ import annotations

import pytest

from domain.gist import Act
from tools.models.local.courtesy import without_courtesy
from tools.models.local.reader import LocalReader


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("buenos días señores la balanza no enciende gracias", "la balanza no enciende"),
        ("don Hernando, el cajón no abre ¿me colaboran?", "el cajón no abre"),
        ("Moni, no imprime la caja 2 porfa 🙏", "no imprime la caja 2"),
        ("este hola sí oigan la nevera no enfría", "la nevera no enfría"),
        ("se fue la luz, no podemos vender", "se fue la luz, no podemos vender"),
        ("Qué pena molestar, el cajón no abre, quedo atenta", "el cajón no abre"),
        ("el cajón no me abre quedo atento a sus comentarios", "el cajón no me abre"),
        ("el cajón no abre gracias bonito día", "el cajón no abre"),
        ("gracias por arreglar la impresora", "gracias por arreglar la impresora"),
        ("¿alguien sabe por qué no jala la terminal?", "no jala la terminal"),
        ("hola, saben por qué está lento el sistema?", "está lento el sistema"),
        ("¿a quién le reporto que no sirve el aire?", "no sirve el aire"),
        ("saben por qué no vino el camión?", "saben por qué no vino el camión?"),
        ("a quién le digo que quiero vacaciones?", "a quién le digo que quiero vacaciones?"),
        ("ok gracias, por cierto no prende el aire", "no prende el aire"),
        ("hola buenos días", "hola buenos días"),
    ],
)
def test_greetings_and_thanks_are_left_out(text: str, core: str) -> None:
    assert without_courtesy(text) == core


@pytest.mark.parametrize(
    "text",
    [
        "buenos días señores la balanza no enciende gracias",
        "buen día a todos, la alarma no se deja armar gracias",
        "don Hernando, el cajón monedero se quedó trabado ¿me colaboran?",
        "chicos, las cámaras de la bodega no se ven ¿lo podéis mirar?",
    ],
)
def test_a_polite_report_is_a_report(text: str) -> None:
    gist = LocalReader().read(text)
    assert gist.act is Act.REPORT
    assert gist.incident >= 0.9


@pytest.mark.parametrize(
    "text", ["gracias por arreglar la impresora ayer", "hola, mañana llega el camión, gracias"]
)
def test_politeness_alone_reports_nothing(text: str) -> None:
    assert LocalReader().read(text).act is not Act.REPORT
