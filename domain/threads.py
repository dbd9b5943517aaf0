"""Conversations as they grow: each message goes on from another or starts one, decided twice.

The first look ranks all recent messages by themselves. The second looks at the best of them again
together with the conversation each is in: who takes part, how fresh it is, what it speaks of.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.linking import FEATURES, Line, Scorer, Transcript

# How many of the first look's candidates the second one sees, beside starting something new.
SHORTLIST = 10
FRESH = 40
THREAD_FEATURES = (
    "first_score",
    "first_rank",
    "first_behind",
    "first_chance",
    "first_chance_alone",
    "thread_chance",
    "thread_chance_other",
    "thread_size",
    "thread_age",
    "thread_quiet",
    "thread_quiet_minutes",
    "thread_since",
    "thread_own",
    "thread_authors",
    "thread_named",
    "thread_has_last_own",
    "thread_started_by_me",
    "thread_shared",
    "fresh_threads",
    "own_fresh_threads",
    "replies",
    "replies_own",
    "replies_to_me",
    "starts",
    "parent_distance",
    "own_parent_same",
    "author_last_in_thread",
    "author_threads",
)
# How many of them repeat what the first look found.
FIRST_LOOK = 5
SECOND_FEATURES = FEATURES + THREAD_FEATURES


@dataclass
class _Thread:
    start: int
    members: list[int] = field(default_factory=list)
    authors: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Shortlist:
    """What the second look sees: candidates and their facts, itself at the end."""

    numbers: tuple[int, ...]
    rows: tuple[tuple[float, ...], ...]


@dataclass
class Threads:
    """Conversations so far, over the lines of one transcript."""

    transcript: Transcript
    parents: dict[int, int] = field(default_factory=dict)
    _home: dict[int, _Thread] = field(default_factory=dict)
    _replies: dict[int, list[int]] = field(default_factory=dict)

    def link(self, number: int, parent: int) -> None:
        """Put a line behind its parent, or in a thread of its own when it is its own parent."""
        self.parents[number] = parent
        if parent != number:
            self._replies.setdefault(parent, []).append(number)
        thread = self._home.get(parent) if parent != number else None
        if thread is None:
            thread = _Thread(number)
            if parent != number:
                self._join(parent, thread)
        self._join(number, thread)

    def _join(self, number: int, thread: _Thread) -> None:
        it = self.transcript.heard[number]
        self._home[number] = thread
        thread.members.append(number)
        thread.authors[it.line.author] += 1
        thread.words.update(it.look.words)

    def shorten(
        self, numbers: Sequence[int], rows: Sequence[Sequence[float]], scores: Sequence[float]
    ) -> Shortlist:
        """The best candidates of a first look, with the facts of the second."""
        now = numbers[-1]
        ranked = sorted(range(len(numbers) - 1), key=lambda place: (-scores[place], place))
        top = max(scores)
        powers = [math.exp(max(score - top, -40.0)) for score in scores]
        whole = sum(powers)
        chances = [power / whole for power in powers]
        by_thread: defaultdict[int, float] = defaultdict(float)
        for place, number in enumerate(numbers[:-1]):
            by_thread[self._key(number)] += chances[place]
        view = _View(self, now, chances[-1], by_thread)
        found_numbers, found_rows = [], []
        for rank, place in enumerate([*ranked[:SHORTLIST], len(numbers) - 1]):
            first = (
                scores[place],
                float(rank if numbers[place] != now else -1),
                top - scores[place],
                chances[place],
                chances[-1],
            )
            found_numbers.append(numbers[place])
            found_rows.append((*rows[place], *first, *view.facts(numbers[place])))
        return Shortlist(tuple(found_numbers), tuple(found_rows))

    def _key(self, number: int) -> int:
        thread = self._home.get(number)
        return thread.start if thread else -number - 1


@dataclass
class _View:
    """The threads as they look from the line `now`."""

    threads: Threads
    now: int
    alone: float
    chances: dict[int, float]

    def __post_init__(self) -> None:
        heard, home = self.threads.transcript.heard, self.threads._home
        self.me = heard[self.now]
        recent = range(max(0, self.now - FRESH), self.now)
        self.fresh = len({home[n].start for n in recent if n in home})
        mine = [n for n in recent if n in home and heard[n].line.author == self.me.line.author]
        self.own_fresh = len({home[n].start for n in mine})
        self.last_thread = home.get(self.me.own_prior) if self.me.own_prior is not None else None
        self.own_parent = self.threads.parents.get(
            self.me.own_prior if self.me.own_prior is not None else -1
        )

    def facts(self, number: int) -> tuple[float, ...]:
        """The facts of a candidate's conversation; of none when it is the line itself."""
        if number == self.now:
            best = max(self.chances.values(), default=0.0)
            known = {
                "thread_chance": self.alone,
                "thread_chance_other": best,
                "fresh_threads": float(self.fresh),
                "own_fresh_threads": float(self.own_fresh),
            }
            return tuple(known.get(name, -1.0) for name in THREAD_FEATURES[FIRST_LOOK:])
        heard = self.threads.transcript.heard
        it, author = heard[number], self.me.line.author
        other = it.line.author
        thread = self.threads._home.get(number) or _Thread(number, [number], Counter([other]))
        key = self.threads._key(number)
        mine = self.chances[key]
        rival = max((c for k, c in self.chances.items() if k != key), default=0.0)
        last = thread.members[-1]
        replies = self.threads._replies.get(number, [])
        parent = self.threads.parents.get(number, number)
        shared = self.me.look.words & thread.words.keys()
        recent = range(max(0, self.now - FRESH), self.now)
        later = [n for n in thread.members[-FRESH:] if n > number]
        return (
            mine,
            max(rival, self.alone),
            float(len(thread.members)),
            float(self.now - thread.start),
            float(self.now - last),
            float(self.me.line.minute - heard[last].line.minute),
            float(len(later)),
            float(thread.authors[author]),
            float(len(thread.authors)),
            float(sum(thread.authors[person] > 0 for person in self.me.named)),
            float(thread is self.last_thread),
            float(heard[thread.start].line.author == author),
            sum(self.threads.transcript.rarity(word) for word in shared),
            float(self.fresh),
            float(self.own_fresh),
            float(len(replies)),
            float(sum(heard[n].line.author == author for n in replies)),
            float(parent != number and heard[parent].line.author == author),
            float(parent == number),
            float(number - parent),
            float(self.own_parent == number),
            float(not any(heard[n].line.author == other for n in later)),
            float(len({self.threads._key(n) for n in recent if heard[n].line.author == other})),
        )


