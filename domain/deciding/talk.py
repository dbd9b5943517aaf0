"""What the talk itself tells of a place: who answers whom, which words only it has, what is over.

Pure; evidence by name, as in `domain/deciding/evidence.py`, that fitted weights add up.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from domain.gist import Act
from domain.room import OpenIncident, Remark
from domain.wording import decay, minutes_between, plain, words_of

if TYPE_CHECKING:
    from domain.deciding.evidence import Evidence, Scene

# Asked for of many remarks: to look an act up takes longer than to compare with it.
_FIXED, _ASKS, _ENDS = Act.FIXED, Act.STATUS_QUESTION, (Act.FIXED, Act.ACK)
# What the turn may do right after the last words about an incident.
_AFTER = {
    f"join:after_{act}": act for act in (Act.ANSWER, Act.ACK, Act.DETAIL, Act.CHATTER, Act.REPORT)
}
# An incident of which somebody spoke within this time is alive.
ALIVE_MINUTES = 60.0
_ROLE = re.compile(
    r"\b(?:soporte|support|sistemas?|ti|it|tic|mesa|mtto|mant|mantenimiento|tecnic\w*|"
    r"help ?desk|informatica|servicio|ing|inge)\b"
)


@lru_cache(maxsize=1024)
def names_a_role(name: str) -> float:
    """1 when a person's name says that helping is their work ('Moni Soporte')."""
    return float(bool(_ROLE.search(plain(name))))


def is_over(said: Sequence[Remark]) -> bool:
    """Whether one of the last words about an incident was that it is mended."""
    return any(remark.act == _FIXED for remark in said[-4:])


