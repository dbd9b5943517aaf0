"""Thousands of malformed deliveries, correctly signed, with good ones among them: the doors never
break, and everything good is stored."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.service.conftest import Run
from tests.service.door import Door, event, open_door
from tests.service.stage import HOOK, ORG, free_port, zoho_argv
from tests.unit.test_waha_rubbish import ANY, mutations

pytestmark = pytest.mark.slow

# Each example is a volley of deliveries.
VOLLEYS, VOLLEY = 60, 50
EAGER = settings(
    max_examples=VOLLEYS,
    deadline=None,
    # A failure names its body; making the volley smaller would take minutes.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.data_too_large,
        HealthCheck.too_slow,
    ],
)


def as_json(tree: object) -> bytes:
    return json.dumps(tree).encode()


def torn(raw: bytes, at: int, with_: bytes) -> bytes:
    """A body with some bytes of it replaced."""
    cut = at % (len(raw) + 1)
    return raw[:cut] + with_ + raw[cut + len(with_) :]


BODIES = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300).map(str.encode),
    ANY.map(as_json),
    mutations().map(as_json),
    st.lists(mutations(), max_size=4).map(as_json),
    st.builds(torn, mutations().map(as_json), st.integers(0, 5000), st.binary(max_size=4)),
    st.integers(1, 3000).map(lambda deep: as_json(event("D"))[:-1] + b',"x":' + b"[" * deep),
    st.integers(1, 900).map(
        lambda deep: as_json(event("D"))[:-1] + b',"x":' + b"[" * deep + b"]" * deep + b"}"
    ),
)


@pytest.fixture
async def door(database_url: str, tmp_path: Path) -> AsyncIterator[Door]:
    async with open_door(database_url, tmp_path) as opened:
        yield opened


@pytest.fixture
def next_stanza() -> Callable[[], str]:
    """Ids of good messages, each once, whatever hypothesis repeats."""
    numbers: Iterator[int] = iter(range(10**9))
    return lambda: f"GOOD{next(numbers):09d}"


@EAGER
@given(volley=st.lists(BODIES, min_size=VOLLEY, max_size=VOLLEY))
async def test_malformed_deliveries_never_break_the_door_or_lose_their_neighbours(
    door: Door, next_stanza: Callable[[], str], volley: list[bytes]
) -> None:
    good: list[str] = []
    for number, body in enumerate(volley):
        answer = await door.waha(body)
        assert answer.status_code in (200, 400), (answer.status_code, body)
        if number % 10 == 0:
            good.append(next_stanza())
            assert (await door.waha(event(good[-1]))).json()["accepted"] == 1
    stored = set(await door.stored())
    assert stored.issuperset(good)


@EAGER
@given(volley=st.lists(mutations(), min_size=VOLLEY, max_size=VOLLEY))
async def test_a_batch_with_bad_events_keeps_its_good_ones(
    door: Door, next_stanza: Callable[[], str], volley: list[Any]
) -> None:
    """What is no JSON at all spoils its body; everything else spoils only itself."""
    readable = [one for one in volley if not {"NaN", "Infinity"} & words_of(one)]
    first, last = next_stanza(), next_stanza()
    answer = await door.waha([event(first), *readable, event(last)])
    assert answer.status_code == 200, answer.text
    assert {first, last} <= set(await door.stored())


def words_of(tree: object) -> set[str]:
    """The constants that Python writes and JSON does not know."""
    text = json.dumps(tree)
    return {word for word in ("NaN", "Infinity") if word in text}


@pytest.fixture
async def signed_by_zoho(
    run: Run, database_url: str, tmp_path: Path
) -> AsyncIterator[tuple[Door, dict[str, str]]]:
    """The doors, and the header that the desk would sign a delivery with."""
    port = free_port()
    await run("zoho", zoho_argv(port, tmp_path, "http://127.0.0.1:9/x"), says="stand-in on")
    zoho = f"http://127.0.0.1:{port}"
    async with httpx.AsyncClient(trust_env=False) as http:
        (key,) = (await http.get(f"{zoho}/.well-known/jwks.json")).json()["keys"]
    now = int(time.time())
    claims = {"iss": f"orgId:{ORG}", "aud": f"webhookId:{HOOK}", "iat": now, "exp": now + 3600}
    with closing(sqlite3.connect(tmp_path / "zoho.sqlite")) as state:
        query = "SELECT value FROM meta WHERE key = 'signing_key'"
        ((secret,),) = state.execute(query).fetchall()
    token = jwt.encode(claims, secret, algorithm="RS256", headers={"kid": key["kid"]})
    async with open_door(database_url, tmp_path, zoho) as opened:
        yield opened, {"x-zdesk-jwt": token}


HINTS = st.fixed_dictionaries(
    {},
    optional={
        "eventType": st.sampled_from(["Ticket_Update", "Ticket_Comment_Add", "x", ""]) | ANY,
        "payload": ANY
        | st.fixed_dictionaries(
            {},
            optional={
                "id": ANY | st.from_regex(r"[0-9]{1,40}", fullmatch=True),
                "ticketId": ANY | st.integers(),
            },
        ),
        "prevState": ANY,
    },
)


@EAGER
@given(
    volley=st.lists(
        st.one_of(
            st.binary(max_size=200),
            ANY.map(as_json),
            HINTS.map(as_json),
            st.lists(HINTS, max_size=5).map(as_json),
            st.integers(1, 3000).map(
                lambda deep: (
                    b'[{"eventType":"Ticket_Update","payload":{"id":"1","x":'
                    + b"[" * deep
                    + b"]" * deep
                    + b"}}]"
                )
            ),
        ),
        min_size=VOLLEY,
        max_size=VOLLEY,
    )
)
async def test_malformed_hints_of_the_desk_never_break_its_door(
    signed_by_zoho: tuple[Door, dict[str, str]], volley: list[bytes]
) -> None:
    door, signature = signed_by_zoho
    for body in volley:
        answer = await door.http.post("/webhooks/zoho", content=body, headers=signature)
        assert answer.status_code in (200, 400), (answer.status_code, body)
    hint = [{"eventType": "Ticket_Update", "payload": {"id": "189200000000100001"}}]
    answer = await door.http.post("/webhooks/zoho", json=hint, headers=signature)
    assert answer.json()["accepted"] == 1
