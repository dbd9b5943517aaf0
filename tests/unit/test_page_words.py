"""The page says in Spanish whatever the server keeps as a reason: the phrases are a closed set."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from domain.assignment import PLAIN, SHOWN, STILL, TAKES_BACK, WORDS
from domain.repeats import AGAIN, GOES_ON
from server.budget import OVER

ROOT = Path(__file__).parents[2]
TABLE = json.loads((ROOT / "dashboard" / "src" / "i18n" / "reasons.json").read_text())
# What the SQL of the server writes down as the reason of an assignment or an effect.
IN_SQL = re.compile(r"'(?:join|new|none)', [\d.]+, '([^']+)'|reason = '([^']+)'")


def phrases(node: ast.AST) -> Iterator[str]:
    """Texts of several words in a piece of code; of an f-string what stands before its value."""
    docs = {id(one.value) for one in ast.walk(node) if isinstance(one, ast.Expr)}
    pieces = {
        id(part) for one in ast.walk(node) if isinstance(one, ast.JoinedStr) for part in one.values
    }
    for one in ast.walk(node):
        if isinstance(one, ast.JoinedStr) and isinstance(one.values[0], ast.Constant):
            yield str(one.values[0].value).strip(": ")
        elif (
            isinstance(one, ast.Constant)
            and isinstance(one.value, str)
            and " " in one.value
            and id(one) not in docs | pieces
        ):
            yield one.value


def in_functions(path: str, *names: str) -> set[str]:
    """The phrases of these functions of a module."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    found = [one for one in ast.walk(tree) if getattr(one, "name", None) in names]
    assert {getattr(one, "name", None) for one in found} == set(names)
    return {phrase.strip(", ") for one in found for phrase in phrases(one)} - {""}


def in_calls(path: str, *names: str) -> set[str]:
    """The phrases that a module hands to these functions."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {
        phrase
        for one in ast.walk(tree)
        if isinstance(one, ast.Call) and ast.unparse(one.func).split(".")[-1] in names
        for phrase in phrases(one)
    }


def test_every_reason_of_an_assignment_has_its_words() -> None:
    told = {*WORDS.values(), PLAIN, SHOWN, STILL, TAKES_BACK, AGAIN, GOES_ON, "chatter"}
    told |= in_functions("domain/assignment.py", "assign", "_reason", "_repeated")
    assert len(told) > 20
    assert sorted(told - TABLE.keys()) == []


def test_every_reason_of_an_effect_has_its_words() -> None:
    told = in_calls("server/gate.py", "Verdict")
    told |= {one for one in in_functions("server/gate.py", "_overtaken") if "SELECT" not in one}
    told |= {OVER, f"a reminder {OVER}"}
    told |= in_calls("server/sender.py", "finish", "postpone", "_unknown", "_look_again")
    assert len(told) > 8
    assert sorted(told - TABLE.keys()) == []


def test_every_reason_that_is_written_in_sql_has_its_words() -> None:
    written = {
        found[1] or found[2]
        for path in (ROOT / "server").rglob("*.py")
        for found in IN_SQL.finditer(path.read_text(encoding="utf-8"))
    }
    assert {"sent just before its words", "dropped by a person"} <= written
    assert sorted(written - TABLE.keys()) == []
