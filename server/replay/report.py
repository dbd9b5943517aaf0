"""What a replay of an exported chat found, for a person at a terminal and for a program."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from domain.incident import Priority, Status

# Ends of an incident that leave nothing to open.
_NO_TICKET = frozenset({Status.DISMISSED.value, Status.WITHDRAWN.value, Status.MERGED.value})
_FIRST_WORDS = 100
_SHOWN_NOTES = 5
# Controls would move the cursor; direction marks would turn the line around.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True)
class ReplayIncident:
    """One incident the replay found. `missing` and `would_ask` are empty when all was said.

    `would_ask` has each question once; `reasks` counts how often one would be asked again.
    """

    messages: list[str]
    store: str | None
    system: str | None
    category: str
    priority: str
    missing: list[str]
    subject: str
    would_ask: list[str]
    status: str
    opened_at: datetime
    message_ids: list[str] = field(default_factory=list)
    reasks: int = 0
    # What a model said of its close calls: message and reason.
    by_model: list[tuple[str, str]] = field(default_factory=list)

    @property
    def opens_ticket(self) -> bool:
        """Whether a ticket would be there: no ticket is opened without its required fields."""
        return not self.missing and self.status not in _NO_TICKET


@dataclass(frozen=True)
class ReplayResult:
    """A whole replay. `chatter` counts the messages of no incident, `skipped` the unread lines.

    `model_calls` are the questions of nodes, whoever answers them; tokens and `usd` are those of
    hosted models, since the local engine costs nothing.
    """

    group: str
    messages: int
    people: int
    first_at: datetime | None
    last_at: datetime | None
    incidents: list[ReplayIncident]
    chatter: int
    model_calls: int
    usd: float
    seconds: float
    skipped: int = 0
    warnings: list[str] = field(default_factory=list)
    input_tokens: int = 0
    output_tokens: int = 0
    # Close calls by what came of asking a model.
    close_calls: dict[str, int] = field(default_factory=dict)

    @property
    def tickets(self) -> int:
        """Tickets that would have been opened."""
        return sum(incident.opens_ticket for incident in self.incidents)

    @property
    def questions(self) -> int:
        """Questions that would have been asked in the group."""
        return sum(len(incident.would_ask) for incident in self.incidents)

    @property
    def reasks(self) -> int:
        """Questions that would have been asked again, because nobody answered them."""
        return sum(incident.reasks for incident in self.incidents)

    @property
    def chatter_share(self) -> float:
        """Part of the messages that belong to no incident, 0 to 1."""
        return self.chatter / self.messages if self.messages else 0.0


def to_json(result: ReplayResult) -> dict[str, object]:
    """The object that `recado replay --json` prints; money in US dollars, times in ISO 8601."""
    return {
        "group": result.group,
        "messages": result.messages,
        "people": result.people,
        "first_at": _iso(result.first_at),
        "last_at": _iso(result.last_at),
        "incidents": [_incident_json(incident) for incident in result.incidents],
        "tickets": result.tickets,
        "questions": result.questions,
        "reasks": result.reasks,
        "chatter": result.chatter,
        "chatter_share": round(result.chatter_share, 4),
        "model_calls": result.model_calls,
        "close_calls": dict(result.close_calls),
        "input_tokens": result.input_tokens,
        "output_tokens": result.output_tokens,
        "usd": result.usd,
        "seconds": round(result.seconds, 3),
        "skipped": result.skipped,
        "warnings": list(result.warnings),
    }


def print_report(result: ReplayResult, console: Console, zone: ZoneInfo | None = None) -> None:
    """Show the replay. Times in `zone`; words of the chat as they are, and never as markup."""
    console.print()
    console.print(Text(f"Replay of {_safe(result.group)}", style="bold"))
    console.print(Text(_header(result, zone), style="dim"))
    for number, incident in enumerate(result.incidents, start=1):
        console.print()
        _print_incident(number, incident, console, zone)
    if not result.incidents:
        console.print()
        console.print(Text("No incident found in this chat."))
    console.print()
    console.print(_summary(result))
    _print_notes(result, console)


def _incident_json(incident: ReplayIncident) -> dict[str, object]:
    return {
        "messages": list(incident.messages),
        "store": incident.store,
        "system": incident.system,
        "category": incident.category,
        "priority": incident.priority,
        "missing": list(incident.missing),
        "subject": incident.subject,
        "would_ask": list(incident.would_ask),
        "reasks": incident.reasks,
        "status": incident.status,
        "opens_ticket": incident.opens_ticket,
        "opened_at": _iso(incident.opened_at),
        "message_ids": list(incident.message_ids),
        "by_model": [{"message_id": id, "reason": why} for id, why in incident.by_model],
    }


def _header(result: ReplayResult, zone: ZoneInfo | None) -> str:
    parts = [_counted(result.messages, "message"), _counted(result.people, "person", "people")]
    if result.first_at is not None and result.last_at is not None:
        parts.append(f"{_local(result.first_at, zone)} to {_local(result.last_at, zone)}")
    return ", ".join(parts)


def _print_incident(
    number: int, incident: ReplayIncident, console: Console, zone: ZoneInfo | None
) -> None:
    urgent = incident.priority == Priority.URGENT.value
    title = Text.assemble(
        (f"{number}  ", "dim"),
        (_local(incident.opened_at, zone), "cyan"),
        "  ",
        (_safe(incident.subject) or "(no subject)", "bold red" if urgent else "bold"),
    )
    console.print(Rule(style="dim"))
    console.print(title)
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    _row(facts, "store", incident.store or "not said")
    _row(facts, "system", incident.system or "not said")
    facts.add_row(
        Text("kind"),
        Text.assemble(
            f"{_safe(incident.category)}, ",
            (_safe(incident.priority), "red" if urgent else ""),
        ),
    )
    _row(facts, "ticket", _outcome(incident))
    if incident.missing:
        _row(facts, "missing", ", ".join(incident.missing))
    for question in incident.would_ask:
        _row(facts, "would ask", question)
    _row(facts, "messages", _messages(incident.messages))
    for _, why in incident.by_model:
        _row(facts, "close call", why)
    console.print(Padding(facts, (0, 0, 0, 3)))


def _outcome(incident: ReplayIncident) -> str:
    if incident.opens_ticket:
        return "would be opened"
    if incident.status in _NO_TICKET:
        return f"none ({incident.status})"
    return "waits for the answer" if incident.would_ask else "waits for a person"


def _messages(messages: Sequence[str]) -> str:
    """How many, and the first words of the first one that has any."""
    first = next((words for message in messages if (words := _safe(message))), "(no text)")
    if len(first) > _FIRST_WORDS:
        first = first[: _FIRST_WORDS - 1].rstrip() + "…"
    return f"{len(messages)}: {first}"


def _summary(result: ReplayResult) -> Table:
    table = Table(title="In short", title_justify="left", show_header=False, min_width=40)
    table.add_column()
    table.add_column(justify="right")
    rows = [
        ("messages", f"{result.messages:,}"),
        ("chatter", f"{result.chatter:,} ({result.chatter_share:.0%})"),
        ("incidents", f"{len(result.incidents):,}"),
        ("tickets", f"{result.tickets:,}"),
        ("questions", f"{result.questions:,}"),
        ("asked again", f"{result.reasks:,}"),
        ("model calls", f"{result.model_calls:,}"),
        ("close calls", _close_calls(result)),
        ("tokens", f"{result.input_tokens:,} in, {result.output_tokens:,} out"),
        ("cost", _usd(result.usd)),
        ("time", f"{result.seconds:,.1f} s"),
    ]
    for name, value in rows:
        _row(table, name, value)
    return table


def _close_calls(result: ReplayResult) -> str:
    """How many a model was asked, and how many it put elsewhere than we would have."""
    asked = sum(result.close_calls.values())
    return f"{asked:,} asked, {result.close_calls.get('moved', 0):,} moved"


def _print_notes(result: ReplayResult, console: Console) -> None:
    if result.skipped:
        lines = _counted(result.skipped, "line")
        console.print(Text(f"{lines} of the file could not be read.", style="yellow"))
    for warning in result.warnings[:_SHOWN_NOTES]:
        console.print(Text(f"Warning: {_safe(warning)}", style="yellow"))
    if len(result.warnings) > _SHOWN_NOTES:
        more = len(result.warnings) - _SHOWN_NOTES
        console.print(Text(f"and {_counted(more, 'more warning')}", style="yellow"))
    console.print(Text("Nothing was sent: no ticket, no message.", style="dim"))


def _row(table: Table, name: str, value: str) -> None:
    """A row of plain text: what a chat says is never read as markup or an emoji code."""
    table.add_row(Text(name), Text(_safe(value)))


def _safe(text: str) -> str:
    """One line without anything that steers a terminal."""
    return " ".join(_UNSAFE.sub(" ", text).split())


def _local(at: datetime, zone: ZoneInfo | None) -> str:
    return f"{at.astimezone(zone) if zone else at:%Y-%m-%d %H:%M}"


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at is not None else None


def _usd(usd: float) -> str:
    """Cents where they tell something, more digits where they do not."""
    return f"US$ {usd:,.2f}" if usd == 0 or usd >= 0.1 else f"US$ {usd:.4f}"


def _counted(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