class Talk:
    """The lately said, counted once for all places of a turn."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        remarks = scene.room.remarks
        # Of the words that were said, those that the turn says as well.
        shared = [words_of(r.text) & scene.words for r in remarks]
        self.counts = Counter(chain.from_iterable(shared))
        # How telling each is: the fewer remarks have it, the more.
        many, total = len(remarks) + 1, math.log(len(remarks) + 2)
        self.rare = {w: math.log(many / (n + 0.5)) / total for w, n in self.counts.items()}
        self.of: dict[str, Counter[str]] = {}
        self.back: dict[str, int] = {}
        self.addressed_spoke: str | None = None
        for number, (remark, words) in enumerate(zip(remarks, shared, strict=True)):
            one = remark.incident_id
            if one is not None and one in scene.of:
                if words:
                    self.of.setdefault(one, Counter()).update(words)
                self.back[one] = len(remarks) - number
                if remark.person_id in scene.addressed:
                    self.addressed_spoke = one
        self.alive = {one for one, minutes in scene.since.items() if minutes <= ALIVE_MINUTES}
        self.lately = Counter(r.incident_id for r in remarks[-6:])
        self.quiet = self.lately[None] / max(len(remarks[-6:]), 1)
        self.told = {incident: self._told(words) for incident, words in self.of.items()}
        self.best = max(self.told.values(), default=0.0)
        # What the turn does, asked for at each place.
        acts = scene.gist.acts
        self.chatter, self.ack = acts.get(Act.CHATTER, 0.0), acts.get(Act.ACK, 0.0)
        self.report, self.broken = acts.get(Act.REPORT, 0.0), acts.get(Act.STILL_BROKEN, 0.0)
        self.answer, self.detail = acts.get(Act.ANSWER, 0.0), acts.get(Act.DETAIL, 0.0)
        self._acts: dict[tuple[bool, bool], Evidence] = {}
        self._unsaid: dict[tuple[bool, bool], Evidence] = {}

    def shared_with(self, incident: str) -> Collection[str]:
        """The telling words of the turn that were said about an incident before."""
        return self.of.get(incident, ())

    def _told(self, mine: Mapping[str, int]) -> float:
        """How much the words that only this incident has tie the turn to it."""
        return min(sum(self.rare[w] * count / self.counts[w] for w, count in mine.items()), 2.0)

    def of_join(
        self, found: Evidence, incident: OpenIncident, said: Sequence[Remark], *, own: bool
    ) -> Evidence:
        """What speaks for an open incident that somebody lately spoke of: of it alone, which is
        added, and of all that went on alike."""
        found.update(self._of_talk(incident, own=own))
        # Minutes since the last word of it.
        gap, over = minutes_between(self.scene.turn.at, said[-1].at), is_over(said)
        near = decay(gap, 10)
        self._of_said(found, incident, said[-1], gap, own=own)
        self._of_last(found, incident, said, gap, near, own=own, over=over)
        self._of_reply(found, said[-1], gap, near, own=own, over=over)
        return self._of_acts(over, own and incident.reporter_id == self.scene.turn.person_id)

    def of_unsaid(self, incident: OpenIncident) -> Evidence:
        """The same of one that nobody lately spoke of: such are all alike."""
        alive = incident.id in self.alive
        known = (alive, alive and len(self.alive) == 1)
        if known not in self._unsaid:
            self._unsaid[known] = self._of_talk(incident, own=False)
        return self._unsaid[known]

    def _of_talk(self, incident: OpenIncident, *, own: bool) -> Evidence:
        told = self.told.get(incident.id, 0.0)
        distance = math.log1p(self.back.get(incident.id, 80)) / 4
        alive = incident.id in self.alive
        return {
            "join:told": told,
            "join:told_best": float(told > 0 and told >= self.best),
            "join:told_own": told * own,
            "join:told_chatter": told * self.chatter,
            "join:distance": distance,
            "join:distance_chatter": distance * self.chatter,
            "join:distance_ack": distance * self.ack,
            "join:share": self.lately.get(incident.id, 0) / 6,
            "join:only_alive": float(alive and len(self.alive) == 1),
            "join:alive": float(alive),
            "join:spoke": float(self.addressed_spoke == incident.id),
        }

    def _of_said(
        self,
        found: Evidence,
        incident: OpenIncident,
        last: Remark,
        gap: float,
        *,
        own: bool,
    ) -> None:
        """How lately the writer spoke of it, or the chat; and whether anybody answered."""
        scene, turn = self.scene, self.scene.turn
        if (mine := scene.own_of.get(incident.id)) is not None:
            own_minutes = minutes_between(turn.at, mine.at)
            found["join:own_1"] = decay(own_minutes, 1)
            found["join:own_10"] = near = decay(own_minutes, 10)
            found["join:own_120"] = decay(own_minutes, 120)
            if mine is scene.own_spoken:
                found["join:own_newest"] = 1.0
                found["join:own_newest_10"] = near
        if last is scene.last_spoken:
            found["join:newest"] = 1.0
            found["join:newest_2"] = decay(gap, 2)
        if last is scene.last:
            found["join:right_after"] = decay(gap, 3)
        if not own and incident.id in scene.unanswered:
            near = decay(scene.since[incident.id], 10)
            found["join:unanswered"] = near
            found["join:unanswered_question"] = scene.gist.signs.get("question", 0.0) * near
            found["join:unanswered_newest"] = float(scene.newest_unanswered == incident.id)
            found["join:unanswered_helper"] = scene.helper * near

    def _of_last(
        self,
        found: Evidence,
        incident: OpenIncident,
        said: Sequence[Remark],
        gap: float,
        near: float,
        *,
        own: bool,
        over: bool,
    ) -> None:
        scene, turn, last = self.scene, self.scene.turn, said[-1]
        if last.person_id != turn.person_id:
            asks = "?" in last.text
            found["join:asked_own" if own else "join:asked_other"] = asks * near
            found["join:other_spoke"] = decay(gap, 5)
            if own:
                found["join:other_spoke_own"] = near
        else:
            found["join:self_spoke"] = decay(gap, 5)
        if last.act in _ENDS or (over and is_over(said[-3:])):
            found["join:over"] = 1.0
            found["join:over_ack"] = self.ack
            if not over:  # else the talk says so
                found["join:over_report"] = self.report
            found["join:over_broken"] = self.broken
        if incident.id in scene.own_of and any(r.person_id == turn.person_id for r in said[-2:]):
            found["join:in_talk"] = near
        if shared := len(self.shared_with(incident.id)):
            found["join:words"] = shared / math.sqrt(len(scene.words))
            found["join:words_any"] = 1.0

    def _of_reply(
        self,
        found: Evidence,
        last: Remark,
        gap: float,
        near: float,
        *,
        own: bool,
        over: bool,
    ) -> None:
        """What the turn does after the last words about the incident."""
        scene = self.scene
        if last.person_id != scene.turn.person_id:
            asks = float("?" in last.text or last.act == _ASKS)
            found["join:reply_answer"] = asks * self.answer * near
            found["join:reply_ack"] = self.ack * near * own
            found["join:reply_detail"] = self.detail * near
            found["join:reply_chatter"] = self.chatter * near
            found["join:reply_role"] = scene.role * near
            if own and scene.role:
                found["join:reply_role_own"] = near
        found["join:over_late"] = over * math.log1p(gap) / 8
        if last is scene.last:
            close = decay(gap, 3)
            for name, act in _AFTER.items():
                found[name] = close * scene.gist.acts.get(act, 0.0)

    def _of_acts(self, over: bool, own: bool) -> Evidence:
        """What the turn does, among incidents that are over or not, the writer's own or not."""
        known = (over, own)
        if known not in self._acts:
            acts, state = self.scene.gist.acts, "over" if over else "open"
            found: Evidence = {"join:is_over" if over else "join:still_open": 1.0}
            for act in (Act.FIXED, Act.STATUS_QUESTION, Act.CHATTER, Act.STILL_BROKEN, Act.REPORT):
                found[f"join:{state}_{act}"] = acts.get(act, 0.0)
                if own:
                    found[f"join:{state}_own_{act}"] = acts.get(act, 0.0)
            self._acts[known] = found
        return self._acts[known]

    def of_new(self) -> Evidence:
        """What speaks for the start of an incident."""
        report = self.scene.gist.acts.get(Act.REPORT, 0.0)
        return {
            "new:told": self.best,
            "new:told_report": self.best * report,
            "new:role": self.scene.role,
            "new:report_role": self.scene.role * report,
            "new:alive": min(len(self.alive), 4) / 4,
            "new:quiet": self.quiet,
            "new:quiet_report": self.quiet * report,
        }

    def of_none(self) -> Evidence:
        """What speaks for chatter."""
        chatter = self.scene.gist.acts.get(Act.CHATTER, 0.0)
        return {
            "none:quiet": self.quiet,
            "none:quiet_chatter": self.quiet * chatter,
            "none:alive": min(len(self.alive), 4) / 4,
            "none:told": self.best,
            "none:role": self.scene.role,
        }
