"""Labelled chats on the way of live traffic, as lessons for assignment.

A teacher decides as the labels say, then weights rehearse on chats that they do not know; what
spoke for each place is written down.
"""

from __future__ import annotations

import asyncio
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4, uuid5

from domain.assignment import Decision
from domain.deciding.weighing import Weights, places
from domain.gist import Act
from domain.room import OpenIncident, Remark, Room, TurnFacts
from evals.fit_local import fit_on, load_examples
from evals.fitting import Choice, fit, names_of, tabulate
from evals.group.chat import LabelledChat, read_chat
from evals.group.run import judge_chat
from server.judge import Judge
from server.replay.scratch import scratch
from server.settings import Settings
from server.wiring import choose_judge
from tools.models.local.reader import LocalReader
from tools.models.local.weights import Weights as ReaderWeight

FOLDS = 4
# What a made-up scene counts beside a turn of a chat.
MADE_UP_COUNTS = 0.15
MADE_UP = "made up"
_SPACE = UUID(int=0)
# 'mx-farmacia-g', 'co-a-descuento1', 'cl-deportes-9u'.
_WRITER = re.compile(r"9?[a-z]")
Job = TypeVar("Job")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Teacher(Judge):
    """Decides as the labels say, and writes down what spoke for each place."""

    chat: LabelledChat | None = None
    choices: list[Choice] = field(default_factory=list)
    begun: Counter[str] = field(default_factory=Counter)

    def decide(self, turn: TurnFacts, incidents: Sequence[OpenIncident], room: Room) -> Decision:
        """The labelled place of most of the turn's messages.

        What ended and is told of again is another incident: nothing is offered that it could join.
        """
        assert self.chat is not None  # noqa: S101 - given by the only caller
        gold = {m.id: m.gold.incident for m in self.chat.messages}
        label = Counter(gold[id] for id in turn.message_ids).most_common(1)[0][0]
        found = places(turn, incidents, room, self.same_system)
        known = {place.incident_id for place in found}
        wanted = self._incident(label) if label else None
        if label and self.begun[label] and wanted not in known:
            self.begun[label] += 1
            wanted = self._incident(label)
        outcome = "none" if wanted is None else "join" if wanted in known else "new"
        right = next(
            n
            for n, place in enumerate(found)
            if place.outcome == outcome and (outcome != "join" or place.incident_id == wanted)
        )
        if not turn.quoted_incident:
            self.choices.append(
                Choice(
                    tuple(place.evidence for place in found),
                    right,
                    float(len(turn.message_ids)) ** 0.5,
                    self.chat.source,
                    turn.gist.text,
                )
            )
        if outcome == "none":
            return Decision("none", None, 1.0, "labelled")
        if outcome == "join":
            return Decision("join", wanted, 1.0, "labelled")
        if label:
            self.begun[label] = self.begun[label] or 1
        return Decision("new", wanted, 1.0, "labelled")

    def _incident(self, label: str) -> str:
        """The id of what was begun last for a label, or is about to be."""
        assert self.chat is not None  # noqa: S101 - given by the only caller
        nth = max(self.begun[label], 1)
        again = "" if nth == 1 else f"/{nth}"
        return str(uuid5(_SPACE, f"{self.chat.source}/{label}{again}"))


# What a turn does that starts an incident anew, where all that was said of it before was missed.
TELLS_ANEW = frozenset({"report", "same_problem", "detail", "still_broken"})


