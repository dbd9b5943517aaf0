"""The page says in Spanish whatever the server keeps as a reason: the phrases are a closed set."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from domain.answers import THERE
from domain.assignment import ECHOES, PLAIN, SHOWN, STILL, TAKES_BACK
from domain.deciding.beginning import HELPS, LAUGHS
from domain.deciding.beginning import PLAIN as BEGINS
from domain.deciding.close_call import SAYS
from domain.deciding.repeats import AGAIN, GOES_ON
from domain.deciding.second_matter import ANOTHER, DISPLAY
from domain.deciding.weighing import WORDS
from domain.sayings.reopening import ANEW, SINCE
from domain.sayings.waiting import WAITS
from server.budget import OVER
from server.clarify import UNCLEAR
from server.problems import code_of
from server.replays import FAILED

ROOT = Path(__file__).parents[2]
TABLE = json.loads((ROOT / "dashboard" / "src" / "i18n" / "reasons.json").read_text())
PROBLEMS = json.loads((ROOT / "dashboard" / "src" / "i18n" / "problems.json").read_text())
# The modules whose refusals reach the page, and where in its arguments an error has its code.
TELLERS = (
    *("server/api/*.py", "server/inbound/body.py", "server/correct.py", "server/mend.py"),
    *("domain/correction.py", "tools/channels/export/*.py"),
)
CODE = {"Problem": 1, "BadInput": 1, "OutOfPlace": 1}
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


def codes(path: Path) -> set[str]:
    """The codes of the errors that a module raises; `bad_input` for one without."""
    found = set()
    for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(one, ast.Call) and ast.unparse(one.func) in CODE:
            place = CODE[ast.unparse(one.func)]
            code = one.args[place] if len(one.args) > place else ast.Constant("bad_input")
            if isinstance(code, ast.Constant):
                found.add(str(code.value))
            else:
                # Handed on from the one that was caught, which is looked at where it is raised.
                assert ast.unparse(code) == "error.code", f"{path.name}:{one.lineno}"
    return found


def test_every_problem_that_the_page_can_be_told_has_its_words() -> None:
    paths = [path for teller in TELLERS for path in sorted(ROOT.glob(teller))]
    told = {code for path in paths if path.name != "mend.py" for code in codes(path)}
    # What cannot be read again is told with its reason: `still_unusable`.
    told |= codes(ROOT / "server/mend.py") - {"bad_input"}
    told |= {FAILED, "invalid", code_of(404), code_of(500)}
    assert len(told) > 40
    assert sorted(told - PROBLEMS.keys()) == []
    # The page has two of its own, for when the server says nothing it knows.
    assert sorted(PROBLEMS.keys() - told) == ["no_connection", "unknown"]
    assert all(said["es"] and said["en"] for said in PROBLEMS.values())


def test_no_route_of_the_page_tells_a_problem_without_a_code() -> None:
    for path in (*(ROOT / "server/api").glob("*.py"), ROOT / "server/inbound/body.py"):
        assert "HTTPException(" not in path.read_text(encoding="utf-8"), path.name


def test_every_reason_of_the_quarantine_has_its_words() -> None:
    told = in_calls("tools/channels/waha/parse.py", "BadInput")
    told |= {"conflict", "failed"} | (in_calls("server/mend.py", "BadInput"))
    begun = {phrase.split(": more than")[0] for phrase in told}
    assert len(begun) > 8
    assert sorted(begun - TABLE.keys()) == []


def test_every_reason_of_an_assignment_has_its_words() -> None:
    told = {*WORDS.values(), SAYS, PLAIN, SHOWN, STILL, TAKES_BACK, AGAIN, GOES_ON, "chatter"}
    told |= in_functions("domain/assignment.py", "_pointed", "_overruled", "_repeated")
    told |= in_functions("domain/deciding/weighing.py", "reason_of")
    told |= {THERE, LAUGHS, BEGINS, HELPS, ANOTHER, DISPLAY, SINCE, ANEW, WAITS, ECHOES, UNCLEAR}
    told |= in_calls("domain/sayings/orders.py", "_join", "_nothing", "Decision")
    told |= in_calls("domain/answers.py", "Decision")
    assert len(told) > 40
    assert sorted(told - TABLE.keys()) == []


def test_every_reason_that_has_a_name_has_its_words() -> None:
    reason = re.compile(r"[a-z]+(?:[ ,'-]+[a-z]+){2,}")
    named = {
        one.value.value
        for path in (ROOT / "domain").rglob("*.py")
        for one in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)
        if isinstance(one.value.value, str) and reason.fullmatch(one.value.value)
        if not ast.unparse(one.targets[0]).startswith("_")
    }
    assert len(named) > 20
    assert sorted(named - TABLE.keys()) == []


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
