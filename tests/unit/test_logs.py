"""Every line is one JSON object, says where it belongs, and holds nobody's number or key."""

from __future__ import annotations

import io
import json
import logging
import sys
import warnings
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import structlog
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from server.logs import (
    FIELD_CAP,
    bind_trace,
    configure_logs,
    get_logger,
    new_trace_id,
    redact_text,
)


@pytest.fixture
def put_back(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The process' own logging, restored afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    yield
    logging.captureWarnings(False)
    root.handlers, root.level = handlers, level
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


@pytest.fixture
def out(put_back: None) -> io.StringIO:
    """Where the JSON lines go."""
    stream = io.StringIO()
    configure_logs(stream=stream)
    return stream


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    """Every line written, each of which must be an object."""
    text = stream.getvalue()
    assert text.endswith("\n")
    found = [json.loads(line) for line in text[:-1].split("\n")]
    assert all(isinstance(line, dict) for line in found)
    assert len(text.splitlines()) == len(found)
    return found


def test_a_line_says_when_what_and_where(out: io.StringIO) -> None:
    incident = str(uuid4())
    with bind_trace(channel="waha") as trace_id:
        get_logger("recado.run").info("run done", incident=incident, duration=0.25)
    get_logger("recado.run").warning("after")
    first, second = lines(out)
    assert list(first)[:4] == ["timestamp", "level", "event", "trace_id"]
    assert first["timestamp"].endswith("Z")
    assert first | {"timestamp": ""} == {
        "timestamp": "",
        "level": "info",
        "event": "run done",
        "trace_id": trace_id,
        "logger": "recado.run",
        "channel": "waha",
        "incident": incident,
        "duration": 0.25,
    }
    assert second["level"] == "warning"
    assert "trace_id" not in second


def test_a_trace_id_from_outside_is_taken_only_if_it_is_one(out: io.StringIO) -> None:
    assert bind_trace("abc-12345678").trace_id == "abc-12345678"
    for odd in ("short", "x" * 65, "a b c d e f g h", 'x"\n{"level":"critical"}', None):
        with bind_trace(odd) as trace_id:
            assert trace_id != odd
            assert len(trace_id) == 32
    assert len({new_trace_id() for _ in range(100)}) == 100


def test_the_libraries_loggers_come_the_same_way(out: io.StringIO) -> None:
    own = logging.getLogger("uvicorn.error")
    own.addHandler(logging.StreamHandler(io.StringIO()))
    own.propagate = False
    configure_logs(stream=out)
    with bind_trace("trace-00000001"):
        own.error("cannot bind %s:%d", "127.0.0.1", 8000)
        jobs = logging.getLogger("procrastinate.worker")
        jobs.info("job done")  # chatter, like httpx's
        jobs.error("job failed", extra={"job": {"args": "x"}})
    logging.getLogger("httpx").info("HTTP Request: GET https://x/?token=abc")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn("old", stacklevel=1)
    first, second, third = lines(out)
    assert first["event"] == "cannot bind 127.0.0.1:8000"
    assert (first["logger"], first["trace_id"]) == ("uvicorn.error", "trace-00000001")
    assert second["event"] == "job failed"
    assert third["logger"] == "py.warnings"


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("5215512345678", "***78"),
        ("+52 1 55 1234 5678", "+52 ***78"),
        ("+52-55-1234-5678", "***78"),
        ("(55) 1234-5678", "***78"),
        ("(55) 12345678", "***78"),
        ("55 1234 5678", "***78"),
        ("55.1234.5678", "***78"),
        ("5215512345678@c.us", "***78@c.us"),
        ("5215512345678:12@s.whatsapp.net", "***78:12@s.whatsapp.net"),
        ("false_5215512345678@c.us_3EB0", "***@***"),
        ("tel5512345678", "tel***78"),
        ("+34 612 34 56 78", "***78"),
        ("٥٥١٢٣٤٥٦٧٨", "***٧٨"),
    ],
)
def test_phones_are_masked_wherever_they_stand(out: io.StringIO, phone: str, shown: str) -> None:
    log = get_logger("recado")
    log.info(f"escribe {phone} hoy", sender=phone, nested={"a": [{"b": phone}], phone: 1})
    try:
        raise ValueError(f"no such person: {phone}")
    except ValueError:
        log.exception("failed")
    logging.getLogger("x").error("from %s", phone)
    text = out.getvalue()
    told, failed, standard = lines(out)
    assert (told["event"], told["sender"]) == (f"escribe {shown} hoy", shown)
    assert f"no such person: {shown}" in str(failed)
    assert standard["event"] == f"from {shown}"
    kept = [one for one in phone if one.isdigit()]
    assert phone not in text
    assert "".join(kept) not in text
    assert "".join(kept[2:8]) not in text


