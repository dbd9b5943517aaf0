"""Real processes on a real machine: the stand-ins, `recado serve` and `recado worker`, each with
its log on disk, driven over HTTP as the outside would."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import random
import re
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psutil

ROOT = Path(__file__).resolve().parents[2]
RECADO = ROOT / ".venv" / "bin" / "recado"
GROUP = "120363000000000001@g.us"
API_KEY = "clave-inventada-de-waha"
HMAC_KEY = "otra-clave-inventada"
ORG, DEPARTMENT, HOOK = "60001234567", "189200000000006907", "189200000000009001"
CLIENT, SECRET, REFRESH = "1000.STAGECLIENT", "stage-secret-invented", "1000.stage-refresh-token"
# Where Python keeps what it has compiled.
CACHE = ("PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE")
T = TypeVar("T")
# How long what must come is waited for, in seconds. Nobody waits so long when all is well: it is
# for machines that are slow, or that others keep busy.
PATIENCE = 90.0
# A server ends a connection that was idle for some seconds: a request that is on its way just then
# is lost. Each has a connection of its own.
EACH_ITS_OWN = httpx.Limits(max_keepalive_connections=0)
# Below the ports that the kernel hands out by itself to whoever connects somewhere: one that was
# picked stays free until its program listens on it, also while that program is started again.
# Of the processes that run tests side by side each picks among its own.
_WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_WORKERS = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
PORTS = range(12_000 + _WORKER, 32_000, _WORKERS)
_picked = random.randrange(len(PORTS))


def free_port() -> int:
    """A port that nobody listens on now, and another one with each call."""
    global _picked
    for _ in PORTS:
        _picked = (_picked + 1) % len(PORTS)
        with contextlib.suppress(OSError), socket.socket() as probe:
            # As servers do: a port of connections that have just ended is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", PORTS[_picked]))
            return PORTS[_picked]
    raise AssertionError("no port is free")


async def eventually(
    ask: Callable[[], Awaitable[T]], within: float = PATIENCE, pause: float = 0.1, what: str = ""
) -> T:
    """Ask until the answer is truthy; it. Raises AssertionError with the last one after a while."""
    end = time.monotonic() + within
    while True:
        answer = await ask()
        if answer:
            return answer
        if time.monotonic() > end:
            raise AssertionError(f"{what or 'not so'} within {within:g} s: {answer!r}")
        await asyncio.sleep(pause)


async def until(reached: Callable[[], bool]) -> None:
    """Wait until something holds."""

    async def ask() -> bool:
        return reached()

    await eventually(ask, pause=0.02, what="it does not happen")


@dataclass
class Program:
    """One process and its log. It has only the environment it is given."""

    name: str
    argv: Sequence[str]
    log: Path
    env: Mapping[str, str] = field(default_factory=dict)
    cwd: Path = ROOT
    user: int | None = None
    process: asyncio.subprocess.Process | None = None
    since: int = 0

    async def start(self) -> None:
        """Run it; its output is added to the log."""
        env = {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(self.log.parent), **self.env}
        # Else each start would compile everything anew.
        env |= {name: os.environ[name] for name in CACHE if name in os.environ}
        who: dict[str, Any] = {}
        if self.user is not None:
            who = {"user": self.user, "group": self.user, "extra_groups": []}
        self.since = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as out:
            self.process = await asyncio.create_subprocess_exec(
                *self.argv, env=env, cwd=self.cwd, stdout=out, stderr=out, **who
            )

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.returncode is None

    @property
    def pid(self) -> int:
        assert self.process is not None
        return self.process.pid

    def family(self) -> list[psutil.Process]:
        """Every descendant that lives now."""
        with contextlib.suppress(psutil.NoSuchProcess):
            return psutil.Process(self.pid).children(recursive=True) if self.running else []
        return []

    def text(self) -> str:
        """What it has written since it was started last."""
        with self.log.open("rb") as log:
            log.seek(self.since)
            return log.read().decode(errors="replace")

    def logged(self) -> list[dict[str, Any]]:
        """The JSON lines of its log since then; one that is still being written is none yet."""
        whole, _, _ = self.text().rpartition("\n")
        return [json.loads(line) for line in whole.splitlines() if line.startswith("{")]

    async def says(self, pattern: str, within: float = PATIENCE) -> re.Match[str]:
        """Wait until its log has it. Raises AssertionError when it ends before."""

        async def look() -> list[re.Match[str]]:
            # Asked first: what it said with its last breath is heard as well.
            running = self.running
            found = re.search(pattern, self.text())
            if not found and not running:
                raise AssertionError(f"{self.name} ended: {self.text()[-3000:]}")
            return [found] if found else []

        return (await eventually(look, within, what=f"{self.name} does not say {pattern!r}"))[0]

    async def end(self, how: int = signal.SIGTERM, within: float = PATIENCE) -> float:
        """Signal it and wait; how long it took, in seconds."""
        if not self.running or self.process is None:
            return 0.0
        started = time.monotonic()
        self.process.send_signal(how)
        try:
            await asyncio.wait_for(self.process.wait(), within)
        except TimeoutError:
            self.process.kill()
            await self.process.wait()
            raise AssertionError(f"{self.name} did not end: {self.text()[-2000:]}") from None
        return time.monotonic() - started

    async def wait(self, within: float = PATIENCE) -> int:
        """Wait until it ends by itself; its exit code."""
        assert self.process is not None
        return await asyncio.wait_for(self.process.wait(), within)


class Waha:
    """A WAHA server's control routes: act as the group, and see what it saw."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.AsyncClient(
            base_url=url, trust_env=False, timeout=PATIENCE, limits=EACH_ITS_OWN
        )
        self.http.headers["X-Api-Key"] = API_KEY

    async def say(
        self, text: str = "", *, who: str = "100000000000001", name: str = "Lupita", **more: Any
    ) -> str:
        """Somebody writes in the group; the stanza id."""
        body = {"chat": GROUP, "chat_name": "Tiendas Norte", "from": who, "name": name} | more
        return str((await self._ask("POST", "/sandbox/say", body | {"text": text}))["id"])

    async def sent(self, chat: str | None = None) -> list[dict[str, Any]]:
        """Everything the bot has posted, oldest first."""
        found: list[dict[str, Any]] = await self._ask("GET", "/sandbox/sent")
        return [one for one in found if chat is None or one["chat"] == chat]

    async def texts(self, chat: str | None = None) -> list[str]:
        return [str(one["text"]) for one in await self.sent(chat)]

    async def wait_for(
        self, words: str, count: int = 1, within: float = PATIENCE
    ) -> dict[str, Any]:
        """The newest of at least `count` texts of the bot with these words in it."""

        async def look() -> list[dict[str, Any]]:
            found = [one for one in await self.sent() if words.lower() in one["text"].lower()]
            return found if len(found) >= count else []

        return (await eventually(look, within, what=f"the bot has not said {words!r}"))[-1]

    async def deliver(self, body: Any, **more: Any) -> list[int | None]:
        """Sign and post any body at once; the statuses."""
        answer = await self._ask("POST", "/sandbox/deliver", {"body": body, **more})
        return [one["status"] for one in answer]

    async def faults(self, **plan: Any) -> None:
        await self._ask("PUT", "/sandbox/faults", plan)

    async def owed(self) -> dict[str, int]:
        """Webhooks that are pending, delivered, given up."""
        counts: dict[str, int] = await self._ask("GET", "/sandbox/outbox")
        return counts

    async def _ask(self, method: str, path: str, body: object = None) -> Any:
        answer = await self.http.request(method, path, json=body)
        assert answer.is_success, answer.text
        return answer.json()


