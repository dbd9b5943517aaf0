"""The load generator, a process of its own: signed WAHA webhooks on connections kept alive.

Reads a plan as JSON from standard input and writes what it saw as JSON to standard output. Either
`rate` messages a second at random moments, whatever the answers; or as many as keep `backlog`
turns on their way (rate 0).
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import random
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import psutil
import psycopg

from sandbox.waha.wire import Message, envelope, message_payload

WHOLE = "En la tienda {store} la terminal bancaria no funciona, marca error E-{error}"
PART = "La impresora de tickets no funciona, marca error E-{error}"
ANSWER = "tienda {store}"
ANSWER_AFTER = 2.0
ME = "5215500000000@c.us"


@dataclass(frozen=True)
class Plan:
    """What to send: `seconds` long, to `groups` groups, over `connections` connections."""

    url: str
    port: int
    key: str
    seconds: float
    rate: float = 0.0
    backlog: int = 60
    groups: int = 200
    connections: int = 8
    seed: int = 7
    path: str = "/webhooks/waha"
    gated: bool = True


@dataclass
class Seen:
    """When each message was sent (seconds since 1970), how long its answer took, what it was."""

    sent: dict[str, float] = field(default_factory=dict)
    answers: list[float] = field(default_factory=list)
    bad: int = 0


class Writers:
    """People who report: a third in one message, the others in two, the store on asking.

    Each report comes from a person of their own, so that each message is a turn of its own.
    """

    def __init__(self, plan: Plan) -> None:
        self._random = random.Random(plan.seed)
        self._plan = plan
        self._owed: deque[tuple[float, str, str]] = deque()
        self._count = 0

    def next(self, now: float) -> tuple[str, bytes]:
        """The id and the body of the next message."""
        if self._owed and self._owed[0][0] <= now:
            _, chat, person = self._owed.popleft()
            return self._write(chat, person, ANSWER)
        self._count += 1
        chat = f"1203630000{self._count % self._plan.groups:08d}@g.us"
        person = f"{10**14 + self._plan.seed * 10**9 + self._count}@lid"
        if self._count % 2:
            return self._write(chat, person, WHOLE)
        self._owed.append((now + ANSWER_AFTER, chat, person))
        return self._write(chat, person, PART)

    def _write(self, chat: str, person: str, text: str) -> tuple[str, bytes]:
        store, error = self._random.randint(1, 400), self._random.randint(100, 999)
        stanza = f"3EB0{self._random.getrandbits(72):018X}"
        at = int(time.time())
        message = Message(chat, stanza, person, "Lupita", text.format(store=store, error=error), at)
        payload = message_payload(message, None, ME, "http://waha")
        _, body = envelope("message", payload, "default", {"id": ME, "pushName": "Recado"})
        return stanza, body


class Post:
    """One connection that is kept alive; requests written by hand, for they must cost little."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._pipe: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, body: bytes) -> int:
        """Post a signed body; the status of the answer, once all of it is there."""
        if self._pipe is None:
            self._pipe = await asyncio.open_connection("127.0.0.1", self._plan.port)
        reader, writer = self._pipe
        signature = hmac.new(self._plan.key.encode(), body, hashlib.sha512).hexdigest()
        head = (
            f"POST {self._plan.path} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\n"
            f"x-webhook-hmac: {signature}\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(answer.partition(b"content-length:")[2].partition(b"\r\n")[0])
        await reader.readexactly(length)
        return int(answer[9:12])

    def drop(self) -> None:
        """Open another connection next time."""
        if self._pipe is not None:
            self._pipe[1].close()
        self._pipe = None


async def run(plan: Plan) -> dict[str, Any]:
    """Carry the plan out."""
    seen, writers = Seen(), Writers(plan)
    wanted: asyncio.Queue[tuple[str, bytes]] = asyncio.Queue(maxsize=plan.connections)
    process = psutil.Process()
    process.cpu_percent()
    started = time.time()
    posts = [asyncio.create_task(_post(plan, wanted, seen)) for _ in range(plan.connections)]
    if plan.rate:
        await _at_rate(plan, writers, wanted)
    else:
        await _at_capacity(plan, writers, wanted, seen)
    await wanted.join()
    ended = time.time()
    for task in posts:
        task.cancel()
    times = process.cpu_times()
    return {
        "started": started,
        "ended": ended,
        "sent": seen.sent,
        "answers": seen.answers,
        "bad": seen.bad,
        "cpu": times.user + times.system,
    }


async def _post(plan: Plan, wanted: asyncio.Queue[tuple[str, bytes]], seen: Seen) -> None:
    post = Post(plan)
    while True:
        stanza, body = await wanted.get()
        seen.sent[stanza] = time.time()
        started = time.perf_counter()
        try:
            if await post.send(body) != 200:
                seen.bad += 1
        except (OSError, asyncio.IncompleteReadError):
            seen.bad += 1
            post.drop()
        seen.answers.append(time.perf_counter() - started)
        wanted.task_done()


def _moments(plan: Plan) -> Iterator[float]:
    """Seconds from the start, as independent people would write."""
    chance, at = random.Random(plan.seed), 0.0
    while (at := at + chance.expovariate(plan.rate)) < plan.seconds:
        yield at


async def _at_rate(plan: Plan, writers: Writers, wanted: asyncio.Queue[tuple[str, bytes]]) -> None:
    started = time.monotonic()
    for moment in _moments(plan):
        await asyncio.sleep(max(0.0, started + moment - time.monotonic()))
        await wanted.put(writers.next(time.monotonic()))


async def _at_capacity(
    plan: Plan, writers: Writers, wanted: asyncio.Queue[tuple[str, bytes]], seen: Seen
) -> None:
    """As fast as turns are finished: a door that takes more than is worked on proves nothing."""
    end = time.monotonic() + plan.seconds
    async with await psycopg.AsyncConnection.connect(plan.url, autocommit=True) as conn:
        while time.monotonic() < end:
            room = plan.backlog - (await _waiting(conn) if plan.gated else 0)
            for _ in range(room):
                await wanted.put(writers.next(time.monotonic()))
            if plan.gated:
                await wanted.join()
                await asyncio.sleep(0.1)


async def _waiting(conn: psycopg.AsyncConnection[Any]) -> int:
    query = "SELECT count(*) FROM turns WHERE state IN ('open', 'ripe', 'assigned')"
    row = await (await conn.execute(query)).fetchone()
    return int(row[0]) if row else 0


if __name__ == "__main__":
    told = asyncio.run(run(Plan(**json.load(sys.stdin))))
    json.dump(told, sys.stdout)
