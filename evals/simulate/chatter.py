"""The small talk of a group: greetings, work, photos of shelves, jokes with words of alarm."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from evals.simulate.talk import Pen
from evals.simulate.truth import Person, Photo

SCENES_A_DAY = 7.0
Scene = Callable[[Pen, datetime, random.Random], None]


def chatter(pen: Pen, start: datetime, hours: float, bustle: float, chance: random.Random) -> None:
    """One day of small talk; `bustle` is 1 on a day like most."""
    if chance.random() < 0.85:
        _greetings(pen, start + timedelta(seconds=chance.randint(0, 2400)), chance)
    for _ in range(round(SCENES_A_DAY * bustle + chance.uniform(-1.5, 1.5))):
        scene = chance.choices(
            [_photos, _work, _dialog, _joke, _near], weights=[48, 18, 15, 10, 9]
        )[0]
        at = start + timedelta(seconds=int(chance.betavariate(1.6, 1.8) * hours * 3600))
        scene(pen, at, chance)


def _anybody(pen: Pen, chance: random.Random) -> Person:
    return chance.choice(pen.group.people)


def _say(pen: Pen, person: Person, at: datetime, *path: str, chance: random.Random) -> None:
    text = pen.voice.rough(chance, pen.voice.pick(chance, "chatter", *path))
    pen.keep(pen.write(person, at, text, "chatter"))


def _greetings(pen: Pen, at: datetime, chance: random.Random) -> None:
    _say(pen, _anybody(pen, chance), at, "greet", chance=chance)
    for _ in range(chance.choice([1, 1, 2, 3])):
        at += timedelta(seconds=chance.randint(4, 300))
        _say(pen, _anybody(pen, chance), at, "greet_back", chance=chance)


def _photos(pen: Pen, at: datetime, chance: random.Random) -> None:
    """One photo or an album, which comes within a second or two."""
    person = _anybody(pen, chance)
    caption = pen.voice.pick(chance, "chatter", "photo")
    for n in range(chance.choice([1, 1, 2, 2, 3, 4])):
        text = pen.voice.pick(chance, "chatter", "photo_text")
        kind = chance.choices(["image", "video", "voice", "document"], weights=[88, 5, 4, 3])[0]
        photo = Photo(kind, text if kind == "image" else "")
        pen.keep(pen.write(person, at, caption if n == 0 else "", "chatter", photos=[photo]))
        at += timedelta(seconds=chance.choice([0, 1, 2, 3, 6]))
    if chance.random() < 0.25:
        at += timedelta(seconds=chance.randint(20, 900))
        _say(pen, _anybody(pen, chance), at, "reply", chance=chance)


def _work(pen: Pen, at: datetime, chance: random.Random) -> None:
    person = _anybody(pen, chance)
    _say(pen, person, at, "work", chance=chance)
    for _ in range(chance.choice([0, 0, 1, 1, 2])):
        at += timedelta(seconds=chance.randint(5, 240))
        _say(pen, _anybody(pen, chance), at, "reply", chance=chance)


def _dialog(pen: Pen, at: datetime, chance: random.Random) -> None:
    """Two or three people who go back and forth."""
    people = chance.sample(pen.group.people, min(chance.choice([2, 2, 3]), len(pen.group.people)))
    for n in range(chance.randint(3, 9)):
        person = people[n % len(people)] if chance.random() < 0.8 else chance.choice(people)
        _say(pen, person, at, "dialog", chance=chance)
        at += timedelta(seconds=chance.randint(6, 110))


def _joke(pen: Pen, at: datetime, chance: random.Random) -> None:
    """Words of alarm that mean nothing."""
    _say(pen, _anybody(pen, chance), at, "joke", chance=chance)
    for _ in range(chance.choice([0, 1, 2])):
        at += timedelta(seconds=chance.randint(3, 90))
        _say(pen, _anybody(pen, chance), at, "laugh", chance=chance)


def _near(pen: Pen, at: datetime, chance: random.Random) -> None:
    """Words of the trade that are no incident."""
    _say(pen, _anybody(pen, chance), at, "near", chance=chance)
    if chance.random() < 0.3:
        at += timedelta(seconds=chance.randint(5, 120))
        _say(pen, _anybody(pen, chance), at, "reply", chance=chance)
