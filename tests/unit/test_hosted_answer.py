"""A model's text is data: what is taken of it, and what it costs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from langchain_core.messages import AIMessage

from domain.reading import Classification, Extraction, FollowUp
from tools.models.hosted.answer import LONGEST_LIST, LONGEST_TEXT, Unusable, read_answer
from tools.models.hosted.usage import Price, Prices

EXTRACTION = {
    "problem": "no imprime",
    "system": "impresora",
    "store": "45",
    "error": None,
    "affected": None,
    "refused": False,
}


def wrote(value: object) -> AIMessage:
    return AIMessage(value if isinstance(value, str) else json.dumps(value))


def test_json_is_read_fenced_or_not() -> None:
    text = json.dumps(EXTRACTION)
    for one in (text, f"```json\n{text}\n```", f"\n```\n{text}```  ", f"  {text}\n"):
        assert read_answer(wrote(one), Extraction).store == "45"


@pytest.mark.parametrize(
    "message",
    [
        wrote(""),
        wrote("   "),
        wrote("Sure! {}"),
        wrote({}),
        wrote({**EXTRACTION, "more": 1}),
        wrote({**EXTRACTION, "refused": "perhaps"}),
        wrote({**EXTRACTION, "problem": "x" * 20_000}),
        AIMessage("", additional_kwargs={"refusal": "no"}),
        AIMessage("", tool_calls=[{"name": "x", "args": {}, "id": "1"}]),
    ],
)
def test_anything_else_is_not_usable(message: AIMessage) -> None:
    with pytest.raises(Unusable):
        read_answer(message, Extraction)


def test_what_was_wrong_is_told_without_what_people_wrote() -> None:
    with pytest.raises(Unusable) as found:
        read_answer(wrote({**EXTRACTION, "refused": "Lupita 5512345678"}), Extraction)
    assert found.value.reason == "refused: bool_parsing"
    assert "Lupita" in found.value.wrote


def test_links_that_nobody_wrote_are_taken_out() -> None:
    answer = {"act": "status_question", "reply": "Vea https://evil.example/x o https://ok.mx/t"}
    read = read_answer(wrote(answer), FollowUp, sources="miren https://ok.mx/t por favor")
    assert read.reply == "Vea  o https://ok.mx/t"


def test_texts_and_lists_are_capped() -> None:
    answer = {
        "is_incident": True,
        "confidence": 1,
        "category": "technical",
        "priority": "urgent",
        "trigger_words": [f"w{n}" for n in range(100)],
        "sentiment": "negative",
        "summary": "x" * 5_000 + "\x1b[31m",
        "requires_human_escalation": False,
        "suggested_articles": [],
        "estimated_resolution_minutes": 5,
    }
    read = read_answer(wrote(answer), Classification)
    assert len(read.summary) == LONGEST_TEXT
    assert len(read.trigger_words) == LONGEST_LIST


def test_the_price_table_is_dated_and_knows_the_default_model() -> None:
    prices = Prices.load()
    table = Path(__file__).parents[2] / "tools" / "models" / "hosted" / "prices.json"
    assert date.fromisoformat(json.loads(table.read_text())["as_of"]) >= date(2026, 1, 1)
    assert prices.cost("gpt-4o-mini", 1_000_000, 1_000_000) == pytest.approx(0.75)
    assert prices.cost("gpt-4o-mini-2024-07-18", 1_000_000, 0) == pytest.approx(0.15)
    assert prices.cost("gpt-4o-mini", 1_000_000, 0, cached=1_000_000) == pytest.approx(0.075)
    assert prices.cost("gpt-4o-mini-audio", 1, 1) is None
    assert prices.cost("", 1, 1) is None


def test_a_setting_beats_the_table() -> None:
    prices = Prices.load({"gpt-4o-mini": Price(1, 2), "ours": Price(0, 0)})
    assert prices.cost("gpt-4o-mini", 1_000_000, 500_000, cached=1_000_000) == pytest.approx(2)
    assert prices.cost("ours", 10, 10) == 0
    assert Prices.load().cost("ours", 10, 10) is None
