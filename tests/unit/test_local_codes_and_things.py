"""What is claimed as the error, and which of the things that a text names is the one that fails."""

from __future__ import annotations

import pytest

from domain.incident import Category
from domain.reading import Line, ModelCall, is_code
from tools.models.local.categories import category_of
from tools.models.local.engine import LocalModels
from tools.models.local.errors import find_screen_code
from tools.models.local.fields import gather
from tools.models.local.happenings import happening
from tools.models.local.haste import is_urgent
from tools.models.local.reader import LocalReader
from tools.models.local.systems import find_systems, same_system


def _lines(*texts: str) -> tuple[Line, ...]:
    return tuple(
        Line(str(n), "2026-03-02T09:00:00-06:00", "staff", "Ana", text)
        for n, text in enumerate(texts)
    )


def _call(*texts: str, known: dict[str, str] | None = None) -> ModelCall:
    return ModelCall("i", "extract", "", _lines(*texts), 1, known=known or {})


@pytest.mark.parametrize(
    ("screen", "code"),
    [
        ("504 GATEWAY TIMEOUT", "504"),
        ("TRANSACCION NO REALIZADA  RESP 91  EMISOR NO DISPONIBLE", "91"),
        ("TRANSACCION NO PROCESADA 91", "91"),
        ("CAE RECHAZADO 10016 - EL NÚMERO NO ES CORRELATIVO", "10016"),
        ("Error 5B00  Almohadilla de tinta llena", "5B00"),
        ("ERROR -99  REINTENTE", "-99"),
        ("ATASCO  C2557", "C2557"),
        ("TE-09 TERMINAL BLOQUEADO", "TE-09"),
        ("F12 DESCALE", "F12"),
        ("05 NO AUTORIZADA", "05"),
        ("ORA-12541", "ORA-12541"),
        ("AL-03  -7.8°C", "AL-03"),
        ("-15.2°C", None),
        ("CAM6 NO SIGNAL", None),
        ("SIN CONEXIÓN CON EL HOST", None),
        ("ATASCO DE PAPEL", None),
    ],
)
def test_the_code_of_a_screen(screen: str, code: str | None) -> None:
    assert find_screen_code(screen) == code


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("código de error 51", True),
        ("0x80070035", True),
        ("0x97", True),
        ("2 x 1", False),
        ("CAJA 14 OFFLINE", False),
        ("tarjeta rechazada", False),
    ],
)
def test_what_is_a_code(error: str, code: bool) -> None:
    assert is_code(error) is code


def test_cited_words_are_the_problem_and_no_error() -> None:
    found = gather(_call("la terminal no pasa, dice sin conexión con el host"))
    assert found.error is None
    assert found.problem is not None


def test_a_price_is_no_code() -> None:
    assert gather(_call("en góndola 89.90 y me sale 104")).error is None


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("el celular si tiene señal, no hay internet en la 112", "internet"),
        ("la bascula pesa pero no imprime la etiqueta", "báscula"),
        ("no imprime etiquetas", "impresora de etiquetas"),
        ("uno de los dos datáfonos pide clave de supervisor para todo", "datáfonos"),
        ("una de las dos terminales no agarra señal", "terminal"),
        ("la chapa del probador 4 ya no cierra", "probador"),
        ("es el display de la refri de las insulinas, no prende", "refri"),
        ("ups ya llevo 4 en la caja 2 que no cobra", "caja"),
        ("se acabaron las BOLSAAAAS", "bolsas"),
        ("oigan no llegaron las monturas, nos mandaron 3 cajas de lentes", "monturas"),
    ],
)
def test_what_fails_among_what_is_named(text: str, thing: str) -> None:
    said = gather(_call(text)).system
    assert same_system(said, thing), said


def test_an_answer_about_the_floor_corrects_no_air_conditioner() -> None:
    found = gather(_call("el aire anda botando agua al pasillo", "no, solo piso"))
    assert same_system(found.system, "aire")


def test_a_help_desk_is_no_table() -> None:
    assert [one.word for one in find_systems("Mesa buenos días, no salen facturas")] == ["facturas"]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("salieron corriendo 2 chavos con como 15 playeras", "robo"),
        ("la chapa de la puerta está reventada", "robo"),
        ("hay un man borracho tirándole botellas a las cajeras", "amenaza"),
        ("dice que no sale sin la plata y tiene un tubo en la mano", "amenaza"),
        ("sale humito del contacto donde esta la guillotina", "instalación eléctrica"),
        ("hay un olorcito como a huevo podrido", "gas"),
        ("un perro mordió en la mano a un niño", "accidente"),
        ("no saca las comandas, las muchachas están gritando los pedidos", None),
        ("no prende el tablero", None),
    ],
)
def test_what_happens_in_new_words(text: str, what: str | None) -> None:
    assert happening(text) == what


def test_words_of_labels_mean_a_concept_and_are_not_looked_for() -> None:
    assert same_system("hurto", "robo")
    assert same_system("caída", "accidente")
    assert not same_system("caída", "robo")
    assert find_systems("una caída general de la red")[0].word == "red"


@pytest.mark.parametrize(
    ("thing", "category"),
    [
        ("nevera", Category.OPERATIONAL),
        ("datáfono", Category.TECHNICAL),
        ("alarma", None),
        ("harina", None),
        (None, None),
    ],
)
def test_what_a_thing_is(thing: str | None, category: Category | None) -> None:
    assert category_of(thing) is category


async def test_danger_is_an_incident_however_it_is_told() -> None:
    call = _call("se acaban de llevar dos perfumes dos pibes, uno me mostró un fierro")
    answer = await LocalModels().classify(call)
    assert answer.is_incident
    assert answer.priority == "urgent"


@pytest.mark.parametrize(
    ("text", "thing", "urgent"),
    [
        ("no nos cargan los puntos, los clientes se van molestos", "tarjeta club", False),
        ("no nos cargan los puntos, los clientes se van molestos", "caja", True),
        ("no puedo vender, la página de caja no abre", "página", True),
        ("no timbra ninguna factura, la gente se está yendo", "facturación", False),
        ("el aire no enfría y se están derritiendo los helados", "aire", True),
    ],
)
def test_what_fails_tells_how_urgent_it_is(text: str, thing: str, urgent: bool) -> None:
    assert is_urgent(list(_lines(text)), LocalReader(), thing) is urgent


async def test_a_child_is_as_urgent_as_what_its_outage_says_to_fail() -> None:
    lone = await LocalModels().classify(_call("acá igual, la gente reclama y se va"))
    child = await LocalModels().classify(
        _call("acá igual, la gente reclama y se va", known={"system": "tarjeta club"})
    )
    assert (lone.priority, child.priority) == ("urgent", "normal")
