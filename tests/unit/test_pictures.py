"""The pictures of the docs are there, each is shown, and `make screenshots` takes all of them."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def test_every_link_of_the_docs_leads_to_a_file() -> None:
    texts = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{text.name}: {target}"
        for text in texts
        for target in LINK.findall(text.read_text(encoding="utf-8"))
        if not (text.parent / target).exists()
    ]
    assert broken == []


def test_every_picture_is_taken_by_the_command_and_shown_in_the_docs() -> None:
    source = (ROOT / "tests" / "browser" / "screenshots.py").read_text(encoding="utf-8")
    taken = re.findall(r'keep\("(\w+)"\)', source)
    assert len(taken) >= 5
    wanted = {f"{name}{ending}.png" for name, ending in product(taken, ("", "-dark"))}
    assert {path.name for path in PICTURES.iterdir()} == wanted
    page = (ROOT / "docs" / "page.md").read_text(encoding="utf-8")
    assert {name for name in wanted if f"(pictures/{name})" in page} == wanted
