"""Which incident a turn belongs to: stories of one group, with the weights that ship."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest

from domain.assignment import Decision, assign
from domain.deciding.kinship import Kin, outage_of
from domain.deciding.weighing import places
from domain.room import OpenIncident, Remark, Room, TurnFacts
from domain.wording import addressed
from tools.models.local.joining import load_assignment_weights
from tools.models.local.reader import LocalReader
from tools.models.local.systems import is_shared, same_system

START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
READER = LocalReader()
NAMES = {"lupita": "Lupita T45", "mari": "Mari Cruz T12", "salvador": "Ing. Salvador"}


def turn(who: str, text: str, minute: float, **more: object) -> TurnFacts:
    gist = READER.read(text, sender_name=NAMES.get(who, ""))
    home = READER.read("", sender_name=NAMES.get(who, "")).store
    at = START + timedelta(minutes=minute)
    return TurnFacts(who, at, gist, home_store=home, **more)  # type: ignore[arg-type]


def incident(name: str, who: str, text: str, minute: float) -> OpenIncident:
    gist = READER.read(text, sender_name=NAMES[who])
    at = START + timedelta(minutes=minute)
    return OpenIncident(
        name,
        "collecting",
        who,
        frozenset({who}),
        at,
        gist.store,
        gist.system,
        gist.error,
        gist.meaning,
        opened_at=at,
    )


PRINTER = incident("printer", "lupita", "la impresora de tickets no imprime", 0)
CARDS = incident("cards", "mari", "la terminal no pasa tarjetas", 2)
ROOM = Room(
    [
        Remark("m1", "lupita", "Lupita T45", START, "la impresora no imprime", "printer", "report"),
        Remark("m2", "mari", "Mari", CARDS.last_at, "la terminal no pasa", "cards", "report"),
    ],
    NAMES,
)


def decide(
    said: TurnFacts, *incidents: OpenIncident, room: Room | None = None, kin: Kin | None = None
) -> Decision:
    return assign(
        said,
        incidents or (PRINTER, CARDS),
        weights=load_assignment_weights(),
        same_system=same_system,
        room=room or ROOM,
        kin=kin,
    )


def test_a_report_in_a_quiet_group_starts_an_incident() -> None:
    said = turn("lupita", "la impresora de tickets no imprime nada", 0)
    found = assign(
        said, (), weights=load_assignment_weights(), same_system=same_system, room=Room([], NAMES)
    )
    assert (found.outcome, found.incident_id) == ("new", None)
    assert found.confidence > 0.8


def test_what_the_sender_adds_goes_to_their_own_incident() -> None:
    found = decide(turn("lupita", "ya la apagué y la prendí y sigue igual", 3))
    assert found.incident_id == "printer"
    assert decide(turn("mari", "tenemos clientes esperando", 3)).incident_id == "cards"


def test_support_that_calls_somebody_by_name_means_their_incident() -> None:
    found = decide(turn("salvador", "Lupita, ¿le cambiaste el rollo?", 3))
    assert found.incident_id == "printer"
    assert "by name" in found.reason


def test_a_quote_beats_everything() -> None:
    said = turn("lupita", "la impresora", 3, quoted_incident="cards", quotes_something=True)
    assert decide(said) == Decision("join", "cards", 0.99, "quotes a message of this incident")


@pytest.mark.parametrize("text", ["alguien va a pedir tacos?", "feliz cumpleaños Rosy 🎂"])
def test_chatter_of_somebody_else_belongs_nowhere(text: str) -> None:
    assert decide(turn("rosy", text, 30)).outcome == "none"


def test_the_answer_to_our_question_finds_its_incident() -> None:
    asked = OpenIncident(
        "asked",
        "collecting",
        "lupita",
        frozenset({"lupita"}),
        START,
        asked_person="lupita",
        pending_field="store",
    )
    assert decide(turn("lupita", "45", 40), asked, CARDS).incident_id == "asked"


def test_the_same_failure_of_another_store_is_an_outage() -> None:
    first = incident("first", "lupita", "se nos fue el internet", 0)
    said = turn("mari", "aquí en la 12 tampoco hay internet", 2)
    assert outage_of(said, [first], same_system, is_shared) == "first"


def test_two_printers_are_no_outage() -> None:
    said = turn("mari", "en la 12 la impresora de tickets no imprime", 5)
    assert outage_of(said, [PRINTER], same_system, is_shared) is None


def test_somebody_is_called_by_name_and_by_pet_name() -> None:
    assert addressed("Mari reinicia la terminal", NAMES) == {"mari"}
    assert addressed("gracias Salvadorcito", NAMES) == {"salvador"}
    assert addressed("la tienda está lista", NAMES) == frozenset()


def test_nobody_is_called_by_what_stands_beside_their_name() -> None:
    names = {"juan": "Juan Sistemas", "ana": "Ana Caja 2", "luz": "Luz Marina"}
    for text in ("se cayó el sistema", "la caja 2 no abre", "se fue la luz"):
        assert addressed(text, names) == frozenset()
    assert addressed("Juan, ya quedó?", names) == {"juan"}
    assert addressed("gracias Ana", names) == {"ana"}
    assert addressed("Marina, me ayudas", names) == {"luz"}
    assert addressed("gracias Luz", names) == {"luz"}
    assert addressed("ya volvió la luz", names) == frozenset()
    assert addressed("Pedro ya quedó?", {"pedro": "Mesa de Ayuda Pedro"}) == {"pedro"}


def test_who_is_named_with_an_at_is_called_by_name() -> None:
    said = turn("salvador", "ya la reiniciaron?", 5, mentioned=frozenset({"mari"}))
    found = places(said, [PRINTER, CARDS], ROOM, same_system)
    called = {p.incident_id for p in found if p.evidence.get("join:names_reporter")}
    assert called == {"cards"}


def test_errors_with_codes_of_their_own_are_no_outage() -> None:
    first = incident("first", "lupita", "no hay internet, marca error E-121", 0)
    assert first.error == "E-121"
    other = turn("mari", "en la 12 no hay internet, marca error E-196", 2)
    assert outage_of(other, [first], same_system, is_shared) is None
    same = turn("mari", "en la 12 no hay internet, marca error E-121", 2)
    assert outage_of(same, [first], same_system, is_shared) == "first"


@pytest.mark.parametrize("minute", [3, 8])
@pytest.mark.parametrize(
    "text",
    [
        "ya la reinicié y sigue sin imprimir",
        "marca error E-102",
        "ahora marca error de conexión",
        "no imprime nada",
        "ya probé con otro rollo y tampoco",
        "tampoco imprime la prueba",
        "dice offline",
        "la desconecté y no revive",
        "otra vez no imprime",
        "ya le cambié el rollo y no funciona",
    ],
)
def test_what_the_sender_repeats_minutes_later_is_a_detail(text: str, minute: float) -> None:
    assert decide(turn("lupita", text, minute)).incident_id == "printer"


def test_a_device_that_fails_again_hours_later_is_the_same_incident() -> None:
    assert decide(turn("lupita", "la impresora de tickets ya no imprime", 200)).incident_id == (
        "printer"
    )
    assert decide(turn("mari", "la impresora de tickets no imprime", 200)).outcome == "new"


@pytest.mark.parametrize(
    "text",
    [
        "otra cosa, se cayó el internet",
        "además no hay agua en el baño",
        "la báscula no pesa",
        "la otra impresora tampoco imprime",
    ],
)
def test_another_thing_of_the_same_sender_is_an_incident_of_its_own(text: str) -> None:
    assert decide(turn("lupita", text, 3)).outcome == "new"


@pytest.mark.parametrize("who", ["lupita", "rosy"])
@pytest.mark.parametrize(
    "text",
    [
        "nos acaban de asaltar",
        "un cliente se cayó y está sangrando",
        "huele a quemado en la bodega",
    ],
)
def test_danger_is_no_detail_of_a_printer(who: str, text: str) -> None:
    assert decide(turn(who, text, 3)).outcome == "new"


def test_danger_that_the_reported_thing_brings_is_a_detail() -> None:
    assert decide(turn("lupita", "sale humo de la impresora", 3)).incident_id == "printer"


@pytest.mark.parametrize(
    "text",
    [
        "Tienda 83: no ha llegado nadie a abrir, sigue cerrada",
        "Tienda 71: no ha llegado la persona que abre, la tienda sigue cerrada",
        "nadie puede pagar con tarjeta en la 99",
    ],
)
def test_a_plain_report_that_names_its_store_is_never_lost(text: str) -> None:
    assert decide(turn("rosy", text, 30)).outcome == "new"


def test_a_store_that_only_greets_starts_nothing() -> None:
    assert decide(turn("rosy", "Buenos días, tienda 12 presente", 30)).outcome == "none"


@pytest.mark.parametrize("text", ["la impresora de tickets no imprime", "ya quedó, gracias"])
@pytest.mark.parametrize("who", ["lupita", "mari", "salvador"])
def test_no_evidence_is_weighed_twice(who: str, text: str) -> None:
    # Of what ended with thanks, with 'ya quedó', and of what nobody said a word about.
    ended = [
        Remark("m3", "mari", "Mari", CARDS.last_at, "ok gracias", "cards", "ack"),
        Remark("m4", "lupita", "Lupita T45", CARDS.last_at, "ya quedó", "printer", "fixed"),
    ]
    unsaid = incident("unsaid", "lupita", "no hay luz", 1)
    room = Room([*ROOM.remarks, *ended], NAMES)
    for place in places(turn(who, text, 5), (PRINTER, CARDS, unsaid), room, same_system):
        apart = sum(sum(part.values()) for part in place.parts)
        assert apart == pytest.approx(sum(place.evidence.values())), place


def test_a_decision_is_as_sure_as_its_share_of_what_speaks_for_each_place() -> None:
    said = turn("salvador", "¿y en qué va?", 5)
    weights = load_assignment_weights()
    # The same, added up name by name; what no weight knows counts for nothing.
    found = places(said, (PRINTER, CARDS), ROOM, same_system)
    told = [sum(weights.get(n, 0.0) * v for n, v in place.evidence.items()) for place in found]
    shares = [math.exp(one - max(told)) for one in told]
    decision = assign(said, (PRINTER, CARDS), weights, same_system, ROOM)
    assert decision.incident_id == found[shares.index(max(shares))].incident_id
    assert decision.confidence == pytest.approx(max(shares) / sum(shares))