def test_numbers_as_numbers_are_masked_unless_they_are_ids(out: io.StringIO) -> None:
    get_logger("recado").info("x", sender=5215512345678, ticket_id=123456000001234567, count=1234)
    assert [lines(out)[0][key] for key in ("sender", "ticket_id", "count")] == [
        "***78",
        123456000001234567,
        1234,
    ]


@pytest.mark.parametrize(
    "harmless",
    [
        "0f8fad5b-d9cb-469f-a165-70867728950e",
        "12345678-1234-1234-1234-123456789012",
        "ticket:12345678-1234-1234-1234-123456789012",
        "2026-11-21T12:03:35.123456+00:00",
        "2026-11-21 12:03:35",
        "192.168.100.200:54321",
        "3EB0123456789012345678",
        "120363041234567890@g.us",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "tienda 45, caja 3, error E-102, 1234567",
        "12 de 34 tiendas, 5 min, 0.123456 s",
        "precio $1,250.00",
    ],
)
def test_what_is_no_phone_stays(out: io.StringIO, harmless: str) -> None:
    assert redact_text(harmless) == harmless


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Authorization: Bearer abc.def-123", "abc.def-123"),
        ("Zoho-oauthtoken 1000.0123456789abcdef0123.abcdef0123456789abcd", "0123456789abcdef0123"),
        ("refresh 1000.0123456789abcdef0123.abcdef0123456789abcd.", "0123456789abcdef0123"),
        ("GET /api/files/x?x-api-key=clave123&a=1", "clave123"),
        ('{"client_secret": "s3cr3t-value"}', "s3cr3t-value"),
        ("postgresql://recado:hunter2@db:5432/recado", "hunter2"),
        ("key sk-proj-abcdefghij0123456789", "abcdefghij"),
        ("key AIzaSyA0123456789abcdefgh", "AIzaSyA"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "eyJzdWIi"),
        ("escribe a lupita.perez@tienda.example.mx", "lupita.perez"),
        ("IBAN ES91 2100 0418 4502 0005 1332", "0418"),
        ("tarjeta 4111 1111 1111 1111", "4111 1111"),
    ],
)
def test_keys_and_accounts_in_texts_are_masked(text: str, secret: str) -> None:
    assert secret not in redact_text(text)


def test_fields_with_a_secret_name_are_masked(out: io.StringIO) -> None:
    get_logger("recado").info(
        "x",
        api_key="uno",
        headers={"Authorization": "dos", "X-Api-Key": b"tres", "accept": "json"},
        ZOHO_CLIENT_SECRET=["cuatro"],
        input_tokens=512,
    )
    line = lines(out)[0]
    assert line["api_key"] == "***"
    assert line["headers"] == {"Authorization": "***", "X-Api-Key": "***", "accept": "json"}
    assert line["ZOHO_CLIENT_SECRET"] == "***"
    assert line["input_tokens"] == 512


