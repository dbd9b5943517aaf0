"""The fitted ties: what a text's meaning seeks in what was said before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from domain.deciding.sense import Seeks, Sense
from tools.models.local.lexicon import DATA

Row = NDArray[np.float32]
TIES = DATA / "ties.npz"
PARTS = ("first", "said", "reply", "on")


@dataclass(frozen=True)
class Ties:
    """A basis of meanings, their middle, a matrix for each thing that is sought in it, and what
    speaks for small talk and for a beginning."""

    middle: Row
    basis: Row
    matrices: Row
    nothing: Row
    new: Row

    def sense_of(self, meaning: Row) -> Row:
        """A meaning in the few numbers of the basis."""
        return np.asarray((meaning - self.middle) @ self.basis)

    def of(self, meaning: Row) -> tuple[Sense, Seeks]:
        """The sense of a text of this meaning, and what it seeks."""
        sense = self.sense_of(meaning)
        first, said, reply, on = sense @ self.matrices
        wide = self.basis @ first
        return tuple(sense.tolist()), Seeks(
            first=tuple(wide.tolist()),
            offset=-float(wide @ self.middle),
            said=tuple(said.tolist()),
            reply=tuple(reply.tolist()),
            on=tuple(on.tolist()),
            nothing=float(self.nothing @ sense),
            new=float(self.new @ sense),
        )


def save_ties(ties: Ties) -> None:
    """Write the ties that ship with the package, at half precision."""
    halves = {name: getattr(ties, name).astype(np.float16) for name in Ties.__annotations__}
    np.savez_compressed(TIES, allow_pickle=False, **halves)


@lru_cache(maxsize=1)
def load_ties() -> Ties:
    """The ties that ship with the package."""
    with np.load(TIES, allow_pickle=False) as stored:
        return Ties(**{name: stored[name].astype(np.float32) for name in Ties.__annotations__})
