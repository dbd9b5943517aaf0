"""The WAHA stand-in as a process of its own: what it signs, repeats, loses and remembers."""

import asyncio
import base64
import hashlib
import hmac
import json
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.service.stage import EACH_ITS_OWN, PATIENCE, eventually, until

API_KEY = "clave-inventada"
HMAC_KEY = "my-secret-key"
GROUP = "120363000000000001@g.us"
LUPITA = "100000000000001@lid"
ME = "520000000000@c.us"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass
class Receiver:
    """A webhook address that keeps what it took and answers as told."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    """Answers to give, in order; then 200."""
    requests: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def events(self) -> list[dict[str, Any]]:
        """Everything received, as JSON."""
        return [json.loads(body) for _, body in self.requests]

    @property
    def texts(self) -> list[str]:
        """The bodies of the messages received."""
        return [event["payload"]["body"] for event in self.events]

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request and hang up."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
        body = await reader.readexactly(int(headers["content-length"]))
        self.requests.append((headers, body))
        status = self.statuses.pop(0) if self.statuses else 200
        end = "content-length: 0\r\nconnection: close\r\n\r\n"
        writer.write(f"HTTP/1.1 {status} X\r\n{end}".encode())
        await writer.drain()
        writer.close()
        await writer.wait_closed()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A receiver on a free port."""
    made = Receiver()
    server = await asyncio.start_server(made.handle, "127.0.0.1", 0)
    made.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/webhooks/waha"
    async with server:
        yield made


@dataclass
class Waha:
    """A running server and a client that knows its key."""

    process: Process
    http: httpx.AsyncClient

    async def say(self, text: str, **more: Any) -> str:
        """Lupita says something; returns the stanza id."""
        said = {"chat": GROUP, "chat_name": "Tiendas Norte", "from": LUPITA, "name": "Lupita"}
        answer = await self.http.post("/sandbox/say", json=said | {"text": text} | more)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["id"])

    async def send(self, text: object, **more: Any) -> httpx.Response:
        """The bot sends."""
        body = {"session": "default", "chatId": GROUP, "text": text} | more
        return await self.http.post("/api/sendText", json=body)


