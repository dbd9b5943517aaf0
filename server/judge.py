"""What assignment judges with: made once a process, and given to whoever decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from domain.assignment import Decision, assign
from domain.deciding.kinship import Kin, kin_of, may_report, outage_among
from domain.deciding.weighing import Weights
from domain.matters import Matter, undivided
from domain.ports import Reader
from domain.room import Alike, OpenIncident, Room, TurnFacts
from domain.sayings.several import AnswerForSeveral
from server.whereabouts import NothingKnown, StoresOf


@dataclass(frozen=True)
class Judge:
    """What assignment judges with: the reader, fitted weights, and what is known of systems."""

    reader: Reader
    weights: Weights
    same_system: Alike
    is_shared: Callable[[str | None], bool] = lambda system: False
    divide: Callable[[Sequence[str]], list[Matter]] = undivided
    # What a group's messages tell of its stores.
    stores_of: StoresOf = lambda *_: NothingKnown()
    kinship: Weights = field(default_factory=dict)
    # What the texts of a burst say for several reports that wait for their store.
    answer_for_several: Callable[[Sequence[str]], AnswerForSeveral] = lambda _: AnswerForSeveral()
    # A text without greetings, thanks and pleas.
    core: Callable[[str], str] = lambda text: text

    def kin(self, turn: TurnFacts, incidents: Sequence[OpenIncident], room: Room) -> Kin | None:
        """The outage that a turn is most likely another report of."""
        return kin_of(turn, incidents, room, self.kinship, self.same_system, self.is_shared)

    def outage(
        self,
        turn: TurnFacts,
        incidents: Sequence[OpenIncident],
        room: Room,
        kin: Kin | None = None,
    ) -> str | None:
        """The outage that a new incident is another report of; `kin` is what the decision among
        the same incidents has found."""
        kin, learnt = kin or self.kin(turn, incidents, room), bool(self.kinship)
        return outage_among(turn, incidents, kin, self.same_system, self.is_shared, learnt=learnt)

    def decide(self, turn: TurnFacts, incidents: Sequence[OpenIncident], room: Room) -> Decision:
        """Where a turn goes."""
        kin = self.kin(turn, incidents, room) if may_report(turn) else None
        decision = assign(turn, incidents, self.weights, self.same_system, room, kin)
        return replace(decision, kin=kin) if kin else decision
