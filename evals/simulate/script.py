"""Writes down what happens in the groups of a seed: incidents, outages, small talk, photos.

Shaped like the aggregates of a real store group (field.md): the tests hold it to them.
"""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from evals.group.chat import Kind
from evals.simulate.cast import make_group
from evals.simulate.chatter import chatter
from evals.simulate.phrases import Voice, says, words
from evals.simulate.talk import Pen
from evals.simulate.truth import Group, Line, Photo, Script, TrueIncident, dice, names_of, split_of

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
COUNTRIES = ("MX", "ES", "CO", "AR", "PE", "CL")
INCIDENTS_A_DAY = 2.6
OUTAGES_A_DAY = 0.12
OPENS, CLOSES = 8.5, 20.5
EDITS, DELETES = 0.012, 0.011


def write_script(seed: int, days: int, groups: int) -> Script:
    """Everything that happens by itself; the same seed writes the same script."""
    split, chance = split_of(seed), dice(seed, "countries")
    first = chance.randrange(len(COUNTRIES))
    made = []
    for number in range(groups):
        # Two groups of one country are two groups of one company.
        country = COUNTRIES[(first + number - (number % 3 == 2)) % len(COUNTRIES)]
        made.append(make_group(seed, number, country, split))
    script = Script(seed, tuple(made), {}, [])
    for number, group in enumerate(made):
        pen = Pen(group, Voice(group.country, split), f"s{seed}g{number}")
        for day in range(days):
            _day(script, group, pen, day, dice(seed, "day", number, day))
        _outages(script, number, days, pen)
        script.lines.extend(_second_thoughts(pen, dice(seed, "second", number)))
    script.lines.sort(key=lambda line: (line.at, line.id))
    return script


def _opening(group: Group, day: int) -> datetime:
    offset = int(words("talk")["countries"][group.country]["offset"])
    return MONDAY + timedelta(days=day, hours=OPENS - offset)


def _day(script: Script, group: Group, pen: Pen, day: int, chance: random.Random) -> None:
    start = _opening(group, day)
    # Most days are quiet and a few are very busy.
    bustle = min(math.exp(chance.gauss(0, 0.55)), 6.0)
    for _ in range(_count(chance, INCIDENTS_A_DAY * min(bustle, 2.5))):
        _incident(script, group, pen, _moment(chance, start), chance)
    chatter(pen, start, CLOSES - OPENS, bustle, chance)


def _moment(chance: random.Random, start: datetime) -> datetime:
    """Some time of the day; more at the opening and at noon."""
    span = CLOSES - OPENS - 1
    hours = chance.choice([chance.betavariate(1.4, 3), chance.betavariate(3, 3)]) * span
    return start + timedelta(seconds=int(hours * 3600))


def _count(chance: random.Random, mean: float) -> int:
    """A Poisson number."""
    limit, found, product = math.exp(-mean), 0, chance.random()
    while product > limit:
        found += 1
        product *= chance.random()
    return found


# -- incidents ------------------------------------------------------------------------------------


def _incident(
    script: Script,
    group: Group,
    pen: Pen,
    at: datetime,
    chance: random.Random,
    kind: str | None = None,
    parent: TrueIncident | None = None,
) -> TrueIncident | None:
    kinds = [p for p in words("problems") if kind in (None, p["kind"])]
    problem = chance.choice(kinds)
    staff = [p for p in group.people if p.store and (parent is None or p.store != parent.store)]
    if not staff:
        return None
    person = chance.choice(staff)
    concept = words("systems")[problem["concept"]]
    store = str(person.store)
    if parent is None and _same_is_open(script, group, store, problem["concept"], at):
        return None
    incident = TrueIncident(
        id=f"{pen.prefix}i{len(script.incidents) + 1}",
        group=group.chat,
        kind=problem["kind"],
        concept=problem["concept"],
        system=concept[group.country],
        accepts=names_of(concept),
        store=store,
        category=problem["category"],
        priority=problem["priority"],
        error=chance.choice(problem["errors"]) if problem["errors"] else None,
        reporter=person,
        problem=str(problem["more"][pen.voice.split][0]),
        opened_at=at,
        parent=(parent.parent or parent.id) if parent else None,
    )
    incident.problem = pen.voice.fill(incident.problem, incident)
    script.incidents[incident.id] = incident
    known = {"store"} if person.named_store or group.named_store else set()
    # 'Here too' says what it is: the same.
    known |= {"system", "problem"} if parent is not None else set()
    incident.known = frozenset(known)
    incident.said = dict.fromkeys(known, at)
    _report(group, pen, incident, problem, at, chance, also=parent is not None)
    if parent is None:
        _talk_of_it(group, pen, incident, problem, at, chance)
    return incident


