"""The doors of a Recado whose worker rests: its application on a real database, called as the
gateways call it, and what is stored afterwards."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psycopg
from psycopg.rows import dict_row

from sandbox.waha.wire import sign
from server.app import create_app
from server.settings import load_settings
from server.wiring import open_parts
from tests.service.stage import GROUP, HMAC_KEY, real_env

LUPITA = "100000000000001@lid"
AT = 1_790_000_000


def event(stanza: str, body: object = "No imprime", /, **payload: Any) -> dict[str, Any]:
    """A message of Lupita's as WAHA sends it; `payload` replaces parts of it."""
    return {
        "id": f"evt_{stanza}",
        "timestamp": AT * 1000,
        "event": "message",
        "session": "default",
        "engine": "NOWEB",
        "payload": {
            "id": f"false_{GROUP}_{stanza}_{LUPITA}",
            "timestamp": AT,
            "from": GROUP,
            "fromMe": False,
            "participant": LUPITA,
            "body": body,
            "hasMedia": False,
            "_data": {"pushName": "Lupita"},
        }
        | payload,
    }


@dataclass
class Door:
    """The doors and the database behind them."""

    http: httpx.AsyncClient
    database_url: str

    async def waha(self, body: object, **headers: str) -> httpx.Response:
        """Sign and post a body: bytes as they are, everything else as JSON."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        signed = {"x-webhook-hmac": sign(HMAC_KEY, raw)} | headers
        return await self.http.post("/webhooks/waha", content=raw, headers=signed)

    async def rows(self, query: str) -> list[dict[str, Any]]:
        """Rows of the database."""
        async with await psycopg.AsyncConnection.connect(
            self.database_url, autocommit=True, row_factory=dict_row
        ) as conn:
            return await (await conn.execute(query.encode())).fetchall()

    async def stored(self) -> list[str]:
        """The ids of the messages, in the order they were stored."""
        return [row["message_id"] for row in await self.rows("SELECT * FROM messages ORDER BY id")]

    async def set_aside(self) -> list[dict[str, Any]]:
        """What lies in quarantine."""
        return await self.rows("SELECT source, reason, body FROM quarantine ORDER BY id")

    async def metric(self, name: str) -> float:
        """A metric as /metrics shows it; 0 when it is not there yet."""
        text = (await self.http.get("/metrics")).text
        found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
        return float(found[1]) if found else 0.0


@asynccontextmanager
async def open_door(
    database_url: str, folder: Path, zoho: str = "http://127.0.0.1:9", /, **env: str | None
) -> AsyncIterator[Door]:
    """The doors with the settings of a real Recado; `env` changes them, None unsets."""
    whole = real_env("http://127.0.0.1:9", zoho, database_url, folder, 8000) | env
    kept = {name: value for name, value in whole.items() if value is not None}
    settings = load_settings(None, kept)
    async with open_parts(settings) as parts:
        transport = httpx.ASGITransport(create_app(parts), raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://recado", timeout=60
        ) as http:
            yield Door(http, database_url)
