"""Corrections over HTTP on the real Postgres; the desk's own log says what came of its tickets."""

from __future__ import annotations

import asyncio
import signal
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.service.conftest import Demo, Real, Recado
from tests.service.stage import PATIENCE, eventually

pytestmark = [pytest.mark.slow, pytest.mark.timeout(580)]
PRINTER = "la impresora de tickets no imprime, tienda 45"
SCALE = "la báscula no prende en la tienda 45"
RAUL = {"who": "100000000000002", "name": "Raúl"}


async def correct(recado: Recado, kind: str, incident: str, *said: str, **more: Any) -> Any:
    body = {"kind": kind, "incident": incident, "messages": said, "author": "Marta"}
    body |= {"request_key": str(uuid4())} | more
    return await recado.http.post("/api/corrections", json=body)


async def full(recado: Recado, incident: str) -> dict[str, Any]:
    found: dict[str, Any] = (await recado.http.get(f"/api/incidents/{incident}")).json()["data"]
    return found


async def ticketed(recado: Recado, count: int) -> list[str]:
    """So many incidents with their ticket, the first reported in front."""

    async def look() -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = (await recado.http.get("/api/incidents")).json()["data"]
        return rows if sum(row["ticket_number"] is not None for row in rows) >= count else []

    rows = await eventually(look, what=f"no {count} tickets")
    return [str(row["id"]) for row in sorted(rows, key=lambda row: str(row["opened_at"]))]


async def settled(recado: Recado, within: float = PATIENCE) -> None:
    """Every turn is taken and every effect is over."""

    async def still() -> bool:
        turns = await recado.count("turns", "state IN ('open', 'ripe', 'assigned')")
        return turns + await recado.count("outbox", "state NOT IN ('done', 'dropped')") == 0

    await eventually(still, within, what="it does not settle")


async def arrived(recado: Recado, incident: str, message: str) -> None:
    """The message is in the incident, and everything that follows from it is done."""

    async def there() -> bool:
        said = (await full(recado, incident))["messages"]
        return message in [one["message_id"] for one in said]

    await eventually(there, what="the message does not arrive")
    await settled(recado)


async def desk(recado: Recado) -> dict[str, tuple[str, list[str]]]:
    """The desk's tickets by number: status, and what the comments say."""
    return {
        ticket["ticketNumber"]: (
            ticket["status"],
            [comment["content"] for comment in ticket["comments"]],
        )
        for ticket in await recado.zoho.tickets()
    }


async def opened(recado: Recado) -> list[str]:
    """The references of all tickets ever created, by the desk's log."""
    log = await recado.zoho.log()
    created = [line["created"] for line in log if line.get("created", {}).get("kind") == "ticket"]
    return [one["cf_source_ref"] for one in created]


async def test_move_split_and_merge_follow_to_the_desk(demo: Demo) -> None:
    recado = await demo()
    printed = await recado.waha.say(PRINTER)
    [incident] = await ticketed(recado, 1)
    glued = await recado.waha.say("y no hay internet desde ayer", quote=printed)
    await arrived(recado, incident, glued)
    told = len(await recado.waha.sent())

    asked = {"kind": "split", "incident": incident, "messages": [glued]}
    plan = (await recado.http.post("/api/corrections/preview", json=asked)).json()["data"]
    assert [change["fate"] for change in plan["changes"]] == ["noted", "when_complete"]
    made = await correct(recado, "split", incident, glued, why="son dos cosas")
    assert made.status_code == 200, made.text
    new = made.json()["data"]["target"]
    await ticketed(recado, 2)
    await settled(recado)
    tickets = await desk(recado)
    [old_number, new_number] = sorted(tickets, key=int)
    for _, comments in tickets.values():
        assert any(f"#{old_number} y #{new_number}" in text for text in comments), tickets
    told_later = await recado.waha.sent()
    assert len(told_later) == told

    stray = await recado.waha.say("el módem ya se reinició", quote=glued, **RAUL)
    await arrived(recado, new, stray)
    moved = await correct(recado, "move", new, stray, other=incident)
    assert moved.status_code == 200, moved.text
    await settled(recado)
    assert any("módem" in text for text in (await desk(recado))[old_number][1])

    merged = await correct(recado, "merge", incident, other=new, why="al final era lo mismo")
    assert merged.json()["data"]["kind"] == "merge"
    await settled(recado)
    tickets = await desk(recado)
    assert tickets[old_number][0] == "Open"
    assert tickets[new_number][0] == "Closed"
    assert any(f"#{old_number}" in text for text in tickets[new_number][1])
    assert len(await opened(recado)) == len(set(await opened(recado))) == 2
    assert len(await recado.waha.sent()) == told

    history = (await full(recado, incident))["corrections"]
    assert [one["kind"] for one in history] == ["split", "move", "merge"]
    assert {one["author"] for one in history} == {"Marta"}
    assert history[0]["why"] == "son dos cosas"
    listed = await recado.http.get("/api/corrections", params={"incident": incident})
    assert listed.json()["data"] == history
    assert (await full(recado, new))["merged_into"] == incident
    with pytest.raises(psycopg.errors.RaiseException, match="kept as they were made"):
        await recado.rows("UPDATE corrections SET author = 'nobody' RETURNING id")
    with pytest.raises(psycopg.errors.RaiseException, match="kept as they were made"):
        await recado.rows("DELETE FROM corrections RETURNING id")


