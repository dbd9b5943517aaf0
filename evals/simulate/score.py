"""What a play is worth: tickets against the truth of the generator (contract.md, personas).

A ticket stands for the true incident whose words it quotes. `tickets_right` is the share of the
incidents that were told in full, and of the tickets that stand for nothing, that ended in exactly
one ticket with the right store and system. A store of an outage is also right when its report is
in the ticket of the outage. What somebody took back, or what was over before it was told in full,
wants no ticket, and one is no fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from evals.simulate.ledger import OPENS, Ledger, SeenTicket
from evals.simulate.needless import Judgement, judge_messages
from evals.simulate.outside import BotMessage
from evals.simulate.truth import Line, TrueIncident, plain

FIELDS = ("store", "system", "category", "error", "priority")


@dataclass(frozen=True)
class Outcome:
    """What became of one true incident, or of a ticket that stands for none (`incident` None)."""

    incident: TrueIncident | None
    verdict: str
    tickets: tuple[SeenTicket, ...] = ()
    wrong: tuple[str, ...] = ()


@dataclass
class Result:
    """The outcomes of one play, and what was said in it."""

    outcomes: list[Outcome]
    messages: list[Judgement]
    people: int
    fields: dict[str, list[int]] = field(default_factory=lambda: {name: [0, 0] for name in FIELDS})
    repeated: int = 0


RIGHT = frozenset({"right", "in the outage's ticket"})
# Outcomes that count for nothing: no ticket was due.
NOT_DUE = frozenset({"taken back", "over before it was told", "waits for an answer or a person"})


def judge(
    ledger: Ledger,
    tickets: Sequence[SeenTicket],
    comments: Mapping[str, Sequence[str]],
    said: Sequence[Line],
    bot: Sequence[BotMessage],
    changes: Sequence[tuple[Any, str, str]] = (),
    priorities: Mapping[str, str] | None = None,
) -> Result:
    """Judge what came of a play."""
    own: dict[str, list[SeenTicket]] = {name: [] for name in ledger.incidents}
    outcomes: list[Outcome] = []
    for ticket in tickets:
        truth = ledger.truth(ticket.lines)
        if truth is None:
            outcomes.append(Outcome(None, "stands for nothing", (ticket,)))
        else:
            own[truth].append(ticket)
    noted = _noted(ledger, tickets, comments)
    heard = {ledger.about(message) for message in bot}
    spoken = {line.incident for line in said}
    result = Result(outcomes, judge_messages(ledger, bot, own, changes), len(said))
    for name, incident in ledger.incidents.items():
        if name not in spoken:
            continue
        outcome = _outcome(incident, own[name], noted, heard)
        outcomes.append(outcome)
        if len(own[name]):
            _take_fields(result, incident, own[name][0], priorities or {})
    result.repeated = _repeated(bot)
    return result


def _noted(
    ledger: Ledger, tickets: Sequence[SeenTicket], comments: Mapping[str, Sequence[str]]
) -> dict[str, set[str]]:
    """The tickets in which each incident's own report can be read, comments included."""
    found: dict[str, set[str]] = {}
    for ticket in tickets:
        quoted = [ledger.lines[name] for name in ticket.lines]
        texts = " | ".join(plain(text) for text in comments.get(ticket.id, ()))
        for line in ledger.lines.values():
            if line.incident is None or line.kind not in OPENS:
                continue
            told = line.text and plain(line.text) and plain(f"{line.person.name} {line.text}")
            if line in quoted or (told and told in texts):
                found.setdefault(line.incident, set()).add(ticket.id)
    return found


def _outcome(
    incident: TrueIncident,
    tickets: Sequence[SeenTicket],
    noted: Mapping[str, set[str]],
    heard: set[str | None],
) -> Outcome:
    if incident.taken_back:
        return Outcome(incident, "taken back", tuple(tickets))
    if len(tickets) > 1:
        return Outcome(incident, "doubled", tuple(tickets))
    if tickets:
        wrong = tuple(wrong_fields(incident, tickets[0]))
        amiss = [name for name in wrong if name in ("store", "system")]
        return Outcome(incident, "wrong field" if amiss else "right", tuple(tickets), wrong)
    if noted.get(incident.id):
        joined = "in the outage's ticket" if incident.parent else "in another ticket"
        return Outcome(incident, joined)
    if incident.over_at is not None and not incident.wants_ticket and incident.id in heard:
        return Outcome(incident, "over before it was told")
    if incident.id in heard:
        due = incident.wants_ticket
        return Outcome(incident, "asked, no ticket" if due else "waits for an answer or a person")
    return Outcome(incident, "lost")


