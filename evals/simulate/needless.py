"""Which messages of the bot were needless (contract.md): every one but a question for a field
neither said nor shown, the ticket's notice, a status change, an answer to someone who addressed
the bot, the all-clear."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from evals.simulate.ledger import Ledger, SeenTicket
from evals.simulate.outside import BotMessage
from evals.simulate.personas import asked_field
from evals.simulate.truth import plain

ADDRESSED = frozenset({"status_question", "command"})
# How soon after a change at the desk its group may be told of it.
TOLD_WITHIN = timedelta(minutes=10)
_ALL_CLEAR = re.compile(
    r"\b(se restablecio|restablecid[oa]|servicio normal|quedo resuelta la falla|"
    r"incidencia general fue resuelta)\b"
)


@dataclass(frozen=True)
class Judgement:
    """One message of the bot: what sort it is, and why it was needless, if it was."""

    message: BotMessage
    sort: str
    incident: str | None
    why: str = ""

    @property
    def needless(self) -> bool:
        """Whether the group had better not read it."""
        return bool(self.why)


def judge_messages(
    ledger: Ledger,
    bot: Sequence[BotMessage],
    own: Mapping[str, Sequence[SeenTicket]],
    changes: Sequence[tuple[datetime, str, str]],
) -> list[Judgement]:
    """Judge each message of the bot, in order."""
    told: set[str] = set()
    return [_judge(ledger, message, own, changes, told) for message in bot]


def _judge(
    ledger: Ledger,
    message: BotMessage,
    own: Mapping[str, Sequence[SeenTicket]],
    changes: Sequence[tuple[datetime, str, str]],
    told: set[str],
) -> Judgement:
    name, words = ledger.about(message), plain(message.text)
    field = asked_field(message.text)
    if field is not None:
        return Judgement(message, "question", name, _why_ask(ledger, message, name, field))
    number = re.search(r"#(\d+)", message.text)
    ticket = number.group(1) if number else None
    if ticket and "se creo el ticket" in words:
        why = "twice" if ticket in told else ""
        told.add(ticket)
        if name is None:
            why = "a ticket that stands for nothing"
        elif own[name][0].id != ticket:
            why = "a second ticket"
        return Judgement(message, "ticket's notice", name, why)
    line = ledger.lines.get(message.quote or "")
    if line is not None and (line.kind in ADDRESSED or "bot" in plain(line.text).split()):
        return Judgement(message, "answer", name)
    if ticket and ("actualizacion" in words or "marcado como" in words):
        return Judgement(
            message, "status change", name, _why_status(message, ticket, changes, told)
        )
    if _ALL_CLEAR.search(words):
        return Judgement(message, "all-clear", name)
    return Judgement(message, _sort(words), name, "not asked for")


def _why_ask(ledger: Ledger, message: BotMessage, name: str | None, field: str) -> str:
    incident = ledger.incidents.get(name or "")
    if incident is None:
        return "about no incident"
    said = incident.said.get(field)
    return f"the {field} was said" if said is not None and said <= message.at else ""


def _why_status(
    message: BotMessage,
    ticket: str,
    changes: Sequence[tuple[datetime, str, str]],
    told: set[str],
) -> str:
    near = [
        f"{at.isoformat()}:{one}"
        for at, one, _ in changes
        if one == ticket and timedelta() <= message.at - at <= TOLD_WITHIN
    ]
    fresh = [one for one in near if one not in told]
    told.update(near)
    return "" if fresh else "nothing changed"


def _sort(words: str) -> str:
    """A name for whatever else is said."""
    if "personal de soporte" in words or "se solicita su apoyo" in words:
        return "escalation"
    if "falta de informacion" in words:
        return "closing word"
    if "no esta disponible" in words:
        return "desk is down"
    if "falta indicar" in words or "esta en estado" in words:
        return "answer"
    return "other"
