"""Whatever a signed body holds, nothing but BadInput comes out, and good neighbours stay."""

from __future__ import annotations

import copy
import json
from dataclasses import asdict
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import BadInput
from tests.unit.test_waha_parse import AT, GROUP, ID, NOW, STANZA, event, media, one, parse
from tools.channels.waha.content import TEXT_CAP
from tools.channels.waha.parse import parse_delivery


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b'"x"',
        b"5",
        b"{",
        b"\xff\xfe{}",
        b'{"a":\xed\xa0\x80}',
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"a":' + b"9" * 5000 + b"}",
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b'{"a":"\x00"}',
        b"[" + b"{}," * 1_000 + b"{}]",
        "{}".encode("utf-16"),
    ],
)
def test_an_unreadable_body_is_bad_input(raw: bytes) -> None:
    with pytest.raises(BadInput):
        parse_delivery(raw, NOW)


@pytest.mark.parametrize(
    "broken",
    [
        None,
        7,
        [],
        {},
        {"event": 5, "session": "default", "payload": {}},
        {"event": "message", "session": "default"},
        {"event": "message", "session": "", "payload": {}},
        {"event": "message", "session": "default", "payload": None},
        {"event": "message", "session": "default", "payload": []},
        event(id=None),
        event(id="false_x@y_A"),
        event(id="A B"),
        event(id="A") | {"payload": {"id": "A", "body": "x"}},
        event(id="x" * 500),
        event(body=["x"]),
        event("message.edited", body=None),
        event("message.reaction", reaction="x"),
    ],
)
def test_a_bad_event_is_set_aside_and_its_neighbours_stay(broken: Any) -> None:
    parsed = parse(event(), broken, event(id=f"false_{GROUP}_B_1@lid"))
    assert [message.id for message in parsed.messages] == [STANZA, "B"]
    (bad,) = parsed.bad
    assert 0 < len(bad.reason) < 100
    assert json.loads(bad.body) == broken


def test_a_bad_event_is_kept_short() -> None:
    assert len(parse(event(id=5, body="x" * 100_000)).bad[0].body) == 8_192


def test_what_postgres_cannot_store_is_taken_out() -> None:
    raw = json.dumps(
        event(body="a\0b\ud800c😀", notifyName="\udfffAna\0", replyTo={"id": "A", "body": "\0"})
    )
    (message,) = parse_delivery(raw.encode(), NOW).messages
    assert message.text == "ab\ufffdc😀"
    assert message.sender.name == "\ufffdAna"
    assert message.quoted_text is None
    assert "\ud800" not in parse(event(id=5, body="\ud800\0")).bad[0].body


def test_texts_are_capped() -> None:
    message = one(event(body="x" * (TEXT_CAP + 5), notifyName="n" * 5000))
    assert len(message.text) == TEXT_CAP
    assert message.sender.name is not None
    assert len(message.sender.name) == 200


def test_a_byte_order_mark_is_harmless() -> None:
    raw = b"\xef\xbb\xbf" + json.dumps(event()).encode()
    assert len(parse_delivery(raw, NOW).messages) == 1


# -- any mutation ---------------------------------------------------------------------------------

SEEDS = [
    event(),
    event(
        hasMedia=True,
        media=media("image/jpeg"),
        replyTo={"id": "A", "body": "x"},
        mentions=["1@lid"],
        location={"latitude": 1, "longitude": 2},
        vCards=["BEGIN:VCARD"],
        _data={
            "key": {"participantAlt": "5215512345678@s.whatsapp.net"},
            "message": {"imageMessage": {"contextInfo": {"mentionedJid": ["1@lid"]}}},
        },
    ),
    event(body="", _data={"message": {"pollCreationMessage": {"name": "x", "options": [{}]}}}),
    event(body="", _data={"message": {"contactsArrayMessage": {"contacts": [{"vcard": "FN:x"}]}}}),
    event("message.edited", editedMessageId="A", _data={"latestEditSenderTimestampMs": AT}),
    event("message.revoked", after={"id": ID}, before={"id": ID}, revokedMessageId="A"),
    event("message.reaction", reaction={"text": "x", "messageId": ID}),
    event("group.v2.update", group={"id": GROUP, "subject": "x"}),
]
ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=-(10**40), max_value=10**40)
    | st.floats()
    | st.text(st.characters(codec=None), max_size=20)
    | st.sampled_from([ID, GROUP, "\ud800", "\0", "", "1@lid", "status@broadcast", AT, "1e999"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "_serialized", "low", "high", "message", "key", "text", "\ud800"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


def paths(tree: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every node of a JSON tree."""
    if not isinstance(tree, dict | list):
        return [at]
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree)
    return [at, *(path for key, value in inner for path in paths(value, (*at, key)))]


def texts(tree: Any) -> list[str]:
    """Every text in a tree of JSON and tuples, keys too."""
    if isinstance(tree, str):
        return [tree]
    inner = [*tree.keys(), *tree.values()] if isinstance(tree, dict) else tree
    return [text for one in inner for text in texts(one)] if isinstance(inner, list | tuple) else []


@st.composite
def mutations(draw: st.DrawFn) -> Any:
    """A valid event with one to four of its nodes replaced or removed."""
    tree = [copy.deepcopy(draw(st.sampled_from(SEEDS)))]
    for _ in range(draw(st.integers(1, 4))):
        path = draw(st.sampled_from([path for path in paths(tree) if path]))
        parent: Any = tree
        for key in path[:-1]:
            parent = parent[key]
        if isinstance(parent, dict) and draw(st.booleans()) and draw(st.booleans()):
            del parent[path[-1]]
        else:
            parent[path[-1]] = draw(ANY)
    return tree[0]


@given(mutated=mutations())
@settings(max_examples=1500, deadline=None)
def test_no_mutation_raises_anything_but_bad_input(mutated: Any) -> None:
    raw = json.dumps([event(), mutated]).encode()
    try:
        parsed = parse_delivery(raw, NOW)
    except BadInput:
        assert b"NaN" in raw or b"Infinity" in raw
        return
    assert len(parsed.messages) + len(parsed.bad) + parsed.ignored == 2
    assert parsed.messages[0].id == STANZA
    for text in texts([*map(asdict, parsed.messages), *map(asdict, parsed.bad), parsed.names]):
        assert "\0" not in text
        text.encode()
        assert len(text) <= TEXT_CAP
    for message in parsed.messages:
        assert abs(message.version) < 2**63
        assert message.sent_at.tzinfo is UTC


@given(raw=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
@settings(max_examples=300, deadline=None)
def test_no_bytes_raise_anything_but_bad_input(raw: bytes) -> None:
    try:
        parse_delivery(raw, NOW)
    except BadInput:
        return
