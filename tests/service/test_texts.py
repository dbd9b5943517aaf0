"""Every text that the page's API takes may hold anything: what cannot be kept is refused with a
sentence, and nothing of it breaks us."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest

from tests.service.conftest import Demo, Recado

pytestmark = pytest.mark.slow
Schema = dict[str, Any]
# Postgres holds no NUL, UTF-8 no half of a pair; the rest is legal and odd.
UNSTORABLE = ("\x00", "Ana\x00", "\ud800", "a\udfff\ud83d")
ODD = (
    "\x1b[2J\r\n",
    "\u2028\u202e\ufffe",
    "'; DROP TABLE incidents; --",
    "%s {0} \\u0000",
    "🧾" * 60,
)
# Numbers of rows that no row has, beyond what Postgres counts.
NUMBERS = ("0", "-1", str(2**63), "9" * 400, "1\x00")
# What the stand-in's control routes take; the API passes them on unread.
ACTS: dict[str, Schema] = {
    "say": {
        **{"chat": "120363000000000077@g.us", "from": "100000000000077@lid", "name": "Ana"},
        **{"chat_name": "Grupo", "text": "hola", "quote": "3EB0", "mentions": ["1@lid"]},
        **{"phone": "5215500000000", "id": None},
    },
    "edit": {"chat": "120363000000000077@g.us", "id": "3EB0", "text": "hola", "from": "1@lid"},
    "revoke": {"chat": "120363000000000077@g.us", "id": "3EB0", "from": "1@lid"},
    "react": {"chat": "120363000000000077@g.us", "id": "3EB0", "emoji": "x", "from": "1@lid"},
}


def plain(schema: Schema, parts: Schema, known: dict[str, str]) -> Any:
    """A value that fits a schema."""
    if "$ref" in schema:
        return plain(parts[schema["$ref"].rsplit("/", 1)[1]], parts, known)
    if "anyOf" in schema:
        return plain(schema["anyOf"][0], parts, known)
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("format") == "uuid":
        return known["incident"]
    kind = str(schema.get("type"))
    if kind == "object":
        held: Schema = schema["properties"]
        return {name: plain(one, parts, known) for name, one in held.items()}
    if kind == "array":
        return [plain(schema["items"], parts, known)]
    return {"string": "a" * schema.get("minLength", 1), "integer": 1, "number": 1.0}.get(kind, True)


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where texts are in a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, held in items:
        if isinstance(held, dict | list):
            yield from places(held, (*path, key))
        elif isinstance(held, str) or held is None:
            yield (*path, key)


def with_text(value: Any, path: tuple[str | int, ...], text: str) -> Any:
    """The same value with a text at this place."""
    copy = json.loads(json.dumps(value))
    held = copy
    for key in path[:-1]:
        held = held[key]
    held[path[-1]] = text
    return copy


def address(path: str, filled: dict[str, str], more: dict[str, str]) -> str:
    """A path with what it has holes for, and what it is asked with."""
    for name, value in filled.items():
        path = path.replace("{" + name + "}", quote(value, safe=""))
    return f"{path}?{urlencode(more)}"


class Asker:
    """Sends what is odd, and keeps what was answered otherwise than with a sentence."""

    def __init__(self, recado: Recado) -> None:
        self.recado = recado
        self.asked = 0
        self.wrong: list[str] = []

    async def ask(self, method: str, path: str, body: Any = None, *, refused: bool = False) -> None:
        """`refused`: it must not be taken."""
        headers = {"content-type": "application/json"}
        content = None if body is None else json.dumps(body).encode()
        answer = await self.recado.http.request(method, path, content=content, headers=headers)
        self.asked += 1
        status = answer.status_code
        if status >= 500 or (refused and status != 422):
            self.wrong.append(f"{method} {path[:80]} {ascii(body)[:120]}: {status}")
        elif status >= 400:
            told = answer.json()
            assert told["code"], path
            assert len(told["detail"]) > 5, path


async def test_whatever_is_written_anywhere_is_taken_or_refused_with_a_sentence(
    demo: Demo,
) -> None:
    recado = await demo()
    await recado.waha.say("La impresora de tickets no funciona")
    await recado.waha.wait_for("tienda")
    (row,) = (await recado.http.get("/api/incidents")).json()["data"]
    api = (await recado.http.get("/openapi.json")).json()
    parts, asker = api["components"]["schemas"], Asker(recado)
    fields: set[str] = set()
    for path, methods in api["paths"].items():
        if not path.startswith("/api") or path in ("/api/demo/events", "/api/demo/acts/{act}"):
            continue
        for method, route in methods.items():
            given = route.get("parameters", [])
            known = {"incident": row["id"]}
            holes = {
                one["name"]: str(plain(one["schema"], parts, known))
                for one in given
                if one["in"] == "path"
            }
            needed = {
                one["name"]: str(plain(one["schema"], parts, known))
                for one in given
                if one["in"] == "query" and one.get("required")
            }

            content = route.get("requestBody", {}).get("content", {})
            body = None
            if "application/json" in content:
                body = plain(content["application/json"]["schema"], parts, known)
                for place in places(body):
                    fields.add(f"{path}.{place[0]}")
                    for text in (*UNSTORABLE, *ODD):
                        evil = with_text(body, place, text)
                        refused = text in UNSTORABLE
                        await asker.ask(method, address(path, holes, needed), evil, refused=refused)
            for one in given:
                odd = NUMBERS if one["schema"].get("type") == "integer" else ("\x00", *ODD)
                for text in odd:
                    filled, more = dict(holes), dict(needed)
                    if one["in"] == "path":
                        filled[one["name"]] = text
                    elif one["in"] == "query":
                        more[one["name"]] = text
                    await asker.ask(method, address(path, filled, more), body)
    for act, said in ACTS.items():
        for place in places(said):
            for text in (*UNSTORABLE, *ODD):
                evil = with_text(said, place, text) | ({"id": uuid4().hex} if act == "say" else {})
                await asker.ask("post", f"/api/demo/acts/{act}", evil)
    assert {
        "/api/incidents/{incident_id}/take.owner",
        "/api/corrections.why",
        "/api/session.password",
    } <= fields
    assert asker.asked > 300
    assert not asker.wrong, "\n".join(asker.wrong)
    assert (await recado.http.get("/ready")).status_code == 200