def _same_is_open(script: Script, group: Group, store: str, concept: str, at: datetime) -> bool:
    """A second problem of one thing on one day would be the same problem to anybody."""
    return any(
        one.group == group.chat
        and one.store == store
        and one.concept == concept
        and abs(at - one.opened_at) < timedelta(hours=36)
        for one in script.incidents.values()
    )


def _report(
    group: Group,
    pen: Pen,
    incident: TrueIncident,
    problem: dict[str, Any],
    at: datetime,
    chance: random.Random,
    *,
    also: bool,
) -> None:
    """The first words: one message or a burst, often with a photo, sometimes dictated."""
    voice, person = pen.voice, incident.reporter
    families = problem["also"] if also else problem
    template = str(chance.choice(families[voice.split]))
    known = person.named_store or group.named_store is not None
    name_store = chance.random() < (0.1 if known else 0.62)
    text = voice.report(chance, template, incident, name_store=name_store)
    keep = (incident.store, incident.error or "", incident.system)
    vague = bool(problem.get("vague"))
    if not vague and chance.random() < 0.07 and len(text) > 25:
        text = voice.dictated(chance, text)
    else:
        text = voice.rough(chance, text, keep)
    captioned = not also and chance.random() < 0.2
    photos = (_photo_of(incident, chance),) if captioned else ()
    line = pen.write(person, at, text, "same_problem" if also else "report", incident.id, photos)
    line = replace(line, says=says(_read(line), incident, vague=vague))
    if (
        name_store
        and incident.store.isdigit()
        and len(incident.store) > 1
        and chance.random() < 0.04
    ):
        line = _mistold(pen, line, incident, chance)
    pen.keep(line)
    incident.hears(line)
    if also:
        return
    when = line.at
    for _ in range(chance.choice([0, 0, 0, 1, 1, 2])):
        when += timedelta(seconds=gap(chance))
        more = str(chance.choice(problem["more"][voice.split]))
        said = voice.rough(chance, voice.fill(more, incident), keep)
        _detail(pen, incident, when, said, chance, vague=vague)
    if not captioned and chance.random() < 0.45:
        shots = chance.choice([1, 1, 1, 2, 3])
        when += timedelta(seconds=gap(chance))
        for _ in range(shots):
            _detail(pen, incident, when, "", chance, photo=True)


def gap(chance: random.Random) -> int:
    """Seconds between two messages of a burst: 70 % within 30 s, 85 % within a minute."""
    draw = chance.random()
    if draw < 0.70:
        return chance.randint(3, 28)
    return chance.randint(31, 58) if draw < 0.85 else chance.randint(62, 240)


def _detail(
    pen: Pen,
    incident: TrueIncident,
    at: datetime,
    text: str,
    chance: random.Random,
    *,
    photo: bool = False,
    vague: bool = False,
) -> None:
    photos = (_photo_of(incident, chance),) if photo else ()
    line = pen.write(incident.reporter, at, text, "detail", incident.id, photos)
    told = says(_read(line), incident, vague=not text or (vague and "problem" in incident.said))
    line = replace(line, says=told)
    pen.keep(line)
    incident.hears(line)


def _photo_of(incident: TrueIncident, chance: random.Random) -> Photo:
    shown = incident.error if incident.error and chance.random() < 0.5 else ""
    return Photo("voice" if chance.random() < 0.04 else "image", shown)


def _read(line: Line) -> str:
    return " ".join([line.text, *(p.text for p in line.photos if p.kind == "image")])


def _mistold(pen: Pen, line: Line, incident: TrueIncident, chance: random.Random) -> Line:
    """The store is typed wrong first and edited a little later: what was said is what stands."""
    wrong = incident.store[::-1] if incident.store[::-1] != incident.store else incident.store + "1"
    fixed = pen.write(
        line.person,
        line.at + timedelta(seconds=chance.randint(8, 50)),
        line.text,
        line.kind,
        incident.id,
    )
    pen.keep(replace(fixed, edits=line.id, says=line.says))
    incident.hears(replace(fixed, says=line.says))
    return replace(line, text=line.text.replace(incident.store, wrong), says=line.says - {"store"})