def wrong_fields(incident: TrueIncident, ticket: SeenTicket) -> list[str]:
    """The fields of a ticket that are not as they truly are; an error only once it was told."""
    wrong = []
    if not same_store(incident.store, ticket.store):
        wrong.append("store")
    if not incident.is_system(ticket.system):
        wrong.append("system")
    if incident.category != ticket.category:
        wrong.append("category")
    told = incident.said.get("error")
    if told is not None and told <= ticket.at - timedelta(seconds=5):
        if plain(incident.error or "") not in plain(ticket.error or ""):
            wrong.append("error")
    elif ticket.error and told is None:
        wrong.append("error")
    return wrong


def same_store(true: str, said: str | None) -> bool:
    """Whether two spellings mean one store."""
    return plain(said or "").lstrip("0").removeprefix("tienda ") == plain(true).lstrip("0")


def _take_fields(
    result: Result, incident: TrueIncident, ticket: SeenTicket, priorities: Mapping[str, str]
) -> None:
    wrong = wrong_fields(incident, ticket)
    urgent = priorities.get(ticket.id, "")
    priority = {"High": "urgent", "Medium": "normal"}.get(urgent, ticket.priority)
    for name in FIELDS:
        if name == "error" and "error" not in incident.said and not ticket.error:
            continue
        right = priority == incident.priority if name == "priority" else name not in wrong
        result.fields[name][0] += right
        result.fields[name][1] += 1


def _repeated(bot: Sequence[BotMessage]) -> int:
    """Texts that were posted again within ten minutes, about the same thing, in the same words."""
    last: dict[tuple[str, str, str | None], BotMessage] = {}
    found = 0
    for message in bot:
        key = (message.group, message.text, message.quote)
        before = last.get(key)
        found += before is not None and message.at - before.at < timedelta(minutes=10)
        last[key] = message
    return found


def figures(results: Sequence[Result]) -> dict[str, Any]:
    """The figures of several plays by name."""
    outcomes = [outcome for result in results for outcome in result.outcomes]
    verdicts = Counter(outcome.verdict for outcome in outcomes)
    due = [outcome for outcome in outcomes if outcome.verdict not in NOT_DUE]
    incidents = sum(outcome.incident is not None for outcome in outcomes)
    people = sum(result.people for result in results)
    judged = [message for result in results for message in result.messages]
    questions = sum(message.sort == "question" for message in judged)
    needless = [message for message in judged if message.needless]
    surplus = sum(max(len(o.tickets) - 1, 0) for o in outcomes if o.verdict == "doubled")
    counts = {
        name: [sum(result.fields[name][n] for result in results) for n in (0, 1)] for name in FIELDS
    }
    right, asked = (sum(counts[name][n] for name in FIELDS[:4]) for n in (0, 1))
    return {
        "tickets_right": _share(sum(o.verdict in RIGHT for o in due), len(due)),
        "fields": {
            "accuracy": _share(right, asked),
            **{name: _share(*counts[name]) for name in FIELDS},
        },
        "questions_per_incident": round(questions / max(incidents, 1), 3),
        "needless_messages_per_100": round(100 * len(needless) / max(people, 1), 3),
        "lost": verdicts["lost"],
        "double": surplus + sum(result.repeated for result in results),
        "incidents": incidents,
        "messages": people,
        "bot_messages": len(judged),
        "questions": questions,
        "verdicts": dict(sorted(verdicts.items())),
        "needless": dict(Counter(f"{m.sort}: {m.why}" for m in needless).most_common()),
    }


def _share(right: int, of: int) -> float:
    return round(right / of, 4) if of else 1.0