class Zoho:
    """A Zoho Desk stand-in's control routes: see its tickets, and be its agent."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.http = httpx.AsyncClient(
            base_url=url, trust_env=False, timeout=PATIENCE, limits=EACH_ITS_OWN
        )

    async def tickets(self) -> list[dict[str, Any]]:
        """Every ticket with its comments and attachments."""
        return list((await self._ask("GET", "/sandbox/tickets"))["tickets"])

    async def contacts(self) -> list[dict[str, Any]]:
        return list((await self._ask("GET", "/sandbox/tickets"))["contacts"])

    async def wait_for_tickets(self, count: int, within: float = PATIENCE) -> list[dict[str, Any]]:
        """The tickets, once there are so many."""

        async def look() -> list[dict[str, Any]]:
            found = await self.tickets()
            return found if len(found) >= count else []

        return await eventually(look, within, what=f"no {count} tickets")

    async def set_status(self, ticket: str, status: str, **more: str) -> None:
        """Change a ticket as an agent would."""
        await self._ask("PUT", f"/sandbox/tickets/{ticket}/status", {"status": status, **more})

    async def faults(self, **plan: Any) -> None:
        await self._ask("PUT", "/sandbox/faults", plan)

    async def log(self) -> list[dict[str, Any]]:
        """Its log, oldest first."""
        return list(await self._ask("GET", "/sandbox/log"))

    async def _ask(self, method: str, path: str, body: object = None) -> Any:
        answer = await self.http.request(method, path, json=body)
        assert answer.is_success, answer.text
        return answer.json()


def waha_argv(port: int, folder: Path, webhook: str, *more: str) -> list[str]:
    """The command line of a WAHA stand-in that outlives its restarts."""
    return [
        *(sys.executable, "-m", "sandbox.waha", "--port", str(port)),
        *("--api-key", API_KEY, "--hmac-key", HMAC_KEY, "--webhook-url", webhook),
        *("--log", str(folder / "waha.jsonl"), "--state", str(folder / "waha.sqlite"), *more),
    ]


def zoho_argv(port: int, folder: Path, webhook: str, *more: str) -> list[str]:
    """The command line of a Zoho Desk stand-in, likewise."""
    return [
        *(sys.executable, "-m", "sandbox.zoho", "--port", str(port)),
        *("--client-id", CLIENT, "--client-secret", SECRET, "--refresh-token", REFRESH),
        *("--org", ORG, "--department", DEPARTMENT, "--webhook-id", HOOK),
        *("--webhook-url", webhook, "--token-limit", "1000"),
        *("--log", str(folder / "zoho.jsonl"), "--state", str(folder / "zoho.sqlite"), *more),
    ]


def real_env(waha: str, zoho: str, database_url: str, data_dir: Path, port: int) -> dict[str, str]:
    """The environment of a real Recado whose outside are the stand-ins."""
    return {
        "RECADO_MODE": "real",
        "RECADO_PORT": str(port),
        "RECADO_DATA_DIR": str(data_dir),
        "RECADO_LOG_FORMAT": "json",
        "DATABASE_URL": database_url,
        "WAHA_URL": waha,
        "WAHA_API_KEY": API_KEY,
        "WAHA_HMAC_KEY": HMAC_KEY,
        "ZOHO_CLIENT_ID": CLIENT,
        "ZOHO_CLIENT_SECRET": SECRET,
        "ZOHO_REFRESH_TOKEN": REFRESH,
        "ZOHO_ORG_ID": ORG,
        "ZOHO_DEPARTMENT_ID": DEPARTMENT,
        "ZOHO_WEBHOOK_ID": HOOK,
        "ZOHO_DESK_URL": zoho,
        "ZOHO_ACCOUNTS_URL": zoho,
        # Nobody is there: a ticket must not wait for its neighbours.
        "CHROMA_URL": "http://127.0.0.1:9",
        "QUIET_SECONDS": "0.5",
        "LONGEST_WAIT_SECONDS": "5",
    }
