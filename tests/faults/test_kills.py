"""A hundred incidents while server and workers are killed twenty times and a tenth of all answers
is lost: none is lost, none is doubled. The same without the settling shows that doubles are seen.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest

from tests.faults.conftest import Tell
from tests.faults.judge import Verdict, judge
from tests.faults.stores import draw_reports, live
from tests.service.conftest import Outside, Run
from tests.service.stage import RECADO, ROOT, Program, eventually

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]
SETTLE = 3.0
PACE = {
    "AI_PROVIDERS": "local",
    "RECADO_WORKERS_IN_SERVER": "0",
    "QUIET_SECONDS": "0.5",
    "LONGEST_WAIT_SECONDS": "3",
    "LEASE_SECONDS": "10",
    "DESK_SETTLE_SECONDS": str(SETTLE),
    "DESK_RETRY_SECONDS": "2",
    # So long that only the reports, the questions and the tickets are spoken of.
    "DESK_NOTICE_SECONDS": "3600",
    "REASK_SECONDS": "3600",
}
WORKER = (str(RECADO), "worker")
BLIND_WORKER = (sys.executable, "-m", "tests.faults.blind_worker")
UP = r"Recado is ready|\"worker started\""
# How often a kill waits until everything is up again; else one dies while another still starts.
ALL_WELL = 0.75
# How long it may take after the last kill until nothing is left to do, in seconds. What stands
# still never gets there; what it took is printed, and says as much about the machine as about us.
LONGEST = 480.0
LOSSES = 0.1
# Where no loss may go unseen: of sixty tickets at a tenth, one run in five hundred doubles none.
BLIND_LOSSES = 0.25
OPEN = "SELECT count(*) FROM outbox WHERE state IN ('pending', 'attempting', 'unknown')"
WAITING = "SELECT count(*) FROM turns WHERE state IN ('open', 'ripe', 'assigned')"


@dataclass
class Ordeal:
    """What a run was put through, and what became of it."""

    verdict: Verdict
    kills: int
    drained: float
    found: int
    unknown: int


async def endure(
    run: Run,
    outside: Outside,
    folder: Path,
    seed: int,
    tell: Tell,
    worker: Sequence[str],
    *,
    incidents: int,
    kills: int,
    every: float,
    losses: float = LOSSES,
) -> Ordeal:
    """So many incidents while a server and two workers are killed, about `every` so many seconds;
    ends once nothing is left to do."""
    dice = Random(seed)
    reports = draw_reports(incidents, kills, dice)
    env = {**outside.env, **PACE, "PYTHONPATH": str(ROOT)}
    programs = [await run("server", [str(RECADO), "serve"], env=env, says=UP)]
    for n in (1, 2):
        programs.append(await run(f"worker{n}", worker, env=env, says=UP))
    await outside.zoho.faults(lost_answer=losses, seed=seed)
    await outside.waha.faults(lost_answer=losses, seed=seed)
    over = asyncio.Event()
    progress = Progress(every)
    stores = asyncio.create_task(live(outside.waha, reports, progress.now, over))
    for _ in range(kills):
        if dice.random() < ALL_WELL:
            for program in programs:
                await program.says(UP)
        await asyncio.sleep(dice.uniform(0, 2 * every))
        await kill(dice.choice([one for one in programs if is_up(one)] or programs))
        progress.advance()
    last_kill = time.monotonic()

    async def is_drained() -> bool:
        if stores.done():
            stores.result()
        said = all(report.id for report in reports)
        answered = all(report.answered for report in reports if report.answer is not None)
        if not said or not answered or (await outside.waha.owed())["pending"]:
            return False
        return not await left(env["DATABASE_URL"])

    try:
        await eventually(is_drained, LONGEST, 0.5, what="not drained")
    finally:
        drained = time.monotonic() - last_kill
        over.set()
        await stores
        for program in programs:
            await program.end()
        verdict = await judge(folder, outside.zoho, reports)
        logged = [line for program in programs for line in log_of(program)]
        ordeal = Ordeal(
            verdict,
            kills,
            drained,
            sum(line.get("event") == "effect found" for line in logged),
            sum(line.get("event") == "outcome unknown" for line in logged),
        )
        tell(told(seed, incidents, ordeal))
    return ordeal


class Progress:
    """The time of the stores: one unit a kill, each of about `every` seconds, so that there is
    something to kill for until the end, however slow the machine is."""

    def __init__(self, every: float) -> None:
        self._every = every
        self._kills = 0
        self._since = time.monotonic()

    def now(self) -> float:
        """How many kills have been, with the fraction until the next one."""
        return self._kills + min((time.monotonic() - self._since) / self._every, 1)

    def advance(self) -> None:
        """One more kill has been."""
        self._kills += 1
        self._since = time.monotonic()


def is_up(program: Program) -> bool:
    return re.search(UP, program.text()) is not None


async def kill(program: Program) -> None:
    """Kill it as a power cut would, once it is up, and start it again at once."""
    await program.says(UP)
    await program.end(signal.SIGKILL)
    await program.start()


async def left(database_url: str) -> int:
    """How much is not done yet: only to know when to judge."""
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as conn:
        counts = [
            await (await conn.execute(query.encode())).fetchone() for query in (OPEN, WAITING)
        ]
    return sum(int(row[0]) for row in counts if row)


def log_of(program: Program) -> list[dict[str, Any]]:
    """Every whole line that it has logged in all its lives."""
    found = []
    for line in program.log.read_text(errors="replace").splitlines():
        if line.startswith("{") and line.endswith("}"):
            found.append(json.loads(line))
    return found


def told(seed: int, incidents: int, ordeal: Ordeal) -> str:
    """The run, for whoever wants to see it or to have it again."""
    verdict = ordeal.verdict
    faults = {name: len(found) for name, found in verdict.faults.items()}
    return (
        f"seed {seed}: {incidents} incidents, {ordeal.kills} kills, "
        f"{verdict.lost_answers} answers lost, {ordeal.unknown} outcomes unknown, "
        f"{ordeal.found} found by looking, {ordeal.drained:.1f} s after the last kill, "
        f"settle {SETTLE:g} s, {os.cpu_count()} cores; {verdict.tickets} tickets, "
        f"{verdict.words} words to the groups, at fault: {faults or 'nothing'}"
    )


async def test_a_hundred_incidents_survive_twenty_kills_and_a_lossy_desk(
    run: Run, outside: Outside, tmp_path: Path, seed: int, tell: Tell
) -> None:
    ordeal = await endure(
        run, outside, tmp_path, seed, tell, WORKER, incidents=100, kills=20, every=4
    )
    assert ordeal.verdict.faults == {}
    assert ordeal.verdict.tickets == 100
    assert ordeal.verdict.lost_answers > 0
    assert ordeal.found > 0


async def test_without_the_settling_the_judge_sees_doubles(
    run: Run, outside: Outside, tmp_path: Path, seed: int, tell: Tell
) -> None:
    ordeal = await endure(
        run,
        outside,
        tmp_path,
        seed,
        tell,
        BLIND_WORKER,
        incidents=60,
        kills=3,
        every=4,
        losses=BLIND_LOSSES,
    )
    assert ordeal.verdict.doubled_tickets
    assert ordeal.verdict.doubled_words
    assert ordeal.verdict.lost == []
