"""Which earlier message a message goes on from, or none: facts about each pair, for a scorer.

Pure and causal: a Transcript knows the lines so far and nothing later. It offers the recent lines
and the line itself as candidates, and describes each by numbers; what they weigh was fitted.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from domain.cues import Kind, Look, forms, look_at, named_in, opening

WINDOW = 80
FAR = 999.0
# Lines after which what two people had with each other counts half.
PAIR_HALF_LIFE = 60.0
KINDS: dict[Kind, float] = {"said": 0.0, "action": 1.0, "bot": 2.0, "system": 3.0}

# Of each candidate, in the order of the numbers.
FEATURES = (
    "self",
    "distance",
    "distance_said",
    "minutes",
    "same_author",
    "names_author",
    "named_by",
    "names",
    "candidate_names",
    "named_alike",
    "names_another",
    "candidate_names_another",
    "stranger_addressed",
    "candidate_stranger",
    "author_since",
    "own_since",
    "own_named_since",
    "named_by_author_since",
    "names_author_since",
    "author_named_since",
    "authors_since",
    "kind",
    "candidate_kind",
    "own_distance",
    "own_minutes",
    "own_before",
    "author_before",
    "author_gap",
    "own_named_author",
    "last_partner",
    "last_namer",
    "pair_out",
    "pair_in",
    "pair_distance",
    "question",
    "candidate_question",
    "length",
    "candidate_length",
    "opening",
    "candidate_opening",
    "greeting",
    "thanks",
    "candidate_thanks",
    "link",
    "candidate_link",
    "command",
    "candidate_command",
    "shared",
    "likeness",
    "likeness_turn",
    "likeness_own",
    "shared_best",
    "pace",
    "recent_authors",
    "named_in_window",
    "next_same_author",
    "prior_same_author",
)


@dataclass(frozen=True)
class Line:
    """One message as linking sees it. `author` is the person, `name` what others call them."""

    author: str
    name: str
    minute: int
    text: str
    kind: Kind = "said"


@dataclass(frozen=True)
class _Heard:
    line: Line
    look: Look
    named: dict[str, int]
    sure: int
    stranger: bool
    said: int
    own_prior: int | None
    own_count: int
    weight: float
    partner: str | None
    namer: str | None


class Scorer(Protocol):
    """Weighs candidates: a higher number for a likelier one."""

    def score(self, rows: Sequence[Sequence[float]]) -> Sequence[float]:
        """One score a row, in the order given."""
        ...


@dataclass
class Transcript:
    """A chat so far. `hear` adds the next line; `describe` is about the one heard last."""

    heard: list[_Heard] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)
    _common: Counter[str] = field(default_factory=Counter)
    _last: dict[str, int] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)
    _partner: dict[str, str] = field(default_factory=dict)
    _namer: dict[str, str] = field(default_factory=dict)
    _pairs: defaultdict[tuple[str, str], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def hear(self, line: Line) -> int:
        """Take the next line in; its number."""
        number = len(self.heard)
        if line.author:
            for form in forms(line.name):
                self._names[form] = line.author
        named: dict[str, int] = {}
        skipped, stranger = 0, False
        if line.kind != "system":
            named, skipped, stranger = named_in(line.text, self._names, self._common, number)
            named.pop(line.author, None)
        look = look_at(line.text, skipped)
        prior = self._last.get(line.author)
        self.heard.append(
            _Heard(
                line,
                look,
                named,
                max(named.values(), default=0),
                stranger,
                said=(self.heard[-1].said if self.heard else 0) + (line.kind != "system"),
                own_prior=prior,
                own_count=self._counts[line.author],
                weight=self._weight(look.words),
                partner=self._partner.get(line.author),
                namer=self._namer.get(line.author),
            )
        )
        self._common.update(look.words)
        if line.kind != "system":
            self._last[line.author] = number
            self._counts[line.author] += 1
        for person, sure in named.items():
            if sure > 1:
                self._pairs[line.author, person].append(number)
                self._partner[line.author] = person
                self._namer[person] = line.author
        return number

    def rarity(self, word: str) -> float:
        """How much sharing a word tells: the rarer so far, the more."""
        return math.log((len(self.heard) + 1) / (self._common[word] + 0.5))

    def _weight(self, words: frozenset[str]) -> float:
        return math.sqrt(sum(self.rarity(word) ** 2 for word in words))

    def _alike(self, one: _Heard, other: _Heard) -> tuple[float, float]:
        """The summed rarity of shared words, and their cosine."""
        shared = one.look.words & other.look.words
        if not shared:
            return 0.0, 0.0
        rare = [self.rarity(word) for word in shared]
        length = one.weight * other.weight
        return sum(rare), sum(r * r for r in rare) / length if length else 0.0

    def _had(self, one: str, other: str, now: int) -> tuple[float, int]:
        """What one said to the other so far, fading, and when last."""
        numbers = self._pairs.get((one, other))
        if not numbers:
            return 0.0, -1
        recent = [n for n in numbers[-12:] if n < now]
        faded = sum(0.5 ** ((now - n) / PAIR_HALF_LIFE) for n in recent)
        return faded, recent[-1] if recent else -1

    def describe(self, window: int = WINDOW) -> tuple[list[int], list[list[float]]]:
        """The candidates of the last line, nearest first and itself at the end, and their facts."""
        now = len(self.heard) - 1
        me = self.heard[now]
        author = me.line.author
        first = max(0, now - window)
        span = self.heard[first:now]
        alike = [self._alike(me, other) for other in span]
        best = max((shared for shared, _ in alike), default=0.0)
        prior = self.heard[me.own_prior] if me.own_prior is not None else None
        authors = {other.line.author for other in span}
        recent_authors = float(len(authors))
        pace = me.line.minute - self.heard[max(0, now - 50)].line.minute
        in_window = float(any(person in authors for person in me.named))
        common = {
            "kind": KINDS[me.line.kind],
            "own_distance": float(now - me.own_prior) if me.own_prior is not None else FAR,
            "own_minutes": float(me.line.minute - prior.line.minute) if prior else FAR,
        }
        had: dict[str, tuple[float, float, float]] = {}
        since: Counter[str] = Counter()
        named_since: Counter[str] = Counter()
        by_me: Counter[str] = Counter()
        of_me: Counter[str] = Counter()
        me_named = 0
        numbers, rows = [], []
        tail_me = (
            float(me.look.question),
            float(me.look.length),
            float(opening(me.look.first)),
            float(me.look.greeting),
            float(me.look.thanks),
            float(me.look.link),
            float(me.look.command),
        )
        question, length, opens, greeting, thanks, link, command = tail_me
        for number in range(now - 1, first - 1, -1):
            it = self.heard[number]
            other = it.line.author
            if other not in had:
                out, out_at = self._had(author, other, now)
                back, back_at = self._had(other, author, now)
                had[other] = (out, back, float(now - max(out_at, back_at)) if out or back else FAR)
            out, back, pair_distance = had[other]
            shared, likeness = alike[number - first]
            strength = me.named.get(other, 0)
            called = it.named.get(author, 0)
            turn = 0.0
            if it.own_prior is not None and it.own_prior >= first:
                turn = alike[it.own_prior - first][1]
            rows.append(
                [
                    0.0,
                    float(now - number),
                    float(me.said - it.said),
                    float(me.line.minute - it.line.minute),
                    float(other == author),
                    float(strength),
                    float(called),
                    float(len(me.named)),
                    float(len(it.named)),
                    float(len(me.named.keys() & it.named.keys())),
                    float(me.sure if not strength else 0),
                    float(it.sure if not called else 0),
                    float(me.stranger),
                    float(it.stranger),
                    float(since[other]),
                    float(since[author]),
                    float(me_named),
                    float(of_me[other]),
                    float(by_me[other]),
                    float(named_since[other]),
                    float(len(since)),
                    common["kind"],
                    KINDS[it.line.kind],
                    common["own_distance"],
                    common["own_minutes"],
                    float(me.own_count),
                    float(it.own_count),
                    float(it.line.minute - self.heard[it.own_prior].line.minute)
                    if it.own_prior is not None
                    else FAR,
                    float(prior.named.get(other, 0)) if prior else 0.0,
                    float(me.partner == other),
                    float(me.namer == other),
                    out,
                    back,
                    pair_distance,
                    question,
                    float(it.look.question),
                    length,
                    float(it.look.length),
                    opens,
                    float(opening(it.look.first)),
                    greeting,
                    thanks,
                    float(it.look.thanks),
                    link,
                    float(it.look.link),
                    command,
                    float(it.look.command),
                    shared,
                    likeness,
                    turn,
                    self._alike(prior, it)[1] if prior and number != me.own_prior else 0.0,
                    best - shared,
                    float(pace),
                    recent_authors,
                    in_window,
                    float(self.heard[number + 1].line.author == other and number + 1 < now),
                    float(number > 0 and self.heard[number - 1].line.author == other),
                ]
            )
            numbers.append(number)
            if it.line.kind != "system":
                since[other] += 1
            for person in it.named:
                named_since[person] += 1
                if other == author:
                    by_me[person] += 1
            if author in it.named:
                me_named += 1
                of_me[other] += 1
        numbers.append(now)
        rows.append(self._alone(me, common, tail_me, best, float(pace), recent_authors, in_window))
        return numbers, rows

    def _alone(
        self,
        me: _Heard,
        common: dict[str, float],
        look: tuple[float, ...],
        best: float,
        pace: float,
        recent_authors: float,
        in_window: float,
    ) -> list[float]:
        """The facts of starting something new."""
        question, length, opens, greeting, thanks, link, command = look
        known = {
            "self": 1.0,
            "same_author": 1.0,
            "names": float(len(me.named)),
            "names_another": float(me.sure),
            "stranger_addressed": float(me.stranger),
            "own_before": float(me.own_count),
            "question": question,
            "length": length,
            "opening": opens,
            "greeting": greeting,
            "thanks": thanks,
            "link": link,
            "command": command,
            "shared_best": best,
            "pace": pace,
            "recent_authors": recent_authors,
            "named_in_window": in_window,
            "last_partner": float(me.partner is not None),
            "last_namer": float(me.namer is not None),
            **common,
        }
        return [known.get(name, -1.0) for name in FEATURES]
