"""Judges every chat by what was fitted without it: `python -m evals.crossed`.

The reader's weights and those of assignment are fitted anew for each part of the chats that may be
learnt from, on all other parts; then the part goes the way of live traffic. Nothing is written
but the figures, into `evals/chats/crossed.json`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from evals.fit_local import CHATS, tuning_chats
from evals.fitting import STRENGTH
from evals.group.chat import read_chat
from evals.group.report import figures
from evals.group.run import Judged, judge_chat
from evals.teaching import (
    Lesson,
    ReaderWeights,
    collect,
    made_up,
    rehearse,
    side_by_side,
    strange_readers,
    strange_weights,
)
from server.replay.scratch import scratch
from server.settings import Settings
from server.wiring import choose_judge
from tools.models.local.reader import LocalReader

CROSSED = CHATS / "crossed.json"


def judge_strangely(files: Sequence[Path], readers: ReaderWeights) -> list[Judged]:
    """Judge each chat by readers and weights that do not know it."""
    choices = [*collect(files, readers), *made_up()]
    choices += rehearse(files, readers, choices, STRENGTH)
    lessons = [
        Lesson(part, {str(path): readers[str(path)] for path in part}, weights)
        for part, weights in strange_weights(files, choices, STRENGTH)
    ]
    return [run for runs in side_by_side(_judge, lessons) for run in runs]


def _judge(lesson: Lesson) -> list[Judged]:
    return asyncio.run(_judged(lesson))


async def _judged(lesson: Lesson) -> list[Judged]:
    done, base, settings = [], choose_judge(), Settings(ai_providers=("local",))
    async with scratch() as place:
        for path in lesson.files:
            reader = LocalReader(lesson.readers[str(path)])
            judge = replace(base, reader=reader, weights=lesson.weights or {})
            done.append(await judge_chat(read_chat(path), settings, place, judge=judge))
            sys.stderr.write(f"{path.stem}\n")
    return done


def main() -> None:
    """Print and publish the figures on chats that nothing was fitted on, part by part."""
    from server.logs import configure_logs

    argparse.ArgumentParser(description=main.__doc__).parse_args()
    configure_logs(level="error", format="json")
    files = tuning_chats()
    runs = judge_strangely(files, strange_readers(files))
    told = {}
    for name, part in (
        ("all", runs),
        *(
            (folder, [r for r in runs if Path(r.chat.source).parent.name == folder])
            for folder in sorted({path.parent.name for path in files})
        ),
    ):
        found = figures(part, baselines=False)
        told[name] = {
            key: found[key]
            for key in (
                "messages",
                "chats",
                "incident",
                "assignment",
                "outage",
                "priority",
                "fields",
                "confusion",
            )
        }
    CROSSED.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(CROSSED.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
