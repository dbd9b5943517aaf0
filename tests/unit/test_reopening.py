"""Whether 'it still fails' begins an old matter anew, or is of what was told of since."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.assignment import Decision
from domain.gist import Act, Gist
from domain.reopening import go_on_anew
from domain.room import OpenIncident, TurnFacts

NOW = datetime(2026, 3, 9, 15, 0, tzinfo=UTC)
WITHIN = timedelta(days=2)
OLD = OpenIncident(
    "old", "resolved", "p1", frozenset({"p1"}), NOW - timedelta(days=4), system="puerta"
)
OLD = replace(OLD, closed_at=NOW - timedelta(days=4))
SINCE = OpenIncident(
    "since", "ticketed", "p1", frozenset({"p1"}), NOW, opened_at=NOW - timedelta(minutes=8)
)
JOINS = Decision("join", "old", 0.6, "fits best")


def says(system: str | None = None) -> TurnFacts:
    gist = Gist("todavía no", 0.5, {Act.STILL_BROKEN: 1.0}, system=system)
    return TurnFacts("p1", NOW, gist)


def test_what_was_closed_long_ago_begins_anew() -> None:
    found = go_on_anew(JOINS, says(), OLD, WITHIN, [OLD])
    assert (found.outcome, found.follows) == ("new", "old")


def test_who_names_nothing_means_what_they_told_of_since() -> None:
    found = go_on_anew(JOINS, says(), OLD, WITHIN, [OLD, SINCE])
    assert (found.outcome, found.incident_id) == ("join", "since")


def test_who_names_the_old_thing_or_told_of_nothing_themselves_begins_it_anew() -> None:
    assert go_on_anew(JOINS, says("puerta"), OLD, WITHIN, [OLD, SINCE]).outcome == "new"
    another = replace(SINCE, reporter_id="p2")
    assert go_on_anew(JOINS, says(), OLD, WITHIN, [OLD, another]).outcome == "new"
