"""How much a model could bring that is asked at close calls: `python -m evals.close [FILE...]`.

Every chat goes the way of live traffic, local engine alone; of each decision is written down
whether it is close enough to ask, whether it is right, and whether the right place is among those
that would be offered: what a perfect model could mend. `--perfect` lets such a model answer, and
prints the figures beside those without it. Chats that are learnt from flatter: give others.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from uuid import uuid4

from domain.assignment import Decision
from domain.deciding.close_call import may_ask
from domain.room import OpenIncident, Room, TurnFacts
from evals.fit_local import tuning_chats
from evals.group.chat import read_chat
from evals.group.report import COLUMNS, figures
from evals.group.run import Judged, judge_chat
from evals.teaching import Rehearsal
from server.replay.scratch import scratch
from server.settings import Settings
from server.wiring import choose_judge

Spot = tuple[str, str | None]


@dataclass(frozen=True)
class Seen:
    """One decision that weights made: where the turn was put, where it belongs, what was near."""

    said: Spot
    right: Spot
    near: tuple[Spot, ...]
    asked: bool


@dataclass(frozen=True)
class Witness(Rehearsal):
    """Decides as live and writes down how close it was; with `perfect` as a model that is never
    wrong would have it, wherever it would be asked."""

    seen: list[Seen] = field(default_factory=list)
    perfect: bool = False

    def decide(self, turn: TurnFacts, incidents: Sequence[OpenIncident], room: Room) -> Decision:
        """What the weights decide, or the right one of the near places."""
        before = len(self.choices)
        decision = super().decide(turn, incidents, room)
        if len(self.choices) == before:
            return decision  # a quote decided
        right = self.choices[-1].right
        # As `domain.assignment.places` has them: nowhere, anew, each incident.
        spots: list[Spot] = [("none", None), ("new", None)]
        spots += [("join", incident.id) for incident in incidents]
        near = tuple((option.outcome, option.incident_id) for option in decision.near)
        found = decision.incident_id if decision.outcome == "join" else None
        said, asked = (decision.outcome, found), may_ask(decision, turn)
        self.seen.append(Seen(said, spots[right], near, asked))
        if self.perfect and asked and spots[right] in near and spots[right] != said:
            return self._mended(decision, spots[right], turn)
        return decision

    def _mended(self, decision: Decision, right: Spot, turn: TurnFacts) -> Decision:
        option = next(o for o in decision.near if (o.outcome, o.incident_id) == right)
        # A new one is told its id here, so that what comes later is known to belong to it.
        incident = str(uuid4()) if option.outcome == "new" else option.incident_id
        for id in turn.message_ids:
            self.where.pop(id, None)
            if incident is not None:
                self.where[id] = incident
        return replace(decision, outcome=option.outcome, incident_id=incident, parent=None)


async def witness(
    files: Sequence[Path], *, perfect: bool = False
) -> tuple[list[Seen], list[Judged]]:
    """Every decision of the chats, and what became of their messages."""
    seen: list[Seen] = []
    runs, base = [], choose_judge()
    known = {one.name: getattr(base, one.name) for one in fields(base)}
    async with scratch() as place:
        for path in files:
            chat = read_chat(path)
            judge = Witness(**known, chat=chat, seen=seen, perfect=perfect)
            settings = Settings(ai_providers=("local",))
            runs.append(await judge_chat(chat, settings, place, judge=judge))
            sys.stderr.write(f"{path.stem}: {len(seen)} decisions\n")
    return seen, runs


def shares(seen: Sequence[Seen]) -> dict[str, float]:
    """How many decisions are close, how often ours is right there, and could be by a model."""
    asked = [one for one in seen if one.asked]
    sure = [one for one in seen if not one.asked]

    def share(part: int, whole: int) -> float:
        return round(part / whole, 3) if whole else 0.0

    return {
        "decisions": len(seen),
        "close": len(asked),
        "close_share": share(len(asked), len(seen)),
        "right_when_not_close": share(sum(o.said == o.right for o in sure), len(sure)),
        "right_when_close": share(sum(o.said == o.right for o in asked), len(asked)),
        "right_among_offered": share(sum(o.right in o.near for o in asked), len(asked)),
        "offered": share(sum(len(o.near) for o in asked), len(asked)),
    }


def main() -> None:
    """Print the shares, and with `--perfect` the figures of both."""
    from server.logs import configure_logs

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--perfect", action="store_true", help="as well: a model never wrong")
    options = parser.parse_args()
    configure_logs(level="error", format="json")
    files = options.files or tuning_chats()
    seen, runs = asyncio.run(witness(files))
    told: dict[str, object] = {"chats": len(files), **shares(seen)}
    if options.perfect:
        _, mended = asyncio.run(witness(files, perfect=True))
        for name, judged in (("local", runs), ("perfect_model", mended)):
            found = figures(judged, baselines=False)
            told[name] = {column: read(found) for column, read in COLUMNS}
    sys.stdout.write(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    main()
