"""The wheel alone is Recado: every file it reads is inside, and it runs away from the sources."""

from __future__ import annotations

import json
import os
import shutil
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
ROOT = Path(__file__).parents[2]
ROOMS = ("domain", "prompts", "tools", "graph", "nodes", "server", "sandbox", "evals")
RUNS = """
import json, prompts, server.persistence.migrate, tools
from sandbox.zoho import validation
from tools.knowledge.likeness import LikenessEncoder, fitted_similarity
from tools.models.local.reader import LocalReader

read = LocalReader().read("No funciona la impresora de la tienda 45, marca error E-102")
print(json.dumps({
    "where": tools.__file__,
    "said": [read.store, read.system, read.error, read.incident > 0.5],
    "asks": prompts.load("ask_missing").say("store_1", person="Ana"),
    "similar": 0 < fitted_similarity() < 1,
}))
"""


def python(*arguments: str, cwd: Path) -> str:
    """What a Python process says, with nothing of our own sources on its path."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(arguments, cwd=cwd, env=env, capture_output=True, text=True, timeout=500)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of these sources, built from a copy: a build leaves its folders behind."""
    copy, out = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("wheel")
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
    ]
    python(*build, "--quiet", "--wheel-dir", str(out), ".", cwd=copy)
    (made,) = out.glob("*.whl")
    return made


def test_every_file_of_the_rooms_is_inside(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    ours = {
        path.relative_to(ROOT).as_posix()
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert ours - inside == set()
    for kind in (".md", ".txt", ".json", ".npz", ".html", ".js", ".css"):
        assert any(name.endswith(kind) for name in inside), kind
    assert any("/migrations/versions/" in name for name in inside)


def test_nothing_else_is_inside(wheel: Path) -> None:
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(ROOMS)


def test_it_runs_where_the_sources_are_not(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "venv"
    venv.create(place, symlinks=True)
    interpreter = place / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(interpreter), "install", "--quiet"]
    python(*install, "--no-deps", "--no-index", str(wheel), cwd=tmp_path)
    (packages,) = (place / "lib").glob("python*/site-packages")
    # What Recado needs comes from here; a path in a .pth does not bring our own sources along.
    (packages / "needed.pth").write_text("\n".join(site.getsitepackages()))
    told = python(str(place / "bin" / "recado"), "--help", cwd=tmp_path)
    assert "serve" in told
    assert "doctor" in told
    answer = json.loads(python(str(interpreter), "-c", RUNS, cwd=tmp_path).splitlines()[-1])
    assert Path(answer["where"]).is_relative_to(place)
    assert answer["said"] == ["45", "impresora", "E-102", True]
    assert "Ana" in answer["asks"]
    assert answer["similar"]
