"""The doors of a running server: what only a real socket, a database that goes away, or the whole
way to the ticket can show."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import io
import json
import socket
import struct
import zlib
from collections.abc import AsyncIterator

import httpx
import psycopg
import pytest
from PIL import Image, ImageDraw

from sandbox.waha.wire import sign
from server.worker import CONNECT_SECONDS
from tests.conftest import Cluster
from tests.service.conftest import Outside, Real, Recado
from tests.service.door import event
from tests.service.stage import HMAC_KEY, PATIENCE, eventually
from tests.service.test_corrections import settled

pytestmark = pytest.mark.slow

COMPLETE = "En la tienda 45 la terminal bancaria no funciona, marca error E-102"
LIMIT = 2 * 1024**2


async def status_of(recado: Recado, head: bytes, body: bytes = b"") -> int:
    """Send bytes as they are on a connection of their own; the status of the answer."""
    host, port = recado.url.removeprefix("http://").split(":")

    def ask() -> int:
        whole = b"POST /webhooks/waha HTTP/1.1\r\nhost: recado\r\n" + head + b"\r\n" + body
        with socket.create_connection((host, int(port)), PATIENCE) as connection:
            # Whoever is refused before all is sent may find the door closed; the answer is there.
            with contextlib.suppress(ConnectionError):
                connection.sendall(whole)
            with connection.makefile("rb") as answer:
                return int(answer.readline().split()[1])

    return await asyncio.to_thread(ask)


async def chunks(total: int) -> AsyncIterator[bytes]:
    for _ in range(total // 65_536):
        yield b" " * 65_536


async def test_lengths_that_are_too_big_or_untrue_are_refused_and_the_door_stays_open(
    real: Real, outside: Outside
) -> None:
    recado = await real()
    for claim in (b"99999999999", b"99999999999999999999", b"9" * 5000):
        assert await status_of(recado, b"content-length: " + claim + b"\r\n") in (400, 413), claim
    for nonsense in (b"-1", b"1e9", b"0x10", b"2, 3"):
        assert await status_of(recado, b"content-length: " + nonsense + b"\r\n") == 400, nonsense
    # No length at all: it is counted as it comes, and the rest is not waited for.
    async with httpx.AsyncClient(trust_env=False, timeout=30) as http:
        chunked = await http.post(f"{recado.url}/webhooks/waha", content=chunks(LIMIT + 65_536))
        assert chunked.status_code == 413
    endless = b"transfer-encoding: chunked\r\n"
    piece = b"10000\r\n" + b" " * 65_536 + b"\r\n"
    assert await status_of(recado, endless, piece * (LIMIT // 65_536 + 1)) == 413

    raw = json.dumps(event("A1")).encode()
    halves = [raw[:20], raw[20:]]

    async def in_two() -> AsyncIterator[bytes]:
        for half in halves:
            yield half

    async with httpx.AsyncClient(trust_env=False, timeout=30) as http:
        answer = await http.post(
            f"{recado.url}/webhooks/waha",
            content=in_two(),
            headers={"x-webhook-hmac": sign(HMAC_KEY, raw)},
        )
    assert (answer.status_code, answer.json()["accepted"]) == (200, 1)


async def test_a_database_that_was_away_is_used_again_without_a_restart(
    real: Real, outside: Outside, cluster: Cluster
) -> None:
    recado = await real()
    name = recado.database_url.partition("?")[0].rsplit("/", 1)[1]
    await close_database(cluster, name)
    raw = json.dumps(event("A1")).encode()
    signed = {"x-webhook-hmac": sign(HMAC_KEY, raw)}
    answer = await recado.http.post("/webhooks/waha", content=raw, headers=signed, timeout=60)
    assert answer.status_code == 503
    assert (await recado.http.get("/ready")).status_code == 503
    assert (await recado.http.get("/health")).status_code == 200
    # The group goes on writing; the gateway tries again until it is taken.
    await outside.waha.say(COMPLETE)
    # Longer than any pool of ours waits for a connection.
    await asyncio.sleep(3 * CONNECT_SECONDS)
    assert await outside.zoho.tickets() == []

    await open_database(cluster, name)
    await eventually(recado.is_ready, what="not ready again")
    await outside.waha.wait_for("Se creó el ticket")
    assert len(await outside.zoho.tickets()) == 1

    async def taken() -> bool:
        return (await outside.waha.owed())["pending"] == 0

    await eventually(taken, what="the gateway is still left with something")
    assert recado.program.running


async def close_database(cluster: Cluster, name: str) -> None:
    """Nobody gets into this database any more, and those inside are thrown out."""
    async with await psycopg.AsyncConnection.connect(cluster.url, autocommit=True) as conn:
        await conn.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'.encode())
        # Again, for whoever was let in just before.
        inside = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"

        async def empty() -> bool:
            return (await conn.execute(inside, (name,))).rowcount == 0

        await eventually(empty, what="somebody stays in the database")


async def open_database(cluster: Cluster, name: str) -> None:
    async with await psycopg.AsyncConnection.connect(cluster.url, autocommit=True) as conn:
        await conn.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'.encode())


def bomb() -> str:
    """A small PNG of 900 million pixels, in base64."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * (30_000 * (30_000 // 8 + 1)), 9)
    whole = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )
    return base64.b64encode(whole).decode()


async def test_files_that_cannot_be_had_or_are_bombs_are_named_on_the_ticket(
    real: Real, outside: Outside
) -> None:
    recado = await real()
    png = {"mimetype": "image/png"}
    await outside.waha.say(COMPLETE, media={"base64": bomb(), **png})
    (ticket,) = await outside.zoho.wait_for_tickets(1)
    await outside.waha.wait_for("Se creó el ticket")

    await outside.waha.say("otra foto", media={"base64": base64.b64encode(b"no").decode(), **png})
    await eventually(lambda: words_on_ticket(outside, "dañ", "damaged", "not a JPEG"))
    await outside.waha.faults(media_404=True)
    await outside.waha.say("y otra", media={"base64": photo(), **png})
    await eventually(lambda: words_on_ticket(outside, "not found"), what="not told: gone")

    async def all_named() -> bool:
        return (await on_ticket(outside)).lower().count("adjunto rechazado") >= 3

    await eventually(all_named, what="not every file is named")
    await settled(recado)
    (ticket,) = await outside.zoho.tickets()
    assert ticket["attachments"] == []
    told = await on_ticket(outside)
    assert told.lower().count("adjunto rechazado") == 3, told


async def on_ticket(outside: Outside) -> str:
    """What the one ticket says, with its comments."""
    (ticket,) = await outside.zoho.tickets()
    said = [str(one["content"]) for one in ticket["comments"]]
    return " ".join([str(ticket["description"]), *said])


async def words_on_ticket(outside: Outside, *words: str) -> bool:
    told = await on_ticket(outside)
    return any(word in told for word in words)


def photo() -> str:
    """A picture with an error on it, in base64."""
    image = Image.new("RGB", (640, 200), "white")
    ImageDraw.Draw(image).text((20, 60), "ERROR E-102", fill="black", font_size=64)
    out = io.BytesIO()
    image.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()
