"""Whether a report is another report of an outage: what speaks for it, weighed by learnt weights.

Pure. 'Two printers that break on one morning are two printers': that a thing is the same says
little, that stores share it more, and most that the words say so ('here too'), that they mean and
lack the same and that the chat speaks of nothing else. The weights were fitted on labelled chats
(`evals/fit_kinship.py`); a family has the share of all that speaks for it, a report of its own the
rest.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from operator import mul

from domain.deciding.one_device import is_of_one_device
from domain.deciding.ties import Sought
from domain.gist import Act
from domain.likeness import agree, cosine, same
from domain.room import Alike, OpenIncident, Remark, Room, TurnFacts
from domain.sayings.here_too import (
    asks_others,
    is_of_its_body,
    is_of_one,
    kinds_of,
    other_error,
    says_also,
    speaks_of_everybody,
)
from domain.sayings.spared import spared_of
from domain.wording import decay, minutes_between, plain, words_of

Evidence = dict[str, float]
Weights = Mapping[str, float]

# How long after the last report of it an outage still takes another store's.
OUTAGE_MINUTES = 180.0
# How long where nothing but the thing that stores share ties two reports.
SHARED_MINUTES = 60.0
# The share from which on a report is taken for another one of an outage.
SURELY = 0.5
# So far a text is looked at: a failure is named before that.
LONGEST_READ = 400
# How sure the reader must be that words say so which have none of the words for it.
SAYS_SO = 0.4


@dataclass(frozen=True)
class Kin:
    """The outage, by its head, that a report is most likely another report of; `share` is how
    likely, 0 to 1."""

    head: str
    share: float


def may_say_so(turn: TurnFacts) -> bool:
    """Whether words may say that somebody has what another one has reported."""
    return says_also(turn.gist.text) or turn.gist.acts.get(Act.SAME_PROBLEM, 0.0) >= SAYS_SO


def may_report(turn: TurnFacts) -> bool:
    """Whether a turn may be another report of an outage, in whatever words."""
    gist = turn.gist
    told = gist.act in (Act.REPORT, Act.SAME_PROBLEM) or bool(gist.said_store)
    pictured = turn.shows_error or (turn.has_media and not gist.text.strip())
    return told or pictured or may_say_so(turn) or asks_others(gist.text)


def is_own_thing(turn: TurnFacts, is_shared: Callable[[str | None], bool]) -> bool:
    """Whether a report names only what each store has for itself, and does not say 'here too': two
    printers that break on one morning are two printers."""
    system = turn.gist.system
    if system is None or is_shared(system) or may_say_so(turn) or turn.shows_error:
        return False
    return not kinds_of(f"{turn.gist.text} {system}")


def families_of(
    turn: TurnFacts, incidents: Sequence[OpenIncident]
) -> dict[str, list[OpenIncident]]:
    """The outages, and what may become one, that a report may be another report of, by head.

    Not of the writer's own report, nor of the same store's; nor of another error, nor of what is
    said to work at the writer's, where something else fails.
    """
    gist, store = turn.gist, turn.gist.said_store or turn.home_store
    found: dict[str, list[OpenIncident]] = defaultdict(list)
    works = spared_of(gist.text)
    apart, since = set(), turn.at - timedelta(minutes=OUTAGE_MINUTES)
    for incident in incidents:
        head = incident.parent or incident.id
        if (incident.opened_at or incident.last_at) < since:
            continue
        if store and same(store, incident.store):
            apart.add(head)
        if incident.reporter_id == turn.person_id and not (gist.said_store and incident.store):
            apart.add(head)
        if works and _is_spared(works, gist.system, incident.system):
            apart.add(head)
        if other_error(gist.error, incident.error):
            continue
        found[head].append(incident)
    families = {head: members for head, members in found.items() if head not in apart}
    # 'Acá tampoco hay sistema' is of the outage of the system, however lately another told of the
    # internet.
    named = {
        head: of for head, of in families.items() if any(same(gist.system, i.system) for i in of)
    }
    return named or families


def _is_spared(works: frozenset[str], fails: str | None, theirs: str | None) -> bool:
    """Whether the thing of another's report is what `works` here, while another one `fails`."""
    if not (fails and theirs) or plain(fails) in works:
        return False
    kinds = kinds_of(" ".join(works))
    return plain(theirs) in works or bool(kinds & kinds_of(theirs) - kinds_of(fails))


