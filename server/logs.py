"""Logs: one JSON object a line on standard error, with the trace id, and nobody's number in it.

structlog and the standard library's loggers (uvicorn, procrastinate, alembic, chromadb, httpx) go
through one chain; its last step before the renderer redacts, so nothing can be added behind it.
"""

from __future__ import annotations

import contextlib
import json
import logging
import math
import re
import secrets
import sys
from collections.abc import Collection, Mapping, MutableMapping
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import PurePath
from types import TracebackType
from typing import Any, Literal, TextIO
from uuid import UUID

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

LogFormat = Literal["json", "text"]

_FIELDS_CAP = 64
_QUIET = (
    *("httpx", "httpcore", "urllib3", "chromadb", "openai", "google_genai", "PIL", "alembic"),
    "procrastinate",  # three lines a job say nothing that ours do not
)
_TRACE = re.compile(r"[A-Za-z0-9-]{8,64}")

# -- trace ids ------------------------------------------------------------------------------------


def new_trace_id() -> str:
    """A fresh trace id: 32 hex digits, as W3C Trace Context has them."""
    return secrets.token_hex(16)


class Bound:
    """Facts bound to this task's log lines; as a context manager it takes them off again."""

    def __init__(self, trace_id: str, facts: Mapping[str, object]) -> None:
        self.trace_id = trace_id
        self._tokens = structlog.contextvars.bind_contextvars(trace_id=trace_id, **facts)

    def __enter__(self) -> str:
        return self.trace_id

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        structlog.contextvars.reset_contextvars(**self._tokens)


def bind_trace(trace_id: str | None = None, **facts: object) -> Bound:
    """Put the trace id and facts (incident, channel, ...) on every line of this task from now on.

    A trace id that is missing or not 8 to 64 letters, digits and hyphens is replaced by a new one,
    since it may come from outside. `with bind_trace(...) as trace_id:` ends it with the block.
    """
    if trace_id is None or not _TRACE.fullmatch(trace_id):
        trace_id = new_trace_id()
    return Bound(trace_id, facts)


# -- redaction -------------------------------------------------------------------------------------

FIELD_CAP = 8_192
_KEY_CAP = 100
_ITEMS_CAP = 50
_DEPTH_CAP = 4
_CUT = "…[cut]"

_SECRET_KEY = re.compile(
    r"authori[sz]ation|token|secret|passw|apikey|cookie|credential|privatekey|hmac|signature"
    r"|dsn|databaseurl|redisurl"
)
# Values under these keys are ids and times of ours; they are digits, but nobody's number.
_SAFE_KEYS = frozenset(
    (
        *("trace_id", "incident", "incident_id", "thread_id", "run_id", "job_id", "task_id"),
        *("event_id", "person_id", "effect_key", "ticket", "ticket_id", "ticket_number"),
        *("timestamp", "seq", "fence", "pid", "port", "size", "bytes", "version"),
    )
)
_ID_LIKE = re.compile(r"[\w:.+-]{1,100}", re.ASCII)

