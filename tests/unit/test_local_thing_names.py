"""Rules that are about things call them as the list of things does: a typo would switch one off."""

from __future__ import annotations

import pytest

from tools.models.local import categories, clauses, failing, features, happenings, haste, systems
from tools.models.local.lexicon import read_lines

NAMES = {line.partition(":")[0].strip() for line in read_lines("systems.txt")}
CARRIED = {part for parts in clauses._CARRIES.values() for part in parts.split("|")} - {"*"}
USED = {
    "categories._TECHNICAL": categories._TECHNICAL,
    "categories._OPERATIONAL": categories._OPERATIONAL,
    "clauses._CARRIES": CARRIED | clauses._CARRIES.keys(),
    "clauses._UNPOWERED": clauses._UNPOWERED,
    "failing._WHOLES": failing._WHOLES,
    "features._TECHNICAL": features._TECHNICAL,
    "haste._CALM_THINGS": haste._CALM_THINGS,
    "haste._MAY_HARM": haste._MAY_HARM,
    "systems._RELATED": frozenset().union(*systems._RELATED),
    "systems._SHARED": systems._SHARED,
}
HAPPENINGS = {name for name, _ in happenings._HAPPENINGS}


@pytest.mark.parametrize("names", USED.values(), ids=USED)
def test_every_thing_that_a_rule_names_is_one_of_the_list(names: frozenset[str]) -> None:
    assert names - NAMES == set()


@pytest.mark.parametrize(
    "names",
    [haste._DANGERS, happenings._OF_PEOPLE, failing._MAY_BE_OVER],
    ids=["haste._DANGERS", "happenings._OF_PEOPLE", "failing._MAY_BE_OVER"],
)
def test_every_happening_that_a_rule_names_is_told_by_some_words(names: frozenset[str]) -> None:
    assert names - HAPPENINGS == set()


def test_every_happening_is_something_that_the_list_knows() -> None:
    assert {name for name in HAPPENINGS if not systems.concepts_of(name)} == set()


def test_nothing_is_both_technical_and_operational() -> None:
    assert set() == categories._TECHNICAL & categories._OPERATIONAL