class Report:
    """A report beside what is open, looked at once for all outages that it may belong to."""

    def __init__(
        self,
        turn: TurnFacts,
        incidents: Sequence[OpenIncident],
        same_system: Alike,
        is_shared: Callable[[str | None], bool],
        room: Room,
    ) -> None:
        turn = _as_shown(turn) if turn.shows_error else turn
        gist = turn.gist
        self.turn, self.same_system = turn, same_system
        self.opened = sorted(i.opened_at or i.last_at for i in incidents)
        self.said: dict[str | None, list[Remark]] = defaultdict(list)
        for remark in room.remarks:
            if len(remark.text) > LONGEST_READ:
                remark = replace(remark, text=remark.text[:LONGEST_READ])
            self.said[remark.incident_id].append(remark)
        self.last = next((r for r in reversed(room.remarks) if r.person_id != turn.person_id), None)
        self.store = gist.said_store or turn.home_store
        self.also = max(float(says_also(gist.text)), gist.acts.get(Act.SAME_PROBLEM, 0.0))
        self.words = words_of(gist.text) - words_of(self.store or "")
        said = plain(gist.text)
        self.kinds = kinds_of(f"{gist.text} {gist.system or ''}")
        self.body = is_of_its_body(said)
        self.alone: Evidence = {
            "report": gist.acts.get(Act.REPORT, 0.0),
            "asks_others": float(asks_others(gist.text)),
            "shown": float(turn.shows_error),
            "one": float(is_of_one(said)),
            "all_here": float(speaks_of_everybody(gist.text)),
            "incident": gist.incident,
        }
        self.shared = is_shared(gist.system)
        self.first = Sought(gist.seeks.first) if gist.seeks is not None else None

    def evidence_of(self, family: Sequence[OpenIncident]) -> Evidence:
        """What speaks for its being another one of this family."""
        turn, gist, also = self.turn, self.turn.gist, self.also
        ids = {i.id for i in family}
        told = [r for i in family for r in self.said.get(i.id, ()) if r.person_id == i.reporter_id]
        newest = max(i.opened_at or i.last_at for i in family)
        since = len(self.opened) - bisect_right(self.opened, newest)
        systems = [i.system for i in family if i.system]
        errors = [i.error for i in family if i.error]
        alike_error = float(any(same(gist.error, e) for e in errors))
        theirs_ail = self.body and is_of_its_body(plain(" ".join(r.text for r in told)))
        alike = any(self.same_system(gist.system, s) for s in systems) if gist.system else False
        theirs = frozenset().union(*(words_of(r.text) for r in told))
        of_theirs = (*(kinds_of(r.text) for r in told), *map(kinds_of, systems))
        kinds = frozenset().union(*of_theirs)
        same_kind = bool(self.kinds & kinds)
        other_kind = bool(self.kinds and kinds and not same_kind)
        meanings = [i.meaning for i in family if i.meaning]
        minutes = minutes_between(turn.at, newest)
        near = decay(minutes, 30)
        found: Evidence = {
            **self.alone,
            "bias": 1.0,
            "also": also,
            "also_newest": also * float(since == 0),
            "also_unnamed": also * float(gist.system is None),
            "same_system": float(alike),
            "other_system": float(bool(gist.system and systems and not alike)),
            "shared_system": float(alike and self.shared),
            "unnamed": float(gist.system is None or not systems),
            "same_kind": float(same_kind),
            "other_kind": float(other_kind),
            "same_kind_other_system": float(same_kind and not alike),
            "also_other_kind": also * float(other_kind),
            "meaning": max((cosine(gist.meaning, one) for one in meanings), default=0.0),
            "words": len(self.words & theirs) / math.sqrt(len(self.words) or 1),
            "near": near,
            "near_10": decay(minutes, 10),
            "near_same_kind": near * float(same_kind),
            "family": float(len(family) > 1),
            "family_same_kind": float(len(family) > 1 and same_kind),
            "others_since": float(min(since, 3)),
            "store_known": float(self.store is not None),
            "last": float(self.last is not None and self.last.incident_id in ids),
            "all": float(any(speaks_of_everybody(r.text) for r in told)),
            "same_error": alike_error,
            "own_error": float(bool(gist.error and errors)) - alike_error,
            "body_unlike": float(self.body and not theirs_ail),
            "quotes": float(turn.quoted_incident in ids),
        }
        if self.first is not None:
            found["tie"] = max((self.first.near(one, 1.0) for one in meanings), default=0.0)
        return found


