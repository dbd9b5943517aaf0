"""The measures of taking a chat apart, against numbers worked out by hand."""

from __future__ import annotations

import math

import pytest

from evals.disentangling import (
    Reading,
    compare,
    conversations,
    judge_chunks,
    judge_full,
    rate,
)

GOLD = [frozenset({1, 2, 3}), frozenset({4, 5}), frozenset({6})]
AUTO = [frozenset({1, 2}), frozenset({3}), frozenset({4, 5}), frozenset({6})]
FOUND, SAME = compare(rate(0, 0, 0), AUTO, GOLD), compare(rate(0, 0, 0), GOLD, GOLD)


def test_a_rate_of_nothing_is_nothing() -> None:
    assert rate(0, 0, 0).f == 0.0
    assert rate(1, 2, 4).f == pytest.approx(2 * 0.5 * 0.25 / 0.75)


def test_two_answers_to_a_line_before_the_judged_ones_are_one_conversation() -> None:
    links = [(1000, 950), (1001, 950), (1002, 1002)]
    assert set(conversations([1000, 1001, 1002], links)) == {
        frozenset({1000, 1001}),
        frozenset({1002}),
    }


def test_only_conversations_of_two_or_more_count_as_found_whole() -> None:
    assert (FOUND.exact.p, FOUND.exact.r) == (
        0.5,
        0.5,
    )  # {4, 5} of {1, 2} and {4, 5}; of two true ones.


def test_one_to_one_pairs_each_conversation_once() -> None:
    assert FOUND.one_to_one == pytest.approx(5 / 6)  # Only message 3 finds no partner.


def test_variation_is_scaled_by_the_logarithm_of_the_messages() -> None:
    # Only the first conversation is split, 2 and 1 of 3: H(auto|gold) = 3/6 * H(2/3, 1/3).
    split = 0.5 * -(2 / 3 * math.log2(2 / 3) + 1 / 3 * math.log2(1 / 3))
    assert FOUND.vi == pytest.approx(1 - split / math.log2(6))
    assert SAME.vi == pytest.approx(1.0)


def test_the_rand_index_is_adjusted_for_chance() -> None:
    # Pairs together: 2 in both, 2 in auto, 4 in gold, of 15; expected 8/15, at most 3.
    assert FOUND.ari == pytest.approx((2 - 8 / 15) / (3 - 8 / 15))
    assert SAME.ari == pytest.approx(1.0)


def test_self_links_count_in_full_logs_and_not_in_chunks() -> None:
    judged = (1000, 1001, 1002, 1003)
    gold = frozenset({(1000, 1000), (1001, 1000), (1002, 1001), (1003, 990)})
    auto = frozenset({(1000, 1000), (1001, 1000), (1002, 1002), (1003, 990)})
    readings = [Reading("day", judged, gold, auto)]
    assert judge_full(readings).link.f == pytest.approx(0.75)
    chunks = judge_chunks(readings, size=2)
    # The first piece keeps 1001 -> 1000; the second has no link inside, neither true nor said.
    assert (chunks.link.p, chunks.link.r) == (1.0, 1.0)
    assert chunks.exact.f == pytest.approx(0.5)


def test_a_piece_that_is_not_full_is_left_out() -> None:
    judged = (1000, 1001, 1002)
    links = frozenset({(1000, 1000), (1001, 1000), (1002, 1001)})
    wrong = frozenset({(1000, 1000), (1001, 1000), (1002, 1002)})
    assert judge_chunks([Reading("day", judged, links, wrong)], size=2).link.f == 1.0


def test_equal_numbers_of_two_logs_are_different_messages() -> None:
    links = frozenset({(1000, 1000), (1001, 1000)})
    apart = frozenset({(1000, 1000), (1001, 1001)})
    readings = [
        Reading("monday", (1000, 1001), links, links),
        Reading("tuesday", (1000, 1001), links, apart),
    ]
    assert judge_full(readings).exact.r == 0.5
