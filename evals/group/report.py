"""The benchmark of judgement: labelled chats in, figures beside the baselines out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from evals.group.baselines import BASELINES, incidents_of, read_all
from evals.group.chat import read_chat
from evals.group.run import Judged, judge_chat
from evals.group.score import Score, match
from server.judge import Judge
from server.replay.scratch import scratch
from server.settings import Settings

WORST = 10


async def judge_files(
    files: Sequence[Path],
    settings: Settings,
    *,
    judge: Judge | None = None,
    database: str | None = None,
    tell: Callable[[str], None] = lambda line: None,
) -> list[Judged]:
    """Judge each file by itself. Raises BadInput, PostgresFailed, ChildFailed."""
    chats = [read_chat(path) for path in files]
    done = []
    async with scratch(server=database) as place:
        for chat in chats:
            done.append(await judge_chat(chat, settings, place, judge=judge))
            seconds = done[-1].seconds
            tell(f"{chat.source}: {len(chat.messages)} messages in {seconds:.1f} s")
    return done


def figures(runs: Sequence[Judged], *, baselines: bool = True) -> dict[str, Any]:
    """Everything that is printed: ours, the baselines', the confusion and the worst cases."""
    started = time.monotonic()
    ours, others = Score(), {name: Score() for name in BASELINES}
    for run in runs:
        ours.take(run.chat, run.said, run.incidents)
        if baselines:
            gists = read_all(run.chat)
            for name, baseline in BASELINES.items():
                picks = baseline(run.chat, gists)
                others[name].take(run.chat, picks, incidents_of(picks, gists))
    messages = sum(len(run.chat.messages) for run in runs)
    asked = sum((Counter(run.close_calls) for run in runs), Counter[str]())
    found = sum(len(run.incidents) for run in runs)
    spent = time.monotonic() - started if baselines else 0.0
    return {
        **ours.figures(),
        "model_calls_per_message": round(sum(r.requests for r in runs) / max(messages, 1), 4),
        "usd_per_incident": round(sum(run.usd for run in runs) / max(found, 1), 6),
        # Told where a model was asked: without one the figures are what they were.
        **({"close_calls": dict(asked)} if asked else {}),
        "messages": messages,
        "chats": len(runs),
        "incidents": found,
        "seconds": round(sum(run.seconds for run in runs), 2),
        "baseline_seconds": round(spent, 2),
        "baselines": {name: score.figures() for name, score in others.items()} if baselines else {},
        "confusion": {kind: dict(row) for kind, row in sorted(ours.confusion.items())},
        "worst": worst_cases(runs),
    }


def worst_cases(runs: Sequence[Judged], count: int = WORST) -> list[dict[str, str]]:
    """The true or said incidents with the most messages in the wrong place, to read."""
    cases: list[tuple[int, dict[str, str]]] = []
    for run in runs:
        gold = [message.gold.incident for message in run.chat.messages]
        pairs = match(gold, run.said)
        wrong: dict[tuple[str, str], list[int]] = {}
        for position, (true, found) in enumerate(zip(gold, run.said, strict=True)):
            if (true is None and found is None) or (true and pairs.get(true) == found):
                continue
            backwards = {one: name for name, one in pairs.items()}
            told = backwards.get(found or "", "an incident of its own") if found else "none"
            wrong.setdefault((true or "none", told), []).append(position)
        for (true, told), positions in wrong.items():
            shown = run.chat.messages[positions[0]]
            reason = run.reasons[positions[0]]
            case = {
                "chat": run.chat.source,
                "true": true,
                "said": told,
                "messages": str(len(positions)),
                "first": f"{shown.id} {shown.name}: {(shown.text or '')[:100]}",
                "reason": reason,
            }
            cases.append((len(positions), case))
    cases.sort(key=lambda case: -case[0])
    return [case for _, case in cases[:count]]


Read = Callable[[dict[str, Any]], float]
COLUMNS: tuple[tuple[str, Read], ...] = (
    ("incident F1", lambda f: f["incident"]["f1"]),
    ("exact F", lambda f: f["assignment"]["exact_f"]),
    ("link F", lambda f: f["assignment"]["link_f"]),
    ("of all", lambda f: f["assignment"]["exact_f_of_all"]),
    ("of all", lambda f: f["assignment"]["link_f_of_all"]),
    ("1-1", lambda f: f["assignment"]["one_to_one"]),
    ("outage F1", lambda f: f["outage"]["f1"]),
    ("urgent P", lambda f: f["priority"]["urgent_precision"]),
    ("urgent R", lambda f: f["priority"]["urgent_recall"]),
    ("fields", lambda f: f["fields"]["accuracy"]),
)


def print_figures(found: dict[str, Any], console: Console) -> None:
    """The figures as tables, and the worst cases for a person to read."""
    table = Table(title=f"{found['messages']} messages of {found['chats']} chats")
    table.add_column("")
    for name, _ in COLUMNS:
        table.add_column(name, justify="right")
    for name, one in (("recado", found), *found["baselines"].items()):
        table.add_row(name, *(f"{read(one):.3f}" for _, read in COLUMNS))
    console.print(table)
    outcomes = ("right", "other incident", "missed", "none", "false alarm")
    confusion = Table(title="What became of each kind of message")
    confusion.add_column("kind")
    for outcome in outcomes:
        confusion.add_column(outcome, justify="right")
    for kind, row in found["confusion"].items():
        confusion.add_row(kind, *(str(row.get(outcome, 0)) for outcome in outcomes))
    console.print(confusion)
    fields = ", ".join(f"{name} {value:.3f}" for name, value in found["fields"].items())
    console.print(f"fields: {fields}; {found['seconds']} s")
    if asked := found.get("close_calls"):
        told = ", ".join(f"{number} {outcome}" for outcome, number in asked.items())
        console.print(f"close calls that a model was asked of: {told}")
    for case in found["worst"]:
        line = (
            f"{case['messages']:>3} of {case['true']} taken for {case['said']} in {case['chat']}: "
            f"{case['first']} ({case['reason']})"
        )
        console.print(line, markup=False, highlight=False)