def kin_of(
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    room: Room,
    weights: Weights,
    same_system: Alike,
    is_shared: Callable[[str | None], bool],
) -> Kin | None:
    """The outage of this chat that a report is most likely another report of."""
    if is_own_thing(turn, is_shared):
        return None
    heads = families_of(turn, [i for i in incidents if i.participants])
    if not heads or not weights:
        return None
    report = Report(turn, incidents, same_system, is_shared, room)
    weight_of = defaultdict(float, weights).__getitem__  # what no weight knows counts for nothing
    scores = {head: _weigh(report.evidence_of(of), weight_of) for head, of in heads.items()}
    best = max(scores, key=lambda head: scores[head])
    top = max(scores[best], 0.0)  # of a report of its own it is 0
    total = math.exp(-top) + sum(math.exp(score - top) for score in scores.values())
    return Kin(best, math.exp(scores[best] - top) / total)


def _as_shown(turn: TurnFacts) -> TurnFacts:
    """A photo of an error reads otherwise than what people say: it is shown for what the chat
    speaks of, and what stands on it names no thing."""
    gist = replace(turn.gist, system=None, meaning=(), acts={}, incident=0.0, seeks=None)
    return replace(turn, gist=gist)


def _weigh(evidence: Evidence, weight_of: Callable[[str], float]) -> float:
    return sum(map(mul, map(weight_of, evidence), evidence.values()), 0.0)


def outage_among(
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    kin: Kin | None,
    same_system: Alike,
    is_shared: Callable[[str | None], bool],
    *,
    learnt: bool,
) -> str | None:
    """The outage that a new report is another report of: as it was learnt in this chat, and by the
    rule of what stores share in other ones, where nothing was `learnt` here as well."""
    if kin is not None and kin.share >= SURELY:
        return kin.head
    others = [i for i in incidents if not (learnt and i.participants)]
    return outage_of(turn, others, same_system, is_shared)


def outage_of(
    turn: TurnFacts,
    incidents: Sequence[OpenIncident],
    same_system: Alike,
    is_shared: Callable[[str | None], bool],
) -> str | None:
    """The outage that a new report is another report of: the same thing, from another store.

    'Here too' is enough; else both must name the same thing that stores share, such as the
    network: two printers that break on one morning are two printers. So are two errors with
    codes of their own, and one device here and one elsewhere.
    """
    gist = turn.gist
    store = gist.said_store or turn.home_store
    also = gist.signs.get("also", 0.0) > 0 or gist.acts.get(Act.SAME_PROBLEM, 0.0) >= 0.4
    best: tuple[float, str] | None = None
    for incident in incidents:
        minutes = max((turn.at - (incident.opened_at or incident.last_at)).total_seconds() / 60, 0)
        if minutes > OUTAGE_MINUTES or incident.reporter_id == turn.person_id:
            continue
        if agree(store, incident.store):
            continue
        named = gist.system is not None and incident.system is not None
        alike = named and same_system(gist.system, incident.system)
        shared = alike and is_shared(gist.system) and minutes <= SHARED_MINUTES
        here = bool(incident.participants)  # 'also' speaks of what this chat was told
        if (named and not alike) or not (shared or (also and here)):
            continue
        of_one = not here and (is_of_one_device(gist.text) or is_of_one_device(incident.words))
        if of_one or other_error(gist.error, incident.error):
            continue
        exactly = same(gist.system, incident.system)
        score = (2.0 if alike else 0.0) + (1.0 if exactly else 0.0) + 0.5 ** (minutes / 30)
        if best is None or score > best[0]:
            best = (score, incident.parent or incident.id)
    return best[1] if best else None
