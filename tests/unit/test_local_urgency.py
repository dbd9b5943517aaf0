"""Urgent is what stops a store or endangers people or goods; the bare word is not."""

from __future__ import annotations

import pytest

from domain.incident import Priority
from tools.models.local.urgency import priority_of, puts_people_in_danger


@pytest.mark.parametrize(
    "text",
    [
        "no podemos vender",
        "No podemos cobrar desde hace media hora",
        "la terminal no pasa tarjetas",
        "el datáfono no conecta",
        "rechaza todas las tarjetas",
        "solo podemos cobrar en efectivo",
        "se cayó el sistema",
        "el sistema está caído",
        "sin sistema en tienda 12",
        "ninguna caja funciona",
        "ninguna de las cajas abre sesión",
        "todo caído",
        "nada funciona en la tienda",
        "no hay luz en la tienda",
        "se fue la luz",
        "huele a gas",
        "huele a quemado junto a las cajas",
        "sale humo del tablero",
        "hay una fuga de agua",
        "se está inundando la bodega",
        "nos acaban de asaltar",
        "se metieron a robar anoche",
        "una señora se desmayó",
        "el congelador no enfría",
        "la nevera está caliente",
        "se va a echar a perder la carne",
        "la cortina no sube",
        "no podemos abrir la tienda",
        "el ascensor paró y hay alguien atrapado",
        "card terminal is down",
    ],
)
def test_urgent(text: str) -> None:
    assert priority_of(text) is Priority.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "URGENTE",
        "urgente, la impresora no imprime",
        "la impresora no imprime",
        "el internet anda lento",
        "no es urgente pero se cayó el sistema",
        "sí podemos vender, pero la impresora falla",
        "una de las terminales no lee, las demás sí",
        "ya podemos cobrar",
        "ya volvió la luz",
        "no hay humo ni nada",
        "nadie herido",
        "mañana hay simulacro de incendio",
        "no hay luz en el baño",
        "no puedo entrar al sistema",
        "no sale agua en el baño",
        "no podemos abrir la caja fuerte",
        "el aire acondicionado gotea",
        "faltan bolsas",
        "gracias",
        "",
    ],
)
def test_normal(text: str) -> None:
    assert priority_of(text) is Priority.NORMAL


def test_people_in_danger_need_a_person() -> None:
    assert puts_people_in_danger("nos están asaltando")
    assert not puts_people_in_danger("no podemos vender")
