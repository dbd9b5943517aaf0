"""The replay's report: its JSON has what the contract promises, its terminal shows no trickery."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from server.replay.report import ReplayIncident, ReplayResult, print_report, to_json

AT = datetime(2025, 3, 12, 15, 10, tzinfo=UTC)
PRINTER = ReplayIncident(
    messages=["La impresora de tickets no imprime", "tienda 45"],
    store="45",
    system="impresora",
    category="technical",
    priority="urgent",
    missing=[],
    subject="Impresora no imprime, tienda 45",
    would_ask=[],
    status="queued",
    opened_at=AT,
    message_ids=["a1", "a2"],
)
NO_STORE = replace(
    PRINTER,
    messages=["No hay internet"],
    store=None,
    system="internet",
    priority="normal",
    missing=["store"],
    subject="No hay internet",
    would_ask=["¿En qué tienda?"],
    status="collecting",
)
RESULT = ReplayResult(
    group="Tiendas Norte",
    messages=40,
    people=6,
    first_at=AT,
    last_at=AT,
    incidents=[PRINTER, NO_STORE],
    chatter=37,
    model_calls=12,
    usd=0.0123,
    seconds=1.5,
    skipped=1,
)


def shown(result: ReplayResult, zone: ZoneInfo | None = None, *, terminal: bool = False) -> str:
    out = io.StringIO()
    print_report(result, Console(file=out, width=100, force_terminal=terminal), zone)
    return out.getvalue()


def test_json_has_the_keys_of_the_contract() -> None:
    printed = json.loads(json.dumps(to_json(RESULT)))
    assert printed["messages"] == 40
    assert printed["tickets"] == 1
    assert printed["questions"] == 1
    assert printed["chatter_share"] == pytest.approx(37 / 40)
    assert printed["first_at"] == "2025-03-12T15:10:00+00:00"
    first = printed["incidents"][0]
    contract = {
        "messages",
        "store",
        "system",
        "category",
        "priority",
        "missing",
        "subject",
        "would_ask",
    }
    assert contract <= first.keys()
    assert first["messages"] == ["La impresora de tickets no imprime", "tienda 45"]


def test_json_of_an_empty_chat() -> None:
    empty = replace(RESULT, messages=0, chatter=0, incidents=[], first_at=None, last_at=None)
    printed = to_json(empty)
    assert printed["chatter_share"] == 0
    assert printed["first_at"] is None


def test_report_tells_each_incident_and_sums_up() -> None:
    report = shown(RESULT, ZoneInfo("America/Mexico_City"))
    assert "2025-03-12 09:10" in report
    assert "Impresora no imprime, tienda 45" in report
    assert "2: La impresora de tickets no imprime" in report
    assert "¿En qué tienda?" in report
    assert "waits for the answer" in report
    assert "37 (92%)" in report
    assert "US$ 0.0123" in report
    assert "1 line of the file could not be read." in report
    assert "Nothing was sent" in report


def test_report_of_a_chat_without_incidents() -> None:
    assert "No incident found" in shown(replace(RESULT, incidents=[]))


@pytest.mark.parametrize("status", ["dismissed", "withdrawn", "merged"])
def test_an_incident_that_came_to_nothing_is_no_ticket(status: str) -> None:
    result = replace(RESULT, incidents=[replace(PRINTER, status=status)])
    assert result.tickets == 0
    assert f"none ({status})" in shown(result)


def test_words_of_the_chat_are_neither_markup_nor_control() -> None:
    nasty = replace(
        PRINTER,
        messages=["[red]roja[/red] [/] :smile: \x1b[2J\u202ereves\nsegunda línea"],
        subject="[bold]x[/bold]\x07",
        store="[link=http://x]45[/link]",
    )
    report = shown(replace(RESULT, incidents=[nasty], warnings=["\x1b]0;t\x07 [b]mal[/b]"]))
    assert "[red]roja[/red] [/] :smile: [2J reves segunda línea" in report
    assert "[bold]x[/bold]" in report
    assert "[link=http://x]45[/link]" in report
    assert "[b]mal[/b]" in report
    assert "\x1b" not in report
    assert "\x07" not in report
    assert "\u202e" not in report


def test_long_words_are_cut_and_warnings_limited() -> None:
    long = replace(PRINTER, messages=["", "a" * 500], store=None, system=None)
    report = shown(replace(RESULT, incidents=[long], warnings=[f"w{n}" for n in range(8)]))
    assert "a" * 101 not in report
    assert "…" in report
    assert "not said" in report
    assert "and 3 more warnings" in report


def test_colours_only_on_a_terminal() -> None:
    assert "\x1b[" in shown(RESULT, terminal=True)
    assert "\x1b[" not in shown(RESULT)
