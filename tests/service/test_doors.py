"""What the doors answer (flow.md, Errors at the doors), and what is stored of what they are
given: the application on a real Postgres, called as the gateways call it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.service.conftest import Run
from tests.service.door import AT, Door, event, open_door
from tests.service.stage import GROUP, HOOK, ORG, free_port, zoho_argv

pytestmark = pytest.mark.slow

LIMIT = 2 * 1024**2


@pytest.fixture
async def door(database_url: str, tmp_path: Path) -> AsyncIterator[Door]:
    """The doors of a Recado that is configured for WAHA; nobody works behind them."""
    async with open_door(database_url, tmp_path) as opened:
        yield opened


def problem(answer: httpx.Response) -> tuple[int, str]:
    """The status and the sentence of an RFC 9457 body."""
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["title"] == HTTPStatus(answer.status_code).phrase
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["trace_id"]
    return body["status"], body["detail"]


# -- the WAHA door --------------------------------------------------------------------------------


async def test_a_signed_message_is_stored_once_before_it_is_answered(door: Door) -> None:
    answers = [(await door.waha(event("A1"))).json()["accepted"] for _ in range(3)]
    assert answers == [1, 0, 0]
    (row,) = await door.rows("SELECT * FROM messages")
    assert (row["chat"], row["text"], row["name"]) == (GROUP, "No imprime", "Lupita")
    assert await door.rows("SELECT 1 FROM turns WHERE state = 'open'")
    assert await door.metric('messages_received_total{channel="waha"}') == 1


async def test_duplicates_in_parallel_are_stored_once(door: Door) -> None:
    stanzas = [f"P{n}" for n in range(10)]
    bodies = [event(stanza) for stanza in stanzas for _ in range(8)]
    answers = await asyncio.gather(*(door.waha(body) for body in bodies))
    assert {answer.status_code for answer in answers} == {200}
    assert sum(answer.json()["accepted"] for answer in answers) == 10
    assert sorted(await door.stored()) == sorted(stanzas)


async def test_batches_that_cross_each_other_are_all_stored(door: Door) -> None:
    """Two deliveries with the same chats in opposite order must not wait for each other."""

    def batch(numbers: list[int]) -> list[dict[str, Any]]:
        chats = {n: f"12036300000000{n:04d}@g.us" for n in numbers}
        return [
            event(f"X{n}", id=f"false_{chats[n]}_X{n}_10000{n}@lid", **{"from": chats[n]})
            for n in numbers
        ]

    forth, back = batch(list(range(40))), batch(list(reversed(range(40))))
    for _ in range(3):
        answers = await asyncio.gather(*(door.waha(body) for body in (forth, back) * 4))
        assert {answer.status_code for answer in answers} == {200}
    assert len(await door.stored()) == 40


@pytest.mark.parametrize("signature", ["", "0" * 128, "ü" * 64, "sha512=" + "0" * 128])
async def test_a_wrong_signature_is_401(door: Door, signature: str) -> None:
    headers = {b"x-webhook-hmac": signature.encode("latin-1")}
    raw = json.dumps(event("A1")).encode()
    answer = await door.http.post("/webhooks/waha", content=raw, headers=headers)
    assert problem(answer)[0] == 401
    assert await door.stored() == []


async def test_no_signature_or_that_of_another_body_is_401(door: Door) -> None:
    unsigned = await door.http.post("/webhooks/waha", json=event("A1"))
    assert problem(unsigned)[0] == 401
    request = (await door.waha(event("A1"))).request
    swapped = await door.http.post(
        "/webhooks/waha", json=event("A2"), headers=dict(request.headers) | {"content-length": "9"}
    )
    assert problem(swapped)[0] == 401
    assert await door.stored() == ["A1"]


async def test_a_door_that_is_not_configured_is_404(database_url: str, tmp_path: Path) -> None:
    unset: dict[str, None] = dict.fromkeys(("WAHA_URL", "WAHA_HMAC_KEY", "WAHA_API_KEY"))
    async with open_door(database_url, tmp_path, RECADO_MODE="demo", **unset) as door:
        assert problem(await door.waha(event("A1")))[0] == 404
        assert await door.stored() == []


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"null",
        b"true",
        b'"hola"',
        b"\xff\xfe\x00",
        b'{"event": NaN}',
        b"[" * 200_000 + b"]" * 200_000,
        b'{"payload":' * 100_000 + b"1" + b"}" * 100_000,
        b"[" + b"1" * 6000 + b"]",
        b"[" + b"{}," * 1000 + b"{}]",
    ],
)
async def test_an_unreadable_body_is_400_and_the_door_stays_open(door: Door, raw: bytes) -> None:
    status, detail = problem(await door.waha(raw))
    assert status == 400
    assert detail
    assert (await door.waha(event("A1"))).status_code == 200
    assert await door.stored() == ["A1"]


async def test_a_body_above_the_limit_is_413(door: Door) -> None:
    assert problem(await door.waha(b" " * (LIMIT + 1)))[0] == 413
    just = event("A1", "x")
    room = LIMIT - len(json.dumps(just).encode())
    assert (await door.waha(event("A1", "x" * (room + 1)))).status_code == 200
    assert await door.stored() == ["A1"]


@pytest.mark.parametrize("claim", ["99999999999999999999", "9" * 5000, "²", "-1", "1e9", ""])
async def test_whatever_length_a_small_body_claims_nothing_breaks(door: Door, claim: str) -> None:
    # httpx sends header bytes as they are; a server would refuse most of these itself.
    headers = {b"content-length": claim.encode("latin-1")}
    answer = await door.http.post("/webhooks/waha", content=b"{}", headers=headers)
    assert answer.status_code in (401, 413)


BROKEN: list[Any] = [
    None,
    7,
    "x",
    [],
    {},
    {"event": 5, "session": "default", "payload": {}},
    {"event": "message", "session": "default", "payload": None},
    {"event": "message", "session": {"a": 1}, "payload": {}},
    event("B1", ["not", "a", "text"]),
    event("B2", id=None),
    event("B3", id={"_serialized": 5}),
    event("B4", id="false_nobody@nowhere_B4"),
    {**event("B5"), "event": "message.reaction"},
]


async def test_bad_events_are_set_aside_and_their_neighbours_stored(door: Door) -> None:
    batch = [event("A1"), *BROKEN, event("A2")]
    answer = await door.waha(batch)
    assert (answer.status_code, answer.json()["accepted"]) == (200, 2)
    assert await door.stored() == ["A1", "A2"]
    aside = await door.set_aside()
    assert [json.loads(row["body"]) for row in aside] == BROKEN
    assert all(row["source"] == "waha" and row["reason"] for row in aside)
    assert await door.metric('recado_quarantined_total{reason="waha"}') == len(BROKEN)


async def test_unknown_kinds_of_event_are_taken_and_left_alone(door: Door) -> None:
    kinds = ["session.status", "message.ack", "presence.update", "call.received", "no.such.kind"]
    batch: list[Any] = [{**event(f"K{n}"), "event": kind} for n, kind in enumerate(kinds)]
    answer = await door.waha([*batch, event("A1")])
    assert (answer.status_code, answer.json()["accepted"]) == (200, 1)
    assert await door.stored() == ["A1"]
    assert await door.set_aside() == []


async def test_what_postgres_cannot_keep_is_taken_out_of_a_text(door: Door) -> None:
    odd = event("A1", "no\0 imprime \ud83d\udda8 \ud800!", _data={"pushName": "Lu\0pita\udfff"})
    bad = event("B1", {"\ud800": "\0"})
    raw = json.dumps([odd, bad]).encode()
    assert b"\\ud800" in raw
    assert (await door.waha(raw)).status_code == 200
    (row,) = await door.rows("SELECT text, name FROM messages")
    assert (row["text"], row["name"]) == ("no imprime 🖨 \ufffd!", "Lupita\ufffd")
    assert len(await door.set_aside()) == 1


async def test_a_message_without_content_is_no_fault(door: Door) -> None:
    empty = event("A1", None, _data={"message": None})
    answer = await door.waha([empty, event("A2", None, _data=None), event("A3")])
    assert answer.status_code == 200
    assert "A3" in await door.stored()
    assert await door.set_aside() == []


@pytest.mark.parametrize(
    "stamp", [AT, AT * 1000, str(AT), str(AT * 1000), float(AT), {"low": AT, "high": 0}]
)
async def test_a_time_is_the_same_in_whatever_shape_it_comes(door: Door, stamp: object) -> None:
    await door.waha(event("A1", timestamp=stamp))
    (row,) = await door.rows("SELECT extract(epoch FROM sent_at) AS at FROM messages")
    assert float(row["at"]) == AT


@pytest.mark.parametrize("stamp", [None, -1, 0, 1e300, "morgen", 10**30, True, [], 4_000_000_000])
async def test_a_time_that_is_none_is_that_of_its_arrival(door: Door, stamp: object) -> None:
    body = {**event("A1", timestamp=stamp), "timestamp": stamp}
    assert (await door.waha(body)).status_code == 200
    (row,) = await door.rows("SELECT abs(extract(epoch FROM now() - sent_at)) AS off FROM messages")
    assert float(row["off"]) < 600


async def test_a_signed_delivery_is_never_refused_for_its_age(door: Door) -> None:
    old = event("A1", timestamp=1_400_000_000)
    late = {"x-webhook-timestamp": "1400000000000"}
    assert (await door.waha(old, **late)).json()["accepted"] == 1
    assert await door.stored() == ["A1"]


async def test_another_author_under_a_known_id_is_set_aside_and_counted(door: Door) -> None:
    await door.waha(event("A1"))
    forged = event("A1", "otra cosa", id=f"false_{GROUP}_A1_222@lid", participant="222@lid")
    answer = await door.waha(forged)
    assert (answer.status_code, answer.json()["accepted"]) == (200, 0)
    (row,) = await door.rows("SELECT text FROM messages")
    assert row["text"] == "No imprime"
    assert [row["reason"] for row in await door.set_aside()] == ["conflict"]
    assert await door.metric('recado_quarantined_total{reason="conflict"}') == 1


async def test_a_lid_and_a_phone_that_meet_are_one_person(door: Door) -> None:
    await door.waha(event("A1"))
    phone = "5200000000001@c.us"
    await door.waha(event("A2", id=f"false_{GROUP}_A2_{phone}", participant=phone))
    assert len(await door.rows("SELECT 1 FROM persons")) == 2
    both = {"key": {"participantAlt": "5200000000001@s.whatsapp.net"}, "pushName": "Lupita"}
    await door.waha(event("A3", _data=both))
    (person,) = await door.rows("SELECT id FROM persons WHERE merged_into IS NULL")
    assert {row["person_id"] for row in await door.rows("SELECT person_id FROM messages")} == {
        person["id"]
    }
    (turn,) = await door.rows("SELECT id FROM turns WHERE state = 'open'")
    assert {row["turn_id"] for row in await door.rows("SELECT turn_id FROM messages")} == {
        turn["id"]
    }


# -- the Zoho door --------------------------------------------------------------------------------


@pytest.fixture
async def zoho(run: Run, tmp_path: Path) -> str:
    """The address of a desk whose keys can be fetched."""
    port = free_port()
    await run("zoho", zoho_argv(port, tmp_path, "http://127.0.0.1:9/x"), says="stand-in on")
    return f"http://127.0.0.1:{port}"


HINT = [{"eventType": "Ticket_Update", "payload": {"id": "189200000000100001"}}]
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


async def test_zoho_may_look_whether_the_address_answers(door: Door) -> None:
    assert (await door.http.get("/webhooks/zoho")).status_code == 200
    for empty in (b"", b"{}", b" [] ", b"\n"):
        answer = await door.http.post("/webhooks/zoho", content=empty)
        assert (answer.status_code, answer.json()) == (200, {"accepted": 0})


async def test_a_delivery_that_zoho_did_not_sign_is_401(
    zoho: str, database_url: str, tmp_path: Path
) -> None:
    now = int(time.time())
    claims = {"iss": f"orgId:{ORG}", "aud": f"webhookId:{HOOK}", "iat": now, "exp": now + 300}
    async with httpx.AsyncClient(trust_env=False) as http:
        keys = (await http.get(f"{zoho}/.well-known/jwks.json")).json()["keys"]
    tokens = [
        "",
        "a.b.c",
        "x" * 10_000,
        jwt.encode(claims, STRANGER, algorithm="RS256", headers={"kid": keys[0]["kid"]}),
        jwt.encode(claims, STRANGER, algorithm="RS256", headers={"kid": "unknown"}),
        jwt.encode(claims, keys[0]["n"], algorithm="HS256", headers={"kid": keys[0]["kid"]}),
        jwt.encode(claims, "", algorithm="none", headers={"kid": keys[0]["kid"]}),
    ]
    async with open_door(database_url, tmp_path, zoho) as door:
        for token in tokens:
            answer = await door.http.post(
                "/webhooks/zoho", json=HINT, headers={"x-zdesk-jwt": token}
            )
            assert problem(answer)[0] == 401, token
        assert (await door.http.post("/webhooks/zoho", json=HINT)).status_code == 401
        assert await door.rows("SELECT 1 FROM procrastinate_jobs") == []


async def test_keys_that_cannot_be_fetched_are_503(door: Door) -> None:
    """Nobody is at the desk's address: the delivery is neither believed nor refused for good."""
    token = jwt.encode({}, STRANGER, algorithm="RS256", headers={"kid": "k"})
    answer = await door.http.post("/webhooks/zoho", json=HINT, headers={"x-zdesk-jwt": token})
    assert problem(answer)[0] == 503


async def test_a_zoho_body_above_the_limit_is_413(door: Door) -> None:
    answer = await door.http.post("/webhooks/zoho", content=b" " * (LIMIT + 1))
    assert problem(answer)[0] == 413
