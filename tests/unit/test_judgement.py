"""Judgement is published with figures of exactly the rules, prompts and weights that ship."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from evals.judgement import CHOSEN, ROOT, fingerprint, function, parts, published, without_comments

# What assignment uses that decides nothing of where a message goes, and what it does instead.
JUDGES_NOTHING = {
    "server.close_calls": "asks a model, where there is one: the figures are without",
    "server.hands": "takes what can run at once",
    "server.home": "holds what settings say of a chat",
    "server.metrics": "counts",
    "server.persistence.assignments": "writes down what was decided",
    "server.persistence.chatter": "writes down small talk",
    "server.persistence.database": "connects",
    "server.persistence.outbox": "writes down what is to be sent",
    "server.queue": "leaves jobs",
    "server.unasked": "answers where nothing is open",
}


def of_the_server(module: str) -> Iterator[str]:
    """The modules of the server that one of them imports."""
    tree = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("server"):
            for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)):
                if (ROOT / f"{name.replace('.', '/')}.py").is_file():
                    yield name


def test_the_figures_are_those_of_the_rules_that_ship() -> None:
    assert published()["of"] == fingerprint(), (
        "weights, prompts, rules or labelled chats changed: run `python -m evals.judgement`, "
        "look at what became better and worse, and put the figures into docs/judgement.md"
    )


def test_what_is_watched_is_there() -> None:
    names = {path.name for path in parts()}
    assert {"assignment.json", "weights.npz", "classify.md", "assignment.py"} <= names


def test_all_that_assignment_is_made_of_is_watched_or_judges_nothing() -> None:
    watched = {
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".") for path in parts()
    }
    met, ahead = {"server.assign"}, ["server.assign"]
    while ahead:
        found = set(of_the_server(ahead.pop())) - JUDGES_NOTHING.keys() - met
        met |= found
        ahead += found
    assert met - watched == set()
    assert JUDGES_NOTHING.keys() & watched == set()


def test_what_assignment_is_given_is_watched_too() -> None:
    """The adapters that the server chooses for it, alone of the module that chooses them all."""
    path, name = CHOSEN
    source = (ROOT / path).read_bytes()
    assert b"LocalReader()" in function(source, name)
    assert function(source.replace(b"LocalReader()", b"None"), name) != function(source, name)


def test_a_comment_changes_no_judgement_and_a_rule_does() -> None:
    rule = b'LIMIT = 5  # five are enough\n\n# A whole line.\nSIGN = "# no comment"\n'
    assert without_comments(rule) == b'LIMIT = 5\nSIGN = "# no comment"'
    assert without_comments(rule.replace(b"5  #", b"6  #")) != without_comments(rule)
