"""A replay as one HTML file: the chat beside what it would have become. It holds no script, asks
nobody for anything, and shows every word of the chat as text alone."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from server.replay.report import ReplayIncident, ReplayResult

_STYLE = """
:root{color-scheme:light dark;--line:#8886}
body{font:15px/1.45 system-ui,sans-serif;margin:0;padding:16px}
h1{font-size:22px;margin:0 0 4px}h2{font-size:17px;margin:0 0 8px}
.faint{opacity:.8;font-size:13px}
.figures{display:flex;flex-wrap:wrap;gap:8px 24px;margin:12px 0;padding:0;list-style:none}
.figures b{font-size:20px;display:block}
.two{display:grid;grid-template-columns:1fr;gap:16px}
@media(min-width:900px){.two{grid-template-columns:1fr 1fr}
.two>section{max-height:80vh;overflow:auto}}
.said{border-left:4px solid #8883;padding:4px 8px;margin:0 0 6px;overflow-wrap:anywhere;
content-visibility:auto;contain-intrinsic-size:auto 48px}
.said p,.one p{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
.in{border-left-color:#0b7a66}
.one{border:1px solid var(--line);border-radius:8px;padding:8px 12px;margin:0 0 10px}
.one:target,.said:target{outline:2px solid #0b7a66}
.urgent{color:#c0261c;font-weight:600}
@media(prefers-color-scheme:dark){.urgent{color:#ff9a8f}a{color:#7cc7ff}}
"""
_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Replay of",
        "chat": "The chat",
        "found": "What it would have become",
        "messages": "messages",
        "chatter": "chatter",
        "incidents": "incidents",
        "tickets": "tickets",
        "questions": "questions",
        "cost": "cost",
        "store": "store",
        "system": "system",
        "missing": "missing",
        "asks": "would ask",
        "opens": "a ticket would be opened",
        "waits": "no ticket",
        "nothing": "Nothing was sent: no ticket, no message.",
        "urgent": "urgent",
        "normal": "normal",
        "none": "No incident found in this chat.",
        "empty": "(no text)",
        "technical": "technical",
        "operational": "operational",
        "problem": "problem",
    },
    "es": {
        "title": "Repetición de",
        "chat": "El chat",
        "found": "En qué se habría convertido",
        "messages": "mensajes",
        "chatter": "charla",
        "incidents": "incidencias",
        "tickets": "tickets",
        "questions": "preguntas",
        "cost": "costo",
        "store": "tienda",
        "system": "sistema",
        "missing": "falta",
        "asks": "preguntaría",
        "opens": "se abriría un ticket",
        "waits": "sin ticket",
        "nothing": "No se envió nada: ningún ticket, ningún mensaje.",
        "urgent": "urgente",
        "normal": "normal",
        "none": "No hay incidencias en este chat.",
        "empty": "(sin texto)",
        "technical": "técnica",
        "operational": "operativa",
        "problem": "problema",
    },
}


@dataclass(frozen=True)
class Said:
    """One line of the chat."""

    id: str
    at: datetime
    name: str
    text: str


def to_html(
    result: ReplayResult, said: Iterable[Said], zone: ZoneInfo, language: str = "en"
) -> str:
    """The whole file. Times in `zone`; `language` es or en."""
    words = _WORDS.get(language, _WORDS["en"])
    numbers = {
        message: number
        for number, incident in enumerate(result.incidents, start=1)
        for message in incident.message_ids
    }
    title = f"{words['title']} {escape(result.group)}"
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'"
    found = "".join(
        _incident(number, incident, words, zone)
        for number, incident in enumerate(result.incidents, start=1)
    )
    return (
        f'<!doctype html><html lang="{"es" if words is _WORDS["es"] else "en"}"><head>'
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>"
        f'<h1>{title}</h1><p class="faint">{_span(result, zone)} {words["nothing"]}</p>'
        f"{_figures(result, words)}"
        f'<main class="two"><section tabindex="0" aria-label="{words["chat"]}">'
        f"<h2>{words['chat']}</h2>{''.join(_line(one, numbers, words, zone) for one in said)}"
        f'</section><section tabindex="0" aria-label="{words["found"]}"><h2>{words["found"]}</h2>'
        f"{found or words['none']}</section></main></body></html>\n"
    )


def _figures(result: ReplayResult, words: Mapping[str, str]) -> str:
    usd = f"US$ {result.usd:.2f}" if result.usd == 0 or result.usd >= 0.1 else f"{result.usd:.4f}"
    told = (
        (f"{result.messages:,}", words["messages"]),
        (f"{result.chatter_share:.0%}", words["chatter"]),
        (f"{len(result.incidents):,}", words["incidents"]),
        (f"{result.tickets:,}", words["tickets"]),
        (f"{result.questions:,}", words["questions"]),
        (usd, words["cost"]),
    )
    items = "".join(f"<li><b>{value}</b>{name}</li>" for value, name in told)
    return f'<ul class="figures">{items}</ul>'


def _line(one: Said, numbers: Mapping[str, int], words: Mapping[str, str], zone: ZoneInfo) -> str:
    number = numbers.get(one.id)
    link = f' <a href="#i{number}">{number}</a>' if number else ""
    return (
        f'<div class="said{" in" if number else ""}" id="m{_anchor(one.id)}">'
        f'<span class="faint">{_local(one.at, zone)} {escape(one.name)}{link}</span>'
        f"<p>{escape(one.text) or words['empty']}</p></div>"
    )


def _incident(
    number: int, incident: ReplayIncident, words: Mapping[str, str], zone: ZoneInfo
) -> str:
    first = incident.message_ids[0] if incident.message_ids else ""
    facts = [
        f"{words['store']}: {escape(incident.store or '-')}",
        f"{words['system']}: {escape(incident.system or '-')}",
        words.get(incident.category, escape(incident.category)),
    ]
    if incident.missing:
        names = (words.get(name, escape(name)) for name in incident.missing)
        facts.append(f"{words['missing']}: {', '.join(names)}")
    asks = "".join(f"<p>{words['asks']}: {escape(text)}</p>" for text in incident.would_ask)
    urgency = words.get(incident.priority, escape(incident.priority))
    outcome = words["opens"] if incident.opens_ticket else words["waits"]
    return (
        f'<article class="one" id="i{number}"><p><b>{number}. {escape(incident.subject)}</b></p>'
        f'<p class="faint"><a href="#m{_anchor(first)}">{_local(incident.opened_at, zone)}</a>'
        f' · <span class="{"urgent" if incident.priority == "urgent" else ""}">{urgency}</span>'
        f" · {' · '.join(facts)}</p>{asks}<p>{outcome}</p></article>"
    )


def _anchor(message: str) -> str:
    return hashlib.sha256(message.encode()).hexdigest()[:16]


def _span(result: ReplayResult, zone: ZoneInfo) -> str:
    if result.first_at is None or result.last_at is None:
        return ""
    return f"{_local(result.first_at, zone)} – {_local(result.last_at, zone)}."


def _local(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"
