"""The two desks of the contract suite, and what a test does on their other side."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, Self

import httpx

from domain.incident import Category, Priority
from domain.ports import Contact, TicketDesk
from domain.ticket import Said, TicketDraft, draft_ticket
from tests.fakes.desk import FakeDesk
from tests.fakes.tokens import MemoryTokenStore
from tests.service.stage import PATIENCE
from tools.zoho.client import ZohoClient
from tools.zoho.config import ZohoConfig
from tools.zoho.desk import ZohoDesk
from tools.zoho.oauth import AccessTokens

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 50_000
ANA = Contact("p1", "Ana", phone="525511111111")
ROUTES = {
    "ensure_contact": "POST /api/v1/contacts",
    "open_ticket": "POST /api/v1/tickets",
    "get_ticket": "GET /api/v1/tickets/*",
    "update_ticket": "PATCH /api/v1/tickets/*",
    "add_comment": "POST /api/v1/tickets/*/comments",
    "attach_file": "POST /api/v1/tickets/*/attachments",
}


def a_draft(incident: str = "i1", priority: Priority = Priority.URGENT) -> TicketDraft:
    return draft_ticket(
        incident,
        Category.TECHNICAL,
        priority,
        {"system": "impresora", "problem": "no imprime <nada> & se apaga", "store": "45"},
        [Said("09:10", "Ana", "no imprime <nada> & se apaga\nurge!!")],
        reporter_id="p1",
        reporter_name="Ana",
        group_name="Tiendas Norte",
    )


@dataclass(frozen=True)
class Kept:
    """A ticket as it is stored, whoever stores it."""

    id: str
    subject: str
    description: str
    priority: str | None
    comments: list[str]
    files: list[str]


class Bench(Protocol):
    """A desk, and the hands of a test on the other side of it."""

    desk: TicketDesk

    async def lose_answer(self, operation: str) -> None: ...

    async def limit_rate(self, operation: str) -> None: ...

    async def make_unavailable(self, operation: str) -> None: ...

    async def set_status(self, ticket_id: str, status: str, resolution: str) -> None: ...

    async def kept(self) -> list[Kept]: ...

    async def contacts(self) -> list[dict[str, str | None]]: ...


class FakeBench:
    def __init__(self) -> None:
        self.fake = FakeDesk(attachment_max_bytes=LIMIT)
        self.desk: TicketDesk = self.fake

    async def lose_answer(self, operation: str) -> None:
        self.fake.fail_next(operation, "unknown_after_commit")  # type: ignore[arg-type]

    async def limit_rate(self, operation: str) -> None:
        self.fake.fail_next(operation, "rate_limited", retry_after=7)  # type: ignore[arg-type]

    async def make_unavailable(self, operation: str) -> None:
        self.fake.fail_next(operation, "unavailable")  # type: ignore[arg-type]

    async def set_status(self, ticket_id: str, status: str, resolution: str) -> None:
        self.fake.set_status(ticket_id, status, resolution)

    async def kept(self) -> list[Kept]:
        return [
            Kept(
                t.id,
                t.subject,
                t.description,
                t.priority,
                [c.text for c in t.comments],
                [a.name for a in t.attachments],
            )
            for t in self.fake.tickets.values()
        ]

    async def contacts(self) -> list[dict[str, str | None]]:
        return [{"name": c.name, "phone": c.phone} for c in self.fake.contacts.values()]


class StandIn:
    """The stand-in's process; stopped when its context is left."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sandbox.zoho", "--port", "0", *arguments],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        match = re.search(r"http://127\.0\.0\.1:\d+", line)
        assert match, line
        self.origin = match[0]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)
        assert self.process.stderr is not None
        self.process.stderr.close()


class ZohoBench:
    def __init__(self, origin: str, http: httpx.AsyncClient) -> None:
        self.origin = origin
        self.http = http
        self.config = ZohoConfig(
            client_id="1000.SANDBOXCLIENT",
            client_secret="sandbox-client-secret",
            refresh_token="1000.sandbox-refresh-token",
            org_id="60001234567",
            department_id="189200000000006907",
            desk_url=origin,
            accounts_url=origin,
            webhook_id="189200000000009001",
            concurrency=8,
        )
        self.seen: list[tuple[str, int]] = []
        self.zoho = self.a_desk()
        self.desk: TicketDesk = self.zoho

    def a_desk(self, **changes: Any) -> ZohoDesk:
        config = ZohoConfig(**{**vars(self.config), **changes})
        tokens = AccessTokens(self.http, config, MemoryTokenStore())
        return ZohoDesk(ZohoClient(self.http, tokens, config, observe=self._observe), config)

    def _observe(self, operation: str, status: int, seconds: float) -> None:
        assert seconds >= 0
        self.seen.append((operation, status))

    async def control(self, method: str, path: str, body: Any = None) -> Any:
        answer = await self.http.request(method, f"{self.origin}/sandbox{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    async def faults(self, **plan: Any) -> None:
        await self.control("PUT", "/faults", plan)

    async def lose_answer(self, operation: str) -> None:
        await self._strike("lost_answer", operation)

    async def limit_rate(self, operation: str) -> None:
        await self._strike(
            "status_429", operation, kind_429="THRESHOLD_EXCEEDED", retry_after_seconds=7
        )

    async def make_unavailable(self, operation: str) -> None:
        await self._strike("status_5xx", operation, html_errors=True)

    async def _strike(self, fault: str, operation: str, **more: Any) -> None:
        strike = {"value": 1, "times": 1, "only": [ROUTES[operation]]}
        await self.faults(search_lag_seconds=30, **{fault: strike}, **more)

    async def set_status(self, ticket_id: str, status: str, resolution: str) -> None:
        body = {"status": status, "resolution": resolution}
        await self.control("PUT", f"/tickets/{ticket_id}/status", body)

    async def raw(self) -> list[dict[str, Any]]:
        return list((await self.control("GET", "/tickets"))["tickets"])

    async def kept(self) -> list[Kept]:
        return [
            Kept(
                t["id"],
                t["subject"],
                t["description"],
                t["priority"],
                [c["content"] for c in t["comments"]],
                [a["name"] for a in t["attachments"]],
            )
            for t in await self.raw()
        ]

    async def contacts(self) -> list[dict[str, str | None]]:
        rows = (await self.control("GET", "/tickets"))["contacts"]
        return [{"name": r["lastName"], "phone": r["phone"]} for r in rows]

    async def token_requests(self, after: int = 0) -> int:
        lines = await self.control("GET", f"/log?after={after}")
        return sum(1 for line in lines if line.get("path") == "/oauth/v2/token")

    async def last_line(self) -> int:
        lines = await self.control("GET", "/log")
        return int(lines[-1]["seq"]) if lines else 0


@asynccontextmanager
async def bench_at(origin: str) -> AsyncIterator[ZohoBench]:
    async with httpx.AsyncClient(trust_env=False, timeout=15) as http:
        bench = ZohoBench(origin, http)
        await bench.control("POST", "/reset")
        yield bench


async def an_open_ticket(bench: Bench, incident: str = "i1") -> str:
    contact = await bench.desk.ensure_contact(ANA)
    return (await bench.desk.open_ticket(a_draft(incident), contact)).id
