"""What says that a thing works, and what only begins like it."""

from __future__ import annotations

import pytest

from domain.deciding.kinship import Kin
from domain.sayings.mended import only_runs, says_it_works, works_again
from domain.wording import plain
from tests.unit.test_assignment import turn
from tests.unit.test_same_as_others import SURE, as_well
from tools.models.local.clauses import clauses_of, matters_of


@pytest.mark.parametrize(
    "text",
    [
        "acá ya volvió",
        "ya quedó, gracias",
        "ya pasan las tarjetas",
        "ya pasó",
        "acá ya entró",
        "ya hay luz",
        "ya está",
        "ya está lista la impresora",
        "quedó arreglada",
        "resuelto",
        "ya quedó, estaba mal conectado",
        "acá igual ya volvió",
        "ya volvió después de estar caído",
        "ya volvió a funcionar",
        "ya jaló",
        "ya imprimió",
        "ya cobró",
        "ya leyó",
        "ya abrió",
        "ya anduvo",
        "ya conectó",
        "ya levantó",
        "ya agarró",
        "ya regresaron",
        "ya se restableció",
        "ya estamos en línea",
        "ya se compuso",
        "ya vino la luz",
        "volvió la luz",
        "ya no falla",
        "ya está operando",
        "ya está online",
        "ya está activo",
        "ya quedó, andaba mal el cable",
        "ya no falla la caja",
        "ya pasó una visa",
        "ya entró, perdón por molestar",
    ],
)
def test_what_works_again(text: str) -> None:
    assert works_again(plain(text))
    assert says_it_works(plain(text))


@pytest.mark.parametrize(
    "text", ["acá anda bien", "todo normal por acá", "la 12 ok también", "acá sin problemas"]
)
def test_what_works_and_perhaps_never_failed(text: str) -> None:
    assert says_it_works(plain(text))
    assert not works_again(plain(text))


FAILS = [
    "Acá en Surco también ya está caído",
    "acá también ya hay problemas",
    "en la 12 tampoco, ya está muerto todo",
    "nosotros igual, ya pasa lo mismo acá",
    "acá también anda mal",
    "ya está todo el piso mojado",
    "también funciona lento",
    "ya entró agua a la bodega",
    "ya pasaron 2 horas",
    "ya pasó una hora y nada",
    "ya llegó el técnico",
    "ya entró una paloma",
    "es normal que zumbe",
    "ya imprime puro negro",
    "ya quedó sin luz",
    "nada resuelto",
    "no anda bien",
    "acá también ya",
    "ya volvió a caerse el sistema",
    "ya se volvió a ir la luz",
    "ya regresó el problema",
    "aquí ya nos pasó también",
    "a nosotros ya nos pasó también",
    "ya me pasó también",
    "a nosotros también ya nos pasa",
    "ya me pasa seguido",
    "ya me pasa siempre",
    "ya se quedó",
    "aquí también ya se quedó congelada",
    "aquí también ya se quedó cargando",
    "aquí también ya se quedó pegada",
    "aquí también ya se quedó pensando",
    "aquí también ya se quedó así",
    "la caja 3 ya se quedó congelada",
    "no quedó bien",
    "la balanza no quedó bien",
    "nada quedó bien",
    "la impresora no imprime y no lo han resuelto",
    "no ha sido resuelto",
    "aún no se ha resuelto",
    "todavía no nos han solucionado",
    "no quedó solucionado",
    "no está todo bien",
    "acá también anda fallando",
    "anda raro",
    "anda molestando",
    "acá también ya está pasando",
    "ya quedó congelada",
    "ya quedó pegada",
    "ya quedó tildada",
    "ya quedó pasmada",
    "ya quedó frizada",
    "ya quedó dañada",
    "ya quedó descompuesta",
    "ya quedó inservible",
    "ya quedó fuera de línea",
    "ya quedó sin datos",
    "ya quedó en pantalla negra",
    "ya prendió fuego",
    "ya se prendió la alarma",
    "ya prendió el foco rojo",
    "ya entraron a robar",
    "ya entraron los rateros",
    "ya enciende rojo",
    "ya sirve de nada",
    "ya está cargando eternamente",
    "ya entró en pantalla azul",
    "ya entró el técnico",
    "ya pasó el proveedor",
    "ya regresó el mensaje de error",
    "ya volvió a pasar",
    "ya pasaron dos horas",
    "ya pasaron varias horas",
    "ya pasaron tres días",
    "ya pasó bastante tiempo",
    "ya pasó toda la mañana",
]


@pytest.mark.parametrize("text", FAILS)
def test_what_only_begins_like_it(text: str) -> None:
    assert not says_it_works(plain(text))
    assert not any(clause.mended for clause in clauses_of([text]))
    matters = matters_of([text, "otra cosa: la impresora no imprime"])
    assert not any(matter.mended for matter in matters)


@pytest.mark.parametrize(
    "text",
    [
        "todo bien menos la caja 2",
        "ya hay luz en todos lados menos acá",
        "ya tengo internet pero el pos no",
        "ya abre pero no cobra",
    ],
)
def test_what_works_but_for_one_thing(text: str) -> None:
    assert not says_it_works(text)
    assert not says_it_works(plain(text))


@pytest.mark.parametrize(
    "text",
    [
        "Ya quedó. Gracias por venir otra vez",
        "ya quedo, el tecnico vino otra vez",
        "el técnico no trajo nada, ya quedó",
    ],
)
def test_what_works_up_to_where_its_sentence_ends(text: str) -> None:
    assert works_again(text)


@pytest.mark.parametrize("text", ["ya volvió, sin internet", "en la 12 tampoco, ya está, muerto"])
def test_what_follows_a_comma_may_take_it_away(text: str) -> None:
    assert not says_it_works(text)


@pytest.mark.parametrize(
    "text",
    [
        "Acá en Surco también ya está caído el sistema",
        "en la 12 tampoco pasan tarjetas, ya está muerto todo",
        "acá en la 12 la terminal también anda mal, no pasa ninguna tarjeta",
    ],
)
def test_a_report_that_begins_like_it_is_another_one(text: str) -> None:
    assert as_well(turn("lupita", text, 4), Kin(SURE.head, 0.95))


def test_what_runs_and_says_nothing_else() -> None:
    assert only_runs(plain("el 3 ok también"))
    assert not only_runs(plain("acá tampoco funciona"))
    assert not only_runs(plain("acá también anda mal"))
