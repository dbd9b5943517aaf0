"""Who is in the simulated groups: stores, their staff, the manager and human support."""

from __future__ import annotations

import random
from typing import Any

from evals.simulate.phrases import words
from evals.simulate.truth import Group, Person, dice

NAMED_PEOPLE = 0.4
FLIPPERS = 0.08
ONE_STORE = 0.15
PLACES = 0.3
ZONES = ("Norte", "Sur", "Centro", "Oriente", "Poniente", "Costa", "Sierra", "Capital")


def make_group(seed: int, number: int, country: str, split: str) -> Group:
    """One group of a company's stores; nobody is told who is human support."""
    chance = dice(seed, "group", number)
    land: dict[str, Any] = words("talk")["countries"][country]
    alone = chance.random() < ONE_STORE
    count = 1 if alone else chance.randint(3, 6)
    if chance.random() < PLACES:
        stores = chance.sample(land["places"], count)
    else:
        stores = [str(n) for n in sorted(chance.sample(range(2, 120), count))]
    people: list[Person] = []
    names = chance.sample(land["names"], len(land["names"]))
    for at in range(max(4, min(len(names) - 1, count * chance.randint(2, 3)))):
        store = stores[at % count]
        known = not alone and chance.random() < NAMED_PEOPLE
        name = names[at % len(names)]
        if known:
            short = chance.choice(land["short"]) if store.isdigit() else "{n}"
            name = f"{name} {short.format(n=store)}"
        people.append(_person(chance, number, at, name, store, named=known))
    for at, helper in enumerate(chance.sample(land["support"], 2), start=len(people)):
        people.append(_person(chance, number, at, helper, None))
    title = f"{land['plural']} {ZONES[number % len(ZONES)]}"
    if alone:
        title = f"{land['noun']} {stores[0]}" + (" equipo" if split == "dev" else " interno")
    return Group(
        chat=f"12036300{seed % 10**6:06d}{number:04d}@g.us",
        name=title,
        country=country,
        people=tuple(people),
        named_store=stores[0] if alone else None,
    )


def _person(
    chance: random.Random,
    group: int,
    at: int,
    name: str,
    store: str | None,
    *,
    named: bool = False,
) -> Person:
    digits = f"{group:03d}{at:03d}{chance.randrange(10**6):06d}"
    return Person(
        key=f"g{group}p{at}",
        name=name,
        lid=f"9{digits}00@lid",
        # A country code that nobody has.
        phone=f"999{digits}@c.us",
        store=store,
        support=store is None,
        flips=chance.random() < FLIPPERS,
        named_store=named,
    )
