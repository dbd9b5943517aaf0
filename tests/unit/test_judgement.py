"""Judgement is published with figures of exactly the rules, prompts and weights that ship."""

from __future__ import annotations

from evals.judgement import fingerprint, parts, published, without_comments


def test_the_figures_are_those_of_the_rules_that_ship() -> None:
    assert published()["of"] == fingerprint(), (
        "weights, prompts, rules or labelled chats changed: run `python -m evals.judgement`, "
        "look at what became better and worse, and put the figures into docs/judgement.md"
    )


def test_what_is_watched_is_there() -> None:
    names = {path.name for path in parts()}
    assert {"assignment.json", "weights.npz", "classify.md", "assignment.py"} <= names


def test_a_comment_changes_no_judgement_and_a_rule_does() -> None:
    rule = b'LIMIT = 5  # five are enough\n\n# A whole line.\nSIGN = "# no comment"\n'
    assert without_comments(rule) == b'LIMIT = 5\nSIGN = "# no comment"'
    assert without_comments(rule.replace(b"5  #", b"6  #")) != without_comments(rule)