_KEEP = (
    r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"  # UUID
    r"|\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)?"  # ISO time
    r"|\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?"
    r"|(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?:[:/]\d{1,5})?(?![\d.])"  # IPv4
    r"|(?<![\d.])\d{1,6}\.\d{1,6}(?![\d.])"  # a fraction
    r"|(?<!\d)120363\d{8,14}(?:@g\.us)"  # a group
    r"|(?<![0-9A-Za-z])(?=[0-9]*[A-F])[0-9A-F]{16,40}(?![0-9A-Za-z])"  # a stanza
    r"|(?<![0-9A-Za-z])(?=[0-9]*[a-f])[0-9a-f]{32,64}(?![0-9A-Za-z])"  # a hash, a trace
)
_NUMBER = (
    r"\d{8,}"
    r"|(?<!\d)\+?\(?\d{1,5}\)?(?:[ \u00a0./-]{1,2}\(?\d{2,5}\)?){2,6}(?!\d)"
    r"|(?<!\d)\+?\(\d{1,5}\)[ ]?\d{3,5}[ -]?\d{2,5}(?!\d)"
)
_DIGITS = re.compile(f"(?P<keep>{_KEEP})|(?P<number>{_NUMBER})")
_FEWEST_DIGITS = 8
_NUMBERISH = "0123456789 ()+-."
_MAIL = re.compile(r"[\w.+%-]{1,64}@(?!(?:g\.us|c\.us|s\.whatsapp\.net|lid)\b)[\w-]+(?:\.[\w-]+)+")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_SECRETS = (
    re.compile(r"(?i)\b((?:bearer|basic|zoho-oauthtoken|apikey)\s+)[^\s\"',;]+"),
    re.compile(
        r"(?i)((?:api[_-]?key|x-api-key|access[_-]?token|refresh[_-]?token|token|secret|passw(?:or)?d"
        r"|authorization|client[_-]?secret|signature)[\"']?\s*[=:]\s*[\"']?)[^\s\"'&,;}]+"
    ),
    re.compile(r"()\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*"),
    re.compile(r"()\b(?:sk-|xai-|gsk_|AIza|ghp_|lsv2_)[\w-]{10,}"),
    re.compile(r"()\b1000\.[0-9a-f]{16,}\.[0-9a-f]{16,}"),
    re.compile(r"(://[^\s/:@]{0,100}:)[^\s/@]+(?=@)"),
)
# Control characters, what turns or hides text, line ends of Unicode, halves of pairs.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def redact_text(text: str) -> str:
    """The text with numbers, mails and keys masked, unprintables escaped, at most 8 KB."""
    cut = len(text) > FIELD_CAP
    if cut:
        # What the cut went through could be half a number, too short to be known as one.
        text = re.sub(r"[\d\s().+-]{1,40}\Z", "", text[:FIELD_CAP])
    for pattern in _SECRETS:
        text = pattern.sub(r"\1***", text)
    text = _IBAN.sub(lambda found: found[0][:2] + "***", text)
    text = _MAIL.sub("***@***", text)
    text = _DIGITS.sub(_masked, text)
    text = _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return _capped(text, cut)


def _masked(found: re.Match[str]) -> str:
    """A number's last two digits; short groups of digits are no number."""
    number = found["number"]
    if number is None:
        return found[0]
    digits = [one for one in number if one.isdigit()]
    grouped = len(digits) != len(number)
    if len(digits) < (_FEWEST_DIGITS if number.startswith(("+", "(")) else 10) and grouped:
        return number
    return "***" + "".join(digits[-2:])


def _capped(text: str, cut: bool) -> str:
    data = text.encode("utf-8", "replace")
    if not cut and len(data) <= FIELD_CAP:
        return text
    return data[: FIELD_CAP - len(_CUT.encode())].decode("utf-8", "ignore") + _CUT


# The same few names come with every line.
@lru_cache(maxsize=1024)
def redact_key(key: str) -> str:
    """A field's name: short, printable, and no number either."""
    return redact_text(key[:_KEY_CAP])


@lru_cache(maxsize=1024)
def _is_secret(key: str) -> bool:
    return _SECRET_KEY.search(re.sub(r"[^a-z]", "", key.lower())) is not None