def _talk_of_it(
    group: Group,
    pen: Pen,
    incident: TrueIncident,
    problem: dict[str, Any],
    at: datetime,
    chance: random.Random,
) -> None:
    """What support says, what comes of it, and how it ends."""
    voice, helpers = pen.voice, [p for p in group.people if p.support]
    when, person = at, incident.reporter
    if chance.random() < 0.04:
        incident.taken_back = True
        when += timedelta(seconds=chance.randint(90, 900))
        text = voice.rough(chance, voice.pick(chance, "after", "cancel"))
        pen.keep(pen.write(person, when, text, "fixed", incident.id))
        return
    if chance.random() < 0.55:
        when += timedelta(seconds=chance.randint(60, 1500))
        text = voice.pick(chance, "after", "support")
        quotes = pen.last_of(person) if chance.random() < 0.45 else None
        if chance.random() < 0.4:
            text = f"{person.name.split()[0]} {text}"
        asked = pen.write(chance.choice(helpers), when, text, "detail", incident.id, quotes=quotes)
        pen.keep(asked)
        if "?" in text or chance.random() < 0.3:
            when += timedelta(seconds=chance.randint(20, 400))
            said = voice.pick(chance, "after", "support_answer" if "?" in text else "thanks")
            kind: Kind = "answer" if "?" in text else "ack"
            pen.keep(pen.write(person, when, voice.rough(chance, said), kind, incident.id))
    if chance.random() < 0.15:
        when += timedelta(seconds=chance.randint(2400, 9000))
        text = voice.fill(voice.pick(chance, "after", "status"), incident)
        pen.keep(pen.write(person, when, text, "status_question", incident.id))
    if chance.random() < 0.5:
        when = max(when, at + timedelta(minutes=45))
        when += timedelta(seconds=chance.randint(600, 14000))
        text = voice.fill(voice.pick(chance, "after", "fixed"), incident)
        line = pen.write(person, when, voice.rough(chance, text), "fixed", incident.id)
        pen.keep(line)
        incident.hears(line)


# -- outages, second thoughts ---------------------------------------------------------------------


def _outages(script: Script, number: int, days: int, pen: Pen) -> None:
    """One problem of many stores, in one group or in two of one company."""
    group = script.groups[number]
    chance = dice(script.seed, "outages", number)
    if len({p.store for p in group.people if p.store}) < 3:
        return
    shared = [p["kind"] for p in words("problems") if p.get("shared")]
    for day in range(days):
        if chance.random() > OUTAGES_A_DAY * 2:
            continue
        kind, at = chance.choice(shared), _moment(chance, _opening(group, day))
        head = _incident(script, group, pen, at, chance, kind)
        if head is None:
            continue
        told = {head.store}
        for _ in range(chance.randint(1, 3)):
            at += timedelta(seconds=chance.randint(60, 900))
            child = _incident(script, group, pen, at, chance, kind, parent=head)
            if child is not None and child.store in told:
                _unsay(script, pen, child)
            elif child is not None:
                told.add(child.store)


def _unsay(script: Script, pen: Pen, child: TrueIncident) -> None:
    """A second report out of one store of an outage is no incident of its own: never written."""
    pen.lines = [line for line in pen.lines if line.incident != child.id]
    del script.incidents[child.id]


def _second_thoughts(pen: Pen, chance: random.Random) -> list[Line]:
    """What was written, with a few lines edited and a few deleted afterwards."""
    done: list[Line] = []
    touched = {line.edits for line in pen.lines if line.edits}
    for line in pen.lines:
        done.append(line)
        small = line.kind == "chatter"
        if line.edits or line.id in touched:
            continue
        if small and line.text and chance.random() < EDITS * 1.5:
            later = line.at + timedelta(seconds=chance.randint(10, 120))
            text = line.text + chance.choice(["*", ".", " 😊", " a todos"])
            done.append(replace(pen.write(line.person, later, text, line.kind), edits=line.id))
        elif small and chance.random() < DELETES * 1.8:
            later = line.at + timedelta(seconds=chance.randint(5, 300))
            done.append(replace(pen.write(line.person, later, "", line.kind), revokes=line.id))
    return done
