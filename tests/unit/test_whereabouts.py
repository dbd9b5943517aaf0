"""What is known of somebody's store, from what was said before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from domain.whereabouts import (
    FORGOTTEN_AFTER,
    Moved,
    Sighting,
    Stay,
    named_after,
    of_group,
    of_person,
)

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def seen(*stores: str, by: str = "p1", days: float = 1) -> list[Sighting]:
    """One report a day, the newest yesterday; '54!45' says that it is 54 and not 45."""
    found = []
    for place, store in enumerate(stores):
        name, _, denied = store.partition("!")
        at = NOW - timedelta(days=days + len(stores) - 1 - place)
        found.append(Sighting(name, at, by, denied or None))
    return found


@pytest.mark.parametrize(
    ("stores", "store", "certainty"),
    [
        ([], None, "unknown"),
        (["45"], "45", "known"),
        (["45", "Polanco"], None, "uncertain"),  # who speaks for two stores is asked
        (["45", "45", "45", "9"], "45", "known"),  # a visit
        (["45", "45", "9", "9", "9"], "9", "known"),  # moved
        (["45", "54!45"], "54", "known"),
        (["45", "54!45", "54"], "54", "known"),
        (["polanco", "Polanco"], "Polanco", "known"),
        (["45", "9", "12", "45", "9"], None, "uncertain"),  # a zone manager
    ],
)
def test_the_store_of_a_person(stores: Sequence[str], store: str | None, certainty: str) -> None:
    found = of_person(seen(*stores), NOW)
    assert (found.store, found.certainty) == (store, certainty), found.reason


@pytest.mark.parametrize(
    ("stores", "move", "hours", "store", "certainty"),
    [
        (["18"], Moved("40"), 12, "40", "known"),
        (["18", "18", "18"], Moved("40"), 900, "40", "known"),
        (["18"], Moved(None, left="18"), 12, None, "uncertain"),
        (["18"], Moved(None), 12, None, "uncertain"),
        (["18", "40"], Moved(None, left="18"), 12, "40", "known"),
        (["18"], Moved("25", Stay.TODAY), 3, "25", "known"),
        (["18"], Moved("25", Stay.TODAY), 20, "18", "known"),
        (["18"], Moved("9", Stay.NOW), 20, "9", "known"),
        (["18", "40"], Moved("9", Stay.NOW), 20, None, "uncertain"),  # one of several
        ([], Moved("40"), 12, "40", "known"),
    ],
)
def test_who_says_that_they_moved_has(
    stores: Sequence[str], move: Moved, hours: float, store: str | None, certainty: str
) -> None:
    found = of_person(seen(*stores, days=60), NOW, [(NOW - timedelta(hours=hours), move)])
    assert (found.store, found.certainty) == (store, certainty), found.reason


def test_who_is_back_says_so_in_a_report() -> None:
    move = (NOW - timedelta(days=2), Moved("40"))
    assert of_person(seen("18"), NOW, [move]).certainty == "uncertain"


def test_what_nobody_confirms_is_forgotten() -> None:
    days = FORGOTTEN_AFTER.days
    assert of_person(seen("45", days=days - 1), NOW).store == "45"
    assert of_person(seen("45", days=days + 1), NOW).certainty == "unknown"


def test_a_group_is_of_one_store_only_when_several_agree() -> None:
    assert of_group(seen("45"), NOW).certainty == "uncertain"
    assert of_group([*seen("45"), *seen("45", by="p2")], NOW).store == "45"
    assert of_group(seen("45", "45", "45"), NOW).store == "45"
    assert of_group([*seen("45", "45", "45"), *seen("9", by="p2")], NOW).store is None


def test_a_group_is_not_of_one_store_because_two_of_many_are() -> None:
    agree = [*seen("45"), *seen("45", by="p2")]
    assert of_group(agree, NOW, writers=6).store == "45"
    assert of_group(agree, NOW, writers=7).certainty == "uncertain"
    assert of_group(seen("45", "45", "45"), NOW, writers=3).store == "45"


@pytest.mark.parametrize(
    ("name", "store"),
    [
        ("Yoli Coapa", "Coapa"),
        ("yoli coápa", "Coapa"),
        ("Coapa", None),  # somebody's own name
        ("Coapa Ventas", None),
        ("Yoli", None),
        ("Yoli 45", None),
    ],
)
def test_a_name_that_ends_in_a_place_of_the_group_tells_its_store(
    name: str, store: str | None
) -> None:
    assert named_after(name, {"Coapa", "Del Valle", "45"}) == store