@dataclass(frozen=True)
class Rehearsal(Judge):
    """Decides by its own weights, and writes down what would have been right where that led.

    So that assignment learns to find its way back from its own mistakes, which a teacher never
    makes (Ross, Gordon and Bagnell, 2011: no-regret online learning by dataset aggregation).
    """

    chat: LabelledChat | None = None
    choices: list[Choice] = field(default_factory=list)
    where: dict[str, str] = field(default_factory=dict)

    def decide(self, turn: TurnFacts, incidents: Sequence[OpenIncident], room: Room) -> Decision:
        """What the weights decide; the right place is where most of its incident has gone."""
        assert self.chat is not None  # noqa: S101 - given by the only caller
        decision = super().decide(turn, incidents, room)
        gold = {m.id: m.gold for m in self.chat.messages}
        label = Counter(gold[id].incident for id in turn.message_ids).most_common(1)[0][0]
        found = places(turn, incidents, room, self.same_system)
        if not turn.quoted_incident:
            gone = Counter(
                self.where[id]
                for id, one in gold.items()
                if label is not None and one.incident == label and id in self.where
            )
            known = {p.incident_id: n for n, p in enumerate(found) if p.outcome == "join"}
            there = [known[id] for id, _ in gone.most_common() if id in known]
            anew = label is not None and gold[turn.message_ids[0]].kind in TELLS_ANEW
            self.choices.append(
                Choice(
                    tuple(place.evidence for place in found),
                    there[0] if there else int(anew),
                    float(len(turn.message_ids)) ** 0.5,
                    self.chat.source,
                    turn.gist.text,
                )
            )
        if decision.outcome == "new" and decision.incident_id is None:
            decision = replace(decision, incident_id=str(uuid4()))
        if decision.incident_id is not None:
            self.where.update(dict.fromkeys(turn.message_ids, decision.incident_id))
        return decision


# For each chat what the reader of it weighs with: fitted without that chat.
ReaderWeights = Mapping[str, ReaderWeight]


def folds_of(files: Sequence[Path]) -> list[list[Path]]:
    """The chats in parts, every writer's in one; what judges a part must not have learnt from it.

    Who has learnt how somebody writes judges another chat of theirs better than a stranger's.
    """
    by_writer: dict[str, list[Path]] = {}
    for path in sorted(files, key=lambda path: (path.stem, str(path))):
        by_writer.setdefault(writer_of(path), []).append(path)
    parts: list[list[Path]] = [[] for _ in range(FOLDS)]
    for _, chats in sorted(by_writer.items(), key=lambda one: (-len(one[1]), one[0])):
        min(parts, key=len).extend(chats)
    return [part for part in parts if part]


def writer_of(path: Path) -> str:
    """Who wrote a chat: the letter in its file's name; without one, whoever wrote the folder."""
    letters = [part for part in path.stem.split("-") if _WRITER.fullmatch(part)]
    return letters[-1] if letters else path.parent.name


