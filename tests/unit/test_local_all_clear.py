"""What ends an incident is said of what it is about, and not of somebody's day."""

from __future__ import annotations

import pytest

from domain.gist import Act
from tools.models.local.all_clear import ends_it, is_another_thing
from tools.models.local.reader import LocalReader

READER = LocalReader()


def ends(text: str) -> bool:
    return ends_it(text, READER.read(text).acts.get(Act.FIXED, 0.0))


@pytest.mark.parametrize(
    "text",
    [
        "ya regresé",
        "ya vino el fumigador",
        "ya pasó el supervisor, todo bien",
        "ya vino el supervisor, todo ok",
        "ya descargamos todo",
        "ya pagaron",
        "ya apareció la señora",
        "todo bien por acá",
        "ya llegó el camión de la mercancía",
        "ya salí a comer, regreso en 30",
        "ya vino el técnico",
        "ya se fue la jefa",
        # What gets worse.
        "ya subió a 16",
        "ya llegó a 20 grados",
        "ya empezó a gotear",
        "ya quedó trabada",
        "ya quedó fuera de servicio",
    ],
)
def test_somebodys_day_ends_no_incident(text: str) -> None:
    assert not ends(text)


@pytest.mark.parametrize(
    "text",
    [
        "ya quedó",
        "ya regresó",
        "ya regresó el sistema",
        "listo, ya anda",
        "se arregló solo",
        "era el cable, ya",
        "ya pudimos cobrar",
        "ya llegó la luz",
        "ya vino el técnico y ya quedó",
        "ya pasó la tarjeta, gracias",
        "ya entró el sistema",
        "ya regresé y ya funciona",
        "funciona ya",
        "ya nos dejó entrar",
    ],
)
def test_what_works_again_ends_it(text: str) -> None:
    assert ends(text)


def test_another_thing_is_told_from_the_same_in_other_words() -> None:
    assert is_another_thing("exhibidor", "terminal")
    assert not is_another_thing("datáfono", "terminal")
    assert not is_another_thing(None, "terminal")
    assert not is_another_thing("exhibidor", None)
    assert not is_another_thing("ticket", "horno")
