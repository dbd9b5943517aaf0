"""Which open incident a turn belongs to: a decision, how sure it is, and the reason in words.

Pure: a quote decides, and so does an answer to our own question; all else is weighed by weights
that were fitted on labelled chats. The share of the best place among all is the confidence.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import nlargest
from operator import mul
from typing import Literal

from domain.echo import echoes_quoted, has_the_same, outage_echoed, reports_it_as_well
from domain.evidence import Evidence, Parts, Scene, of_none
from domain.gist import Act
from domain.incident import OPEN_STATUSES
from domain.kinship import Kin, counts_in, own_words
from domain.repeats import AGAIN, GOES_ON, OWN_AGAIN_MINUTES, Repeats
from domain.retraction import takes_back
from domain.room import Alike, OpenIncident, Room, TurnFacts

Outcome = Literal["join", "new", "none"]
Weights = Mapping[str, float]

# A call is close when the second place has at least this share of the best one's.
CLOSE_CALL = 0.6
# How sure the text alone must be that it is an incident, when it names its store.
PLAIN_AT = 0.9
PLAIN = "names its store and reads like a report"
CRIES = "cries for help with what fails"
SHOWN = "its photo shows the error of a device"
STILL = "its reporter says that it is still broken"
# How surely words must say so.
STILL_AT = 0.8
ECHOES = "says that it has the same"
TAKES_BACK = "the sender takes back what they reported"
# How surely words must be small talk, so that they start nothing unless they tell of a failure.
SMALL_TALK = 0.6
# Added to the score of the incident whose question is out, when the words may answer it.
ASKED = 8.0
WORDS = {
    "join:own": "the sender takes part in it",
    "join:own_newest": "the sender wrote about it last",
    "join:own_newest_10": "the sender just wrote about it",
    "join:own_only": "the only one of the sender",
    "join:own_1": "the sender goes on",
    "join:own_10": "the sender goes on",
    "join:newest": "the chat spoke of it last",
    "join:newest_2": "the chat speaks of it now",
    "join:right_after": "right after a message of it",
    "join:names_participant": "calls somebody of it by name",
    "join:names_reporter": "calls its reporter by name",
    "join:names_newest": "the newest of the person called by name",
    "join:was_named": "somebody of it had called the sender by name",
    "join:asked_own": "somebody of it had asked",
    "join:same_system": "the same system",
    "join:said_store": "the same store",
    "join:home": "the sender's store",
    "join:same_error": "the same error",
    "join:tie_first": "means the same",
    "join:words": "the same words",
    "join:asked": "was asked",
}


@dataclass(frozen=True)
class Option:
    """Somewhere a turn may go as well, and its share, 0 to 1."""

    outcome: Outcome
    incident_id: str | None
    share: float


@dataclass(frozen=True)
class Decision:
    """Where a turn goes. `confidence` is 0 to 1; `close` marks a call that a model may decide,
    between the places that are `near`: none where a rule decided.

    A new incident may come with a `parent`: the outage that it is another report of; or with what
    it `follows`: the incident whose ticket was closed too long ago to be reopened.
    """

    outcome: Outcome
    incident_id: str | None
    confidence: float
    reason: str
    close: bool = False
    evidence: dict[str, float] = field(default_factory=dict)
    parent: str | None = None
    follows: str | None = None
    near: tuple[Option, ...] = ()


@dataclass(frozen=True)
class Place:
    """Somewhere a turn may go, and what speaks for it."""

    outcome: Outcome
    incident_id: str | None
    parts: Parts

    @property
    def evidence(self) -> Evidence:
        """All of it by name."""
        return {name: value for part in self.parts for name, value in part.items()}


def places(
    turn: TurnFacts, incidents: Sequence[OpenIncident], room: Room, same_system: Alike
) -> list[Place]:
    """Every place that a turn may go: nowhere, a new incident, each open one."""
    return list(_places_of(Scene(turn, incidents, room, same_system)))


def _places_of(scene: Scene, excluded: Container[str] = ()) -> Iterator[Place]:
    yield Place("none", None, (of_none(scene),))
    yield Place("new", None, (scene.of_new(),))
    for incident in scene.incidents:
        if incident.id not in excluded:
            yield Place("join", incident.id, scene.of_join(incident))


def assign(
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    weights: Weights,
    same_system: Alike,
    room: Room = Room(),  # noqa: B008 - frozen
    kin: Kin | None = None,
) -> Decision:
    """Decide for one turn; `kin` is the outage it is most likely another report of."""
    if quoted := _quoted(turn, incidents):
        if echoes_quoted(turn, quoted) or has_the_same(turn, incidents, kin, same_system, quoted):
            return Decision("new", None, 0.95, ECHOES, parent=quoted.parent or quoted.id)
        return Decision("join", quoted.id, 0.99, "quotes a message of this incident")
    # Who counts themselves in answers no question of what they have reported before.
    counts = counts_in(turn.gist.text) and not own_words(turn.gist.text, turn.home_store)
    asked = (
        set()
        if counts
        else {i.id for i in incidents if i.asked_person == turn.person_id and _answers(turn, i)}
    )
    if mine := taken_back(turn, incidents):
        return Decision("join", mine.id, 0.97, TAKES_BACK)
    scene = Scene(turn, incidents, room, same_system)
    repeats = Repeats(scene)
    if not asked and not turn.quotes_something and (certain := _repeated(repeats)):
        return certain
    if not asked and not turn.quotes_something and (echoed := _echoed(scene)):
        return echoed
    plain = _is_plain(turn)
    excluded = set(_excluded(repeats, named=plain or _adds(turn))) - asked
    starts_nothing = turn.from_support or _is_silent(turn) or _tells_no_failure(turn)
    scale = _Scale(weights)
    scored = []
    for place in _places_of(scene, excluded):
        if place.outcome == "new" and starts_nothing:
            continue
        score = scale.weigh(place)
        if place.incident_id in asked:
            score += ASKED
            place = replace(place, parts=(*place.parts, {"join:asked": 1.0}))
        scored.append((score, place))
    shares = _shares([score for score, _ in scored])
    order = nlargest(2, range(len(scored)), key=shares.__getitem__)
    best = scored[order[0]][1]
    if best.outcome != "join" and (mine := _still_broken(turn, incidents)):
        return Decision("join", mine.id, 0.8, STILL, close=True)
    if best.outcome == "none" and turn.shows_error and not turn.from_support:
        return Decision("new", None, 0.8, SHOWN, close=True)
    if best.outcome == "none" and not turn.quotes_something and plain:
        return Decision("new", None, turn.gist.incident, PLAIN, close=True)
    if best.outcome == "none" and not turn.quotes_something and _cries(turn):
        return Decision("new", None, 0.6, CRIES, close=True)
    same = kin if best.outcome != "new" and not asked else None
    if same and has_the_same(turn, incidents, same, same_system):
        return Decision("new", None, same.share, ECHOES, close=True, parent=same.head)
    if same and not scene.role and reports_it_as_well(turn, incidents, same):
        return Decision("new", None, same.share, ECHOES, close=True, parent=same.head)
    runner_up = shares[order[1]] if len(order) > 1 else 0.0
    parent = outage_echoed(scene) if best.outcome == "new" else None
    close = runner_up > CLOSE_CALL * shares[order[0]]
    return Decision(
        best.outcome,
        best.incident_id,
        shares[order[0]],
        _reason(best, weights),
        close,
        {k: round(weights.get(k, 0.0) * v, 3) for k, v in best.evidence.items() if weights.get(k)},
        parent=parent,
        near=tuple(_near(scored, shares)) if close and not asked else (),
    )


def _quoted(turn: TurnFacts, incidents: Sequence[OpenIncident]) -> OpenIncident | None:
    if turn.quoted_incident is None:
        return None
    return next((i for i in incidents if i.id == turn.quoted_incident), None)


def _near(scored: Sequence[tuple[float, Place]], shares: Sequence[float]) -> Iterator[Option]:
    """The incidents whose share is near the best one's, and the two ways out: nowhere, anew. What
    a rule excludes is not among them."""
    best = max(shares)
    for share, (_, place) in zip(shares, scored, strict=True):
        if place.outcome != "join" or share > CLOSE_CALL * best:
            yield Option(place.outcome, place.incident_id, share)


def taken_back(turn: TurnFacts, incidents: Sequence[OpenIncident]) -> OpenIncident | None:
    """The incident that its own reporter takes back with this turn: the one they told of last."""
    if not takes_back(turn.gist.text) or turn.quotes_something:
        return None
    lately = [
        i
        for i in incidents
        if i.reporter_id == turn.person_id
        and (turn.at - i.last_at).total_seconds() <= OWN_AGAIN_MINUTES * 60
        and i.status in OPEN_STATUSES
    ]
    return max(lately, key=lambda i: i.opened_at or i.last_at, default=None)


def _is_plain(turn: TurnFacts) -> bool:
    """A report that says its store and is one by its own words is never nothing: a lost report is
    worse than a candidate that classification dismisses."""
    gist = turn.gist
    reports = gist.act in (Act.REPORT, Act.SAME_PROBLEM)
    return (
        reports
        and gist.incident >= PLAIN_AT
        and gist.said_store is not None
        and not turn.from_support
    )


def _adds(turn: TurnFacts) -> bool:
    """Whether words name one thing more that fails: 'y la báscula tampoco pesa'."""
    gist = turn.gist
    fails = gist.system is not None and gist.problem is not None and gist.incident >= PLAIN_AT
    return fails and bool(gist.signs.get("also")) and not turn.from_support


def _cries(turn: TurnFacts) -> bool:
    """Whether somebody asks for help at once with what fails, whatever it is: who is asked can tell
    more."""
    gist, told = turn.gist, turn.gist.act in (Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN)
    pleads = gist.signs.get("help") and gist.signs.get("urgent_word")
    fails = gist.signs.get("fault") and not gist.signs.get("laugh")
    return bool(told and pleads and fails and not turn.from_support)


def _still_broken(turn: TurnFacts, incidents: Sequence[OpenIncident]) -> OpenIncident | None:
    """What its reporter says is still broken, without naming anything: the newest of theirs."""
    gist = turn.gist
    if gist.acts.get(Act.STILL_BROKEN, 0.0) < STILL_AT or gist.system or turn.from_support:
        return None
    own = [i for i in incidents if i.reporter_id == turn.person_id]
    return max(own, key=lambda i: i.last_at, default=None)


def _excluded(repeats: Repeats, *, named: bool) -> Iterator[str]:
    """The incidents that a turn cannot be of, by what it says: another store's, where somebody
    reports from one that they name; of another thing, where that is plainly `named`."""
    scene, gist = repeats.scene, repeats.scene.gist
    reports = gist.act in (Act.REPORT, Act.SAME_PROBLEM) and not scene.turn.from_support
    store, system = gist.said_store if reports else None, gist.system if named else None
    for one in scene.incidents:
        elsewhere = store and one.store and one.store != store and one.id not in scene.mine
        another = system and one.system and not scene.alike[one.system]
        if elsewhere or another or repeats.excludes(one):
            yield one.id


class _Scale:
    """Adds evidence up by its weights; a part that many places share is weighed once."""

    def __init__(self, weights: Weights) -> None:
        # What no weight knows counts for nothing.
        self._weight_of = defaultdict(float, weights).__getitem__
        self._known: dict[int, tuple[float, Evidence]] = {}

    def weigh(self, place: Place) -> float:
        """How much speaks for a place."""
        *shared, own = place.parts
        return sum(map(self._shared, shared)) + self._add(own)

    def _shared(self, part: Evidence) -> float:
        # By identity: the part is kept, so that no other can come to have its number.
        known = self._known.get(id(part))
        if known is None:
            known = self._known[id(part)] = self._add(part), part
        return known[0]

    def _add(self, part: Evidence) -> float:
        # In hundreds of places most of the time goes into this: C does the sums.
        return float(sum(map(mul, map(self._weight_of, part), part.values())))


def _echoed(scene: Scene) -> Decision | None:
    """Where 'here too', and nothing else, goes: to what its store has open of it, else it starts
    another report of it."""
    echo = scene.echo
    if echo is None or not echo.bare or len(echo.mine) > 1:
        return None
    if echo.mine:
        return Decision("join", next(iter(echo.mine)), 0.9, ECHOES)
    return None if echo.mended else Decision("new", None, 0.9, ECHOES, parent=echo.head)


def _repeated(repeats: Repeats) -> Decision | None:
    """The incident that the turn plainly repeats or goes on about; the one spoken of last."""
    if own := next(filter(repeats.goes_on, repeats.spoken_by_writer()), None):
        return Decision("join", own.id, 0.97, GOES_ON)
    if met := next(filter(repeats.again, repeats.within_reach()), None):
        return Decision("join", met.id, 0.97, AGAIN)
    return None


def _shares(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    grown = [math.exp(score - top) for score in scores]
    total = sum(grown)
    return [one / total for one in grown]


def _is_silent(turn: TurnFacts) -> bool:
    """A photo or a file alone starts nothing; it joins what its sender has open."""
    return not turn.gist.text.strip()


def _tells_no_failure(turn: TurnFacts) -> bool:
    """'It works again' is said of what was reported; where nothing was, it starts nothing. Neither
    does small talk that names a thing and nothing wrong with it."""
    gist = turn.gist
    wrong = gist.signs.get("fault") or gist.problem or gist.error or gist.signs.get("danger")
    talks = gist.act in (Act.FIXED, Act.ACK) or gist.acts.get(Act.CHATTER, 0.0) >= SMALL_TALK
    return talks and not wrong and not gist.said_store


def _reason(place: Place, weights: Weights) -> str:
    if place.outcome == "none":
        return "chatter"
    if place.outcome == "new":
        return "reads like a report of its own"
    told = {**weights, "join:asked": ASKED}
    parts = {k: told.get(k, 0.0) * v for k, v in place.evidence.items() if k in WORDS}
    best = [k for k in sorted(parts, key=lambda k: -parts[k]) if parts[k] > 0.1][:3]
    return ", ".join(dict.fromkeys(WORDS[k] for k in best)) or "fits best"


def _answers(turn: TurnFacts, incident: OpenIncident) -> bool:
    """Whether the words of whom we asked may answer the question that is out."""
    gist = turn.gist
    if turn.quotes_bot or gist.act is Act.REFUSAL:
        return True
    if incident.pending_field == "store" and bool(gist.signs.get("names_store")):
        numbered = any(c.isdigit() for c in gist.text)
        return numbered or gist.act not in (Act.ACK, Act.CHATTER, Act.FIXED, Act.STATUS_QUESTION)
    if incident.pending_field == "store":
        # 'La 45', 'es la 45 jefe': a number in few words, and nothing else is spoken of.
        words = gist.text.split()
        bare = len(words) <= 5 and any(w.strip(".,#").isdigit() for w in words)
        number = bare and gist.system is None and "?" not in gist.text
        return gist.said_store is not None or number or bool(gist.signs.get("digits_only"))
    if incident.pending_field == "system" and gist.system:
        return True
    short = 0 < len(gist.text.split()) <= 6 and "?" not in gist.text
    polite = gist.act in (Act.ACK, Act.CHATTER, Act.FIXED, Act.STATUS_QUESTION)
    if incident.pending_field == "system":
        return short and not polite
    return incident.pending_field == "problem" and not polite and gist.incident >= 0.3