def side_by_side(work: Callable[[Job], Result], jobs: Iterable[Job]) -> list[Result]:
    """The results in the order of the jobs, each made in a process of its own core."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(work, jobs))


def strange_readers(files: Sequence[Path]) -> ReaderWeights:
    """For each chat the weights of a reader that were fitted without it.

    So that assignment learns how far a reader is to be trusted on chats that it does not know.
    """
    parts = folds_of(files)
    others = [[path for path in files if path not in part] for part in parts]
    fitted = side_by_side(_fit_reader, others)
    return {
        str(path): weights for part, weights in zip(parts, fitted, strict=True) for path in part
    }


def _fit_reader(files: Sequence[Path]) -> ReaderWeight:
    return fit_on(load_examples(), [read_chat(path) for path in files]).weights()


def strange_weights(
    files: Sequence[Path], choices: Sequence[Choice], strength: float
) -> Iterator[tuple[list[Path], Weights]]:
    """Each part of the chats, with weights that were fitted without it."""
    names = names_of(choices)
    for part in folds_of(files):
        strange = {str(path) for path in part}
        fitted = fit([c for c in choices if c.chat not in strange], names, strength)
        yield part, dict(zip(names, map(float, fitted), strict=True))


def hits_left_out(choices: Sequence[Choice], names: Sequence[str], strength: float) -> float:
    """The share of hits on chats left out of the fit, 0 to 1."""
    judged = [c for c in choices if c.chat != MADE_UP]
    right = 0.0
    for part in folds_of([Path(chat) for chat in {c.chat for c in judged}]):
        out = {str(path) for path in part}
        weights = fit([c for c in choices if c.chat not in out], names, strength)
        left_out = [c for c in judged if c.chat in out]
        right += tabulate(left_out, names).hits(weights) * len(left_out)
    return right / len(judged)


@dataclass(frozen=True)
class Lesson:
    """Some chats, the reader of each, and the weights that rehearse; None where a teacher decides.

    All of it goes to another process.
    """

    files: Sequence[Path]
    readers: ReaderWeights
    weights: Weights | None = None


def collect(files: Sequence[Path], readers: ReaderWeights) -> list[Choice]:
    """Every choice of the chats, as the labels decide them."""
    lessons = [Lesson(part, _only(readers, part)) for part in folds_of(files)]
    return [choice for found in side_by_side(_take, lessons) for choice in found]


def rehearse(
    files: Sequence[Path], readers: ReaderWeights, choices: Sequence[Choice], strength: float
) -> list[Choice]:
    """Every choice of the chats where weights that do not know them lead."""
    lessons = [
        Lesson(part, _only(readers, part), weights)
        for part, weights in strange_weights(files, choices, strength)
    ]
    return [choice for found in side_by_side(_take, lessons) for choice in found]


def _only(readers: ReaderWeights, files: Sequence[Path]) -> ReaderWeights:
    return {str(path): readers[str(path)] for path in files}


def _take(lesson: Lesson) -> list[Choice]:
    return asyncio.run(_taken(lesson))


async def _taken(lesson: Lesson) -> list[Choice]:
    choices: list[Choice] = []
    base = choose_judge()
    async with scratch() as place:
        for path in lesson.files:
            chat = read_chat(path)
            own = replace(base, reader=LocalReader(lesson.readers[str(path)]))
            if lesson.weights is not None:
                own = replace(own, weights=lesson.weights)
            known = {one.name: getattr(own, one.name) for one in fields(own)}
            if lesson.weights is None:
                teacher = Teacher(**known, chat=chat, choices=choices)
                await judge_chat(chat, Settings(), place, judge=teacher, think=False)
            else:
                rehearsal = Rehearsal(**known, chat=chat, choices=choices)
                settings = Settings(ai_providers=("local",))
                await judge_chat(chat, settings, place, judge=rehearsal)
    return choices


def made_up() -> list[Choice]:
    """Labelled sentences in small made-up chats, which keep the rare and certain honest.

    A report or small talk in an empty chat; and after somebody's report of something else, by the
    same person or by another.
    """
    judge, at = choose_judge(), datetime(2026, 1, 1, 12, tzinfo=UTC)
    examples = [e for e in load_examples() if e.act in (Act.REPORT, Act.CHATTER)]
    reports = [e for e in examples if e.act is Act.REPORT and e.system]
    found = []
    for number, example in enumerate(examples[::2]):
        gist = judge.reader.read(example.text)
        before = judge.reader.read(reports[number * 7 % len(reports)].text)
        minutes = 1.0 + number % 40
        who = "p1" if number % 3 else "p2"
        then = at - timedelta(minutes=minutes)
        opened = OpenIncident(
            "i1",
            "ticketed",
            who,
            frozenset({who}),
            then,
            before.store,
            before.system,
            before.error,
            before.meaning,
            opened_at=then,
        )
        told = Remark(
            "m1",
            who,
            "Lupita" if who == "p1" else "Rosy",
            then,
            before.text,
            "i1",
            Act.REPORT.value,
            before.sense,
        )
        turn = TurnFacts("p1", at, gist)
        names = {"p1": "Lupita", "p2": "Rosy"}
        scenes: list[tuple[tuple[OpenIncident, ...], Room]] = [((), Room((), names))]
        if example.act is Act.CHATTER or not judge.same_system(gist.system, before.system):
            scenes.append(((opened,), Room((told,), names)))
        for incidents, room in scenes:
            evidence = tuple(
                place.evidence for place in places(turn, incidents, room, judge.same_system)
            )
            right = 1 if example.act is Act.REPORT else 0
            found.append(Choice(evidence, right, MADE_UP_COUNTS, MADE_UP, example.text))
    return found
