"""The page's API over HTTP: who may ask, what it tells, and time that jumps."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
import websockets

from tests.service.conftest import Demo, Recado
from tests.service.stage import PATIENCE, eventually

pytestmark = pytest.mark.slow
INCOMPLETE = "La impresora de tickets no funciona"


async def listen(recado: Recado, after: str = "", **headers: str) -> Any:
    """Connect to the feed with a fresh ticket."""
    made = await recado.http.post("/api/feed/tickets")
    ticket = made.json()["data"]["ticket"]
    url = f"{recado.url.replace('http', 'ws')}/api/feed?ticket={ticket}&after={after}"
    return await websockets.connect(
        url, additional_headers=headers, proxy=None, open_timeout=PATIENCE
    )


async def test_the_feed_goes_on_after_a_break(demo: Demo) -> None:
    recado = await demo()
    first = await listen(recado)
    hello = json.loads(await first.recv())
    assert hello["type"] == "hello"
    await first.close()

    await recado.waha.say(INCOMPLETE)
    await recado.waha.wait_for("tienda")
    again = await listen(recado, hello["cursor"])
    assert json.loads(await again.recv())["type"] == "hello"
    kinds: set[str] = set()
    while not {"message", "incident", "effect"} <= kinds:
        kinds.add(json.loads(await again.recv())["kind"])
    await again.close()

    lost = await listen(recado, "1-999999")
    assert json.loads(await lost.recv())["type"] == "reset"
    await lost.close()
    with pytest.raises(websockets.InvalidStatus):
        await listen(recado, origin="http://example.com")


async def test_a_place_that_is_none_begins_the_feed_anew_and_says_why(demo: Demo) -> None:
    recado = await demo()
    wrong = {
        "7": "feed_cursor_unreadable",
        "-1--1": "feed_cursor_unreadable",
        "%D9%A3-x": "feed_cursor_unreadable",
        f"{2**64}-1": "feed_cursor_unreadable",
        f"1-{2**63}": "feed_cursor_unreadable",
        f"{'9' * 5000}-1": "feed_cursor_unreadable",
        f"{2**64 - 1}-{2**63 - 1}": "feed_cursor_gone",
    }
    for after, code in wrong.items():
        feed = await listen(recado, after)
        told = json.loads(await feed.recv())
        assert (told["type"], told.get("code")) == ("reset", code), after[:40]
        again = await listen(recado, told["cursor"])
        assert json.loads(await again.recv())["type"] == "hello"
        await again.close()
        await feed.close()
    feed = await listen(recado, f"{2**64}-1")
    await feed.recv()
    await recado.waha.say(INCOMPLETE)
    assert json.loads(await feed.recv())["type"] == "event"
    await feed.close()


async def test_another_site_cannot_use_the_page(demo: Demo) -> None:
    recado = await demo()
    body = {"seconds": 60}
    for headers in ({"origin": "http://example.com"}, {"sec-fetch-site": "cross-site"}):
        answer = await recado.http.post("/api/demo/clock", json=body, headers=headers)
        assert answer.status_code == 403, headers
        assert answer.headers["content-type"] == "application/problem+json"
        assert len(answer.json()["trace_id"]) == 32
    # A name that somebody else owns and lets lead to this machine.
    answer = await recado.http.get("/api/incidents", headers={"host": "example.com"})
    assert answer.status_code == 403


async def test_a_jump_of_the_clock_fires_the_timer_and_stays(demo: Demo) -> None:
    recado = await demo()
    await recado.waha.say(INCOMPLETE)
    await recado.waha.wait_for("tienda")
    (before,) = (await recado.http.get("/api/incidents")).json()["data"]
    assert before["next_timer"]["name"] == "reask"
    answer = await recado.http.post("/api/demo/clock", json={"seconds": 1900})
    assert answer.json()["data"]["ahead_seconds"] == 1900

    async def asked_again() -> bool:
        return len(await recado.waha.sent()) == 2

    await eventually(asked_again, what="it is not asked again")
    full = (await recado.http.get(f"/api/incidents/{before['id']}")).json()["data"]
    assert [effect["purpose"] for effect in full["effects"]] == ["ask", "ask"]
    assert full["missing"] == ["store"]
    assert {field["name"] for field in full["known"]} >= {"system", "problem"}
    classify = next(step for step in full["steps"] if step["node"] == "classify")
    assert (classify["model"], classify["usd"]) == ("local", 0)
    assert classify["prompt_version"] >= 1
    assert all(message["message_id"] for message in full["messages"])
    await recado.program.end()

    later = await demo()
    session = (await later.http.get("/api/session")).json()["data"]
    assert session["ahead_seconds"] == 1900


async def test_what_is_under_way_happens_before_the_clock_jumps(demo: Demo) -> None:
    recado = await demo()
    await recado.waha.faults(slow_seconds=4)
    await recado.waha.say(INCOMPLETE)

    async def leaving() -> bool:
        return await recado.count("outbox", "state = 'attempting'") == 1

    await eventually(leaving, what="the question does not leave")
    answer = await recado.http.post("/api/demo/clock", json={"seconds": 1900})
    assert answer.json()["data"]["ahead_seconds"] == 1900
    await recado.waha.faults()

    async def asked_again() -> bool:
        return len(await recado.waha.sent()) == 2

    await eventually(asked_again, what="half an hour passed and it is not asked again")


async def test_what_is_stuck_is_let_go_and_what_was_set_aside_is_read_again(demo: Demo) -> None:
    recado = await demo()
    await recado.waha.faults(refuse=True)
    await recado.waha.say(INCOMPLETE)

    async def waiting() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await recado.http.get("/api/outbox")).json()["data"]
        return found

    (effect,) = await eventually(waiting, what="nothing waits")

    async def dropped() -> bool:
        # While it is under way it cannot be dropped.
        return (await recado.http.post(f"/api/outbox/{effect['id']}/drop")).status_code == 200

    await eventually(dropped, what="it cannot be dropped")
    again = await recado.http.post(f"/api/outbox/{effect['id']}/retry", json={})
    assert again.status_code == 409
    (row,) = await recado.rows("SELECT state, reason FROM outbox")
    assert row == {"state": "dropped", "reason": "dropped by a person"}

    broken = {"event": "message", "session": "default", "payload": {"body": "hola"}}
    await recado.waha.deliver(broken)
    (item,) = (await recado.http.get("/api/quarantine")).json()["data"]
    path = f"/api/quarantine/{item['id']}/replay"
    assert (await recado.http.post(path, json={})).status_code == 422
    identified = f"false_120363000000000001@g.us_3EB0ABCDEF_{'1' * 15}@lid"
    payload = {
        "id": identified,
        "from": "120363000000000001@g.us",
        "body": "hola",
        "timestamp": 1_760_000_000,
    }
    body = json.dumps({**broken, "payload": payload})
    mended = await recado.http.post(path, json={"body": body})
    assert mended.json()["data"]["stored"] == 1, mended.text
    assert (await recado.http.get("/api/quarantine")).json()["data"] == []


async def test_where_others_can_reach_it_a_password_is_asked(demo: Demo) -> None:
    recado = await demo(RECADO_HOST="0.0.0.0", RECADO_API_KEY="clave-inventada-larga")  # noqa: S104 - what is tested
    said = await recado.program.says(r"password +(\S+)")
    for path in ("/api/incidents", "/api/outbox", "/api/demo/chats", "/api/quarantine"):
        assert (await recado.http.get(path)).status_code == 401, path
    key = {"x-api-key": "clave-inventada-larga"}
    assert (await recado.http.get("/api/incidents", headers=key)).status_code == 200
    wrong = await recado.http.post("/api/session", json={"password": "adivina"})
    assert wrong.status_code == 401
    right = await recado.http.post("/api/session", json={"password": said[1]})
    cookie = right.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert (await recado.http.get("/api/incidents")).status_code == 200
    stranger = httpx.Cookies({"recado_session": "9999999999.ab.cd"})
    async with httpx.AsyncClient(base_url=recado.url, cookies=stranger, timeout=PATIENCE) as http:
        assert (await http.get("/api/incidents")).status_code == 401
