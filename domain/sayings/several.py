"""What one answer says for several reports of its writer that wait for their store. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.room import Alike


@dataclass(frozen=True)
class StoreTold:
    """A store that an answer says, and of which things; none are named where it is said of
    whatever comes in order. `text` is the piece of the answer, of the message at `place`."""

    store: str
    text: str
    systems: tuple[str, ...] = ()
    place: int = 0


@dataclass(frozen=True)
class AnswerForSeveral:
    """The stores that an answer says in order; `of_all` says that the only one counts for all, of
    whom there are so `many`, where it says how many."""

    told: tuple[StoreTold, ...] = ()
    of_all: bool = False
    many: int | None = None

    @property
    def names_which(self) -> bool:
        """Whether it says of which reports it speaks, so that a colleague may say it of others'."""
        return self.of_all or (len(self.told) > 1 and all(one.systems for one in self.told))


@dataclass(frozen=True)
class Waiting:
    """A report that waits for its store, and the thing that it is about."""

    id: str
    system: str | None = None


@dataclass(frozen=True)
class Answered:
    """What one report hears of an answer; `apart` where others are not meant."""

    id: str
    told: StoreTold
    apart: bool = field(default=True, compare=False)


def share_out(
    answer: AnswerForSeveral, waiting: Sequence[Waiting], same_system: Alike
) -> list[Answered]:
    """Who hears what of an answer; `waiting` in the order in which they were told. Nobody, where
    it is not plain whom each store is said for: then it is an answer like any other."""
    if len(waiting) < 2 or not answer.told:
        return []
    if answer.of_all:
        return [Answered(one.id, answer.told[0], apart=False) for one in waiting]
    if not any(told.systems for told in answer.told):
        in_order = len(answer.told) == len(waiting)
        pairs = zip(waiting, answer.told, strict=True) if in_order else ()
        return [Answered(one.id, told) for one, told in pairs]
    left, found = list(waiting), []
    for told in answer.told:
        for system in told.systems:
            meant = [one for one in left if same_system(system, one.system)]
            if len(meant) != 1:
                return []
            left.remove(meant[0])
            found.append(Answered(meant[0].id, told))
    unnamed = [told for told in answer.told if not told.systems]
    if len(unnamed) > 1 or (unnamed and len(left) != 1):
        return []
    # 'La balanza de la 4 y el otro de la 5'.
    return found + [Answered(left[0].id, told) for told in unnamed]