async def test_what_cannot_be_is_refused_in_a_sentence(demo: Demo) -> None:
    recado = await demo()
    said = await recado.waha.say(PRINTER)
    [incident] = await ticketed(recado, 1)
    await settled(recado)
    nobody = str(uuid4())
    cases: list[tuple[int, dict[str, Any]]] = [
        (404, {"kind": "merge", "incident": nobody, "other": incident}),
        (404, {"kind": "merge", "incident": incident, "other": nobody}),
        (409, {"kind": "split", "incident": incident, "messages": [said]}),
        (409, {"kind": "take_up", "incident": incident}),
        (409, {"kind": "detach", "incident": incident}),
        (422, {"kind": "merge", "incident": incident, "other": incident}),
        (422, {"kind": "merge", "incident": incident}),
        (422, {"kind": "move", "incident": incident, "messages": ["NOBODY"]}),
        (422, {"kind": "move", "incident": incident}),
        (422, {"kind": "burn", "incident": incident}),
        (422, {"kind": "dismiss", "incident": incident, "author": "  "}),
        (422, {"kind": "dismiss", "incident": incident, "author": ""}),
        (422, {"kind": "dismiss", "incident": incident, "why": "a\x00b"}),
        (422, {"kind": "dismiss", "incident": incident, "request_key": "1"}),
        (422, {"kind": "dismiss", "incident": "no-id"}),
    ]
    for status, body in cases:
        whole = {"author": "Marta", "request_key": str(uuid4())} | body
        answer = await recado.http.post("/api/corrections", json=whole)
        assert answer.status_code == status, (body, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]
    assert await recado.count("corrections") == 0
    other_site = {"origin": "http://example.com"}
    stolen = await recado.http.post("/api/corrections", json=cases[2][1], headers=other_site)
    assert stolen.status_code == 403


async def test_the_same_request_many_times_at_once_is_done_once(demo: Demo) -> None:
    recado = await demo()
    await recado.waha.say(PRINTER)
    await ticketed(recado, 1)
    await recado.waha.say(SCALE, **RAUL)
    first, second = await ticketed(recado, 2)
    await settled(recado)
    key = str(uuid4())
    answers = await asyncio.gather(
        *(correct(recado, "merge", first, other=second, request_key=key) for _ in range(8))
    )
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["data"]["id"] for answer in answers}) == 1
    await settled(recado)
    assert await recado.count("corrections") == 1
    closed = [status for status, _ in (await desk(recado)).values()]
    assert sorted(closed) == ["Closed", "Open"]
    reused = await correct(recado, "dismiss", first, request_key=key)
    assert reused.status_code == 409


async def test_a_kill_between_the_steps_doubles_nothing(real: Real) -> None:
    """The server is killed as soon as it has said yes, or a little later; the next one finishes."""
    hurry = {"LEASE_SECONDS": "10", "DESK_SETTLE_SECONDS": "2", "DESK_RETRY_SECONDS": "2"}
    recado = await real(**hurry)
    await recado.waha.say(PRINTER)
    await ticketed(recado, 1)
    await recado.waha.say(SCALE, **RAUL)
    first, second = await ticketed(recado, 2)
    await settled(recado)
    told = len(await recado.waha.sent())
    steps: list[tuple[str, str, dict[str, str], float]] = [
        ("merge", first, {"other": second}, 0.0),
        ("take_up", second, {}, 0.1),
        ("merge", first, {"other": second}, 0.3),
    ]
    for kind, incident, more, later in steps:
        answer = await correct(recado, kind, incident, **more)
        assert answer.status_code == 200, answer.text
        await asyncio.sleep(later)
        await recado.program.end(signal.SIGKILL)
        recado = await real(**hurry)
        await settled(recado, 200)
    tickets = await desk(recado)
    kept, gone = sorted(tickets, key=int)
    assert (tickets[kept][0], tickets[gone][0]) == ("Open", "Closed")
    # A word on either ticket for each of the three, and none twice.
    for number in (kept, gone):
        marks = [text.rpartition("[ref ")[2] for text in tickets[number][1]]
        assert len(marks) == len(set(marks)) == len(steps), tickets[number]
    assert len(await opened(recado)) == 2
    assert len(await recado.waha.sent()) == told
