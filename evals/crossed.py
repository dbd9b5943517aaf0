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

from evals.fit_assignment import Readers, collect, fit, folds_of, made_up, names_of, strange_readers
from evals.fit_local import CHATS, tuning_chats
from evals.group.chat import read_chat
from evals.group.report import figures
from evals.group.run import Judged, judge_chat
from server.replay.scratch import scratch
from server.settings import Settings
from server.wiring import choose_judge

CROSSED = CHATS / "crossed.json"


async def judge_strangely(files: Sequence[Path], readers: Readers, strength: float) -> list[Judged]:
    """Judge each chat by readers and weights that do not know it."""
    choices, base = [*await collect(files, readers), *made_up()], choose_judge()
    names, done = names_of(choices), []
    settings = Settings(ai_providers=("local",))
    async with scratch() as place:
        for part in folds_of(files):
            strange = {str(path) for path in part}
            fitted = fit([c for c in choices if c.chat not in strange], names, strength)
            weights = dict(zip(names, map(float, fitted), strict=True))
            for path in part:
                judge = replace(base, reader=readers[str(path)], weights=weights)
                done.append(await judge_chat(read_chat(path), settings, place, judge=judge))
    return done


def main() -> None:
    """Print and publish the figures on chats that nothing was fitted on, part by part."""
    from server.logs import configure_logs

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--strength", type=float, default=2.0)
    options = parser.parse_args()
    configure_logs(level="error", format="json")
    files = tuning_chats()
    runs = asyncio.run(judge_strangely(files, strange_readers(files), options.strength))
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
