"""What speaks for each place a turn may belong to, as named numbers that fitted weights add up.

Pure: facts in, evidence out. A place is an open incident, a new one, or none at all. Names read
'place:sign', and what is said of people's words comes from the gist. The evidence of an open
incident comes in parts, no name in two of them: what many incidents have in common is one and the
same part, so that hundreds of them are weighed in milliseconds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from domain.deciding import echo
from domain.deciding.talk import Talk, names_a_role
from domain.deciding.ties import Ties
from domain.gist import Act
from domain.likeness import agree, same
from domain.room import Alike, OpenIncident, Remark, Room, TurnFacts
from domain.wording import addressed, decay, minutes_between, names_place, words_of

Evidence = dict[str, float]
# Parts that a place may share with others, then its own, which is the last word.
Parts = tuple[Evidence, ...]

# What an act is called where it speaks for an incident, for the writer's own, for a new one.
_NAMES = {act: (f"join:{act}", f"join:own_{act}", f"new:{act}") for act in Act}
_OTHER_HOME = {
    f"join:other_home_{act}": act
    for act in (Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN, Act.FIXED)
}

_SIGNS = (
    "question",
    "laugh",
    "thanks",
    "ack",
    "greeting",
    "still",
    "fixed",
    "status",
    "also",
    "tried",
    "fault",
    "help",
    "trade",
    "staffing",
    "notice",
    "orders",
    "urgent",
    "digits_only",
    "one_word",
    "few_words",
    "here",
    "now",
)


class Scene:
    """A turn among the open incidents of its chat, looked at once for all places."""

    def __init__(
        self, turn: TurnFacts, incidents: Sequence[OpenIncident], room: Room, same_system: Alike
    ) -> None:
        self.turn, self.incidents, self.room = turn, incidents, room
        self.same_system = same_system
        self.gist = turn.gist
        others = {p: n for p, n in room.names.items() if p != turn.person_id}
        self.addressed = addressed(turn.gist.text, others) | turn.mentioned
        self.words = words_of(turn.gist.text)
        # Minutes since each was last spoken of.
        self.since = {i.id: minutes_between(turn.at, i.last_at) for i in incidents}
        # What was said of each of which anything was said, and what of it the writer said last.
        self.of: dict[str, list[Remark]] = {}
        self.own_of: dict[str, Remark] = {}
        # What the writer last said; of any.
        self.last = room.remarks[-1] if room.remarks else None
        self.last_spoken: Remark | None = None
        self.own_last: Remark | None = None
        self.own_spoken: Remark | None = None
        for remark in room.remarks:
            self._look_back_on(remark)
        mine = [i for i in incidents if turn.person_id in i.participants]
        self.mine = {i.id for i in mine}
        reported = [i for i in incidents if i.reporter_id == turn.person_id]
        # Somebody who takes part in what others report, and reports nothing: they help.
        self.helper = (
            1.0 if turn.from_support else min(max(len(mine) - 2 * len(reported), 0), 3) / 3
        )
        self.role = max(names_a_role(room.names.get(turn.person_id, "")), float(turn.from_support))
        self.newest_of_addressed = self._newest_of_addressed()
        # Which of the systems that are spoken of is the turn's own.
        self.alike = {s: same_system(turn.gist.system, s) for s in {i.system for i in incidents}}
        self.systems_match = any(self.alike.values())
        self.waiting = self._waiting()
        # What was reported, and nobody else has said a word to it yet.
        self.unanswered = {
            i.id: i.opened_at or i.last_at
            for i in incidents
            if i.id in self.of and all(r.person_id == i.reporter_id for r in self.of[i.id])
        }
        self.newest_unanswered = max(self.unanswered, key=self.unanswered.__getitem__, default=None)
        self.heads = {i.parent for i in incidents if i.parent}
        self.echo = echo.echo_of(self)
        # The stores of open incidents that the words name, however they do.
        stores = {i.store for i in incidents if i.store}
        self.stores = {store for store in stores if names_place(turn.gist.text, store)}
        self.talk = Talk(self)
        self.ties = Ties(turn.gist.seeks, turn.person_id) if turn.gist.seeks is not None else None
        self._any: dict[bool, Evidence] = {}
        self._places: dict[str | None, tuple[bool | None, ...]] = {}
        self._facts: dict[tuple[bool | None, ...], Evidence] = {}

    def _look_back_on(self, remark: Remark) -> None:
        own, one = remark.person_id == self.turn.person_id, remark.incident_id
        if own:
            self.own_last = remark
        if one is not None and one in self.since:
            self.of.setdefault(one, []).append(remark)
            self.last_spoken = remark
            if own:
                self.own_spoken = self.own_of[one] = remark

    def _newest_of_addressed(self) -> str | None:
        theirs = [i for i in self.incidents if i.participants & self.addressed]
        reporters = [i for i in theirs if i.reporter_id in self.addressed]
        best = max(reporters or theirs, key=lambda i: i.last_at, default=None)
        return best.id if best else None

    def _waiting(self) -> str | None:
        """The incident in which somebody last asked or told the writer something."""
        names = {self.turn.person_id: self.room.names.get(self.turn.person_id, "")}
        for remark in reversed(self.room.remarks[-25:]):
            if remark.person_id == self.turn.person_id:
                if remark.incident_id is not None:
                    return None
                continue
            if remark.incident_id in self.of and addressed(remark.text, names):
                return remark.incident_id
        return None

    def of_join(self, incident: OpenIncident) -> Parts:
        """What speaks for and against an open incident."""
        own, said = incident.id in self.mine, self.said(incident)
        facts = self._of_facts(incident, own=own)
        one = self._of_one(incident, own=own)
        if self.ties is not None:
            self.ties.of_join(one, incident, said)
        if not said:
            return facts, self.talk.of_unsaid(incident), one
        return facts, self.talk.of_join(one, incident, said, own=own), one

    def said(self, incident: OpenIncident) -> Sequence[Remark]:
        """What was lately said of an open incident."""
        return self.of.get(incident.id, ())

    def _of_any(self, own: bool) -> Evidence:
        """What is so of every open incident, that the writer takes part in or not."""
        if own in self._any:
            return self._any[own]
        turn, gist = self.turn, self.gist
        found: Evidence = {
            "join:bias": 1.0,
            "join:own": float(own),
            "join:helper": self.helper,
            "join:helper_new_to_it": self.helper * (not own),
            "join:quiet_chatter": self.talk.quiet * gist.acts.get(Act.CHATTER, 0.0),
            "join:role": self.role,
        }
        if len(self.mine) == 1 and own:
            found["join:own_only"] = 1.0
        self._of_chatter(found, own=own)
        for act, (name, of_own, _) in _NAMES.items():
            found[name] = share = gist.acts.get(act, 0.0)
            if own:
                found[of_own] = share
        for sign in _SIGNS:
            if gist.signs.get(sign):
                found[f"join:is_{sign}"] = gist.signs[sign]
        found["join:incident"] = gist.incident
        if turn.has_media:
            found["join:media_own"] = float(own)
            found["join:media_other"] = float(not own)
        self._any[own] = found
        return found

    def _of_one(self, incident: OpenIncident, *, own: bool) -> Evidence:
        """What is so of this incident alone, whether or not anything was lately said of it."""
        minutes = self.since[incident.id]
        found: Evidence = {
            "join:log_minutes": math.log1p(minutes) / 8,
            "join:last_5": decay(minutes, 5),
            "join:last_60": decay(minutes, 60),
            "join:reporter": float(incident.reporter_id == self.turn.person_id),
        }
        # Seldom is there any of these, and there may be hundreds of incidents.
        if self.heads:
            self._of_outage(found, incident, own=own)
        if self.addressed or self.waiting is not None:
            self._of_names(found, incident, own=own)
        if self.echo is not None:
            found.update(echo.of_join(self.echo, incident))
        return found

    def _of_outage(self, found: Evidence, incident: OpenIncident, *, own: bool) -> None:
        """What others say of an outage is about its head, what a store says about its own."""
        if incident.id in self.heads:
            found["join:head"] = float(not own)
            found["join:head_helper"] = self.helper
            found["join:head_named_nobody"] = float(not self.addressed) * (not own)
        if incident.parent is not None:
            found["join:child"] = float(not own)
            found["join:child_own"] = float(own)
            found["join:child_helper"] = self.helper

    def _of_chatter(self, found: Evidence, *, own: bool) -> None:
        """Whether the chat, or the writer, was lately busy with something else."""
        turn = self.turn
        if self.last is not None:
            gap = minutes_between(turn.at, self.last.at)
            found["join:after_chatter"] = (self.last.incident_id is None) * decay(gap, 3)
            lately = self.room.remarks[-4:]
            found["join:chatter_lately"] = sum(r.incident_id is None for r in lately) / 4
        if self.own_last is not None and self.own_last.incident_id is None:
            gap = minutes_between(turn.at, self.own_last.at)
            found["join:own_chatter"] = decay(gap, 5)
            found["join:own_was_chatter"] = float(own)
        chatter = self.gist.acts.get(Act.CHATTER, 0.0)
        if self.last_spoken is not None:
            gap = minutes_between(turn.at, self.last_spoken.at)
            found["join:since_spoken"] = math.log1p(gap) / 8
            found["join:chatter_late"] = chatter * math.log1p(gap) / 4

    def _of_names(self, found: Evidence, incident: OpenIncident, *, own: bool) -> None:
        if self.addressed:
            if incident.participants & self.addressed:
                found["join:names_participant"] = 1.0
                if incident.reporter_id in self.addressed:
                    found["join:names_reporter"] = 1.0
                if self.newest_of_addressed == incident.id:
                    found["join:names_newest"] = 1.0
                if own:
                    found["join:names_own"] = 1.0
            elif self.newest_of_addressed is not None:
                found["join:names_others"] = 1.0
            else:
                found["join:names_stranger"] = 1.0
        if self.waiting == incident.id:
            found["join:was_named"] = 1.0
        elif self.waiting is not None:
            found["join:was_named_elsewhere"] = 1.0

    def _of_facts(self, incident: OpenIncident, *, own: bool) -> Evidence:
        """What is so of every open incident, and whether it has the thing, the store and the error
        of the turn. Incidents alike in that share what is returned: nobody adds to it."""
        gist, turn = self.gist, self.turn
        alike = self.alike[incident.system] if gist.system and incident.system else None
        store = self._places.get(incident.store)
        if store is None:
            named = incident.store in self.stores if self.stores and incident.store else None
            store = self._places[incident.store] = (
                agree(gist.said_store, incident.store),
                agree(turn.home_store, incident.store),
                named,
            )
        error = agree(gist.error, incident.error) if gist.error else None
        known = (alike, *store, error, own)
        if known in self._facts:
            return self._facts[known]
        found = dict(self._of_any(own))
        said, home, named = store
        if alike is not None:
            found["join:same_system" if alike else "join:other_system"] = 1.0
            fault = gist.signs.get("fault", 0.0)
            found["join:fault_same" if alike else "join:fault_other"] = fault
        if said is not None:
            if not said and not own:
                found["join:stranger_other_store"] = 1.0
            found["join:said_store" if said else "join:said_other_store"] = 1.0
        if home is not None:
            found["join:home" if home else "join:other_home"] = 1.0
            if not own:
                also = max(gist.signs.get("also", 0.0), gist.acts.get(Act.SAME_PROBLEM, 0.0))
                found["join:also_home" if home else "join:also_other_home"] = also
                if home and alike:
                    found["join:home_same_system"] = 1.0
            if not home and not own:
                for name, act in _OTHER_HOME.items():
                    found[name] = gist.acts.get(act, 0.0)
        if named is not None:
            found["join:named_store" if named else "join:named_other_store"] = 1.0
        if error is not None:
            found["join:same_error" if error else "join:other_error"] = 1.0
        self._facts[known] = found
        return found

    def _also_elsewhere(self) -> float:
        """Whether somebody says 'here too' from a store that has nothing open."""
        gist, turn = self.gist, self.turn
        store = gist.said_store or turn.home_store
        newest = max(self.incidents, key=lambda i: i.opened_at or i.last_at, default=None)
        if newest is None or not store or same(store, newest.store) or not self._is_fresh(newest):
            return 0.0
        mine = [i for i in self.incidents if i.id in self.mine and self._is_fresh(i)]
        heads = {i.parent or i.id for i in mine}
        if newest.id in self.mine or (newest.parent or newest.id) in heads:
            return 0.0
        return max(gist.signs.get("also", 0.0), gist.acts.get(Act.SAME_PROBLEM, 0.0))

    def _is_fresh(self, incident: OpenIncident) -> bool:
        return minutes_between(self.turn.at, incident.opened_at or incident.last_at) < 60

    def of_new(self) -> Evidence:
        """What speaks for the start of an incident."""
        gist, turn = self.gist, self.turn
        chance = min(max(gist.incident, 0.01), 0.99)
        found: Evidence = {
            "new:bias": 1.0,
            "new:incident": math.log(chance / (1 - chance)),
            "new:also_elsewhere": self._also_elsewhere(),
            "new:system": float(gist.system is not None),
            "new:fresh_system": float(gist.system is not None and not self.systems_match),
            "new:error": float(gist.error is not None),
            "new:problem": float(gist.problem is not None),
            "new:said_store": float(gist.said_store is not None),
            "new:helper": self.helper,
            "new:media": float(turn.has_media),
            "new:names": float(bool(self.addressed)),
            "new:was_named": float(self.waiting is not None),
            "new:quotes": float(turn.quotes_something),
        }
        recent = [i for i in self.incidents if i.id in self.mine and self.since[i.id] < 30]
        found["new:mine"] = float(bool(recent))
        found["new:report_mine"] = gist.acts.get(Act.REPORT, 0.0) * bool(recent)
        found["new:fault_system"] = gist.signs.get("fault_and_system", 0.0)
        for act, (*_, name) in _NAMES.items():
            found[name] = gist.acts.get(act, 0.0)
        for sign in _SIGNS:
            if gist.signs.get(sign):
                found[f"new:is_{sign}"] = gist.signs[sign]
        found["new:named_store"] = float(bool(self.stores))
        found.update(echo.of_new(self.echo))
        found.update(self.talk.of_new())
        if self.ties is not None:
            found.update(self.ties.of_new())
        return found


def of_none(scene: Scene) -> Evidence:
    """What speaks for chatter: that nobody is called by name, and what the words do."""
    gist = scene.gist
    found: Evidence = {
        "none:bias": 1.0,
        "none:to_nobody": float(not scene.addressed),
        "none:quotes": float(scene.turn.quotes_something),
        "none:echo": float(scene.echo is not None),
        "none:named_store": float(bool(scene.stores)),
    }
    for act in (Act.ACK, Act.CHATTER):
        found[f"none:{act}"] = gist.acts.get(act, 0.0)
    found.update(scene.talk.of_none())
    if scene.ties is not None:
        found.update(scene.ties.of_none(scene.room.remarks))
    return found