def redact_value(key: str, value: object, depth: int = 0) -> object:
    """The value of a field as plain JSON, at most 8 KB of it, with nothing in it to hide."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if _is_secret(key) and not isinstance(value, int):
        return "***"
    if isinstance(value, int):
        text = str(value) if abs(value) < 10**40 else "a huge number"
        return value if key in _SAFE_KEYS or len(text.lstrip("-")) < 8 else redact_text(text)
    if isinstance(value, str):
        if key in _SAFE_KEYS and _ID_LIKE.fullmatch(value):
            return value
        return redact_text(value)
    if isinstance(value, Mapping | list | tuple | set | frozenset):
        return _redact_container(key, value, depth)
    return redact_text(_text_of(value))


def _text_of(value: object) -> str:
    """A value of another type as text; only types that are known to have a harmless one."""
    if isinstance(value, UUID | date | PurePath | BaseException):
        return str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return f"({len(value)} bytes)"
    return f"({type(value).__name__})"


def _redact_container(
    key: str, value: Mapping[Any, object] | Collection[object], depth: int
) -> object:
    if depth >= _DEPTH_CAP:
        return "(too deep)"
    made: object
    if isinstance(value, Mapping):
        pairs = islice(value.items(), _ITEMS_CAP)
        made = {redact_key(str(k)): redact_value(str(k), v, depth + 1) for k, v in pairs}
    else:
        made = [redact_value(key, one, depth + 1) for one in islice(value, _ITEMS_CAP)]
    if depth == 0:
        text = json.dumps(made, ensure_ascii=False)
        if len(text.encode("utf-8", "replace")) > FIELD_CAP:
            return _capped(text, cut=True)
    return made


# -- the chain ------------------------------------------------------------------------------------


def _redact(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Mask, cap and make printable every key and value. The last step before a renderer."""
    trace = event.get("exception")
    if isinstance(trace, str) and len(trace) > FIELD_CAP:
        event["exception"] = (
            f"…{trace[-FIELD_CAP + 100 :].lstrip(_NUMBERISH)}"  # the end says what happened
        )
    kept = islice(event.items(), _FIELDS_CAP)
    return {redact_key(str(key)): redact_value(str(key), value) for key, value in kept}


def _first(event: MutableMapping[str, Any]) -> dict[str, Any]:
    """The fields in reading order: when, how bad, what, and then the rest."""
    head = ("timestamp", "level", "event", "trace_id")
    return {key: event[key] for key in head if key in event} | dict(event)


def _render_json(_: WrappedLogger, __: str, event: EventDict) -> str:
    return json.dumps(_first(event), ensure_ascii=False, default=str, separators=(",", ":"))


def _render_text(_: WrappedLogger, __: str, event: EventDict) -> str:
    """One line for a terminal; only a traceback has lines of its own, each marked."""
    fields = _first(event)
    trace = fields.pop("exception", None)
    when, level = str(fields.pop("timestamp", "")), str(fields.pop("level", ""))
    what = _escaped(str(fields.pop("event", "")))
    rest = " ".join(f"{_escaped(key)}={_shown(value)}" for key, value in fields.items())
    line = f"{when[11:19]} {level:<8} {what} {rest}".rstrip()
    if trace is None:
        return line
    return "\n".join([line, *(f"  | {row}" for row in str(trace).replace("\r", "\\r").split("\n"))])


def _shown(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return json.dumps(text, ensure_ascii=False) if re.search(r"[\s\"=]", text) else text


def _escaped(text: str) -> str:
    return text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t")


class _Handler(logging.StreamHandler[TextIO]):
    """A line that cannot be made is reported as one that can; nothing but lines is ever written."""

    def handleError(self, record: logging.LogRecord) -> None:
        """Say that a line of this logger was lost, and why, without its content."""
        kind = sys.exc_info()[0]
        line = {
            "level": "error",
            "event": "a log line could not be written",
            "logger": redact_value("logger", record.name),
            "error": kind.__name__ if kind else None,
        }
        with contextlib.suppress(OSError, ValueError):
            self.stream.write(json.dumps(line) + self.terminator)
            self.flush()


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("recado").critical("uncaught exception", exc_info=(kind, error, trace))


def configure_logs(
    *, level: str = "INFO", format: LogFormat = "json", stream: TextIO | None = None
) -> None:
    """Send every log line to `stream` (standard error) in this format; may be called again.

    Run uvicorn with `log_config=None`, or it puts its own handlers back.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = _Handler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _redact,
                _render_text if format == "text" else _render_json,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    _take_over(level)
    logging.captureWarnings(True)
    sys.excepthook = _log_uncaught


def _take_over(level: str) -> None:
    """Take the handlers off loggers that brought their own; chatty ones speak from WARNING on."""
    for logger in list(logging.root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger) and logger.handlers:
            logger.handlers = []
            logger.propagate = True
    if level.upper() != "DEBUG":
        for name in _QUIET:
            logging.getLogger(name).setLevel(logging.WARNING)


def get_logger(name: str) -> structlog.stdlib.BoundLogger:
    """A logger that takes facts as keywords: `log.info("ticket opened", incident=...)`."""
    logger: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(name)
    return logger
