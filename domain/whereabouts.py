"""Which store somebody, or a whole group, speaks for: learnt from what was said, and forgotten when
it stops being true. Pure: observations in, a store with its certainty and the reason out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Literal

from domain.likeness import same
from domain.wording import plain

Certainty = Literal["known", "uncertain", "unknown"]
# What nobody has confirmed for so long may have changed: people are moved to other stores.
FORGOTTEN_AFTER = timedelta(days=120)
# Observations that count, the newest of all.
LOOKED_AT = 10
# So many in a row from another store, and they have moved there.
MOVED_AFTER = 3
# The share of one store from which the others are visits.
MOSTLY = 0.75
# Who works elsewhere today is back tomorrow.
TODAY = timedelta(hours=14)
# A group is of one store once so many people have said so, or it was said so often.
GROUP_PEOPLE = 2
GROUP_TIMES = 3
# And once they are so much of those who write there: two of ten may be of one store by chance.
GROUP_SHARE = 1 / 3


@dataclass(frozen=True)
class Sighting:
    """One incident in which a store was said. `denied` is the one that it was said not to be."""

    store: str
    at: datetime
    person_id: str
    denied: str | None = None


class Stay(StrEnum):
    """How long somebody works where they say: for good; now, which is for good unless they speak
    for several stores; or today."""

    MOVED = "moved"
    NOW = "now"
    TODAY = "today"


@dataclass(frozen=True)
class Moved:
    """Where somebody says that they work now, and the store that they left. Both None: they left
    theirs, whichever it is."""

    store: str | None
    stay: Stay = Stay.MOVED
    left: str | None = None


@dataclass(frozen=True)
class Whereabouts:
    """A store, None unless it is known, how sure that is, and why."""

    store: str | None
    certainty: Certainty
    reason: str


def of_person(
    sightings: Sequence[Sighting], now: datetime, moves: Sequence[tuple[datetime, Moved]] = ()
) -> Whereabouts:
    """The store of a person, from what was said in their own reports, and of where they work."""
    counted = list(sightings)
    told = sorted((m for m in moves if now - m[0] <= FORGOTTEN_AFTER), key=lambda one: one[0])
    for at, move in told:
        several = _of_reports([s for s in counted if s.at <= at], now).certainty == "uncertain"
        today = move.stay is Stay.TODAY or (move.stay is Stay.NOW and several)
        if today and move.store is not None:
            newest = at == told[-1][0] and not any(s.at > at for s in counted)
            if newest and now - at <= TODAY:
                return _known(move.store, "said that they are there today")
            continue
        gone = move.left if move.store is None else None
        counted = [
            s for s in counted if s.at > at or (gone is not None and not same(s.store, gone))
        ]
        if move.store is not None:
            counted.append(Sighting(move.store, at, "", denied=move.left or ""))
        elif not counted:
            counted.append(Sighting("", at, ""))
    return _of_reports(counted, now)


def _of_reports(sightings: Sequence[Sighting], now: datetime) -> Whereabouts:
    seen = _fresh(sightings, now)
    if not seen:
        return Whereabouts(None, "unknown", "no store was said lately")
    newest = seen[-1]
    if not newest.store:
        return Whereabouts(None, "uncertain", "said that they left their store")
    if newest.denied is not None:
        why = f"said that it is not {newest.denied}" if newest.denied else "said that they moved"
        return _known(newest.store, why)
    seen = [one for one in seen if one.store]
    lately = {_key(s) for s in seen[-MOVED_AFTER:]}
    if len(seen) >= MOVED_AFTER and len(lately) == 1:
        return _known(newest.store, f"said in their last {MOVED_AFTER} reports")
    most, times = Counter(map(_key, seen)).most_common(1)[0]
    if times / len(seen) >= MOSTLY:
        store = next(s.store for s in reversed(seen) if _key(s) == most)
        return _known(store, f"said in {times} of {len(seen)} reports")
    stores = ", ".join(dict.fromkeys(s.store for s in seen))
    return Whereabouts(None, "uncertain", f"several stores were said: {stores}")


def of_group(sightings: Sequence[Sighting], now: datetime, writers: int = 0) -> Whereabouts:
    """The store of a group: only one in which several agree and nobody spoke for another.

    `writers`: how many people lately wrote there.
    """
    seen = _fresh(sightings, now)
    if not seen:
        return Whereabouts(None, "unknown", "no store was said lately")
    if len({_key(s) for s in seen}) > 1:
        return Whereabouts(None, "uncertain", "people of several stores write here")
    people = len({s.person_id for s in seen})
    if people < GROUP_PEOPLE and len(seen) < GROUP_TIMES:
        return Whereabouts(None, "uncertain", "only one person has said so")
    if people < writers * GROUP_SHARE:
        return Whereabouts(None, "uncertain", f"only {people} of {writers} people have said so")
    return _known(seen[-1].store, f"said by {people} people in {len(seen)} reports")


def named_after(name: str, stores: Collection[str]) -> str | None:
    """The store whose place a person's name ends in ('Yoli Coapa'), of those a group spoke of."""
    last = f" {plain(name)}"
    found = {s for s in stores if not s.isdigit() and last.endswith(f" {plain(s)}")}
    whole = {s for s in found if last != f" {plain(s)}"}
    return whole.pop() if len(whole) == 1 else None


def _fresh(sightings: Sequence[Sighting], now: datetime) -> list[Sighting]:
    """What still counts, oldest first; a store that was denied since counts no longer."""
    seen = sorted((s for s in sightings if now - s.at <= FORGOTTEN_AFTER), key=lambda s: s.at)
    denials = [(s.at, s.denied.casefold()) for s in seen if s.denied is not None]
    kept = [s for s in seen if not any(_key(s) == gone and s.at < at for at, gone in denials)]
    return kept[-LOOKED_AT:]


def _key(sighting: Sighting) -> str:
    return sighting.store.casefold()


def _known(store: str, reason: str) -> Whereabouts:
    return Whereabouts(store, "known", reason)
