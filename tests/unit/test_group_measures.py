"""The measures of judgement, on examples small enough to count by hand."""

from __future__ import annotations

import math

import pytest

from evals.group.measures import (
    Tally,
    adjusted_rand,
    detected,
    exact,
    linked,
    one_to_one,
    overlap,
    pairs_under_one,
    variation,
)

GOLD = ["a", "a", None, "b", "b", "a"]
SAID = ["x", "x", "y", "y", "y", None]


def test_detection_counts_messages_that_belong_to_some_incident() -> None:
    assert detected(GOLD, SAID) == (4, 5, 5)
    tally = Tally()
    tally.add(4, 5, 5)
    assert (tally.precision, tally.recall, tally.f1) == (0.8, 0.8, 0.8)


def test_nothing_said_of_nothing_is_perfect_and_of_something_is_not() -> None:
    assert Tally().f1 == 1.0
    assert Tally(0, 0, 3).precision == 0.0
    assert Tally(0, 3, 0).recall == 0.0


def test_a_conversation_counts_only_when_every_message_is_right() -> None:
    # Gold: {0, 1, 5}, {3, 4}. Said: {0, 1}, {2, 3, 4}.
    assert exact(GOLD, SAID) == (0, 2, 2)
    assert exact(["a", "a", "b", "b"], ["x", "x", "y", "z"]) == (1, 1, 2)


def test_a_link_is_to_the_nearest_earlier_message_of_the_same_incident() -> None:
    # Gold links: 0-1, 1-5, 3-4. Said links: 0-1, 2-3, 3-4.
    assert linked(GOLD, SAID) == (2, 3, 3)


def test_the_best_matching_takes_each_label_once() -> None:
    gold, said = ["a", "a", "a", "b"], ["x", "x", "y", "x"]
    assert overlap(gold, said) == {"a": "x"}
    assert one_to_one(gold, said) == 0.5
    assert one_to_one(["a", "b"], ["x", "x"]) == 0.5
    assert one_to_one([], []) == 1.0


def test_variation_of_information_is_one_for_the_same_partition() -> None:
    assert variation(["a", "a", "b"], ["x", "x", "y"]) == 1.0
    # Everything in one against two halves: VI is the entropy of the halves, log 2 of log 4.
    halves = variation(["a", "a", "b", "b"], ["x", "x", "x", "x"])
    assert halves == pytest.approx(1 - math.log(2) / math.log(4))


def test_the_adjusted_rand_index_is_zero_by_chance() -> None:
    assert adjusted_rand(["a", "a", "b"], ["x", "x", "y"]) == 1.0
    # Pairs: both 2, gold 6, said 4, of 15; (2 - 1.6) / (5 - 1.6).
    gold, said = ["a", "a", "a", "b", "b", "b"], ["x", "x", "y", "y", "z", "z"]
    assert adjusted_rand(gold, said) == pytest.approx((2 - 6 * 3 / 15) / (4.5 - 6 * 3 / 15))


def test_an_outage_of_three_reports_has_three_pairs() -> None:
    assert pairs_under_one([["i1", "i2", "i3"], ["i4"]]) == {
        frozenset(("i1", "i2")),
        frozenset(("i1", "i3")),
        frozenset(("i2", "i3")),
    }