@dataclass(frozen=True)
class Linked:
    """A decision: the message gone on from, or itself; `chance` 0 to 1 that this was meant."""

    number: int
    parent: int
    chance: float


@dataclass
class Linker:
    """Links a chat line by line. Without `second` the first look decides. `bias` is added to the
    score of starting something new."""

    first: Scorer
    second: Scorer | None = None
    bias: float = 0.0
    transcript: Transcript = field(default_factory=Transcript)

    def __post_init__(self) -> None:
        self.threads = Threads(self.transcript)

    def hear(self, line: Line, *, judge: bool = True) -> Linked:
        """Take the next line in and say what it goes on from. With `judge` off it is only
        remembered, as a line of history long before those that matter."""
        number = self.transcript.hear(line)
        if not judge:
            return Linked(number, number, 0.0)
        numbers, rows = self.transcript.describe()
        scores = list(self.first.score(rows))
        if self.second is not None:
            listed = self.threads.shorten(numbers, rows, scores)
            numbers, scores = list(listed.numbers), list(self.second.score(listed.rows))
        scores[-1] += self.bias
        best = max(range(len(scores)), key=lambda place: (scores[place], -place))
        top = scores[best]
        chance = 1.0 / sum(math.exp(max(score - top, -40.0)) for score in scores)
        self.threads.link(number, numbers[best])
        return Linked(number, numbers[best], chance)
