"""Urgent is what stops a store or endangers people or goods; the bare word is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from domain.incident import Priority
from tools.models.local.urgency import priority_of, puts_people_in_danger

EXAMPLES = Path(__file__).parents[2] / "evals" / "examples" / "urgency"


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


@pytest.mark.parametrize(
    "text",
    [
        "una empleada se desmayó",
        "se cortó la salida de emergencia, huele a humo",
        "no tendremos luz hasta mañana, se fue la luz en todo el local",
        "tranquilos, ya salimos todos, pero hay humo",
        "un señor viejo se cayó en el pasillo",
    ],
)
def test_danger_is_not_talked_away(text: str) -> None:
    assert priority_of(text) is Priority.URGENT


@pytest.mark.parametrize("part", ["tune", "unseen"])
def test_urgency_in_the_words_of_six_countries(part: str) -> None:
    lines = (EXAMPLES / f"{part}.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in lines.splitlines()]
    assert len({row["country"] for row in rows}) == 6
    urgent = [row for row in rows if row["priority"] == "urgent"]
    claimed = [row for row in rows if priority_of(row["text"]) is Priority.URGENT]
    right = [row for row in claimed if row in urgent]
    assert len(right) >= 0.97 * len(urgent)
    assert len(right) >= 0.85 * len(claimed)
