"""A delivery is believed only if Zoho signed it for us, and its body only as a hint."""

from __future__ import annotations

import json
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st
from jwt.algorithms import RSAAlgorithm

from domain.errors import BadInput, DeskUnavailable
from tools.zoho.config import ZohoConfig
from tools.zoho.errors import NotSigned
from tools.zoho.webhook import WebhookVerifier, parse_events

NOW = 1_790_000_000
CLAIMS = {"iss": "orgId:600", "aud": "webhookId:7", "iat": NOW - 5, "exp": NOW + 300}
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def jwk(key: rsa.RSAPrivateKey, kid: str) -> dict[str, Any]:
    return {**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": kid, "use": "sig"}


def signed(
    key: rsa.RSAPrivateKey = KEY,
    *,
    algorithm: str = "RS256",
    headers: dict[str, Any] | None = None,
    **changes: Any,
) -> str:
    claims = {k: v for k, v in {**CLAIMS, **changes}.items() if v is not None}
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": "k1", **(headers or {})})


class Keys:
    """The desk's key endpoint, and a clock."""

    def __init__(self, webhook_id: str | None = "7") -> None:
        self.keys = [jwk(KEY, "k1")]
        self.broken = False
        self.fetched = 0
        self.time = 1000.0
        http = httpx.AsyncClient(transport=httpx.MockTransport(self._serve))
        config = ZohoConfig("id", "s", "r", "600", "189", data_centre="in", webhook_id=webhook_id)
        self.verifier = WebhookVerifier(
            http, config, now=lambda: float(NOW), monotonic=lambda: self.time
        )

    def _serve(self, request: httpx.Request) -> httpx.Response:
        assert str(request.url) == "https://desk.zoho.in/.well-known/jwks.json"
        self.fetched += 1
        if self.broken:
            return httpx.Response(503, html="<html>")
        return httpx.Response(200, json={"keys": self.keys})


@pytest.mark.parametrize(
    "token",
    [
        signed(),
        signed(iat=(NOW - 5) * 1000, exp=(NOW + 300) * 1000),
        signed(iat=str((NOW - 5) * 1000), exp=str((NOW + 300) * 1000)),
        signed(aud=["other", "webhookId:7"]),
        signed(exp=NOW - 30),
        signed(iat=None),
        signed(sub=12, jti=13),
    ],
)
async def test_a_good_signature_passes(token: str) -> None:
    await Keys().verifier.verify(token)


def unsigned() -> str:
    return jwt.encode(CLAIMS, "", algorithm="none", headers={"kid": "k1"})


def with_public_key_as_secret() -> str:
    """The classic: HS256 with what everybody can fetch."""
    secret = str(jwk(KEY, "k1")["n"])
    return jwt.encode(CLAIMS, secret, algorithm="HS256", headers={"kid": "k1"})


@pytest.mark.parametrize(
    "token",
    [
        None,
        "",
        "x",
        "a.b.c",
        "x" * 9000,
        "\ud800.x.y",
        unsigned(),
        with_public_key_as_secret(),
        signed(OTHER_KEY),
        signed(algorithm="RS512"),
        jwt.encode(CLAIMS, KEY, algorithm="RS256"),
        signed(headers={"kid": "k2"}),
        signed(headers={"crit": ["x"], "x": 1}),
        signed(aud="webhookId:8"),
        signed(aud="7"),
        signed(aud=None),
        signed(aud=[]),
        signed(iss="orgId:601"),
        signed(iss=None),
        signed(exp=NOW - 61),
        signed(exp=(NOW - 61) * 1000),
        signed(exp=None),
        signed(exp="soon"),
        signed(exp=[1]),
        signed(exp=float("nan")),
        signed(iat=NOW + 3600),
        signed(nbf=(NOW + 3600) * 1000),
        signed()[:-8] + "AAAAAAAA",
        ".".join(signed().split(".")[:2]) + ".",
    ],
)
async def test_anything_else_does_not(token: str | None) -> None:
    with pytest.raises(NotSigned):
        await Keys().verifier.verify(token)


async def test_without_a_configured_webhook_any_of_our_organisation_passes() -> None:
    keys = Keys(webhook_id=None)
    await keys.verifier.verify(signed(aud="webhookId:8"))
    for bad in (signed(aud="other:8"), signed(iss="orgId:601")):
        with pytest.raises(NotSigned):
            await keys.verifier.verify(bad)


async def test_keys_are_fetched_once_and_again_for_an_unknown_one_each_minute() -> None:
    keys = Keys()
    for _ in range(3):
        await keys.verifier.verify(signed())
    assert keys.fetched == 1
    rotated = signed(OTHER_KEY, headers={"kid": "k2"})
    keys.keys.append(jwk(OTHER_KEY, "k2"))
    for _ in range(5):
        with pytest.raises(NotSigned):
            await keys.verifier.verify(rotated)
    assert keys.fetched == 1
    keys.time += 61
    await keys.verifier.verify(rotated)
    assert keys.fetched == 2


async def test_without_keys_nothing_is_known_and_nobody_is_flooded() -> None:
    keys = Keys()
    keys.broken = True
    for _ in range(5):
        with pytest.raises(DeskUnavailable):
            await keys.verifier.verify(signed())
        keys.time += 0.5
    assert keys.fetched == 1
    keys.broken = False
    keys.time += 5
    await keys.verifier.verify(signed())
    keys.broken = True
    keys.time += 7200
    await keys.verifier.verify(signed())


def event(**changes: Any) -> dict[str, Any]:
    payload = {"id": "1892000001004057", "status": "Closed"}
    return {"eventType": "Ticket_Update", "eventTime": "1", "payload": payload, **changes}


def test_reads_lists_and_single_events() -> None:
    comment = event(
        eventType="Ticket_Comment_Add", payload={"id": "55", "ticketId": "1892000001004058"}
    )
    hints = parse_events(json.dumps([event(), comment, event()]).encode())
    assert [h.ticket_id for h in hints] == [
        "1892000001004057",
        "1892000001004058",
        "1892000001004057",
    ]
    assert [h.event for h in hints] == ["Ticket_Update", "Ticket_Comment_Add", "Ticket_Update"]
    assert parse_events(json.dumps(event()).encode()) == hints[:1]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n",
        b"[]",
        b"{}",
        b"[{}]",
        b"[1, null]",
        json.dumps([event(payload=None)]).encode(),
        json.dumps([event(payload={"id": "../1"})]).encode(),
        json.dumps([event(payload={"id": "9" * 30})]).encode(),
        json.dumps([event(payload={"id": True})]).encode(),
        json.dumps([event(eventType="Contact_Add")]).encode(),
        json.dumps([event(eventType="Ticket_Comment_Add")]).encode(),
    ],
)
def test_what_names_no_ticket_is_nothing(body: bytes) -> None:
    assert parse_events(body) == []


@pytest.mark.parametrize(
    "body", [b"x", b"1", b'"a"', b"null", b"\xff", b"[" * 100_000, b"9" * 9999]
)
def test_what_is_no_list_is_bad_input(body: bytes) -> None:
    with pytest.raises(BadInput):
        parse_events(body)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(st.binary(max_size=200) | _JSON.map(lambda value: json.dumps([value]).encode()))
def test_no_body_is_a_crash(body: bytes) -> None:
    try:
        parse_events(body)
    except BadInput:
        return