@asynccontextmanager
async def running(*args: str) -> AsyncIterator[Waha]:
    """Start a server on a free port and end it by SIGTERM."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox.waha",
        *("--port", "0", "--api-key", API_KEY, "--hmac-key", HMAC_KEY),
        *args,
        stderr=PIPE,
    )
    assert process.stderr is not None
    line = (await asyncio.wait_for(process.stderr.readline(), PATIENCE)).decode()
    assert "listening on http://" in line
    url, key = line.split()[-1], {"X-Api-Key": API_KEY}
    async with httpx.AsyncClient(
        base_url=url, headers=key, trust_env=False, timeout=PATIENCE, limits=EACH_ITS_OWN
    ) as http:
        try:
            yield Waha(process, http)
        finally:
            if process.returncode is None:
                process.terminate()
            await asyncio.wait_for(process.wait(), PATIENCE)


@pytest.fixture
async def waha(receiver: Receiver) -> AsyncIterator[Waha]:
    """A server that delivers to the receiver and retries quickly."""
    async with running("--webhook-url", receiver.url, "--retry-seconds", "0.05") as made:
        yield made


def is_signed(headers: dict[str, str], raw: bytes) -> bool:
    """Whether a delivery bears the right signature."""
    expected = hmac.new(HMAC_KEY.encode(), raw, hashlib.sha512).hexdigest()
    return headers["x-webhook-hmac"] == expected


async def test_signs_the_published_vector(waha: Waha, receiver: Receiver) -> None:
    body = '{"event":"message","session":"default","engine":"WEBJS"}'
    answer = await waha.http.post("/sandbox/deliver", json={"body": body})
    assert answer.json() == [{"status": 200, "error": None}]
    headers, raw = receiver.requests[0]
    assert raw == body.encode()
    assert headers["x-webhook-hmac"] == (
        "208f8a55dde9e05519e898b10b89bf0d0b3b0fdf11fdbf09b6b90476301b98d8"
        "097c462b2b17a6ce93b6b47a136cf2e78a33a63f6752c2c1631777076153fa89"
    )
    assert headers["x-webhook-hmac-algorithm"] == "sha512"
    assert headers["x-webhook-request-id"]
    assert abs(int(headers["x-webhook-timestamp"]) / 1000 - time.time()) < 60


async def test_a_group_message_has_wahas_shape(waha: Waha, receiver: Receiver) -> None:
    first = await waha.say("No funciona la impresora", at=1790000000.7)
    second = await waha.say("de la tienda 45, ñandú 🖨️", quote=first, phone="5215500000001")
    await until(lambda: len(receiver.requests) == 2)
    one, two = receiver.events
    assert (one["event"], one["session"], one["me"]["id"]) == ("message", "default", ME)
    assert one["id"].startswith("evt_")
    expected = {"from": GROUP, "participant": LUPITA, "timestamp": 1790000000, "fromMe": False}
    expected |= {"id": f"false_{GROUP}_{first}_{LUPITA}", "replyTo": None, "hasMedia": False}
    assert expected.items() <= one["payload"].items()
    reply = two["payload"]["replyTo"]
    assert (reply["id"], reply["body"]) == (first, "No funciona la impresora")
    assert two["payload"]["_data"]["key"]["participantAlt"] == "5215500000001@s.whatsapp.net"
    assert second.startswith("3EB0")
    assert all(is_signed(headers, raw) for headers, raw in receiver.requests)


async def test_edits_revokes_and_reactions(waha: Waha, receiver: Receiver) -> None:
    said = await waha.say("tienda 44")
    target = {"chat": GROUP, "id": said}
    await waha.http.post("/sandbox/edit", json=target | {"text": "tienda 45"})
    await waha.http.post("/sandbox/react", json=target | {"emoji": "👍", "from": "5215500000002"})
    await waha.http.post("/sandbox/revoke", json=target)
    await until(lambda: len(receiver.requests) == 4)
    _, edited, reacted, revoked = receiver.events
    acts = ["message.edited", "message.reaction", "message.revoked"]
    assert [edited["event"], reacted["event"], revoked["event"]] == acts
    assert (edited["payload"]["editedMessageId"], edited["payload"]["body"]) == (said, "tienda 45")
    assert edited["payload"]["id"] != f"false_{GROUP}_{said}_{LUPITA}"
    whole_id = f"false_{GROUP}_{said}_{LUPITA}"
    assert reacted["payload"]["reaction"] == {"text": "👍", "messageId": whole_id}
    assert {"revokedMessageId": said, "before": None}.items() <= revoked["payload"].items()
    shown = (await waha.http.get(f"/sandbox/chats/{GROUP}")).json()["messages"]
    assert [(m["text"], m["edited"], m["revoked"]) for m in shown] == [("tienda 45", True, True)]
    missing = await waha.http.post("/sandbox/revoke", json={"chat": GROUP, "id": "3EB0"})
    assert missing.status_code == 404


async def test_retries_in_order_within_a_chat(waha: Waha, receiver: Receiver) -> None:
    receiver.statuses = [503, 500, 404]
    for text in ("uno", "dos", "tres"):
        await waha.say(text)
    await until(lambda: len(receiver.requests) == 6)
    assert receiver.texts == ["uno", "uno", "uno", "uno", "dos", "tres"]
    assert len({event["id"] for event in receiver.events}) == 3


async def test_what_is_owed_survives_a_restart(receiver: Receiver, tmp_path: Path) -> None:
    state = ("--state", str(tmp_path / "waha.db"), "--retry-seconds", "0.05")
    async with running(*state, "--webhook-url", "http://127.0.0.1:9/nobody") as waha:
        for text in ("uno", "dos", "tres"):
            await waha.say(text)
        await waha.say("otro grupo", chat="120363000000000002@g.us")
        waha.process.kill()
        await waha.process.wait()
    async with running(*state, "--webhook-url", receiver.url) as waha:
        await until(lambda: len(receiver.requests) == 4)
        assert [text for text in receiver.texts if text != "otro grupo"] == ["uno", "dos", "tres"]
        assert len((await waha.http.get(f"/sandbox/chats/{GROUP}")).json()["messages"]) == 3

        async def written_down() -> bool:
            # The receiver has the last one before the server has its answer.
            return bool((await waha.http.get("/sandbox/outbox")).json()["delivered"] == 4)

        await eventually(written_down)


async def test_gives_up_after_the_last_try_and_goes_on(receiver: Receiver) -> None:
    receiver.statuses = [500, 500, 500]
    args = ("--webhook-url", receiver.url, "--retry-seconds", "0.01", "--retry-attempts", "3")
    async with running(*args) as waha:
        await waha.say("perdido")
        await waha.say("sigue")
        await until(lambda: len(receiver.requests) == 4)
        assert receiver.texts == ["perdido", "perdido", "perdido", "sigue"]


async def test_repeats_delays_and_forgeries(waha: Waha, receiver: Receiver) -> None:
    # So late that the others come first, however slow this machine is.
    await waha.say("tarde", delay_seconds=4)
    await waha.say("doble", times=2)
    stanza = await waha.say("otra vez")
    await waha.say("otra vez", id=stanza)
    await until(lambda: len(receiver.requests) == 5)
    assert receiver.texts == ["doble", "doble", "otra vez", "otra vez", "tarde"]
    ids = [event["id"] for event in receiver.events]
    assert (ids[0] == ids[1], ids[2] == ids[3]) == (True, False)
    shown = (await waha.http.get(f"/sandbox/chats/{GROUP}")).json()["messages"]
    assert len(shown) == 3

    receiver.statuses = [401]
    await waha.say("falso", bad_signature=True)
    await waha.say("cierto")
    await until(lambda: len(receiver.requests) == 7)
    assert [is_signed(*request) for request in receiver.requests[5:]] == [False, True]
    assert receiver.texts[5:] == ["falso", "cierto"]


async def test_the_bot_sends_and_reads_back(waha: Waha, receiver: Receiver) -> None:
    said = await waha.say("No hay sistema", at=time.time() - 5)
    quote = f"false_{GROUP}_{said}_{LUPITA}"
    answer = await waha.send("Ticket 101", reply_to=quote, mentions=[LUPITA], linkPreview=False)
    assert answer.status_code == 201
    message = answer.json()
    assert message["id"].startswith(f"true_{GROUP}_3EB0")
    history = (await waha.http.get(f"/api/default/chats/{GROUP}/messages?limit=10")).json()
    expected = [("Ticket 101", True), ("No hay sistema", False)]
    assert [(m["body"], m["fromMe"]) for m in history] == expected
    assert history[0]["id"] == message["id"]
    assert history[0]["replyTo"]["id"] == said
    older = await waha.http.get(f"/api/default/chats/{GROUP}/messages?limit=1&offset=1")
    assert [m["body"] for m in older.json()] == ["No hay sistema"]
    mine = await waha.http.get(f"/api/default/chats/{GROUP}/messages?filter.fromMe=true")
    assert [m["body"] for m in mine.json()] == ["Ticket 101"]
    sent = (await waha.http.get("/sandbox/sent")).json()
    assert [(s["text"], s["quote"], s["mentions"]) for s in sent] == [
        ("Ticket 101", said, [LUPITA])
    ]
    await until(lambda: receiver.texts == ["No hay sistema"])


async def test_echo_delivers_own_sends(receiver: Receiver) -> None:
    async with running("--webhook-url", receiver.url, "--echo") as waha:
        await waha.say("hola")
        await waha.send("respuesta")
        await until(lambda: len(receiver.requests) == 2)
    seen = [(e["event"], e["payload"]["fromMe"], e["payload"]["source"]) for e in receiver.events]
    assert seen == [("message.any", False, "app"), ("message.any", True, "api")]


async def test_an_answer_is_lost_but_the_message_is_there(tmp_path: Path) -> None:
    log = tmp_path / "waha.jsonl"
    async with running("--log", str(log)) as waha:
        await waha.http.put("/sandbox/faults", json={"lost_answer": 1})
        with pytest.raises(httpx.TransportError):
            await waha.send("quizá")
        lines = [json.loads(line) for line in log.read_text().splitlines()]
        assert [(x["kind"], x["text"], x["answered"]) for x in lines] == [("sent", "quizá", False)]
        await waha.http.put("/sandbox/faults", json={})
        history = (await waha.http.get(f"/api/default/chats/{GROUP}/messages")).json()
        assert [m["body"] for m in history] == ["quizá"]


async def test_faults_before_anything_is_done(waha: Waha) -> None:
    await waha.http.put("/sandbox/faults", json={"status_5xx": 1})
    assert (await waha.send("a")).status_code == 503
    await waha.http.put("/sandbox/faults", json={"status_429": 1})
    assert (await waha.send("a")).status_code == 429
    await waha.http.put("/sandbox/faults", json={"refuse": True})
    with pytest.raises(httpx.TransportError):
        await waha.send("a")
    assert (await waha.http.get("/sandbox/sent")).json() == []
    assert (await waha.http.put("/sandbox/faults", json={"lluvia": 1})).status_code == 422

    async def draws() -> list[int]:
        await waha.http.put("/sandbox/faults", json={"status_5xx": 0.5, "seed": 7})
        return [(await waha.send("a")).status_code for _ in range(12)]

    once = await draws()
    assert set(once) == {201, 503}
    assert await draws() == once
    await waha.http.put("/sandbox/faults", json={"slow_seconds": 0.3})
    began = time.monotonic()
    assert (await waha.send("lento")).status_code == 201
    assert time.monotonic() - began >= 0.3


async def test_media_needs_the_key(waha: Waha, receiver: Receiver) -> None:
    content = base64.b64encode(PIXEL).decode()
    await waha.say("mira", media={"base64": content, "mimetype": "image/png", "filename": "a.png"})
    await until(lambda: len(receiver.requests) == 1)
    payload = receiver.events[0]["payload"]
    assert (payload["hasMedia"], payload["body"]) == (True, "mira")
    assert (payload["media"]["mimetype"], payload["media"]["filename"]) == ("image/png", None)
    assert (await waha.http.get(payload["media"]["url"])).content == PIXEL
    bare = await waha.http.get(payload["media"]["url"], headers={"X-Api-Key": ""})
    assert bare.status_code == 401
    await waha.http.put("/sandbox/faults", json={"media_404": True})
    assert (await waha.http.get(payload["media"]["url"])).status_code == 404


async def test_refuses_a_wrong_send(waha: Waha) -> None:
    assert (await waha.send("hola", chatId="no es un chat")).status_code == 422
    assert (await waha.send("hola", session="otra")).status_code == 422
    assert (await waha.send("hola", reply_to="3EB0AAAA")).status_code == 422
    assert (await waha.send("hola", mentions=["Lupita"])).status_code == 422
    for text in (None, 5, ""):
        answer = await waha.send(text)
        assert answer.status_code == 400
        assert answer.json()["statusCode"] == 400
    assert (await waha.http.post("/api/sendText", content=b"{")).status_code == 400
    assert (await waha.http.get("/sandbox/sent")).json() == []


async def test_keys_sessions_and_groups(waha: Waha, receiver: Receiver) -> None:
    for path in ("/api/sessions", f"/api/default/chats/{GROUP}/messages", "/api/default/groups"):
        assert (await waha.http.get(path, headers={"X-Api-Key": "otra"})).status_code == 401
    assert (await waha.http.get("/api/sessions/default")).json()["me"]["id"] == ME
    assert (await waha.http.get("/api/sessions/otra")).status_code == 404
    await waha.say("hola")
    groups = (await waha.http.get("/api/default/groups")).json()
    assert [(group["id"], group["subject"]) for group in groups] == [(GROUP, "Tiendas Norte")]
    act = {"session": "default", "chatId": GROUP}
    for name in ("sendSeen", "startTyping", "stopTyping"):
        assert (await waha.http.post(f"/api/{name}", json=act)).status_code == 201
    await waha.http.put("/sandbox/session", json={"status": "SCAN_QR_CODE"})
    assert (await waha.send("hola")).status_code == 422
    await until(lambda: "session.status" in [event["event"] for event in receiver.events])


async def test_the_page_is_self_contained_and_live(waha: Waha) -> None:
    page = await waha.http.get("/")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    for asset in ("/static/app.js", "/static/style.css"):
        assert asset in page.text
        found = await waha.http.get(asset)
        assert found.status_code == 200
        assert not {word for word in ("innerHTML", "http:", "https:") if word in found.text}
    async with waha.http.stream("GET", "/sandbox/events") as stream:
        lines = stream.aiter_lines()
        assert (await anext(lines)).startswith(":")
        await waha.send("en vivo")
        (_, line) = [await anext(lines) for _ in range(2)]
        news = json.loads(line.removeprefix("data: "))
    assert news["message"]["text"] == "en vivo"
    alien = await waha.http.get("/sandbox/chats", headers={"Host": "evil.example"})
    assert alien.status_code == 400


async def test_ends_at_sigterm_whatever_hangs(waha: Waha) -> None:
    assert (await waha.http.put("/sandbox/faults", json={"slow_seconds": 600})).is_success
    hanging = asyncio.create_task(waha.send("nunca"))
    async with waha.http.stream("GET", "/sandbox/events"):
        await asyncio.sleep(0.1)
        waha.process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(waha.process.wait(), PATIENCE) == 0
    (outcome,) = await asyncio.gather(hanging, return_exceptions=True)
    assert isinstance(outcome, httpx.TransportError) or outcome.status_code == 500  # type: ignore[union-attr]


async def test_a_taken_port_is_told_in_a_sentence(waha: Waha) -> None:
    port = str(waha.http.base_url.port)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "sandbox.waha", "--port", port),
        *("--api-key", API_KEY, "--hmac-key", HMAC_KEY),
        stderr=PIPE,
    )
    _, told = await process.communicate()
    assert process.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}".encode() in told
