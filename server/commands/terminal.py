"""How every command speaks: progress and trouble to standard error, results to standard output."""

from __future__ import annotations

import json
import sys

import typer


def say(line: str) -> None:
    """Progress, for people: to standard error."""
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - this is the commands' voice


def show(value: object) -> None:
    """The result, for programs: one JSON object on standard output."""
    print(json.dumps(value, ensure_ascii=False, default=str))  # noqa: T201 - likewise


def fail(*sentences: str) -> typer.Exit:
    """Say what is wrong and end with 1."""
    for sentence in sentences:
        say(f"recado: {sentence}")
    return typer.Exit(1)
