"""What is asked, or works for another, is no all-clear; what says that the very thing works is."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.answers import act_of
from domain.gist import Act, Gist
from domain.room import OpenIncident, Remark, TurnFacts
from domain.sayings.aside import act_of_aside, ends_nothing
from tests.unit.test_assignment import START

OURS, OTHER = "paty", "rodrigo"
MET = OpenIncident("i1", "collecting", OURS, frozenset({OURS}), START, system="datáfono")
WITH_TICKET = replace(MET, status="ticketed")


def turn(who: str, text: str, **more: object) -> TurnFacts:
    gist = Gist(text, 0.5, {Act.FIXED: 0.8})
    return TurnFacts(who, START, gist, **more)  # type: ignore[arg-type]


def asked(text: str, minutes: float = 1) -> list[Remark]:
    return [Remark("m1", OTHER, "Rodrigo", START - timedelta(minutes=minutes), text)]


@pytest.mark.parametrize(
    "text",
    [
        "ya volvió?",
        "paty ya te volvió?",
        "hola paty, ya prendió?",
        "ya quedó, ¿verdad?",
        "ya quedó o no?",
        "ya quedó o cuándo queda?",
        "¿ya quedó",
        "la mía sí funciona",
        "a mi ya me regresó",
        "a nosotros ya nos volvió",
        "en mi caja sí pasa",
        "mi terminal ya funciona",
        "yo ya puedo cobrar",
        "acá sí hay",
        "por acá ya volvió",
    ],
)
def test_others_end_nothing_by_asking_or_by_what_is_theirs(text: str) -> None:
    assert ends_nothing(turn(OTHER, text), MET)
    assert act_of(turn(OTHER, text), MET) is not Act.FIXED


@pytest.mark.parametrize(
    "text",
    [
        "la otra sí funciona",
        "el otro datáfono sí pasa",
        "las demás sí jalan",
        "las otras cajas funcionan bien",
        "la de al lado sí prende",
        "solo esta no, la otra sí",
        "sí imprime en la otra",
        "en la otra sí",
    ],
)
@pytest.mark.parametrize("who", [OURS, OTHER])
def test_that_another_works_ends_nothing(text: str, who: str) -> None:
    assert ends_nothing(turn(who, text), MET)
    reported = Remark("m0", OURS, "Paty", START, "el otro datáfono no pasa", "i1")
    assert ends_nothing(turn(who, text), MET, [reported]) is False


@pytest.mark.parametrize(
    ("who", "text"),
    [
        (OURS, "ya quedó"),
        (OURS, "a mi ya me regresó"),
        (OURS, "aquí ya quedó"),
        (OURS, "ahora sí funciona"),
        (OURS, "ya funciona otra vez"),
        (OURS, "ya quedó, era el otro cable"),
        (OURS, "con el otro cable sí funciona"),
        (OURS, "la otra ya quedó"),
        (OURS, "la otra sí funciona y esta ya quedó"),
        (OURS, "la otra vez se arregló solo y ya quedó"),
        (OURS, "¿qué creen? ya quedó"),
        (OURS, "ya quedó gracias quién fue?"),
        (OURS, "listo, ya quedó! cierro el ticket?"),
        (OTHER, "ya quedó, gracias. cuándo pasan por el viejo?"),
        (OTHER, "ya funciona el datáfono"),
        (OTHER, "mi jefe ya lo arregló"),
        (OTHER, "mi compañero ya lo reinició y ya quedó"),
        (OTHER, "a mi compañera ya le funciona"),
        (OTHER, "a mí me dijeron que ya quedó"),
        (OTHER, "a mí me parece que ya quedó"),
        (OTHER, "yo ya lo arreglé"),
        (OTHER, "nosotros ya lo reiniciamos y quedó"),
        (OTHER, "ya lo dejé en la otra caja funcionando"),
    ],
)
def test_an_all_clear_stays_one(who: str, text: str) -> None:
    assert not ends_nothing(turn(who, text), MET)
    assert act_of(turn(who, text), MET) is Act.FIXED


def test_what_is_of_the_same_store_is_the_same() -> None:
    met = replace(MET, store="45")
    words = "acá ya volvió"
    assert not ends_nothing(turn(OTHER, words, home_store="45"), met)
    assert ends_nothing(turn(OTHER, words, home_store="12"), met)
    # Of an outage, and of what has its ticket, 'here' is what everybody tells.
    assert not ends_nothing(turn(OTHER, words), replace(met, parent="i0"))
    assert not ends_nothing(turn(OTHER, words), WITH_TICKET)
    assert not ends_nothing(turn(OTHER, "a mí ya me conecta", from_support=True), met)


@pytest.mark.parametrize(
    "text", ["acá anda bien", "por acá todo normal", "aquí sí jala", "acá funciona perfecto"]
)
def test_where_it_never_failed_ends_nothing(text: str) -> None:
    for met in (WITH_TICKET, replace(WITH_TICKET, parent="i0"), replace(MET, parent="i0")):
        assert ends_nothing(turn(OTHER, text), met)
        assert not ends_nothing(turn(OURS, text), met)
        here = replace(met, store="45")
        assert not ends_nothing(turn(OTHER, text, home_store="45"), here)
        assert ends_nothing(turn(OTHER, "acá ya volvió", home_store="12"), here)


@pytest.mark.parametrize(
    ("question", "answer", "ends"),
    [
        ("y en la otra caja?", "ahí sí funciona", False),
        ("y la planta de emergencia?", "esa si arrancó", False),
        ("y el internet?", "sí hay", False),
        ("y el datáfono?", "sí funciona", True),
        ("ya lo probaste?", "sí funciona", True),
        ("y si lo reinicias?", "ahí sí funcionó", True),
        ("prueba con el otro cable", "ahí sí jaló", True),
        ("y en la otra caja?", "ahora sí funciona", True),
        ("y la otra?", "ya quedó", True),
    ],
)
def test_an_answer_is_of_what_was_asked(question: str, answer: str, ends: bool) -> None:
    said = turn(OURS, answer)
    assert ends_nothing(said, MET, asked(question)) is not ends
    assert not ends_nothing(said, MET, asked(question, minutes=60))
    assert not ends_nothing(said, MET)


def test_who_asks_how_it_goes_and_who_asks_the_reporter() -> None:
    assert act_of_aside(turn(OURS, "ya quedó?"), MET) is Act.STATUS_QUESTION
    assert act_of_aside(turn(OTHER, "ya quedó el datáfono?"), MET) is Act.STATUS_QUESTION
    assert act_of_aside(turn(OTHER, "ya quedó?"), MET) is Act.CHATTER
    assert act_of_aside(turn(OTHER, "ya quedó?", from_support=True), MET) is Act.DETAIL
    # What ended without a ticket does not begin anew by it.
    assert act_of_aside(turn(OURS, "ya quedó?"), replace(MET, status="closed")) is Act.CHATTER
    assert act_of_aside(turn(OURS, "la otra sí funciona"), MET) is Act.CHATTER
    assert act_of_aside(turn(OURS, "la otra sí funciona"), WITH_TICKET) is Act.DETAIL
