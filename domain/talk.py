"""What the talk itself tells of a place: who answers whom, which words only it has, what is over.

Pure; evidence by name, as in `domain/evidence.py`, that fitted weights add up.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from functools import lru_cache
from itertools import chain
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


def is_over(said: Sequence[Remark]) -> bool:
    """Whether one of the last words about an incident was that it is mended."""
    return any(remark.act == Act.FIXED for remark in said[-4:])


class Talk:
    """The lately said, counted once for all places of a turn."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        remarks = scene.room.remarks
        self.known = [words_of(r.text) for r in remarks]
        self.counts = Counter(chain.from_iterable(self.known))
        self.total = math.log(len(remarks) + 2)
        self.rare = {w: self._rarity(w) for w in scene.words if w in self.counts}
        self.of: dict[str, Counter[str]] = {}
        self.back: dict[str, int] = {}
        self._words: dict[str, set[str]] = {}
        ours: dict[str, int] = {}
        for number, (remark, words) in enumerate(zip(remarks, self.known, strict=True)):
            if remark.incident_id in scene.of:
                one = str(remark.incident_id)
                self._words.setdefault(one, set()).update(words)
                if shared := words & self.rare.keys():
                    self.of.setdefault(one, Counter()).update(shared)
                self.back[one] = len(remarks) - number
                if remark.person_id in scene.addressed:
                    ours[remark.person_id] = number
        newest = max(ours.values(), default=None)
        self.addressed_spoke = remarks[newest].incident_id if newest is not None else None
        self.alive = {i.id for i in scene.incidents if scene.since[i.id] <= ALIVE_MINUTES}
        lately = remarks[-6:]
        self.lately = [r.incident_id for r in lately]
        self.quiet = sum(one is None for one in self.lately) / max(len(lately), 1)
        self.told = {incident: self._told(words) for incident, words in self.of.items()}
        self.best = max(self.told.values(), default=0.0)
        self._acts: dict[tuple[bool, bool], Evidence] = {}
        self._unsaid: dict[tuple[bool, bool], Evidence] = {}

    def words_of(self, incident: str) -> Set[str]:
        """The telling words of all that was said about an incident."""
        return self._words.get(incident, frozenset())

    def _rarity(self, word: str) -> float:
        return math.log((len(self.known) + 1) / (self.counts[word] + 0.5)) / self.total

    def _told(self, mine: Mapping[str, int]) -> float:
        """How much the words that only this incident has tie the turn to it."""
        return min(sum(self.rare[w] * count / self.counts[w] for w, count in mine.items()), 2.0)

    def of_join(
        self, incident: OpenIncident, said: Sequence[Remark], *, own: bool
    ) -> tuple[Evidence, Evidence]:
        """What speaks for an open incident that somebody lately spoke of: what is so of it alone,
        and of all that went on alike."""
        found = self._of_talk(incident, own=own)
        over = is_over(said)
        self._of_reply(found, incident, said, own=own, over=over)
        return found, self._of_acts(over, own and incident.reporter_id == self.scene.turn.person_id)

    def of_unsaid(self, incident: OpenIncident) -> Evidence:
        """The same of one that nobody lately spoke of: such are all alike."""
        alive = incident.id in self.alive
        known = (alive, alive and len(self.alive) == 1)
        if known not in self._unsaid:
            self._unsaid[known] = self._of_talk(incident, own=False)
        return self._unsaid[known]

    def _of_talk(self, incident: OpenIncident, *, own: bool) -> Evidence:
        acts = self.scene.gist.acts
        chatter, ack = acts.get(Act.CHATTER, 0.0), acts.get(Act.ACK, 0.0)
        told = self.told.get(incident.id, 0.0)
        distance = math.log1p(self.back.get(incident.id, 80)) / 4
        alive = incident.id in self.alive
        return {
            "join:told": told,
            "join:told_best": float(told > 0 and told >= self.best),
            "join:told_own": told * own,
            "join:told_chatter": told * chatter,
            "join:distance": distance,
            "join:distance_chatter": distance * chatter,
            "join:distance_ack": distance * ack,
            "join:share": sum(one == incident.id for one in self.lately) / 6,
            "join:only_alive": float(alive and len(self.alive) == 1),
            "join:alive": float(alive),
            "join:spoke": float(self.addressed_spoke == incident.id),
        }

    def _of_reply(
        self,
        found: Evidence,
        incident: OpenIncident,
        said: Sequence[Remark],
        *,
        own: bool,
        over: bool,
    ) -> None:
        """What the turn does after the last words about the incident."""
        scene, acts, turn = self.scene, self.scene.gist.acts, self.scene.turn
        last = said[-1]
        minutes = minutes_between(turn.at, last.at)
        near = decay(minutes, 10)
        if last.person_id != turn.person_id:
            asks = float("?" in last.text or last.act == Act.STATUS_QUESTION)
            found["join:reply_answer"] = asks * acts.get(Act.ANSWER, 0.0) * near
            found["join:reply_ack"] = acts.get(Act.ACK, 0.0) * near * own
            found["join:reply_detail"] = acts.get(Act.DETAIL, 0.0) * near
            found["join:reply_chatter"] = acts.get(Act.CHATTER, 0.0) * near
            found["join:reply_role"] = scene.role * near
            if own and scene.role:
                found["join:reply_role_own"] = near
        found["join:over_late"] = over * math.log1p(minutes) / 8
        if scene.last is not None and scene.last.incident_id == incident.id:
            gap = decay(minutes_between(turn.at, scene.last.at), 3)
            for act in (Act.ANSWER, Act.ACK, Act.DETAIL, Act.CHATTER, Act.REPORT):
                found[f"join:after_{act}"] = gap * acts.get(act, 0.0)

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
