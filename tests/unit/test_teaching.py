"""What is left out of a fit, so that it judges what it has not learnt from."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path

import pytest

from domain.room import Room
from evals.fit_local import tuning_chats
from evals.group.chat import LabelledChat, parse_chat
from evals.teaching import FOLDS, Teacher, folds_of, writer_of
from server.wiring import choose_judge
from tests.unit.test_assignment import START, incident, turn


@pytest.mark.parametrize(
    ("name", "writer"),
    [
        ("tune6/mx-farmacia-g", "g"),
        ("tune9/cl-deportes-9u", "9u"),
        ("tune4/co-a-descuento1", "a"),
        ("tune8/es-tiendas-ropa-w", "w"),
        ("tune5/uy-muebles1", "tune5"),
        ("tune/ar-caba", "tune"),
    ],
)
def test_who_wrote_a_chat(name: str, writer: str) -> None:
    assert writer_of(Path("evals/chats") / f"{name}.jsonl") == writer


def test_every_chat_is_in_one_part_and_every_writer_too() -> None:
    files = tuning_chats()
    parts = folds_of(files)
    assert len(parts) == FOLDS
    assert sorted(path for part in parts for path in part) == sorted(files)
    homes = Counter(writer for part in parts for writer in {writer_of(path) for path in part})
    assert set(homes.values()) == {1}
    assert max(map(len, parts)) < 1.3 * min(map(len, parts))


def test_a_single_writer_is_one_part() -> None:
    assert len(folds_of([Path("tune/ar-one.jsonl"), Path("tune/mx-two.jsonl")])) == 1


def labelled(*ids: str) -> LabelledChat:
    """A chat of one person, all of whose messages are reports of the same thing."""
    head = {"group": "Tiendas Norte", "incidents": {"printer": {"system": "impresora"}}}
    said = {
        "from": "lupita",
        "at": START.isoformat(),
        "text": "la impresora no imprime",
        "gold": {"kind": "report", "incident": "printer"},
    }
    return parse_chat(map(json.dumps, [head, *({**said, "id": id} for id in ids)]), "one")


def test_what_is_told_of_after_its_end_begins_another_incident() -> None:
    base = choose_judge()
    known = {one.name: getattr(base, one.name) for one in fields(base)}
    teacher = Teacher(**known, chat=labelled("m1", "m2", "m3"))
    text = "la impresora no imprime"
    first = teacher.decide(turn("lupita", text, 0, message_ids=("m1",)), [], Room())
    again = teacher.decide(turn("lupita", text, 60, message_ids=("m2",)), [], Room())
    assert (first.outcome, again.outcome) == ("new", "new")
    assert again.incident_id != first.incident_id
    there = replace(incident("", "lupita", text, 60), id=str(again.incident_id))
    joined = teacher.decide(turn("lupita", text, 61, message_ids=("m3",)), [there], Room())
    assert (joined.outcome, joined.incident_id) == ("join", again.incident_id)
