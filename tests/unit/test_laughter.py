"""Who laughs, in letters and in pictures, and what only begins so."""

from __future__ import annotations

import pytest

from domain.deciding.echo import is_bare
from domain.sayings.waiting import says_how_long
from domain.wording import laughs

LAUGHTER = [
    "jajaja",
    "jaja no prende",
    "JAJAJAJ",
    "jaajja",
    "ajaja",
    "ajajaj",
    "jejeje",
    "jiji",
    "ja ja ja",
    "haha",
    "hehe",
    "jsjsjs",
    "jajajsjs",
    "jojojo",
    "jujuju",
    "ha ha ha",
    "jojo",
    "juas juas",
    "hohoho",
    "lol",
    "xD",
    "xddd",
    "ay 🤪",
    "😹",
    "😜",
    "😂",
    "🤣",
    "😆",
    "😝",
]


@pytest.mark.parametrize("text", LAUGHTER)
def test_who_laughs(text: str) -> None:
    assert laughs(text)


@pytest.mark.parametrize(
    "text",
    [
        "la caja no prende",
        "tienda Jujuy",
        "caja 2",
        "se cayó el sistema 😅",
        "Lola no puede cobrar",
        "se trabó el DVR xd200",
        "crema de jojoba",
        "el hall",
        "Alejo, la caja",
        "jefe",
        "debajo de la caja",
        "hay que ver",
        "Jajó",
        "Jauja igual",
        "Jauja también",
        "La impresora XD-200",
        "modelo XD",
        "tarjeta xd",
        "muñecas LOL",
        "Jajaira",
        "XD-200 no prende",
        "",
    ],
)
def test_what_is_no_laugh(text: str) -> None:
    assert not laughs(text)


@pytest.mark.parametrize("laugh", LAUGHTER)
def test_a_laugh_is_one_wherever_it_is_looked_for(laugh: str) -> None:
    assert not is_bare(f"x2 {laugh}", None)
    assert not says_how_long(f"llevamos 2 horas sin cobrar {laugh}")


def test_a_nervous_smile_is_no_laugh() -> None:
    assert is_bare("acá igual 😅", None)
