"""The benchmark with personas: plays seeds, scores them beside simpler programs, prints it all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from evals.group.baselines import BASELINES, incidents_of, read_all
from evals.group.chat import Gold, GoldIncident, LabelledChat, Medium, Said
from evals.group.run import SaidIncident
from evals.group.score import match
from evals.simulate.ledger import Ledger, SeenTicket
from evals.simulate.outside import BotMessage
from evals.simulate.play import Played, play
from evals.simulate.score import NOT_DUE, RIGHT, Outcome, Result, figures, judge
from evals.simulate.script import write_script
from evals.simulate.truth import Line, split_of
from server.replay.scratch import copied, scratch
from server.settings import Settings

WORST = 10
OUTCOMES = ("right", "other incident", "missed", "none", "false alarm")


async def simulate(
    seeds: Sequence[int],
    days: int,
    groups: int,
    settings: Settings,
    *,
    personas: bool = True,
    database: str | None = None,
    tell: Callable[[str], None] = lambda line: None,
    progress: Callable[[int, int, int], None] = lambda seed, done, total: None,
) -> list[Played]:
    """Play each seed by itself. Raises BadInput, PostgresFailed, ChildFailed."""
    done = []
    async with scratch(server=database) as place:
        for seed in seeds:
            script = write_script(seed, days, groups)
            total = len(script.lines)
            async with copied(place, f"seed{seed}") as room:
                played = await play(
                    script,
                    settings,
                    room,
                    personas=personas,
                    progress=lambda n, seed=seed, total=total: progress(seed, n, total),  # type: ignore[misc]  # a lambda's defaults
                )
            done.append(played)
            tell(
                f"seed {seed}: {len(played.said)} messages of people, {len(played.bot)} of the "
                f"bot, {len(played.ledger.tickets)} tickets in {played.seconds:.0f} s"
            )
    return done


def judge_play(played: Played) -> Result:
    """What one play is worth."""
    tickets = list(played.ledger.tickets.values())
    return judge(
        played.ledger,
        tickets,
        played.comments,
        played.said,
        played.bot,
        played.changes,
        played.priorities,
    )


def report(plays: Sequence[Played], *, personas: bool = True) -> dict[str, Any]:
    """Everything that is printed."""
    results = [judge_play(played) for played in plays]
    chats = [(played, chat) for played in plays for chat in labelled(played)]
    found = figures(results)
    found |= {
        "synthetic": True,
        "personas": personas,
        "seeds": [played.script.seed for played in plays],
        "families": sorted({split_of(played.script.seed) for played in plays}),
        "groups": sum(len(played.script.groups) for played in plays),
        "model_requests": sum(played.model_requests for played in plays),
        "seconds": round(sum(played.seconds for played in plays), 1),
        "confusion": confusion(chats),
        "baselines": {name: figures(_simple(plays, name)) for name in BASELINES},
        "worst": worst(plays, results),
    }
    return found


def labelled(played: Played) -> list[LabelledChat]:
    """The groups of a play as labelled chats, answers included."""
    chats = []
    for group in played.script.groups:
        lines = [line for line in played.said if line.group == group.chat]
        names = {line.incident for line in lines if line.incident}
        incidents = {
            name: GoldIncident(
                store=one.store,
                system=one.system,
                category=one.category,
                priority=one.priority,
                error=one.error,
                parent=one.parent if one.parent in names else None,
            )
            for name, one in played.ledger.incidents.items()
            if name in names
        }
        chats.append(
            LabelledChat(
                f"seed {played.script.seed}, {group.name}",
                group.name,
                group.country,
                incidents,
                tuple(map(_said, lines)),
            )
        )
    return chats


def _said(line: Line) -> Said:
    return Said.model_validate(
        {
            "id": line.id,
            "at": line.at,
            "from": line.person.key,
            "name": line.person.name,
            "text": line.text,
            "quotes": line.quotes,
            "media": [Medium(type=p.kind, text=p.text) for p in line.photos] or None,
            "edits": line.edits,
            "revokes": line.revokes,
            "gold": Gold(kind=line.kind, incident=line.incident),
        }
    )


def confusion(chats: Sequence[tuple[Played, LabelledChat]]) -> dict[str, dict[str, int]]:
    """What became of each kind of message, by the incident that it was put into."""
    table: dict[str, dict[str, int]] = {}
    for played, chat in chats:
        gold = [message.gold.incident for message in chat.messages]
        said = [_where(played, message.id) for message in chat.messages]
        pairs = match(gold, said)
        for message, true, found in zip(chat.messages, gold, said, strict=True):
            if true is None:
                what = "none" if found is None else "false alarm"
            elif found is None:
                what = "missed"
            else:
                what = "right" if pairs.get(true) == found else "other incident"
            row = table.setdefault(message.gold.kind, {})
            row[what] = row.get(what, 0) + 1
    return dict(sorted(table.items()))


def _where(played: Played, line: str) -> str | None:
    incident = played.where.get(line, (None, ""))[0]
    return None if incident is None or played.statuses.get(incident) == "dismissed" else incident


# -- simpler programs -----------------------------------------------------------------------------


def _simple(plays: Sequence[Played], name: str) -> list[Result]:
    """A simpler program on the same messages: a ticket an incident, a notice a ticket."""
    return [_simply(played, name) for played in plays]


def _simply(played: Played, name: str) -> Result:
    tickets: list[SeenTicket] = []
    notices: list[BotMessage] = []
    ledger = Ledger(played.ledger.groups, played.ledger.incidents, dict(played.ledger.lines))
    for chat in labelled(played):
        gists = read_all(chat)
        picks = BASELINES[name](chat, gists)
        for key, said in incidents_of(picks, gists).items():
            lines = [m.id for m, pick in zip(chat.messages, picks, strict=True) if pick == key]
            first = played.ledger.lines[lines[0]]
            ticket = _ticket(f"{len(tickets) + 1}", lines, said, first)
            ledger.tickets[ticket.id] = ticket
            tickets.append(ticket)
            text = f"Se creó el ticket #{ticket.id}"
            notices.append(BotMessage(f"b{ticket.id}", first.at, first.group, text))
    return judge(ledger, tickets, {}, played.said, notices)


def _ticket(name: str, lines: Sequence[str], said: SaidIncident, first: Line) -> SeenTicket:
    return SeenTicket(
        name,
        first.at,
        first.group,
        tuple(lines),
        said.store,
        said.system,
        said.error,
        said.category,
        said.priority,
    )


# -- to read --------------------------------------------------------------------------------------


def worst(plays: Sequence[Played], results: Sequence[Result], count: int = WORST) -> list[Any]:
    """The outcomes and messages that a person should read, the gravest first."""
    order = (
        "doubled",
        "lost",
        "stands for nothing",
        "asked, no ticket",
        "wrong field",
        "in another ticket",
    )
    cases: list[tuple[int, dict[str, Any]]] = []
    for played, result in zip(plays, results, strict=True):
        for outcome in result.outcomes:
            if outcome.verdict in RIGHT | NOT_DUE:
                continue
            cases.append((order.index(outcome.verdict), _case(played, outcome)))
    cases.sort(key=lambda case: case[0])
    return [case for _, case in cases[:count]]


def _case(played: Played, outcome: Outcome) -> dict[str, Any]:
    incident, ledger = outcome.incident, played.ledger
    if incident is not None:
        lines = [line for line in played.said if line.incident == incident.id]
        true = f"{incident.system}, {incident.store}"
    else:
        lines = [ledger.lines[name] for name in outcome.tickets[0].lines]
        true = "no incident"
    first = lines[0] if lines else None
    return {
        "verdict": outcome.verdict,
        "seed": played.script.seed,
        "true": true,
        "wrong": list(outcome.wrong),
        "tickets": [
            f"#{t.id} {t.system or '-'}, {t.store or '-'}, error {t.error or '-'}"
            for t in outcome.tickets
        ],
        "words": [f"{line.person.name}: {line.text or '(photo)'}" for line in lines[:4]],
        "reason": played.where.get(first.id, (None, ""))[1] if first else "",
    }


def print_report(found: dict[str, Any], console: Console) -> None:
    """The figures as tables, and the worst cases for a person to read."""
    table = Table(
        title=f"Synthetic: {found['messages']} messages, {found['incidents']} incidents, seeds "
        f"{', '.join(map(str, found['seeds']))} ({', '.join(found['families'])} words)"
    )
    columns = ("tickets right", "fields", "questions", "needless/100", "lost", "double")
    table.add_column("")
    for column in columns:
        table.add_column(column, justify="right")
    for name, one in (("recado", found), *found["baselines"].items()):
        table.add_row(
            name,
            f"{one['tickets_right']:.3f}",
            f"{one['fields']['accuracy']:.3f}",
            f"{one['questions_per_incident']:.2f}",
            f"{one['needless_messages_per_100']:.2f}",
            str(one["lost"]),
            str(one["double"]),
        )
    console.print(table)
    seen = Table(title="What became of each kind of message")
    seen.add_column("kind")
    for outcome in OUTCOMES:
        seen.add_column(outcome, justify="right")
    for kind, row in found["confusion"].items():
        seen.add_row(kind, *(str(row.get(outcome, 0)) for outcome in OUTCOMES))
    console.print(seen)
    for title in ("verdicts", "needless", "fields"):
        said = ", ".join(f"{name} {value}" for name, value in found[title].items())
        console.print(f"{title}: {said or 'none'}", markup=False, highlight=False)
    for case in found["worst"]:
        line = (
            f"{case['verdict']} (seed {case['seed']}): {case['true']} {case['wrong'] or ''} "
            f"{'; '.join(case['tickets'])} <- {' / '.join(case['words'])} ({case['reason']})"
        )
        console.print(line, markup=False, highlight=False)
