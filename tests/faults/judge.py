"""What the logs of the stand-ins say in the end: what was lost, and what was done twice.

The application is not asked. The words of a ticket are the desk's, everything else is a line of a
log that was on disk before its answer left.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.faults.stores import Report
from tests.service.stage import Zoho


@dataclass
class Verdict:
    """Each list names the reports, keys or texts at fault; all are empty when all is well."""

    lost: list[str] = field(default_factory=list)
    doubled_tickets: list[str] = field(default_factory=list)
    not_told: list[str] = field(default_factory=list)
    not_asked: list[str] = field(default_factory=list)
    doubled_words: list[str] = field(default_factory=list)
    stray_words: list[str] = field(default_factory=list)
    tickets: int = 0
    words: int = 0
    lost_answers: int = 0

    @property
    def faults(self) -> dict[str, list[str]]:
        """What is not as it should be, by its kind."""
        named = ("lost", "doubled_tickets", "not_told", "not_asked", "doubled_words", "stray_words")
        return {name: found for name in named if (found := getattr(self, name))}


async def judge(folder: Path, zoho: Zoho, reports: Sequence[Report]) -> Verdict:
    """Read the logs in `folder` and say what became of each report."""
    desk, group = _lines(folder / "zoho.jsonl"), _lines(folder / "waha.jsonl")
    created = [line["created"] for line in desk if line.get("created", {}).get("kind") == "ticket"]
    sent = [line for line in group if line["kind"] == "sent"]
    words = {ticket["id"]: ticket["description"] for ticket in await zoho.tickets()}
    verdict = Verdict(tickets=len(created), words=len(sent))
    verdict.lost_answers = sum(line.get("fault") == "lost_answer" for line in desk)
    verdict.lost_answers += sum(not line["answered"] for line in sent)
    refs = Counter(ticket["cf_source_ref"] for ticket in created)
    verdict.doubled_tickets = [ref for ref, times in refs.items() if times > 1 or not ref]
    accounted = 0
    for report in reports:
        tickets = [one for one in created if report.text in words[one["id"]]]
        if not tickets:
            verdict.lost.append(report.text)
        if len(tickets) > 1:
            verdict.doubled_tickets.append(report.text)
        here = [line for line in sent if line["chat"] == report.chat]
        told = [s for t in tickets for s in here if f"#{t['ticketNumber']}" in s["text"]]
        asked = [s for s in here if s["quote"] == report.id and s not in told]
        if not told:
            verdict.not_told.append(report.text)
        if report.answer is not None and not asked:
            verdict.not_asked.append(report.text)
        if len(told) > 1 or len(asked) > 1:
            verdict.doubled_words.extend(line["text"] for line in (*told, *asked))
        if report.answer is None and asked:
            verdict.stray_words.extend(line["text"] for line in asked)
        accounted += len(told) + len(asked)
    if accounted != len(sent):
        verdict.stray_words.append(f"{len(sent) - accounted} that belong to no report")
    return verdict


def _lines(log: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.read_text().splitlines()]
