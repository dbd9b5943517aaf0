"""'Here too': of another store it is another report, of the own one it goes on, after a repair it
says that it works again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.assignment import ECHOES
from domain.deciding.echo import is_bare
from domain.gist import Act
from domain.room import Remark, Room, TurnFacts
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


def unsure(text: str) -> TurnFacts:
    """What the reader takes neither for small talk nor for a report: its words decide."""
    talk = turn("lupita", text, 4)
    return replace(talk, gist=replace(talk.gist, incident=0.4, acts={Act.CHATTER: 0.5}))


NO_ECHOES = [
    "Ahora mismo",
    "ya mismo",
    "yo mismo la reviso",
    "menos mal",
    "por lo menos",
    "al menos acá",
    "lo mismo digo",
    "igual mañana",
    "promo 2 x 3",
    "2 x 3.990 Coni",
    "yo tambien, de pepperoni",
    "dos de pepperoni igual",
    "igual luego",
    "igual después",
    "acá menos mal",
    "acá por lo menos",
]


@pytest.mark.parametrize("text", NO_ECHOES)
def test_words_that_only_sound_like_it_start_nothing(text: str) -> None:
    assert not is_bare(text, None)
    assert decide(turn("lupita", text, 4), CARDS, room=REPORTED).reason != ECHOES
    assert decide(unsure(text), CARDS, room=REPORTED).reason != ECHOES


@pytest.mark.parametrize("text", ["x2", "acá igual", "nosotros también", "la 9 x 2"])
def test_an_unsure_reading_leaves_it_to_the_words(text: str) -> None:
    assert decide(unsure(text), CARDS, room=REPORTED).reason == ECHOES


@pytest.mark.parametrize("text", ["acá igual", "x2", "yo también"])
def test_what_plainly_reads_as_small_talk_is_not_decided_by_its_words(text: str) -> None:
    talk = turn("lupita", text, 4)
    gist = replace(talk.gist, incident=0.05, acts={Act.CHATTER: 0.9})
    said = decide(replace(talk, gist=gist), CARDS, room=REPORTED)
    assert said.reason != ECHOES
    assert said.outcome != "new"
    quoted = replace(talk, gist=gist, quoted_incident="cards", quotes_something=True)
    assert decide(quoted, CARDS, room=REPORTED).outcome != "new"


@pytest.mark.parametrize(
    "text",
    ["acá menos", "nosotras menos", "lo mismo acá", "25 x2", "x 2", "igual de lento", "aquí tb"],
)
def test_few_words_say_here_too(text: str) -> None:
    assert is_bare(text, "25")


@pytest.mark.parametrize(
    "text",
    [
        "en la 12 menos",
        "la 12 menos",
        "acá en la 12 menos",
        "aquí en Lomas menos",
        "a mí menos",
        "yo menos",
        "menos nosotros",
        "la 9 x 2",
        "la 45 x 2",
        "suc 12 x 2",
        "acá igual después del apagón",
        "acá igual luego de la lluvia",
        "la 12 de Lomas igual",
        "igual la 12 de Lomas",
        "x2 la 12 de Surco",
        "la 12 de Lomas también",
        "yo también, de Lomas",
        "Ok, nosotros también",
        "ok acá igual",
        "bien acá igual",
        "Jauja igual",
        "Jauja también",
    ],
)
def test_a_store_and_here_too_is_bare(text: str) -> None:
    assert is_bare(text, None)
    assert is_bare(text, "12")


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


def test_what_works_again_is_no_other_report() -> None:
    said = decide(turn("lupita", "acá también ya quedó", 4), CARDS, room=REPORTED)
    assert said.reason != ECHOES


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
        "ok también",
        "acá también anda",
        "",
    ],
)
def test_what_says_more_is_no_bare_echo(text: str) -> None:
    assert not is_bare(text, "45")


@pytest.mark.parametrize(
    "text",
    [
        "x2 ¿me colaboran?",
        "x2 ¿alguien nos apoya? 🙏",
        "acá igual porfa",
        "igual acá, ayuda",
        "nosotros también ¿me ayudan?",
        "x3 por favor!!",
        "acá también urge",
    ],
)
def test_a_plea_behind_it_leaves_it_bare(text: str) -> None:
    assert is_bare(text, None)


@pytest.mark.parametrize(
    "text",
    [
        "¿también ustedes?",
        "gracias x2 porfa",
        "igual mañana porfa",
        "x2 me ayudan a cubrir el turno?",
        "me ayudan porfa",
        "jajaja x2 porfa",
    ],
)
def test_a_plea_alone_is_no_echo(text: str) -> None:
    assert not is_bare(text, None)
