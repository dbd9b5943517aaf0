"""Which open incident a turn belongs to: a decision, how sure it is, and the reason in words.

Pure: a quote decides, and what plainly repeats; all else is weighed by weights that were fitted on
labelled chats (domain/deciding/weighing.py), and few rules overrule those. The share of the best
place among all is the confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from domain.deciding.echo import echoes_quoted, has_the_same, outage_echoed, reports_it_as_well
from domain.deciding.elsewhere import is_of_another_store
from domain.deciding.evidence import Scene
from domain.deciding.kinship import SURELY, Kin
from domain.deciding.old_matters import ANEW, left_behind, tells_anew
from domain.deciding.repeats import AGAIN, GOES_ON, OWN_AGAIN_MINUTES, Repeats
from domain.deciding.weighing import Outcome, Place, Weighed, Weights, reason_of, weigh
from domain.gist import Act, cannot_sell
from domain.incident import OPEN_STATUSES, REACHABLE_STATUSES, TICKETED
from domain.likeness import agree, names_thing
from domain.room import Alike, OpenIncident, Room, TurnFacts
from domain.sayings.here_too import counts_in, own_words
from domain.sayings.progress import asks_of_a_ticket
from domain.sayings.retraction import takes_back
from domain.wording import plain

# A call is close when the second place has at least this share of the best one's.
CLOSE_CALL = 0.6
# How sure the text alone must be that it is an incident, when it names its store.
PLAIN_AT = 0.9
PLAIN = "names its store and reads like a report"
QUOTES = "quotes a message of this incident"
NUMBERED = "names its ticket by number"
CRIES = "cries for help with what fails"
SHOWN = "its photo shows the error of a device"
STILL = "its reporter says that it is still broken"
# How surely words must say so.
STILL_AT = 0.8
WORSE = "its reporter says that they cannot sell"
# How long after the last word of it that may be meant.
WORSE_WITHIN = timedelta(hours=24)
ECHOES = "says that it has the same"
ASKS = "asks how its ticket goes"
TAKES_BACK = "the sender takes back what they reported"
# How surely words must be small talk, so that they start nothing unless they tell of a failure.
SMALL_TALK = 0.6


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
    it `follows`: the incident whose ticket was closed too long ago to be reopened. `kin` is the
    outage that it is most likely another report of, where one was looked for.
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
    kin: Kin | None = field(default=None, compare=False)


def assign(
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    weights: Weights,
    same_system: Alike,
    room: Room = Room(),  # noqa: B008 - frozen
    kin: Kin | None = None,
) -> Decision:
    """Decide for one turn; `kin` is the outage it is most likely another report of."""
    if pointed := _pointed(turn, incidents, kin, same_system):
        return pointed
    scene = Scene(turn, incidents, room, same_system)
    asked, repeats = _asked(turn, incidents), Repeats(scene)
    free = not asked and not turn.quotes_something
    if free and (certain := _repeated(repeats) or _echoed(scene)):
        return certain
    plain = _is_plain(turn)
    old = left_behind(turn, incidents, same_system) if free else frozenset()
    excluded = set(_excluded(repeats, named=plain or _adds(turn))) - asked | old
    starts_nothing = turn.from_support or _is_silent(turn) or _tells_no_failure(turn)
    weighed = weigh(scene, weights, excluded, asked, may_begin=not starts_nothing)
    # What comes on top of what else is told of a store is as plain.
    told = plain or (_adds(turn) and turn.gist.said_store and not turn.gist.signs.get("question"))
    kin = None if asked else kin
    if overruled := _overruled(scene, weighed.best, kin, old, plain=bool(told)):
        return overruled
    if old and weighed.best.outcome == "none" and tells_anew(turn):
        return Decision("new", None, turn.gist.incident, ANEW, close=True)
    return _as_weighed(scene, weighed, weights, answers=bool(asked))


def _pointed(
    turn: TurnFacts, incidents: Sequence[OpenIncident], kin: Kin | None, same_system: Alike
) -> Decision | None:
    """Where a quote points, or who takes back what they reported."""
    if quoted := _quoted(turn, incidents):
        if echoes_quoted(turn, quoted) or has_the_same(turn, incidents, kin, same_system, quoted):
            return Decision("new", None, 0.95, ECHOES, parent=quoted.parent or quoted.id)
        return Decision("join", quoted.id, 0.99, NUMBERED if turn.numbered else QUOTES)
    mine = taken_back(turn, incidents, same_system)
    return Decision("join", mine.id, 0.97, TAKES_BACK) if mine else None


def _asked(turn: TurnFacts, incidents: Sequence[OpenIncident]) -> set[str]:
    """The incidents whose question the turn may answer. Who counts themselves in answers none of
    what they have reported before."""
    if counts_in(turn.gist.text) and not own_words(turn.gist.text, turn.home_store):
        return set()
    return {i.id for i in incidents if i.asked_person == turn.person_id and _answers(turn, i)}


def _overruled(
    scene: Scene, best: Place, kin: Kin | None, old: frozenset[str], *, plain: bool
) -> Decision | None:
    """What is no small talk, whatever the weights say, and what is another report of an outage;
    of what is `old` nothing is said."""
    turn, incidents = scene.turn, [i for i in scene.incidents if i.id not in old]
    if best.outcome != "join" and (mine := _still_broken(turn, incidents)):
        return Decision("join", mine.id, 0.8, STILL, close=True)
    if best.outcome != "join" and (mine := _asked_after(turn, incidents)):
        return Decision("join", mine.id, 0.8, ASKS, close=True)
    if best.outcome == "none" and (mine := _got_worse(turn, incidents)):
        return Decision("join", mine.id, 0.8, WORSE, close=True)
    if best.outcome == "none" and turn.shows_error and not turn.from_support:
        return Decision("new", None, 0.8, SHOWN, close=True)
    if best.outcome == "none" and not turn.quotes_something and plain:
        return Decision("new", None, turn.gist.incident, PLAIN, close=True)
    if best.outcome == "none" and not turn.quotes_something and _cries(turn):
        return Decision("new", None, 0.6, CRIES, close=True)
    if best.outcome == "new" or kin is None:
        return None
    if _still_elsewhere(turn, incidents, kin):
        return Decision("new", None, kin.share, ECHOES, close=True, parent=kin.head)
    same = has_the_same(turn, incidents, kin, scene.same_system)
    if same or (not scene.role and reports_it_as_well(turn, incidents, kin)):
        return Decision("new", None, kin.share, ECHOES, close=True, parent=kin.head)
    return None


def _as_weighed(scene: Scene, weighed: Weighed, weights: Weights, *, answers: bool) -> Decision:
    """The place with the largest share; of what answers us no model is asked."""
    first, *others = weighed.ranks
    best, share = weighed.scored[first][1], weighed.shares[first]
    close = any(weighed.shares[n] > CLOSE_CALL * share for n in others)
    near = weighed.near(CLOSE_CALL) if close and not answers else ()
    return Decision(
        best.outcome,
        best.incident_id,
        share,
        reason_of(best, weights),
        close,
        {k: round(weights.get(k, 0.0) * v, 3) for k, v in best.evidence.items() if weights.get(k)},
        parent=outage_echoed(scene) if best.outcome == "new" else None,
        near=tuple(Option(place.outcome, place.incident_id, share) for place, share in near),
    )


def _quoted(turn: TurnFacts, incidents: Sequence[OpenIncident]) -> OpenIncident | None:
    if turn.quoted_incident is None:
        return None
    return next((i for i in incidents if i.id == turn.quoted_incident), None)


def taken_back(
    turn: TurnFacts, incidents: Sequence[OpenIncident], same_system: Alike
) -> OpenIncident | None:
    """The incident that its own reporter takes back with this turn: the one of the thing they name,
    else the one they told of last."""
    if turn.quotes_something:
        return None
    if not takes_back(turn.gist.text):
        return None
    own = [i for i in incidents if i.reporter_id == turn.person_id and i.status in OPEN_STATUSES]
    named = [i for i in own if names_thing(turn.gist, i.system, same_system)]
    soon = OWN_AGAIN_MINUTES * 60
    lately = [i for i in own if (turn.at - i.last_at).total_seconds() <= soon]
    return max(named or lately, key=lambda i: i.opened_at or i.last_at, default=None)


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


def _got_worse(turn: TurnFacts, incidents: Sequence[OpenIncident]) -> OpenIncident | None:
    """What its reporter lately told of, where they say, and name nothing, that they cannot sell:
    the newest of theirs that has its ticket."""
    gist = turn.gist
    if turn.from_support or turn.quotes_something or gist.system or gist.said_store:
        return None
    if not cannot_sell(gist):
        return None
    own = [
        i
        for i in incidents
        if i.reporter_id == turn.person_id
        and i.status in TICKETED
        and turn.at - i.last_at <= WORSE_WITHIN
    ]
    return max(own, key=lambda i: i.last_at, default=None)


def _asked_after(turn: TurnFacts, incidents: Sequence[OpenIncident]) -> OpenIncident | None:
    """Of whose ticket somebody asks how it goes, without naming anything: the newest of theirs."""
    if turn.from_support or turn.quotes_something or not asks_of_a_ticket(turn.gist.text):
        return None
    known = (i for i in incidents if i.status in REACHABLE_STATUSES)
    own = [i for i in known if turn.person_id in i.participants]
    return max(own, key=lambda i: i.last_at, default=None)


def _still_elsewhere(turn: TurnFacts, incidents: Sequence[OpenIncident], kin: Kin) -> bool:
    """Whether somebody says that what an outage took is still gone in a store that nobody has
    reported: 'en la 53 sigue sin haber'."""
    gist = turn.gist
    if gist.act is not Act.STILL_BROKEN or not gist.said_store or turn.from_support:
        return False
    if kin.share < SURELY or turn.quotes_something or "?" in gist.text:
        return False
    family = [i for i in incidents if (i.parent or i.id) == kin.head]
    theirs = any(turn.person_id in i.participants for i in family)
    return not (theirs or any(agree(gist.said_store, i.store) for i in incidents))


def _excluded(repeats: Repeats, *, named: bool) -> Iterator[str]:
    """The incidents that a turn cannot be of, by what it says: another store's, where somebody
    reports from one that they name; of another thing, where that is plainly `named`."""
    scene, gist = repeats.scene, repeats.scene.gist
    reports = gist.act in (Act.REPORT, Act.SAME_PROBLEM) and not scene.turn.from_support
    store, system = gist.said_store if reports else None, gist.system if named else None
    if not (store or system or repeats.tells_apart):
        return
    for one in scene.incidents:
        if one.id in scene.mine:
            elsewhere = is_of_another_store(scene.turn, one, scene.said(one))
        else:
            elsewhere = agree(store, one.store) is False
        another = system and one.system and not scene.alike[one.system]
        if elsewhere or another or repeats.excludes(one):
            yield one.id


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


# Asked for their store, 'la misma' is an answer and no 'here too'.
_THE_SAME = re.compile(r"(?:(?:si|pues|es|en|de|ah) )*la (?:misma|mia|de siempre)\b(?! falla)")


def _answers(turn: TurnFacts, incident: OpenIncident) -> bool:
    """Whether the words of whom we asked may answer the question that is out."""
    gist = turn.gist
    if turn.quotes_bot or gist.act is Act.REFUSAL:
        return True
    if incident.pending_field == "store" and bool(gist.signs.get("names_store")):
        numbered = any(c.isdigit() for c in gist.text)
        return numbered or gist.act not in (Act.ACK, Act.CHATTER, Act.FIXED, Act.STATUS_QUESTION)
    if incident.pending_field == "store" and _THE_SAME.match(plain(gist.text)):
        return True
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
