"""Labelled chats: what is wrong with one is told with its line; ours are as the labels demand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from domain.errors import BadInput
from evals.group.chat import parse_chat, read_chat
from evals.group.score import Score

CHATS = sorted((Path(__file__).parents[2] / "evals" / "chats").glob("*/*.jsonl"))
HEAD = '{"group": "Tiendas Norte", "country": "MX", "incidents": {"i1": {"store": "45"}}}'


def line(**more: object) -> str:
    said = {
        "id": "m1",
        "at": "2026-03-02T09:14:05-06:00",
        "from": "p1",
        "name": "Lupita",
        "text": "no imprime",
        "gold": {"kind": "report", "incident": "i1"},
    }
    return json.dumps({**said, **more})


def test_reads_a_chat_with_what_may_be_missing() -> None:
    chat = parse_chat([HEAD, "", line()], "x.jsonl")
    [said] = chat.messages
    assert (said.sender, said.quotes, said.media, said.gold.incident) == ("p1", None, None, "i1")
    assert chat.family("i1") == "i1"


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ([], "the first line, which names the group, is missing"),
        ([HEAD, "{no"], "line 2: not JSON"),
        ([HEAD, line(gold={"kind": "joke"})], "line 2: gold.kind"),
        ([HEAD, line(gold={"kind": "report", "incident": "i9"})], "line 2: i9 is not among"),
        ([HEAD, line(), line()], "line 3: the id m1 is there twice"),
        ([HEAD, line(at="2026-03-02T09:14:05")], "line 2: at has no offset"),
        ([HEAD, line(edits="m7")], "line 2: edits names m7"),
        (['{"group": "x", "incidents": {"a": {"parent": "b"}}}'], "line 1: the parent of a"),
    ],
)
def test_says_which_line_is_wrong(lines: list[str], complaint: str) -> None:
    with pytest.raises(BadInput, match=complaint):
        parse_chat(lines, "x.jsonl")


def test_our_chats_are_readable_and_none_is_in_both_parts() -> None:
    chats = [read_chat(path) for path in CHATS]
    tune = {p.stem for p in CHATS if p.parent.name == "tune"}
    report = {p.stem for p in CHATS if p.parent.name == "report"}
    assert not tune & report
    assert len(chats) >= 18
    assert sum(len(chat.messages) for chat in chats) >= 1500
    assert {chat.country for chat in chats} >= {"MX", "ES", "CO", "AR", "PE", "CL"}


@pytest.mark.parametrize("path", CHATS, ids=lambda p: p.stem)
def test_an_incident_begins_with_a_report(path: Path) -> None:
    chat = read_chat(path)
    begun: set[str] = set()
    for said in chat.messages:
        assert (said.gold.kind == "chatter") <= (said.gold.incident is None)
        if said.gold.incident is None or said.gold.incident in begun:
            continue
        assert said.gold.kind in {"report", "same_problem", "command"}, said
        begun.add(said.gold.incident)
    assert begun == set(chat.incidents)


def test_conversations_are_measured_over_messages_with_an_incident() -> None:
    """Chatter kept with an incident is a false alarm; only the stricter figures count it again."""
    chatter = {"kind": "chatter", "incident": None}
    detail = {"kind": "detail", "incident": "i1"}
    chat = parse_chat(
        [HEAD, line(), line(id="m2", gold=chatter), line(id="m3", gold=detail)], "x.jsonl"
    )
    swallowed, missed = Score(), Score()
    swallowed.take(chat, ["a", "a", "a"], {})
    missed.take(chat, ["a", None, None], {})
    found = swallowed.figures()
    assert found["incident"]["precision"] == pytest.approx(2 / 3, abs=1e-4)
    assert (found["assignment"]["exact_f"], found["assignment"]["link_f"]) == (1.0, 1.0)
    assert found["assignment"]["exact_f_of_all"] == found["assignment"]["link_f_of_all"] == 0.0
    assert missed.figures()["assignment"]["exact_f"] == 0.0
