"""What is told of customers and of other stores is no report; what they cannot do is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.assignment import Decision
from domain.room import OpenIncident, Remark, Room, TurnFacts
from domain.sayings.hearsay import ASKS_WHAT_WAS_DONE, OF_A_CUSTOMER, refuse_echo, why_of_others
from tools.models.local.reader import LocalReader

READER = LocalReader()
NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
BEGUN = Decision("new", None, 0.7, "reads like a report of its own")


@pytest.mark.parametrize(
    "text",
    [
        "vino un cliente bien grosero a devolver una licuadora sin ticket",
        "el cliente dice que no le sirve la plancha que compró ayer",
        "me reclamó un señor que la licuadora no prende",
        "un cliente se quejó de que tardamos mucho en la fila",
        "una señora quiere devolver los zapatos que se llevó el sábado",
        "se me quejó una clienta del trato",
        "una señora se quejó del trato de la tienda",
        "un cliente se enojó por la atención de la tienda, que tardamos mucho",
        "la clienta dice que su celular no carga, quiere garantía",
        "el cliente dice que el audífono no suena, le hago el cambio?",
    ],
)
def test_what_a_customer_complains_of_is_no_report(text: str) -> None:
    assert why_of_others(READER.read(text)) == OF_A_CUSTOMER


@pytest.mark.parametrize(
    "text",
    [
        "los clientes se quejan de que la terminal no pasa",
        "el cliente no puede pagar con tarjeta",
        "una señora dice que no le leyó su tarjeta la terminal",
        "un cliente se quejó de que el baño está sucio",
        "los clientes se quejan del calor",
        "el cliente dice que la app no le deja pagar",
        "vino un cliente a devolver una licuadora y no puedo hacer la devolución",
        "un cliente quiere devolver la plancha que compró y el sistema marca error",
        "los clientes se quejan de que tardamos, la caja está muy lenta",
        "se quejan los clientes porque no funciona la plancha",
        "no prende la licuadora de la barra",
        "no funciona la plancha, los clientes esperan su comida",
        "un señor se cayó en la entrada",
        "una clienta dice que la plancha de vapor de la tienda no calienta",
        "la señora dice que el celular de la tienda no contesta",
        "el cliente devolvió el producto y no sale en inventario",
        "el cliente quiere reembolso y no sé cómo, el botón no aparece",
    ],
)
def test_what_fails_in_the_store_is_one_whoever_complains(text: str) -> None:
    assert why_of_others(READER.read(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "los de la 14 ya reiniciaron su modem?",
        "los de la 14 ya reiniciaron el modem?",
        "en la 20 ya revisaron la caja 2?",
        "ya le marcaron al proveedor los de Lomas?",
    ],
)
def test_who_asks_what_others_tried_reports_nothing(text: str) -> None:
    assert why_of_others(READER.read(text)) == ASKS_WHAT_WAS_DONE


@pytest.mark.parametrize(
    "text",
    [
        "ya reiniciamos el modem y sigue sin internet",
        "ya revisaron la caja 2? no prende",
        "en la 14 no hay internet, ya lo reportaron?",
        "ya reinicié el modem, qué más hago?",
    ],
)
def test_who_tells_of_a_failure_does(text: str) -> None:
    assert why_of_others(READER.read(text)) is None


def begun(text: str, *before: str, act: str = "chatter", is_open: bool = False) -> bool:
    """Whether a text begins something after these remarks of somebody else."""
    turn = TurnFacts(person_id="1", at=NOW, gist=READER.read(text))
    ago = NOW - timedelta(minutes=5)
    room = Room([Remark(str(n), "2", "Sofi", ago, said, act=act) for n, said in enumerate(before)])
    one = OpenIncident("i", "ticketed", "2", frozenset({"2"}), ago)
    return refuse_echo(BEGUN, turn, [one] if is_open else [], room).outcome == "new"


@pytest.mark.parametrize(
    "text",
    ["acá tampoco", "acá igual", "en la 14 tampoco", "acá tampoco, está muerto", "aquí también"],
)
def test_nor_here_says_again_only_what_fails(text: str) -> None:
    assert not begun(text, "ya les mandaron las bolsas?", "no, nada")
    assert not begun(text)
    assert begun(text, is_open=True)
    assert begun(text, "se cayó", act="report")
    assert begun(text, "hay internet por allá?")
    assert begun(text, "")  # a photo


@pytest.mark.parametrize(
    "text", ["acá tampoco hay sistema", "acá tampoco prende", "en la 14 tampoco hay luz"]
)
def test_what_says_itself_what_fails_begins(text: str) -> None:
    assert begun(text, "no, nada")


def test_what_quotes_or_shows_something_begins() -> None:
    turn = TurnFacts(person_id="1", at=NOW, gist=READER.read("acá igual"))
    for one in (replace(turn, quotes_something=True), replace(turn, has_media=True)):
        assert refuse_echo(BEGUN, one, [], Room()) is BEGUN
