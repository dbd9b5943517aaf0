"""Who says that a failure of others spares their store, and what only sounds so."""

from __future__ import annotations

import pytest

from domain.gist import Act
from domain.sayings.spared import not_here, says_none, spared_of
from tools.models.local.reader import LocalReader
from tools.models.local.stores import find_store
from tools.models.local.systems import find_system


@pytest.mark.parametrize(
    "text",
    [
        "en la 40 sin fallas",
        "en la 22 tampoco tenemos problemas",
        "la 31 no presenta fallas",
        "en la 40 no tenemos problema",
        "en la 44 no hay problema con el sistema",
        "en la 40 no ha fallado",
        "no nos ha fallado",
        "sucursal Centro sin problemas con la terminal",
        "aquí todo normal, sin fallas",
        "no tenemos ninguna falla en la 12",
        "en polanco no nos da problemas",
        "nosotros sin inconvenientes hasta el momento",
    ],
)
def test_who_has_no_failure(text: str) -> None:
    assert says_none(text)
    gist = LocalReader().read(text)
    assert gist.act is Act.CHATTER
    assert gist.problem is None


@pytest.mark.parametrize(
    "text",
    [
        "no hay problema con la caja pero la impresora no jala",
        "sin sistema",
        "no tenemos sistema, es un problema",
        "no hay problema",
        "sí, no hay problema gracias",
        "en la 40 ya sin fallas",
        "no sólo hay problemas en la 40",
        "la 40 sin problema de luz pero sin internet",
        "sin problemas no se puede cobrar en la 40",
        "no tenemos problema, nada más que no prende la caja",
        "es que no tenemos fallas de luz sino de internet",
        "sin fallas en la 40?",
        "tenemos problemas en la 40",
    ],
)
def test_who_has_one_or_is_only_polite(text: str) -> None:
    assert not says_none(text)


def test_no_text_takes_long() -> None:
    assert not says_none("en la tienda " * 15 + "x")
    assert not not_here("ya volvió en todas las tiendas " * 6 + "x")


@pytest.mark.parametrize(
    ("text", "works", "fails"),
    [
        ("acá tenemos internet pero se descompuso el escáner, suc 22", "internet", "escáner"),
        ("acá en la 22 sí hay sistema pero no jala la impresora", "sistema", "impresora"),
        ("nosotros bien con el sistema, lo que no sirve es la báscula", "sistema", "báscula"),
        ("en la 31 internet bien, pero la terminal no lee chips", "internet", "terminal"),
        ("tenemos luz pero no prende la caja", "luz", "caja"),
        ("no tenemos internet pero sí hay luz", "luz", "internet"),
        # Nothing else is named: it works, and badly.
        ("tenemos internet pero muy lento", "internet", "internet"),
    ],
)
def test_what_works_beside_what_fails(text: str, works: str, fails: str) -> None:
    assert spared_of(text) == {works}
    assert find_system(text) == fails


@pytest.mark.parametrize(
    "text",
    [
        "no hay sistema pero las cajas prenden",
        "no estamos bien con el sistema, lo que falla es la red",
        "sin internet, lento, pero la caja jala",
        "tampoco tenemos luz pero hay planta",
        "tenemos internet lento",
    ],
)
def test_what_fails_is_not_spared(text: str) -> None:
    assert not spared_of(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ya regresó en las demás pero aquí no", True),
        ("dicen que ya regresó pero aquí no", True),
        ("en la 40 ya funciona pero acá todavía no", True),
        ("ya hay sistema en todas, acá no", True),
        ("ya quedó en las demás pero en la 40 seguimos sin sistema", True),
        ("ya regresó en las demás pero aquí no?", False),
        ("ya volvió la luz aquí pero no el internet", False),
        ("todo bien pero aquí no imprime la caja", False),
        ("ya llegó el pedido pero aquí no", False),
        ("ya quiero ir a la fiesta pero yo no", False),
        ("ya comí pero aquí no hay postre", False),
    ],
)
def test_what_is_back_and_not_here(text: str, said: bool) -> None:
    assert not_here(text) is said
    assert (LocalReader().read(text).act is Act.STILL_BROKEN) is said


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("acá no ha regresado", Act.STILL_BROKEN),
        ("acá no ha llegado", Act.STILL_BROKEN),
        ("en la 53 sigue sin haber", Act.STILL_BROKEN),
        ("en la 53 aún no regresa", Act.STILL_BROKEN),
    ],
)
def test_what_is_not_back(text: str, act: Act) -> None:
    assert LocalReader().read(text).act is act


def test_who_has_not_come_is_no_failure() -> None:
    for text in ("acá no ha llegado el pedido", "el gerente no ha regresado", "aún no llega Luis"):
        assert LocalReader().read(text).acts.get(Act.STILL_BROKEN, 0.0) < 0.75


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("sin sistema la 40", "40"),
        ("sin luz la 40", "40"),
        ("no hay internet la 112", "112"),
        ("sumen la 40", "40"),
        ("agreguen a la 40", "40"),
        ("sin sistema la 2", None),
        ("sin luz las 40 personas", None),
        ("sin sistema la caja 12", None),
        ("sin papel la 12", None),
    ],
)
def test_a_store_behind_what_it_lacks(text: str, store: str | None) -> None:
    assert find_store(text) == store
