"""What the talk itself tells of a place: who answers whom, which words only it has, what is over.

Pure; evidence by name, as in `domain/evidence.py`, that fitted weights add up.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from domain.gist import Act
from domain.room import OpenIncident, Remark
from domain.wording import decay, minutes_between, plain, words_of

if TYPE_CHECKING:
    from domain.evidence import Evidence, Scene

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


class Talk:
    """The lately said, counted once for all places of a turn."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        remarks = scene.room.remarks
        self.known = [words_of(r.text) for r in remarks]
        self.counts: Counter[str] = Counter()
        for words in self.known:
            self.counts.update(words)
        self.total = math.log(len(remarks) + 2)
        self.rare = {w: self._rarity(w) for w in scene.words if self.counts[w]}
        self.of: dict[str, Counter[str]] = {}
        self.back: dict[str, int] = {}
        ours: dict[str, int] = {}
        for number, (remark, words) in enumerate(zip(remarks, self.known, strict=True)):
            if remark.incident_id in scene.of:
                one = str(remark.incident_id)
                self.of.setdefault(one, Counter()).update(words & self.rare.keys())
                self.back[one] = len(remarks) - number
                if remark.person_id in scene.addressed:
                    ours[remark.person_id] = number
        newest = max(ours.values(), default=None)
        self.addressed_spoke = remarks[newest].incident_id if newest is not None else None
        turn = scene.turn
        self.alive = [
            i.id for i in scene.incidents if minutes_between(turn.at, i.last_at) <= ALIVE_MINUTES
        ]
        lately = remarks[-6:]
        self.lately = [r.incident_id for r in lately]
        self.quiet = sum(one is None for one in self.lately) / max(len(lately), 1)
        self.told = {i.id: self._told(i.id) for i in scene.incidents}
        self.best = max(self.told.values(), default=0.0)

    def _rarity(self, word: str) -> float:
        return math.log((len(self.known) + 1) / (self.counts[word] + 0.5)) / self.total

    def _told(self, incident: str) -> float:
        """How much the words that only this incident has tie the turn to it."""
        mine = self.of.get(incident)
        if not mine:
            return 0.0
        parts = (self.rare[w] * count / self.counts[w] for w, count in mine.items() if count)
        return min(sum(parts), 2.0)

    def of_join(self, incident: OpenIncident, said: Sequence[Remark], *, own: bool) -> Evidence:
        """What speaks for an open incident."""
        scene, acts = self.scene, self.scene.gist.acts
        chatter, ack = acts.get(Act.CHATTER, 0.0), acts.get(Act.ACK, 0.0)
        told = self.told[incident.id]
        distance = math.log1p(self.back.get(incident.id, 80)) / 4
        found: Evidence = {
            "join:told": told,
            "join:told_best": float(told > 0 and told >= self.best),
            "join:told_own": told * own,
            "join:told_chatter": told * chatter,
            "join:distance": distance,
            "join:distance_chatter": distance * chatter,
            "join:distance_ack": distance * ack,
            "join:share": sum(one == incident.id for one in self.lately) / 6,
            "join:only_alive": float(self.alive == [incident.id]),
            "join:quiet_chatter": self.quiet * chatter,
            "join:alive": float(incident.id in self.alive),
            "join:role": scene.role,
            "join:spoke": float(self.addressed_spoke == incident.id),
        }
        if said:
            self._of_reply(found, incident, said, own=own)
        return found

    def _of_reply(
        self, found: Evidence, incident: OpenIncident, said: Sequence[Remark], *, own: bool
    ) -> None:
        """What the turn does after the last words about the incident."""
        scene, acts, turn = self.scene, self.scene.gist.acts, self.scene.turn
        last = said[-1]
        minutes = minutes_between(turn.at, last.at)
        near = decay(minutes, 10)
        over = any(r.act == Act.FIXED for r in said[-4:])
        if last.person_id != turn.person_id:
            asks = float("?" in last.text or last.act == Act.STATUS_QUESTION)
            found["join:reply_answer"] = asks * acts.get(Act.ANSWER, 0.0) * near
            found["join:reply_ack"] = acts.get(Act.ACK, 0.0) * near * own
            found["join:reply_detail"] = acts.get(Act.DETAIL, 0.0) * near
            found["join:reply_chatter"] = acts.get(Act.CHATTER, 0.0) * near
            found["join:reply_role"] = scene.role * near
            if own and scene.role:
                found["join:reply_role_own"] = near
        found["join:still_open" if not over else "join:is_over"] = 1.0
        for act in (Act.FIXED, Act.STATUS_QUESTION, Act.CHATTER, Act.STILL_BROKEN, Act.REPORT):
            share = acts.get(act, 0.0)
            found[f"join:{'over' if over else 'open'}_{act.value}"] = share
            if own and incident.reporter_id == turn.person_id:
                found[f"join:{'over' if over else 'open'}_own_{act.value}"] = share
        found["join:over_late"] = over * math.log1p(minutes) / 8
        if scene.last is not None and scene.last.incident_id == incident.id:
            gap = decay(minutes_between(turn.at, scene.last.at), 3)
            for act in (Act.ANSWER, Act.ACK, Act.DETAIL, Act.CHATTER, Act.REPORT):
                found[f"join:after_{act.value}"] = gap * acts.get(act, 0.0)

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
