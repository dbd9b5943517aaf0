"""What was said and opened, and which true incident each thing is about: read as an outsider would,
by quotes, ticket numbers and the reporter's own words, never by the code under test's own mind."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.ticket import TicketDraft
from evals.simulate.outside import BotMessage, OpenedTicket
from evals.simulate.truth import Group, Line, Person, TrueIncident

_QUOTED_LINE = re.compile(r"^\[[^\]]+\] ([^:]+): (.*)$", re.MULTILINE)
_NUMBER = re.compile(r"#(\d+)")
OPENS = frozenset({"report", "same_problem"})
URGENT = "High"


@dataclass(frozen=True)
class SeenTicket:
    """A ticket as the desk shows it: whose words are in it, and what its fields say."""

    id: str
    at: datetime
    group: str
    lines: tuple[str, ...]
    store: str | None
    system: str | None
    error: str | None
    category: str | None
    priority: str | None


@dataclass
class Ledger:
    """Everything written in the groups, found again by its words."""

    groups: Mapping[str, Group]
    incidents: Mapping[str, TrueIncident]
    lines: dict[str, Line] = field(default_factory=dict)
    tickets: dict[str, SeenTicket] = field(default_factory=dict)
    bot: dict[str, BotMessage] = field(default_factory=dict)
    _worded: dict[tuple[str, str, str], list[Line]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def take(self, line: Line) -> None:
        """A line was written."""
        self.lines[line.id] = line
        if line.text:
            self._worded[self._key(line.group, line.person, line.text)].append(line)

    def open(self, ticket: OpenedTicket) -> SeenTicket:
        """A ticket was opened; the same with the lines that its description quotes."""
        draft = ticket.draft
        self.tickets[ticket.id] = seen = SeenTicket(
            id=ticket.id,
            at=ticket.at,
            group=_group_of(draft),
            lines=tuple(self.quoted(draft.description, _group_of(draft), ticket.at)),
            store=draft.fields.get("store"),
            system=draft.fields.get("system"),
            error=draft.fields.get("error"),
            category=draft.category,
            priority="urgent" if draft.priority == URGENT else "normal",
        )
        return seen

    def amend(self, ticket: str, description: str) -> None:
        """A ticket's description was written anew: its fields are what it says now."""
        seen = self.tickets[ticket]
        self.tickets[ticket] = replace(
            seen,
            store=_field("Tienda", description) or seen.store,
            system=_field("Sistema", description) or seen.system,
            error=_field("Error", description) or seen.error,
        )

    def quoted(self, text: str, group: str, until: datetime) -> Iterable[str]:
        """The lines of a group that a text of the desk quotes; the newest of the same words."""
        for name, words in _QUOTED_LINE.findall(text):
            told = [
                line
                for line in self._worded.get((group, name.strip(), words.strip()), [])
                if line.at <= until
            ]
            if told:
                yield told[-1].id

    def truth(self, lines: Iterable[str]) -> str | None:
        """The true incident of most of these lines, a report counting most; None of chatter."""
        votes: Counter[str] = Counter()
        for name in lines:
            line = self.lines[name]
            if line.incident is not None:
                votes[line.incident] += 3 if line.kind in OPENS else 1
        return votes.most_common(1)[0][0] if votes else None

    def about(self, message: BotMessage) -> str | None:
        """The true incident that a message of the bot is about; None when that cannot be told."""
        line = self.lines.get(message.quote or "")
        if line is not None:
            return line.incident
        number = _NUMBER.search(message.text)
        ticket = self.tickets.get(number.group(1)) if number else None
        return self.truth(ticket.lines) if ticket else None

    def _key(self, group: str, person: Person, text: str) -> tuple[str, str, str]:
        return (self.groups[group].name, person.name, text.strip())


def _group_of(draft: TicketDraft) -> str:
    return _field("Grupo", draft.description) or ""


def _field(name: str, description: str) -> str | None:
    found = re.search(rf"^{name}: (.*)$", description, re.MULTILINE)
    return found.group(1).strip() if found else None
