"""Fits the weights of kinship in outages on labelled chats: `python -m evals.fit_kinship FILE...`.

Each first report of an incident is shown the outages that were open when it came, as the labels
tell them, as a reader sees it that was fitted without its chat; a conditional logit learns which of
them it belongs to, or that it is one of its own.
Chats that are reported on must not be given.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from domain.deciding.kinship import Evidence, Report, families_of, is_own_thing
from domain.gist import Gist
from domain.reading import ImageDescription, code_of, reads_as_error
from domain.room import OpenIncident, Remark, Room, TurnFacts
from evals.fit_local import tuning_chats
from evals.fit_ties import bursts_of
from evals.fitting import Choice, fit, tabulate
from evals.group.chat import LabelledChat, Said, read_chat
from evals.teaching import hits_left_out, strange_readers
from server.judge import Judge
from server.persistence.room import LOOK_BACK
from server.wiring import choose_judge
from tools.models.local.engine import describe_text
from tools.models.local.joining import KINSHIP
from tools.models.local.reader import LocalReader

# The pull of the weights towards zero.
STRENGTH = 0.3


def _told(chat: LabelledChat) -> list[list[Said]]:
    """What each person said in one go, as it ends; corrections tell nothing new."""
    bursts = [[s for s in one if not (s.edits or s.revokes)] for one in bursts_of(chat)]
    return sorted(filter(None, bursts), key=lambda burst: burst[-1].at)


def _shown(burst: Sequence[Said]) -> ImageDescription | None:
    """The error that the photos of a burst show, as the look at a photo that came alone sees it."""
    seen = (describe_text(m.text) for s in burst for m in s.media or () if m.text)
    return next(filter(reads_as_error, seen), None)


class _Telling:
    """A chat as it is told: who has spoken, what is open, where each message belongs."""

    def __init__(self, chat: LabelledChat, judge: Judge) -> None:
        self.chat, self._judge = chat, judge
        self.names: dict[str, str] = {}
        self.open: dict[str, OpenIncident] = {}
        self.remarks: list[Remark] = []
        self._where: dict[str, str | None] = {}

    def choices(self) -> Iterator[Choice]:
        """Every first report, and the outage it belongs to."""
        for burst in _told(self.chat):
            first, label = burst[0], burst[0].gold.incident
            self.names[first.sender] = first.name
            if label is not None and label not in self.open:
                turn = self._turn(burst)
                if choice := self._choice(turn, label):
                    yield choice
                self._opens(turn, label)
            elif label is not None:
                self._goes_on(burst, label)
            for said in burst:
                self._where[said.id] = label
                one = Remark(said.id, said.sender, said.name, said.at, said.text or "", label)
                self.remarks.append(one)

    def _read(self, burst: Sequence[Said], *, text: str) -> Gist:
        first = burst[0]
        return self._judge.reader.read(text, group_name=self.chat.group, sender_name=first.name)

    def _turn(self, burst: Sequence[Said]) -> TurnFacts:
        first = burst[0]
        here = Remark("", first.sender, first.name, first.at, "")
        stores = self._judge.stores_of([*self.remarks, here], self.chat.group)
        home = stores.of(first.sender) or self._read(burst, text="").store
        quoted = next((self._where.get(s.quotes) for s in burst if s.quotes), None)
        text = "\n".join(s.text or "" for s in burst).strip()
        seen = None if text else _shown(burst)
        gist = self._read(burst, text=seen.text if seen else text)
        if seen:
            gist = replace(gist, error=seen.error or gist.error, said_store=None)
        return TurnFacts(
            first.sender,
            burst[-1].at,
            gist,
            quoted_incident=quoted if quoted in self.open else None,
            quotes_something=any(s.quotes for s in burst),
            home_store=home,
            shows_error=seen is not None,
        )

    def _choice(self, turn: TurnFacts, label: str) -> Choice | None:
        judge, among = self._judge, list(self.open.values())
        families = families_of(turn, among)
        head = self.chat.family(label)
        right = head if head in {i.parent or i.id for i in among} else None
        if (right and right not in families) or is_own_thing(turn, judge.is_shared):
            return None
        room = Room(tuple(self.remarks[-LOOK_BACK:]), dict(self.names))
        alone: Evidence = {}
        report = Report(turn, among, judge.same_system, judge.is_shared, room)
        found = [report.evidence_of(family) for family in families.values()]
        place = list(families).index(right) + 1 if right else 0
        return Choice((alone, *found), place, 1.0, self.chat.source, turn.gist.text)

    def _opens(self, turn: TurnFacts, label: str) -> None:
        gist, head = turn.gist, self.chat.family(label)
        known = head != label and any((i.parent or i.id) == head for i in self.open.values())
        self.open[label] = OpenIncident(
            label,
            "ticketed",
            turn.person_id,
            frozenset({turn.person_id}),
            turn.at,
            gist.store or turn.home_store,
            gist.system,
            code_of(gist.error),
            gist.meaning,
            parent=head if known else None,
            opened_at=turn.at,
        )

    def _goes_on(self, burst: Sequence[Said], label: str) -> None:
        one, said = self.open[label], burst[-1]
        people = one.participants | {said.sender}
        self.open[label] = replace(one, last_at=said.at, participants=people)
        if one.reporter_id != said.sender or (one.store and one.system and one.error):
            return
        gist = self._read(burst, text="\n".join(s.text or "" for s in burst).strip())
        self.open[label] = replace(
            self.open[label],
            store=one.store or gist.store,
            system=one.system or gist.system,
            error=one.error or code_of(gist.error),
        )


def main() -> None:
    """Fit on the given chats, or on those that are for tuning, and write the weights."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    files = parser.parse_args().files or tuning_chats()
    judge, readers = choose_judge(), strange_readers(files)
    choices: list[Choice] = []
    for path in files:
        own = replace(judge, reader=LocalReader(readers[str(path)]))
        choices += _Telling(read_chat(path), own).choices()
    names = sorted({name for c in choices for evidence in c.evidence for name in evidence})
    weights = fit(choices, names, STRENGTH)
    shipped = {
        "fitted_on": [path.stem for path in files],
        "reports": len(choices),
        "strength": STRENGTH,
        "hits_left_out": round(hits_left_out(choices, names, STRENGTH), 4),
        "weights": {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)},
    }
    KINSHIP.write_text(json.dumps(shipped, indent=1) + "\n", encoding="utf-8")
    hits = tabulate(choices, names).hits(weights)
    sys.stderr.write(f"wrote {KINSHIP.name}, hits on its own chats {hits:.4f}\n")


if __name__ == "__main__":
    main()
