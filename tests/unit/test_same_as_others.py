"""Who has what others have reported, and does not say so in the words for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.deciding.beginning import may_be_another, refuse_beginning
from domain.deciding.echo import has_the_same, is_bare, reports_it_as_well
from domain.deciding.kinship import Kin, families_of
from domain.room import TurnFacts
from domain.sayings.here_too import asks_others, counts_in, other_error
from tests.unit.test_assignment import decide, turn
from tests.unit.test_kinship import HEAD, TOLD, room
from tools.models.local.systems import same_system

SURE = Kin("head", 0.95)


def as_well(said: TurnFacts, kin: Kin = SURE) -> bool:
    return reports_it_as_well(said, [HEAD], kin)


@pytest.mark.parametrize(
    "text",
    [
        "no puedo cobrar con tarjeta, rechaza todas",
        "en la 12 rechaza todas las tarjetas, les pasa?",
    ],
)
def test_a_plain_report_of_somebody_else_is_another_one(text: str) -> None:
    assert as_well(turn("lupita", text, 4))
    assert not as_well(turn("lupita", text, 4), Kin("head", 0.4))
    assert not as_well(turn("mari", text, 4))  # hers is the outage


@pytest.mark.parametrize(
    "text", ["a ustedes les pasa?", "acá anda bien", "ya volvió", "qué dicen?", "la 12 ok también"]
)
def test_what_tells_of_no_failure_is_none(text: str) -> None:
    assert not as_well(turn("lupita", text, 4))


def test_a_photo_without_a_word_is_one_when_it_shows_an_error() -> None:
    silent = turn("lupita", "", 4, has_media=True)
    assert not as_well(silent)
    assert as_well(replace(silent, shows_error=True), Kin("head", 0.7))


@pytest.mark.parametrize(
    ("text", "counts"),
    [("x2", True), ("y no entra nada, x4", True), ("+1", True), ("2 x 35", False)],
)
def test_who_counts_themselves_in(text: str, counts: bool) -> None:
    assert counts_in(text) is counts


def test_who_counts_themselves_in_answers_no_question() -> None:
    asked = replace(HEAD, id="own", reporter_id="lupita", asked_person="lupita")
    asked = replace(asked, participants=frozenset({"lupita"}), pending_field="problem", store="12")
    said = replace(turn("lupita", "x2", 4), home_store="12")
    found = decide(said, HEAD, asked, room=room(*TOLD), kin=SURE)
    assert found.reason != "was asked"
    assert found.incident_id != "own"


def test_from_elsewhere_without_a_store() -> None:
    said = replace(turn("lupita", "a mí también me pasa eso, no funciona nada", 4), home_store=None)
    assert has_the_same(said, [HEAD], SURE, same_system)
    assert not has_the_same(replace(said, person_id="mari"), [HEAD], SURE, same_system)


@pytest.mark.parametrize("text", ["acá igual, hace como diez minutos", "iwal", "igualito acá"])
def test_since_when_adds_nothing_of_its_own(text: str) -> None:
    assert is_bare(text, None)


def test_one_of_several_messages_may_say_no_more_than_here_too() -> None:
    apart = "acá igual, vendimos paraguas y botas de goma"
    assert not may_be_another(turn("lupita", apart, 4))
    assert may_be_another(turn("lupita", f"acá igual\n{apart}", 4))
    assert may_be_another(turn("lupita", f"x2, {apart}", 4))


def test_a_laugh_beside_a_count_is_no_joke_where_a_store_is_said() -> None:
    said = turn("lupita", "x4 jaja, la tienda 61 también", 4)
    begun = decide(said, HEAD, room=room(*TOLD), kin=SURE)
    assert begun.outcome == "new"
    assert refuse_beginning(begun, said, "Lupita").outcome == "new"
    quoted = turn("lupita", "nosotros también sin sistema jaja", 4, quotes_something=True)
    another = replace(begun, parent="head")
    assert refuse_beginning(another, quoted, "Lupita").outcome == "new"


@pytest.mark.parametrize(
    ("one", "other", "are_two"),
    [
        ("SIN CONEXION", "HOST NO DISPONIBLE LOCAL 5", False),
        ("RESP 91 EMISOR", "TRANSACCION NO REALIZADA RESP 91", False),
        ("E-21", "E-30", True),
        (None, "E-30", False),
    ],
)
def test_two_errors_are_two_by_their_codes(one: str | None, other: str, are_two: bool) -> None:
    assert other_error(one, other) is are_two
    said = turn("lupita", "no pasan tarjetas", 4)
    said = replace(said, gist=replace(said.gist, error=one))
    assert bool(families_of(said, [replace(HEAD, error=other)])) is not are_two


def test_who_asks_others() -> None:
    assert asks_others("es nomás la mía?")
    assert not asks_others("cuánto cuesta?")
