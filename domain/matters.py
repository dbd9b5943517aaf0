"""Whether what one person wrote in one go tells of one problem or of several.

Pure: clauses in, matters out. Two symptoms of one thing, a cause and what comes of it, a thing and
its part are one matter; two things of the store that fail for themselves, or one in each of two
stores, are two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from domain.likeness import agree
from domain.wording import plain


class Tie(IntEnum):
    """How a clause goes on from the one before it, from the closest to the loosest."""

    BECAUSE = 0
    AND = 1
    APART = 2


@dataclass(frozen=True)
class Clause:
    """A piece of a text, from `start` to `end`. `number` counts the clauses of the burst,
    `message` is the place of its text among those of the burst; `echoes` says that it repeats the
    fault of an earlier one ('la 3 tampoco'), `mended` that its thing works again, `asks` that it
    asks how it goes, `goes_on` that its thing is as broken as before, `adds` that something comes
    on top of what was said before it. `words` are its own where it shares some with another."""

    number: int
    message: int
    start: int
    end: int
    tie: Tie = Tie.AND
    system: str | None = None
    fault: bool = False
    store: str | None = None
    units: frozenset[str] = frozenset()
    echoes: bool = False
    mended: bool = False
    asks: bool = False
    goes_on: bool = False
    adds: bool = False
    words: str | None = None


@dataclass
class Matter:
    """What belongs to one problem: the clauses in order, the store that is said for it, and
    whether it is over."""

    clauses: list[Clause] = field(default_factory=list)
    store: str | None = None
    mended: bool = False

    @property
    def systems(self) -> list[str]:
        """The things of which it says that they fail."""
        return [c.system for c in self.clauses if c.system and c.fault]

    @property
    def units(self) -> frozenset[str]:
        return frozenset().union(*(c.units for c in self.clauses))

    def texts(self, burst: Sequence[str]) -> dict[int, str]:
        """Its words by the place of their message, as they were written."""
        found: dict[int, list[str]] = {}
        spans: list[tuple[Clause, Clause]] = []
        for clause in self.clauses:
            last = spans[-1][1] if spans else None
            close = last and last.number + 1 == clause.number and last.message == clause.message
            if last and close and last.words is None and clause.words is None:
                spans[-1] = (spans[-1][0], clause)
            else:
                spans.append((clause, clause))
        for first, last in spans:
            words = first.words or burst[first.message][first.start : last.end].strip()
            found.setdefault(first.message, []).append(words)
        return {message: " ".join(words) for message, words in found.items()}


Together = Callable[[str, str], bool]


def undivided(burst: Sequence[str]) -> list[Matter]:
    """A burst as the one matter that it is when nobody looks."""
    return [Matter([Clause(n, n, 0, len(text)) for n, text in enumerate(burst)])]


def divide(clauses: Sequence[Clause], same: Together, one_cause: Together) -> list[Matter]:
    """The matters that the clauses tell of, in order; one when nothing speaks for more.

    `same` says whether two names mean one thing, `one_cause` whether one thing is a part of the
    other or fails with it. What works again comes in front of what fails now, and so does what is
    asked or said of an earlier report.
    """
    earlier = _earlier(clauses, same, one_cause)
    if earlier:
        rest = [c for c in clauses if c not in earlier]
        return [Matter(earlier), *divide(rest, same, one_cause)]
    mended = _mended(clauses, same, one_cause)
    if mended:
        found = divide([c for c in clauses if c not in mended], same, one_cause)
        store = next((c.store for c in clauses if c.store), None)
        for matter in found:
            matter.store = matter.store or store
        return [Matter(mended, store, mended=True), *found]
    matters: list[Matter] = []
    waiting: list[Clause] = []
    for clause in clauses:
        named = clause.system is not None or clause.words is not None
        # '15 sin luz / 22 no imprime': another store has a failure of its own.
        elsewhere = all(agree(clause.store, one.store) is False for one in matters)
        told = clause.fault and (named or elsewhere)
        if not told:
            if matters:
                _add(matters[-1], clause)
            else:
                waiting.append(clause)
            continue
        home = next((m for m in reversed(matters) if not _apart(clause, m, same, one_cause)), None)
        if home is None:
            home = Matter()
            matters.append(home)
        for early in [*waiting, clause]:
            _add(home, early)
        waiting = []
    if not matters:
        return [Matter(list(clauses), next((c.store for c in clauses if c.store), None))]
    told_store = next((c.store for c in clauses if c.store), None)
    for matter in matters:
        # Who says one store says it for all that they tell in one go.
        matter.store = matter.store or told_store
    return matters


def _earlier(clauses: Sequence[Clause], same: Together, one_cause: Together) -> list[Clause]:
    """The clauses that ask or tell how it goes with a thing that was reported before, where what
    fails in the others has nothing to do with it."""
    found: list[Clause] = []
    before: list[Clause] = []
    earlier: bool | None = None
    for clause in clauses:
        if _is_earlier(clause, clauses, same, one_cause):
            earlier = True
        elif clause.system or clause.fault:
            earlier = False
        # What names nothing goes with what stands before it; a greeting with what it opens.
        before = [*before, clause] if earlier is None else before
        if earlier:
            found += [*before, clause]
        if earlier is not None:
            before = []
    return found


def _is_earlier(
    clause: Clause, clauses: Sequence[Clause], same: Together, one_cause: Together
) -> bool:
    thing = clause.system
    if clause.fault or thing is None or not (clause.asks or clause.goes_on):
        return False
    fails = [c for c in clauses if c.fault and c.system]
    if not fails or any(
        same(thing, c.system or "") or (c.tie is not Tie.APART and one_cause(thing, c.system or ""))
        for c in fails
    ):
        return False
    if clause.asks:
        return True
    after = next((c for c in fails if c.number > clause.number), None)
    return after is not None and (after.adds or after.tie is Tie.APART)


def _mended(clauses: Sequence[Clause], same: Together, one_cause: Together) -> list[Clause]:
    """The clauses that tell of a thing that works again and has nothing to do with what fails."""
    fails = [c.system for c in clauses if c.fault and c.system]
    return [
        c
        for c in clauses
        if c.mended
        and c.system
        and fails
        and not any(same(c.system, other) or one_cause(c.system, other) for other in fails)
    ]


def _add(matter: Matter, clause: Clause) -> None:
    matter.clauses.append(clause)
    matter.store = matter.store or clause.store


def _apart(clause: Clause, matter: Matter, same: Together, one_cause: Together) -> bool:
    """Whether a clause tells of something else than a matter."""
    elsewhere = agree(clause.store, matter.store) is False
    unnamed = clause.system is None and clause.words is None
    if clause.tie is Tie.BECAUSE or (unnamed and not elsewhere):
        return False
    theirs = matter.systems
    if elsewhere:
        return True
    if not theirs or clause.system is None:
        return clause.tie is Tie.APART
    if any(same(clause.system, other) for other in theirs):
        units = matter.units
        return bool(clause.units and units and not clause.units & units and not clause.echoes)
    related = any(one_cause(clause.system, other) for other in theirs)
    return not related or clause.tie is Tie.APART


# Words that tell of no problem in particular.
_TELL_NOTHING_TEXT = (
    "que los las del por con una uno hay esta este esto aparte tambien tampoco ademas otra otro"
    " cosa para pero mas muy nos les tienda sucurs local favor gracia hola buenas buenos dias"
    " tardes noches ahora todavi"
)
_TELL_NOTHING = frozenset(_TELL_NOTHING_TEXT.split())


def left_out(told: Sequence[str], text: str) -> frozenset[int]:
    """Which of several problems, told in these words, a text says nothing of; none, where it says
    nothing of any."""
    words = [_telling(one) for one in told]
    others = [frozenset().union(*words[:n], *words[n + 1 :]) for n in range(len(words))]
    own = [mine - theirs for mine, theirs in zip(words, others, strict=True)]
    left = _telling(text)
    if not any(mine & left for mine in own):
        return frozenset()
    return frozenset(n for n, mine in enumerate(own) if mine and not mine & left)


def newly_told(before: str, told: Sequence[str]) -> frozenset[int]:
    """Which of several problems, told in these words, a text did not tell of before; none, where
    more than one of them may be what it told."""
    new = {n for n, words in enumerate(told) if not _telling(words) & _telling(before)}
    return frozenset(new) if len(new) == len(told) - 1 else frozenset()


def _telling(text: str) -> frozenset[str]:
    words = (word[:6] for word in plain(text).split() if len(word) > 2 and not word.isdigit())
    return frozenset(words) - _TELL_NOTHING
