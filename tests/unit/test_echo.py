"""'Here too': of another store it is another report, of the own one it goes on, after a repair it
says that it works again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.assignment import ECHOES
from domain.echo import is_bare
from domain.room import Remark, Room
from tests.unit.test_assignment import CARDS, NAMES, START, decide, incident, turn


def room(*said: tuple[str, str, str, str]) -> Room:
    """Remarks of (person, words, incident, act), a minute apart."""
    remarks = [
        Remark(f"m{n}", who, NAMES.get(who, who), START + timedelta(minutes=n), text, one, act)
        for n, (who, text, one, act) in enumerate(said)
    ]
    return Room(remarks, NAMES)


REPORTED = room(("mari", "la terminal no pasa tarjetas", "cards", "report"))


@pytest.mark.parametrize("text", ["acá igual", "x2", "aquí tampoco!!", "idem", "nosotros también"])
def test_of_another_store_it_is_another_report(text: str) -> None:
    said = decide(turn("lupita", text, 4), CARDS, room=REPORTED)
    assert (said.outcome, said.parent, said.reason) == ("new", "cards", ECHOES)


def test_of_the_same_store_it_is_the_same_incident() -> None:
    said = decide(turn("mari", "aquí también", 4), CARDS, room=REPORTED)
    assert (said.outcome, said.incident_id) == ("join", "cards")


def test_after_a_repair_it_says_that_it_works_here_too() -> None:
    child = replace(incident("child", "lupita", "no pasan tarjetas", 3), parent="cards")
    fixed = room(
        ("mari", "la terminal no pasa tarjetas", "cards", "report"),
        ("lupita", "acá igual", "child", "same_problem"),
        ("mari", "ya pasan", "cards", "fixed"),
    )
    said = decide(turn("lupita", "acá también", 6), CARDS, child, room=fixed)
    assert (said.outcome, said.incident_id) == ("join", "child")


def test_a_quoted_report_of_another_store_is_echoed() -> None:
    said = decide(turn("lupita", "x2", 4, quoted_incident="cards"), CARDS, room=REPORTED)
    assert (said.outcome, said.parent) == ("new", "cards")


def test_a_quote_with_more_to_say_joins() -> None:
    words = "ya la reiniciaste?"
    said = decide(turn("lupita", words, 4, quoted_incident="cards"), CARDS, room=REPORTED)
    assert (said.outcome, said.incident_id) == ("join", "cards")


@pytest.mark.parametrize(
    "text",
    [
        "yo también quiero tacos",
        "jaja igual",
        "sigue igual",
        "todavía igual aquí",
        "¿aquí también?",
        "la impresora",
        "acá también funciona",
        "el 3 ok también",
        "",
    ],
)
def test_what_says_more_is_no_bare_echo(text: str) -> None:
    assert not is_bare(text, "45")
