"""What judgement is made of, as one hash: figures are published for exactly this, and for no other.

`python -m evals.judgement` judges the chats that are reported on and writes their figures with the
hash into `evals/chats/figures.json`. A changed weight, word list, prompt, rule or chat changes the
hash, and `make check` asks for the figures anew.
"""

from __future__ import annotations

import ast
import asyncio
import hashlib
import io
import json
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
CHATS = Path(__file__).parent / "chats"
FIGURES = CHATS / "figures.json"
MADE_OF = (
    # All of it: what a rule imports is a rule too.
    "domain/*.py",
    "domain/*/*.py",
    # Who assigns, and what it is told by others: `tests/unit/test_judgement.py` keeps it whole.
    "server/asked_of_each.py",
    "server/assign.py",
    "server/clarify.py",
    "server/doubts.py",
    "server/each_store.py",
    "server/judge.py",
    "server/lead_in.py",
    "server/numbered.py",
    "server/shares.py",
    "server/sight.py",
    "server/situation.py",
    "server/told_elsewhere.py",
    "server/vouched.py",
    "server/whereabouts.py",
    *(
        f"server/persistence/{name}.py"
        for name in (
            "incidents",
            "matters",
            "people",
            "questions",
            "quotes",
            "room",
            "senses",
            "turns",
            "whereabouts",
        )
    ),
    "prompts/*.md",
    "nodes/*.py",
    "graph/*.py",
    "tools/models/local/*.py",
    "tools/models/local/data/*",
    "evals/group/*.py",
    "evals/stage.py",
    "evals/chats/*/*.jsonl",
)
# Where the server chooses what assignment judges with: a file, and the only function of it.
CHOSEN = ("server/wiring.py", "choose_judge")


def parts() -> Iterator[Path]:
    """The files that judgement is made of, in order."""
    for pattern in MADE_OF:
        yield from sorted(path for path in ROOT.glob(pattern) if path.is_file())


def fingerprint() -> str:
    """One hash over the names and contents of them all; what comments say does not count."""
    digest = hashlib.sha256()
    for path in parts():
        digest.update(f"{path.relative_to(ROOT).as_posix()}\0".encode())
        content = path.read_bytes()
        digest.update(without_comments(content) if path.suffix == ".py" else content)
    chooser, name = CHOSEN
    digest.update(function((ROOT / chooser).read_bytes(), name))
    return digest.hexdigest()


def function(source: bytes, name: str) -> bytes:
    """The source of one function of a module, without its comments."""
    text = source.decode()
    (found,) = (
        ast.get_source_segment(text, node)
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef) and node.name == name
    )
    return without_comments((found or "").encode())


def without_comments(source: bytes) -> bytes:
    """Python's source with its comments and blank lines taken out, the same on every version."""
    lines = source.decode().splitlines()
    for token in tokenize.tokenize(io.BytesIO(source).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
    return "\n".join(line.rstrip() for line in lines if line.strip()).encode()


def published() -> dict[str, Any]:
    """The figures as published, with the hash of what they were measured on."""
    stored: dict[str, Any] = json.loads(FIGURES.read_text(encoding="utf-8"))
    return stored


def _judged(part: str) -> dict[str, Any]:
    """The figures of the chats of one folder, without what is this machine's own."""
    from evals.group.report import figures, judge_files
    from server.settings import Settings

    files = sorted((CHATS / part).glob("*.jsonl"))
    runs = asyncio.run(judge_files(files, Settings(ai_providers=("local",))))
    found = figures(runs)
    # Where a chat lies is this machine's own; seconds are its weather.
    for case in found["worst"]:
        case["chat"] = Path(case["chat"]).stem
    for name in ("seconds", "baseline_seconds"):
        found.pop(name)
    return found


def main() -> None:
    """Judge the chats that are reported on, and publish the figures."""
    from server.logs import configure_logs

    configure_logs(level="error", format="json")
    before = fingerprint()
    found, unseen = (_judged(part) for part in ("report", "unseen"))
    FIGURES.write_text(
        json.dumps({"of": before, **found, "unseen": unseen}, ensure_ascii=False, indent=1) + "\n",
        encoding="utf-8",
    )
    sys.stderr.write(f"wrote {FIGURES.name}\n")


if __name__ == "__main__":
    main()
