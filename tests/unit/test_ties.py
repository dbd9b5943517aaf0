"""Ties: what a text seeks in what was said before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.assignment import assign
from domain.deciding.sense import Seeks
from domain.deciding.ties import Sought, square
from domain.deciding.weighing import places
from domain.gist import Gist
from domain.room import OpenIncident, Remark, Room, TurnFacts
from evals.fit_ties import bursts_of, fit_ties, scenes_of
from evals.group.chat import parse_chat
from server.persistence.senses import packed, unpacked
from tools.models.local.meaning import embed
from tools.models.local.systems import same_system

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
SEEKS = Seeks((0.0, 2.0), 0.5, (1.0, 0.0), (0.0, 1.0), (3.0, 0.0), nothing=0.2, new=0.7)
TURN = TurnFacts("ana", NOW, Gist("¿tiene batería?", 0.3, sense=(1.0, 1.0), seeks=SEEKS))


def opened(id: str, meaning: tuple[float, ...]) -> OpenIncident:
    """An incident that somebody else opened ten minutes ago."""
    then = NOW - timedelta(minutes=10)
    return OpenIncident(id, "ticketed", "bea", frozenset({"bea"}), then, meaning=meaning)


def said(number: int, who: str, incident: str | None, sense: tuple[float, ...]) -> Remark:
    at = NOW - timedelta(minutes=10 - number)
    return Remark(f"m{number}", who, who, at, "algo", incident, "detail", sense)


def evidence(turn: TurnFacts, incidents: list[OpenIncident], room: Room) -> list[dict[str, float]]:
    return [place.evidence for place in places(turn, incidents, room, same_system)]


def test_how_near_something_is_to_what_is_sought_is_the_sum_of_the_products() -> None:
    sought, other = (0.5, -2.0, 3.0), (4.0, 1.5, -0.25)
    found = Sought(sought).near(other, square(other))
    assert found == pytest.approx(sum(a * b for a, b in zip(sought, other, strict=True)))


def test_an_incident_is_tied_by_its_first_words_and_by_what_was_said_in_it() -> None:
    room = Room([said(1, "bea", "i1", (1.0, 0.0)), said(2, "carlos", "i1", (2.0, 4.0))])
    join = evidence(TURN, [opened("i1", (0.0, 1.0))], room)[2]
    assert join["join:tie_first"] == pytest.approx(2.0 + 0.5)
    assert join["join:tie_said"] == pytest.approx((1.0 + 2.0) / 2)
    assert join["join:tie_reply"] == pytest.approx(4.0)
    assert "join:tie_on" not in join


def test_ones_own_last_words_are_gone_on_about_and_not_replied_to() -> None:
    room = Room([said(1, "ana", "i1", (2.0, 4.0))])
    join = evidence(TURN, [opened("i1", ())], room)[2]
    assert join["join:tie_on"] == pytest.approx(6.0)
    assert "join:tie_reply" not in join
    assert "join:tie_first" not in join


def test_small_talk_is_tied_to_the_last_small_talk() -> None:
    room = Room([said(1, "bea", None, (0.0, 9.0)), said(2, "bea", None, (0.0, 3.0))])
    none, new = evidence(TURN, [], room)[:2]
    assert none["none:tie"] == pytest.approx(0.2)
    assert none["none:tie_reply"] == pytest.approx(3.0)
    assert new["new:tie"] == pytest.approx(0.7)


def test_a_text_without_ties_has_none() -> None:
    turn = replace(TURN, gist=Gist("hola", 0.1))
    found = evidence(turn, [opened("i1", (0.0, 1.0))], Room([said(1, "bea", "i1", (1.0, 0.0))]))
    assert not [name for one in found for name in one if "tie" in name]


def test_ties_decide_between_incidents_that_are_alike_in_all_else() -> None:
    room = Room([said(1, "bea", "i1", ()), said(1, "bea", "i2", ())])
    incidents = [opened("i1", (1.0, 0.0)), opened("i2", (0.0, 1.0))]
    weights = {"join:tie_first": 1.0}
    for order in (incidents, incidents[::-1]):
        decision = assign(TURN, order, weights=weights, same_system=same_system, room=room)
        assert decision.incident_id == "i2"


def test_a_sense_is_kept_with_its_turn_as_a_short_text() -> None:
    sense = tuple(n / 8 for n in range(64))
    assert unpacked(packed(sense)) == sense
    assert len(packed(sense)) < 200
    assert unpacked(None) == ()


CHAT = """
{"group": "G", "incidents": {"i1": {"system": "impresora"}, "i2": {"system": "internet"}}}
{"id": "1", "at": "2026-03-02T09:00:00Z", "from": "a", "text": "la impresora no imprime", "gold": {"kind": "report", "incident": "i1"}}
{"id": "2", "at": "2026-03-02T09:00:10Z", "from": "a", "text": "saca hojas en blanco", "gold": {"kind": "detail", "incident": "i1"}}
{"id": "3", "at": "2026-03-02T09:00:12Z", "from": "b", "text": "no hay internet", "gold": {"kind": "report", "incident": "i2"}}
{"id": "4", "at": "2026-03-02T09:03:00Z", "from": "c", "text": "qué luces tiene el router?", "gold": {"kind": "detail", "incident": "i2"}}
{"id": "5", "at": "2026-03-02T09:04:00Z", "from": "c", "text": "tiene papel?", "gold": {"kind": "detail", "incident": "i1"}}
{"id": "6", "at": "2026-03-02T09:05:00Z", "from": "d", "text": "feliz cumple", "gold": {"kind": "chatter"}}
"""  # noqa: E501 - one line a message


def test_ties_are_fitted_on_bursts_among_what_was_open() -> None:
    chat = parse_chat(CHAT.strip().splitlines(), "made up")
    assert [[m.id for m in burst] for burst in bursts_of(chat)] == [
        ["1", "2"], ["3"], ["4"], ["5"], ["6"],
    ]  # fmt: skip
    ties = fit_ties([chat])
    senses = {
        text: ties.sense_of(embed(text)).astype("float64")
        for text in (
            "la impresora no imprime\nsaca hojas en blanco", "no hay internet",
            "qué luces tiene el router?", "tiene papel?", "feliz cumple",
        )
    }  # fmt: skip
    assert [scene.right for scene in scenes_of(chat, senses)] == [1, 1, 3, 2, 0]


def test_what_was_learnt_ties_a_question_to_what_it_is_asked_about() -> None:
    chat = parse_chat(CHAT.strip().splitlines(), "made up")
    _, seeks = fit_ties([chat]).of(embed("tiene papel?"))
    printer, network = embed("la impresora no imprime"), embed("no hay internet")
    first = sum(a * b for a, b in zip(seeks.first, printer, strict=True))
    other = sum(a * b for a, b in zip(seeks.first, network, strict=True))
    assert first > other