INJECTIONS = [
    'x\r\n{"level":"critical","event":"forged"}',
    "\x1b[2J\x1b[31mrojo\x07\x08\x08",
    "{0.__class__} {event} %s %(x)s %n",
    "\u202egnp.exe\u2066 \u2028 \u2029 \x85 \u200b \ufeff",
    "\x00\ud800\udfff",
    '"},{"a":"b',
]


@pytest.mark.parametrize("format", ["json", "text"])
@pytest.mark.parametrize("attack", INJECTIONS)
def test_nothing_in_a_value_makes_a_line_or_moves_the_cursor(
    put_back: None, format: Any, attack: str
) -> None:
    stream = io.StringIO()
    configure_logs(stream=stream, format=format)
    log = get_logger("recado")
    log.info(attack, text=attack, nested=[{attack: attack}], **{attack: 1})
    logging.getLogger("uvicorn.access").warning(attack)
    text = stream.getvalue()
    if format == "json":
        lines(stream)
    assert len(text.splitlines()) == 2
    assert not set(text) & set("\x1b\x07\x08\u202e\u2066\u2028\u2029\x85\u200b\ufeff\x00\ud800")
    text.encode()


@given(
    event=st.text(),
    fields=st.dictionaries(
        st.text(max_size=20),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner),
            max_leaves=8,
        ),
        max_size=5,
    ),
)
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_event_is_one_json_line(
    out: io.StringIO, event: str, fields: dict[str, object]
) -> None:
    out.seek(0)
    out.truncate()
    reserved = {"self", "event", "exc_info", "stack_info", "stackLevel", "name"}
    get_logger("recado").info(event, **{k: v for k, v in fields.items() if k not in reserved})
    assert len(lines(out)) == 1
    out.getvalue().encode()


def test_a_megabyte_is_cut_to_eight_kilobytes_a_field(out: io.StringIO) -> None:
    configure_logs(stream=out)  # again, since pytest adds handlers that choke on it
    log = get_logger("recado")
    log.info("á" * 1_000_000, body="5" * 1_000_000, many=[{"a": "b" * 500}] * 5_000)
    log.info("x", **{f"k{n}": n for n in range(500)})
    deep: list[Any] = []
    for _ in range(50_000):
        deep = [deep]
    log.info("y", deep=deep)
    for line in lines(out):
        assert all(
            len(json.dumps(one, ensure_ascii=False).encode()) <= FIELD_CAP * 1.1
            for one in line.values()
        )
        assert len(line) <= 64


def test_a_number_on_the_edge_of_the_cut_is_not_shown_in_part() -> None:
    text = redact_text("x" * (FIELD_CAP - 6) + "5512345678" + "y" * 100)
    assert "5512" not in text


def test_an_exception_shows_its_end(out: io.StringIO) -> None:
    try:
        raise RuntimeError("a" * 20_000 + " the last words")
    except RuntimeError:
        get_logger("recado").exception("failed")
    assert "the last words" in lines(out)[0]["exception"]


def test_a_line_that_cannot_be_made_is_told_of(out: io.StringIO) -> None:
    configure_logs(stream=out)  # again, since pytest adds handlers that choke on it
    logging.getLogger("lib").error("%d things", "no number 5512345678")
    (line,) = lines(out)
    assert line == {
        "level": "error",
        "event": "a log line could not be written",
        "logger": "lib",
        "error": "TypeError",
    }


def test_an_uncaught_exception_is_a_line_too(out: io.StringIO) -> None:
    try:
        raise KeyError("5512345678")
    except KeyError as error:
        sys.excepthook(KeyError, error, error.__traceback__)
    (line,) = lines(out)
    assert line["level"] == "critical"
    assert "5512345678" not in out.getvalue()


def test_text_is_for_reading(put_back: None) -> None:
    stream = io.StringIO()
    configure_logs(stream=stream, format="text", level="debug")
    get_logger("recado").debug("ticket opened", number="101", store="tienda 45")
    assert stream.getvalue()[9:].strip() == (
        'debug    ticket opened number=101 store="tienda 45" logger=recado'
    )
