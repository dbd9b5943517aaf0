"""Whether 'it still fails' begins an old matter anew, or is of what was told of since."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.assignment import Decision
from domain.gist import Act, Gist
from domain.room import OpenIncident, TurnFacts
from domain.sayings.reopening import denies_the_end, go_on_anew

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


def test_who_names_nothing_means_what_was_closed_last() -> None:
    mended = replace(SINCE, status="resolved", closed_at=NOW - timedelta(minutes=30))
    found = go_on_anew(JOINS, says(), OLD, WITHIN, [OLD, mended])
    assert (found.outcome, found.incident_id) == ("join", "since")
    withdrawn = replace(OLD, status="withdrawn", closed_at=NOW - timedelta(hours=20))
    found = go_on_anew(JOINS, says(), withdrawn, WITHIN, [withdrawn, mended])
    assert (found.outcome, found.incident_id) == ("join", "since")


def test_what_is_told_of_something_else_is_of_nothing_that_was_closed_last() -> None:
    mended = replace(SINCE, status="resolved", closed_at=NOW - timedelta(minutes=30))
    reports = Gist("no enciende por nada del mundo", 0.9, {Act.REPORT: 1.0})
    for turn in (
        says("puerta"),
        replace(says(), gist=reports),
        replace(says(), person_id="p2"),
        replace(says(), from_support=True),
    ):
        found = go_on_anew(JOINS, turn, OLD, WITHIN, [OLD, mended])
        assert found.incident_id != "since"
    before = replace(mended, closed_at=NOW - timedelta(days=5))
    assert go_on_anew(JOINS, says(), OLD, WITHIN, [OLD, before]).follows == "old"


@pytest.mark.parametrize(
    "text",
    [
        "no es cierto, aun no prende", "pero todavia no hay", "no está resuelto, no pasa tarjetas",
        "por que lo cierran si no ha quedado", "reabran el ticket por favor", "no lo arreglaron",
        "por qué lo cerraron?", "favor de reabrirlo", "vuelvan a abrir el ticket",
        "no ha venido nadie", "todavía no hay luz", "sigue sin jalar", "aún no queda",
    ],
)  # fmt: skip
def test_a_closed_ticket_is_denied(text: str) -> None:
    assert denies_the_end(text)


@pytest.mark.parametrize(
    "text",
    [
        "reabran la tienda", "ya reabrieron", "no reabran el ticket", "mañana reabrimos",
        "todavía no llega el pedido", "todavía no hay pedido", "aún no me pagan", "no quedó pan",
        "por qué cerraron la tienda?", "por que cierran temprano", "jaja no es cierto",
        "gracias, ya quedó", "no está lista la nómina", "no vino Pedro", "siguen igual de caros",
    ],
)  # fmt: skip
def test_other_words_deny_nothing(text: str) -> None:
    assert not denies_the_end(text)


def test_who_asks_to_reopen_means_what_is_closed() -> None:
    ended = replace(OLD, closed_at=NOW - timedelta(hours=1))
    turn = TurnFacts("p1", NOW, Gist("reabran el ticket por favor", 0.1, {Act.COMMAND: 1.0}))
    found = go_on_anew(Decision("none", None, 0.6, "chatter"), turn, None, WITHIN, [ended, SINCE])
    assert (found.outcome, found.incident_id) == ("join", "old")
    elsewhere = replace(ended, reporter_id="p2")
    both = [elsewhere, replace(elsewhere, id="another"), SINCE]
    found = go_on_anew(Decision("none", None, 0.6, "chatter"), turn, None, WITHIN, both)
    assert found.outcome == "none"
