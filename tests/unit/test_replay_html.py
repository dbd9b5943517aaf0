"""A replay as one HTML file: whole, without script, and with the chat's words as text."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest

from server.replay.html import Said, to_html
from server.replay.report import ReplayIncident, ReplayResult

AT = datetime(2026, 3, 9, 9, 10, tzinfo=UTC)
NASTY = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'>&"
ZONE = ZoneInfo("America/Mexico_City")


def a_result(words: str) -> ReplayResult:
    incident = ReplayIncident(
        messages=[words],
        store=words,
        system=words,
        category="technical",
        priority="urgent",
        missing=["store"],
        subject=words,
        would_ask=[words],
        status="collecting",
        opened_at=AT,
        message_ids=["m1"],
    )
    return ReplayResult(
        group=words,
        messages=2,
        people=1,
        first_at=AT,
        last_at=AT,
        incidents=[incident],
        chatter=1,
        model_calls=2,
        usd=0.0,
        seconds=1.0,
    )


class Tags(HTMLParser):
    """The tags of a page and the text between them."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.handlers: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "src"]

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    return tags


@pytest.mark.parametrize("language", ["es", "en", "pt"])
def test_words_of_the_chat_stay_words(language: str) -> None:
    said = [Said('m1"><script>', AT, NASTY, NASTY), Said("m2", AT, NASTY, "")]
    tags = read(to_html(a_result(NASTY), said, ZONE, language))
    assert not {"script", "img", "iframe", "link", "object"} & set(tags.names)
    assert tags.handlers == []
    assert tags.text.count("<script>alert(1)</script>") >= 6


def test_chat_and_decisions_lead_to_each_other() -> None:
    said = [
        Said("m1", AT, "Lupita", "La impresora no imprime"),
        Said("m2", AT, "Beto", "Buenos días"),
    ]
    html = to_html(a_result("Impresora no imprime"), said, ZONE, "es")
    assert html.count('href="#i1"') == 1
    assert 'id="i1"' in html
    text = read(html).text
    assert "2026-03-09 03:10" in text, "the time is not the phone's"
    assert "preguntaría: Impresora no imprime" in text
    assert "unsafe" not in html
