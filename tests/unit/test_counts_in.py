"""Who counts themselves in for a failure, and who counts something else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.deciding.echo import counts_for, has_the_same, is_bare
from domain.deciding.kinship import Kin
from domain.room import OpenIncident, TurnFacts
from domain.sayings.here_too import counts_in
from tools.models.local.reader import LocalReader
from tools.models.local.systems import same_system

READER = LocalReader()
AT = datetime(2026, 1, 1, 12, tzinfo=UTC)
OUTAGE = OpenIncident(
    "i1",
    "ticketed",
    "rosa",
    frozenset({"rosa"}),
    AT - timedelta(minutes=5),
    "7",
    "sistema",
    None,
    READER.read("no hay sistema, no podemos cobrar").meaning,
    opened_at=AT - timedelta(minutes=5),
)


@pytest.mark.parametrize("text", ["x2", "x3 en la 9", "sin sistema x2", "+1"])
def test_who_has_it_too_counts_in(text: str) -> None:
    assert counts_for(READER.read(text), None)


@pytest.mark.parametrize(
    "text", ["jajaja x2", "muchas felicidades x3", "gracias! x4", "lenovo x1", "+54 9 11 5555 4444"]
)
def test_who_counts_something_else_does_not(text: str) -> None:
    assert not counts_for(READER.read(text), None)


def test_a_telephone_number_counts_nobody_in() -> None:
    assert not counts_in("+54 9 11 5555 4444")
    assert counts_in("+1")


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("acá igual", True),
        ("acá también sin sistema", True),
        ("jajaja x2", False),
        ("muchas felicidades x3", False),
        ("gracias! x4", False),
        ("acá también ya", False),
        ("en la 8 también volvió", False),
    ],
)
def test_what_has_the_same(text: str, same: bool) -> None:
    turn = TurnFacts("beto", AT, READER.read(text), home_store="9")
    assert has_the_same(turn, [OUTAGE], Kin("i1", 0.95), same_system) is same


@pytest.mark.parametrize("text", ["gracias x2", "felicidades, igual", "x2 jajaja"])
def test_thanks_and_laughs_are_no_bare_echo(text: str) -> None:
    assert not is_bare(text, None)
