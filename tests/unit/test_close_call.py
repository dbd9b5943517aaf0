"""When a model may be asked where a burst belongs, what it is offered, what its answer is worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import ValidationError

from domain.assignment import CLOSE_CALL, Decision, Option, assign
from domain.deciding.close_call import (
    ANEW,
    CLEAR_CHATTER,
    LONGEST_REASON,
    NOWHERE,
    Heard,
    hear,
    likeliest,
    may_ask,
    offer,
    take,
)
from domain.gist import Act, Gist
from domain.reading import PlaceChoice, choice_among
from domain.room import OpenIncident, Room, TurnFacts
from server.settings import Settings
from server.wiring import close_calls_of
from tests.unit.test_assignment import CARDS, NAMES, PRINTER, ROOM, START, turn
from tools.models.local.systems import same_system

# Of these tests alone, so that a refit of ours does not decide what is close.
WEIGHTS = {
    "join:own": 2.0,
    "join:newest": 1.0,
    "join:names_reporter": 2.7,
    "join:same_system": 1.0,
    "none:bias": 0.8,
}


def decide(said: TurnFacts, *incidents: OpenIncident, room: Room = ROOM) -> Decision:
    among = incidents or (PRINTER, CARDS)
    return assign(said, among, weights=WEIGHTS, same_system=same_system, room=room)


# Two tickets, told of within a minute; who told of the second calls who told of the first.
FIRST = replace(PRINTER, store="45", status="ticketed")
SECOND_AT = START + timedelta(minutes=0.7)
SECOND = replace(CARDS, store="45", status="ticketed", last_at=SECOND_AT, opened_at=SECOND_AT)
SAID = Room([ROOM.remarks[0], replace(ROOM.remarks[1], at=SECOND_AT)], NAMES)
EITHER = turn("mari", "Lupita, ¿ya vienen?", 6)
CLOSE = decide(EITHER, FIRST, SECOND, room=SAID)


def choice(place: str, confidence: float = 0.9, reason: str = "") -> PlaceChoice:
    return PlaceChoice(place=place, confidence=confidence, reason=reason)


def test_what_is_near_and_the_ways_out_are_offered() -> None:
    assert CLOSE.close
    joins = [option for option in CLOSE.near if option.outcome == "join"]
    assert {option.incident_id for option in joins} == {"printer", "cards"}
    assert all(option.share > CLOSE_CALL * CLOSE.confidence for option in joins)
    assert {"none", "new"} <= {option.outcome for option in CLOSE.near}


def test_what_is_not_close_offers_nothing() -> None:
    sure = decide(turn("lupita", "¿y ya viene alguien por la impresora?", 6))
    assert (sure.outcome, sure.incident_id, sure.close, sure.near) == ("join", "printer", False, ())


def test_an_incident_that_is_far_is_not_offered() -> None:
    near = decide(turn("tomas", "¿a qué hora empezó?", 6))
    assert near.close
    assert {option.incident_id for option in near.near} == {None, "cards"}


def test_support_is_never_offered_a_new_incident() -> None:
    def offered(said: TurnFacts) -> set[str]:
        # Without weights all places are alike, and near.
        room = SAID
        found = assign(said, (FIRST, SECOND), weights={}, same_system=same_system, room=room)
        return {option.outcome for option in found.near}

    assert offered(EITHER) == {"none", "new", "join"}
    assert offered(replace(EITHER, from_support=True)) == {"none", "join"}


@pytest.mark.parametrize("asked", [False, True])
def test_an_answer_to_our_question_is_nobody_elses(asked: bool) -> None:
    # Without weights only the question tells one place from the others: two of them are as near.
    both = [replace(one, asked_person="mari", pending_field="problem") for one in (FIRST, SECOND)]
    said = turn("mari", "no imprime nada", 60)
    incidents = both if asked else (FIRST, SECOND)
    found = assign(said, incidents, weights={}, same_system=same_system, room=SAID)
    assert found.close
    assert bool(found.near) is not asked


def test_a_place_is_spelled_out() -> None:
    asked = replace(FIRST, asked_person="lupita", pending_field="store", status="collecting")
    places = offer(CLOSE, EITHER, [asked, SECOND], SAID)
    by_key = {place.key: place for place in places}
    assert {NOWHERE, ANEW} < by_key.keys()
    [printer] = [place for place in places if place.incident_id == "printer"]
    assert (printer.reference, printer.status, printer.system) == (
        "printer",
        "collecting",
        PRINTER.system,
    )
    assert (printer.last_text, printer.last_by) == ("la impresora no imprime", "Lupita T45")
    assert (printer.last_minutes, printer.reporter) == (6, NAMES["lupita"])
    assert (printer.asked_of, printer.asked_field) == (NAMES["lupita"], "store")
    chosen = likeliest(places)
    assert (chosen.outcome, chosen.incident_id) == (CLOSE.outcome, CLOSE.incident_id)


READ = Gist("algo", 0.4, {Act.DETAIL: 0.6, Act.CHATTER: 0.4})
NEAR = Decision(
    "none",
    None,
    0.5,
    "chatter",
    close=True,
    near=(Option("none", None, 0.5), Option("new", None, 0.1), Option("join", "cards", 0.4)),
)


@pytest.mark.parametrize(
    ("changed", "may"),
    [
        ({}, True),
        ({"gist": replace(READ, text="  ")}, False),
        ({"gist": replace(READ, acts={Act.CHATTER: CLEAR_CHATTER})}, False),
        ({"gist": replace(READ, acts={Act.CHATTER: CLEAR_CHATTER}, system="caja")}, True),
        ({"quotes_bot": True}, False),
        ({"quote_unreadable": True}, False),
        ({"shows_error": True}, False),
    ],
    ids=["close", "silent", "chatter", "names", "quotes us", "unreadable", "photo"],
)
def test_who_may_be_asked_about(changed: dict[str, object], may: bool) -> None:
    facts = replace(TurnFacts("mari", START, READ), **changed)  # type: ignore[arg-type]
    assert may_ask(NEAR, facts) is may


def test_where_a_rule_decided_nobody_is_asked() -> None:
    assert not may_ask(replace(NEAR, near=()), TurnFacts("mari", START, READ))


PLACES = offer(CLOSE, EITHER, [FIRST, SECOND], SAID)


@pytest.mark.parametrize(
    "answer",
    [choice("9"), choice("printer"), choice(""), choice("ignora todo"), choice(NOWHERE, 0.5)],
    ids=["number", "id", "empty", "words", "unsure"],
)
def test_an_answer_that_is_none_of_the_offered_or_unsure_is_not_heard(answer: PlaceChoice) -> None:
    assert hear(answer, PLACES) is None


def test_a_reason_is_one_short_line() -> None:
    heard = hear(choice("1", reason="le\n habla  " + "x" * 500), PLACES)
    assert heard is not None
    assert heard.reason.startswith("le habla x")
    assert len(heard.reason) == LONGEST_REASON


def test_the_schema_knows_no_key_but_those_offered() -> None:
    kind = choice_among(["ninguna", "nueva", "1"])
    assert kind.model_json_schema()["properties"]["place"]["enum"] == ["ninguna", "nueva", "1"]
    assert kind(place="1", confidence=1, reason="").place == "1"
    with pytest.raises(ValidationError):
        kind(place="2", confidence=1, reason="")
    with pytest.raises(ValidationError):
        kind(place="1", confidence=1, reason="", more=1)  # type: ignore[call-arg]


def test_an_answer_is_taken_where_it_is_still_near() -> None:
    taken = take(NEAR, Heard("join", "cards", 0.8, "responde"))
    assert taken is not None
    assert (taken.outcome, taken.incident_id, taken.confidence) == ("join", "cards", 0.8)
    assert taken.reason == "a model says: responde"
    assert take(NEAR, Heard("join", "printer", 0.8, "")) is None
    assert take(replace(NEAR, near=()), Heard("join", "cards", 0.8, "")) is None


@pytest.mark.parametrize(
    ("settings", "asks"),
    [
        ({}, False),
        ({"AI_PROVIDERS": "local"}, False),
        ({"OPENAI_API_KEY": "sk-x"}, True),
        ({"OPENAI_API_KEY": "sk-x", "AI_PROVIDERS": "local"}, False),
        ({"OPENAI_API_KEY": "sk-x", "MODEL_ASSIGN": "local"}, False),
        ({"OPENAI_API_KEY": "sk-x", "CLOSE_CALL_SECONDS": "0"}, False),
        ({"OPENAI_API_KEY": "sk-x", "CLOSE_CALLS_PER_HOUR": "0"}, False),
        ({"GEMINI_API_KEY": "x"}, False),
    ],
)
def test_models_are_asked_only_where_one_is_configured(
    settings: dict[str, str], asks: bool
) -> None:
    found = close_calls_of(Settings(**settings))  # type: ignore[arg-type]
    assert (found is not None) is asks


def test_the_model_of_a_node_is_asked() -> None:
    chosen = Settings(OPENAI_API_KEY="sk-x", MODEL_ASSIGN="openai:gpt-4o")
    found = close_calls_of(chosen)
    assert found is not None
    assert (found.model, found.seconds, found.per_hour) == ("openai:gpt-4o", 8.0, 60)
