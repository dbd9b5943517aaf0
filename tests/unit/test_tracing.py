"""LangSmith is told what the settings say, from `.env` as from the environment; unset is off."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENV_FILE = "LANGSMITH_TRACING=true\nLANGSMITH_API_KEY=lsv2-of-the-test\n"
ON = {"on": True, "LANGSMITH_TRACING": "true", "LANGSMITH_API_KEY": "lsv2-of-the-test"}
OFF = {"on": False, "LANGSMITH_TRACING": "false", "LANGSMITH_API_KEY": None}
# Runs commands, each until what it lacks ends it, and says what LangSmith would find then.
CHILD = """
import json, os, sys
from langsmith.utils import get_env_var, tracing_is_enabled
from typer.testing import CliRunner
from server.cli import app
given, left = dict(os.environ), {}
for command in sys.argv[1:]:
    os.environ.clear()
    os.environ.update(given)
    assert CliRunner().invoke(app, command.split()).exit_code != 0, "nothing ended " + command
    get_env_var.cache_clear()
    names = ("LANGSMITH_TRACING", "LANGSMITH_API_KEY")
    left[command] = {"on": tracing_is_enabled(), **{name: os.environ.get(name) for name in names}}
print(json.dumps(left))
"""
# All that run graphs. Each ends early: a port that is taken, no database, no chat.
COMMANDS = ("serve", "worker", "replay none.txt", "eval group none.jsonl")


def left_by(*commands: str, folder: Path, **given: str) -> dict[str, dict[str, bool | str | None]]:
    """What each command leaves in its environment, in a folder that may have a `.env`."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environ = {
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "RECADO_PORT": str(taken.getsockname()[1]),
            **given,
        }
        done = subprocess.run(
            [sys.executable, "-c", CHILD, *commands],
            cwd=folder,
            env=environ,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
    left: dict[str, dict[str, bool | str | None]] = json.loads(done.stdout.splitlines()[-1])
    return left


def test_what_env_says_reaches_langsmith(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(ENV_FILE)
    assert left_by(*COMMANDS, folder=tmp_path) == dict.fromkeys(COMMANDS, ON)


def test_nothing_is_sent_unless_it_is_set(tmp_path: Path) -> None:
    """A key alone sends nothing, nor does what other programs of this machine were told."""
    (tmp_path / ".env").write_text("LANGSMITH_API_KEY=lsv2-of-the-test\n")
    left = left_by(*COMMANDS, folder=tmp_path, LANGCHAIN_TRACING_V2="true")
    assert left == dict.fromkeys(COMMANDS, OFF)


def test_the_environment_beats_the_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(ENV_FILE)
    assert left_by("worker", folder=tmp_path, LANGSMITH_TRACING="no") == {"worker": OFF}
