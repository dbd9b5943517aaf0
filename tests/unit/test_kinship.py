"""Another store's report of the same outage, or a report of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.deciding.beginning import may_be_another
from domain.deciding.echo import has_the_same
from domain.deciding.kinship import Kin, Report, kin_of, outage_among
from domain.room import OpenIncident, Remark, Room
from tests.unit.test_assignment import NAMES, START, decide, incident, turn
from tools.models.local.joining import load_kinship_weights
from tools.models.local.systems import is_shared, same_system

HEAD = replace(incident("head", "mari", "no pasan las tarjetas en ninguna caja", 0), store="7")
TOLD = (("mari", "no pasan las tarjetas en ninguna caja", "head"),)


def room(*said: tuple[str, str, str]) -> Room:
    """Remarks of (person, words, incident), a minute apart."""
    return Room(
        [
            Remark(f"m{n}", who, NAMES.get(who, who), START + timedelta(minutes=n), text, one)
            for n, (who, text, one) in enumerate(said)
        ],
        NAMES,
    )


def kin(text: str, *open_ones: OpenIncident, minutes: float = 4) -> Kin | None:
    """What a text of store 12 is another report of."""
    said = replace(turn("lupita", text, minutes), home_store="12")
    weights = load_kinship_weights()
    return kin_of(said, open_ones, room(*TOLD), weights, same_system, is_shared)


@pytest.mark.parametrize(
    "text",
    [
        "aquí en la 12 tampoco pasa ninguna tarjeta",
        "lo mismo en la 12, puro efectivo",
        "x2 en la 12",
        "oigan acá el datáfono rechaza todas las tarjetas también",
    ],
)
def test_the_same_in_other_words_is_another_report(text: str) -> None:
    found = kin(text, HEAD)
    assert found is not None
    assert found.head == "head"
    assert found.share >= 0.5


@pytest.mark.parametrize(
    "text", ["la impresora de etiquetas no imprime", "se rompió la puerta del baño"]
)
def test_what_a_store_has_for_itself_is_its_own(text: str) -> None:
    assert kin(text, HEAD) is None


def test_another_thing_that_stores_share_is_weighed_and_found_its_own() -> None:
    found = kin("no hay agua en el baño", HEAD)
    assert found is not None
    assert found.share < 0.5


def test_two_printers_are_two_even_in_the_same_words() -> None:
    words = "la impresora no imprime"
    printer = replace(incident("head", "mari", words, 0), store="7")
    said = replace(turn("lupita", words, 3), home_store="12")
    weights, talk = load_kinship_weights(), room(("mari", words, "head"))
    assert kin_of(said, [printer], talk, weights, same_system, is_shared) is None


def test_nobody_is_kin_of_what_their_own_store_has_open() -> None:
    assert kin("aquí también", replace(HEAD, store="12")) is None


def test_nor_of_what_was_reported_in_the_morning() -> None:
    assert kin("aquí también", HEAD, minutes=400) is None


def test_a_child_leads_to_its_head() -> None:
    child = replace(incident("child", "salvador", "acá igual", 2), store="9", parent="head")
    found = kin("por acá tampoco", HEAD, child)
    assert found is not None
    assert found.head == "head"


def test_in_another_chat_both_name_what_stores_share() -> None:
    first = incident("far", "mari", "no hay internet", 0)
    first = replace(first, participants=frozenset(), store="7")
    weights = load_kinship_weights()
    for text, wanted in (("no hay internet en la 12", "far"), ("acá igual en la 12", None)):
        said = turn("lupita", text, 4)
        near = kin_of(said, [first], Room(), weights, same_system, is_shared)
        assert near is None
        outage = outage_among(said, [first], near, same_system, is_shared, learnt=True)
        assert outage == wanted


SURE = Kin("head", 0.95)


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("en la 12 también, desde que abrimos, ya se fueron dos clientes", "new"),
        ("en la 12 sigue igual, ya la reinicié", "join"),
        ("¿en la 12 también?", "join"),
        ("en la 12 también anda bien", "join"),
        ("acá en la 12 ya volvió, igual que allá", "join"),
        ("en la 12 también pasa lo mismo", "new"),
        ("acá en la 12 tampoco anda bien", "new"),
        ("en la 12 tampoco nos funciona", "new"),
    ],
)
def test_a_quote_that_says_so_of_another_store_is_another_report(text: str, outcome: str) -> None:
    said = turn("lupita", text, 4, quoted_incident="head", quotes_something=True)
    found = decide(said, HEAD, room=room(*TOLD), kin=SURE)
    assert (found.outcome, found.parent) == (outcome, "head" if outcome == "new" else None)


def test_who_says_no_store_and_quotes_nothing_may_speak_of_this_one() -> None:
    known = turn("lupita", "uy sí, igual hace rato que se quejan de eso", 4)
    assert has_the_same(known, [HEAD], SURE, same_system)
    assert not has_the_same(replace(known, home_store=None), [HEAD], SURE, same_system)


@pytest.mark.parametrize(
    ("text", "may_be"),
    [
        ("hola, la 92, me rebotan las recargas y la gente está enojada", True),
        ("acá igual, nada más se vendieron paraguas", False),
    ],
)
def test_what_surely_reports_may_be_of_an_outage_without_a_word_of_failure(
    text: str, may_be: bool
) -> None:
    assert may_be_another(turn("lupita", text, 4)) is may_be


def test_what_began_after_an_outage_stands_between_it_and_a_report() -> None:
    said = turn("rosy", "aca tampoco hay internet", 20)
    first = incident("first", "lupita", "no hay internet", 1)
    second = incident("second", "mari", "la impresora no imprime", 9)
    report = Report(said, [first, second], same_system, is_shared, Room())
    assert report.evidence_of([first])["others_since"] == 1.0
    assert report.evidence_of([second])["others_since"] == 0.0
    assert report.evidence_of([first, second])["others_since"] == 0.0
