"""What README.md and docs/ name is there: links, files, modules, commands and their options."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main

from server.cli import app
from tests.unit.test_house import ROOT, tracked

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.M | re.S)
CODE = re.compile(r"`([^`]+)`")
ENDINGS = "py|md|json|jsonl|npz|txt|toml|yaml|yml|ts|tsx|css|html|lock|example"
FILE = re.compile(rf"[\w.-]+(?:/[\w.-]+)*\.(?:{ENDINGS})|(?:[\w.-]+/)+[\w.-]*")
MODULE = re.compile(r"python -m ([\w.]+)((?: .*)?)")
OPTION = re.compile(r"--[a-z][a-z-]*")


def words_of(page: Path) -> Iterator[str]:
    """Each thing that a page has in code: between backticks, and the lines of its blocks."""
    text = page.read_text(encoding="utf-8")
    for block in FENCE.findall(text):
        yield from (line.partition("#")[0].strip() for line in block.splitlines()[1:-1])
    yield from (" ".join(found.split()) for found in CODE.findall(FENCE.sub("", text)))


@cache
def places() -> frozenset[str]:
    """Every file and folder of the repository, by its path."""
    files = [path.relative_to(ROOT) for path in tracked()]
    return frozenset({p.as_posix() for file in files for p in (file, *file.parents)})


def is_there(name: str) -> bool:
    """Whether a file or folder is so called; of its path the front may be left out."""
    name = name.rstrip("/")
    return name in places() or any(path.endswith(f"/{name}") for path in places())


def module_file(name: str) -> Path | None:
    """Where a module of ours that can be run begins."""
    path = ROOT / name.replace(".", "/")
    return next((p for p in (path.with_suffix(".py"), path / "__main__.py") if p.is_file()), None)


def wrong_in_command(words: str) -> str | None:
    """What `recado` does not know of a line of its own."""
    command: Any = typer.main.get_command(app)
    for word in words.split()[1:]:
        if not (below := getattr(command, "commands", {})) or not re.fullmatch(r"[a-z]+", word):
            break
        if word not in below:
            return word
        command = below[word]
    shown = [one for one in command.params if not getattr(one, "hidden", False)]
    known = {option for one in shown for option in (*one.opts, *one.secondary_opts)}
    return next((one for one in OPTION.findall(words) if one not in {*known, "--help"}), None)


def wrong_in(word: str) -> str | None:
    """What of a piece of code in the docs is not there."""
    word = word.removeprefix(".venv/bin/")
    if re.match(r"recado(?: |$)", word):
        return wrong_in_command(word)
    if made := re.match(r"make ([a-z]+)", word):
        targets = re.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text())
        return None if made[1] in targets else made[1]
    if run := re.match(r"npm run (\w+)", word):
        scripts = json.loads((ROOT / "dashboard" / "package.json").read_text())["scripts"]
        return None if run[1] in scripts else run[1]
    if module := MODULE.match(word):
        path = module_file(module[1])
        if path is None:
            return module[1]
        source = path.read_text(encoding="utf-8")
        return next((one for one in OPTION.findall(module[2]) if f'"{one}"' not in source), None)
    if FILE.fullmatch(word) and not is_there(word):
        return word
    return None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_file_module_command_and_option_of_the_docs_is_there(page: Path) -> None:
    found = {word: wrong for word in words_of(page) if (wrong := wrong_in(word)) is not None}
    assert found == {}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_link_of_the_docs_leads_somewhere(page: Path) -> None:
    targets = LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    inside = [target.partition("#")[0] for target in targets if "://" not in target]
    assert [one for one in inside if one and not (page.parent / one).exists()] == []


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        ("recado replay CHAT --html FILE", None),
        ("recado reply CHAT", "reply"),
        ("recado eval groups FILE", "groups"),
        ("recado replay CHAT --htm FILE", "--htm"),
        ("python -m evals.close [--perfect]", None),
        ("python -m evals.close [--perfekt]", "--perfekt"),
        ("python -m evals.closed", "evals.closed"),
        ("make checks", "checks"),
        ("server/assign.py", None),
        ("server/assigns.py", "server/assigns.py"),
        ("assignment.json", None),
        ("tests/fault", "tests/fault"),
        ("/api/demo", None),
    ],
)
def test_what_is_not_there_is_found(word: str, wrong: str | None) -> None:
    assert wrong_in(word) == wrong
