"""A conditional logit over places: weights under which the labelled one has the largest share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from domain.deciding.evidence import Evidence

# What is rare in labelled chats and certain by the meaning of the words: the fit starts here.
PRIOR = {
    "new:incident": 1.0,
    "new:also_elsewhere": 3.0,
    "join:said_store": 1.0,
    "join:said_other_store": -1.5,
    "join:stranger_other_store": -2.5,
    "join:other_system": -1.0,
    "join:fault_other": -1.0,
    "join:same_error": 1.5,
    "join:also_home": 1.0,
    "join:also_other_home": -1.5,
    "join:home_same_system": 1.0,
    "join:was_named": 1.0,
    "join:names_newest": 1.0,
    "join:names_others": -1.0,
}
# The pull towards where the fit starts.
STRENGTH = 2.0


@dataclass(frozen=True)
class Choice:
    """One turn: the evidence of each place, the labelled one, and how many messages it has."""

    evidence: tuple[Evidence, ...]
    right: int
    weight: float
    chat: str
    text: str = ""


@dataclass(frozen=True)
class Table:
    """Choices as one matrix: a row a place, the rows of a choice next to each other."""

    rows: NDArray[np.float64]
    starts: NDArray[np.int64]
    right: NDArray[np.int64]
    weight: NDArray[np.float64]

    def loss(
        self, weights: NDArray[np.float64], strength: float, prior: NDArray[np.float64]
    ) -> tuple[float, NDArray[np.float64]]:
        """Minus the log share of the labelled places, with its gradient."""
        scores = self.rows @ weights
        owner = np.repeat(np.arange(len(self.starts)), np.diff([*self.starts, len(scores)]))
        top = np.maximum.reduceat(scores, self.starts)
        grown = np.exp(scores - top[owner])
        total = np.add.reduceat(grown, self.starts)
        shares = grown / total[owner]
        logs = np.log(np.maximum(shares[self.right], 1e-12))
        value = -float(self.weight @ logs) + 0.5 * strength * float(
            (weights - prior) @ (weights - prior)
        )
        pull = shares * self.weight[owner]
        pull[self.right] -= self.weight
        return value, self.rows.T @ pull + strength * (weights - prior)

    def hits(self, weights: NDArray[np.float64]) -> float:
        """The share of choices that these weights decide as labelled."""
        scores = self.rows @ weights
        ends = [*self.starts[1:], len(scores)]
        best = [
            start + int(scores[start:end].argmax())
            for start, end in zip(self.starts, ends, strict=True)
        ]
        return float((np.asarray(best) == self.right).mean())


def tabulate(choices: Sequence[Choice], names: Sequence[str]) -> Table:
    """The choices as numbers; evidence without a name is left out."""
    column = {name: n for n, name in enumerate(names)}
    rows = np.zeros((sum(len(c.evidence) for c in choices), len(names)))
    starts, right, at = [], [], 0
    for choice in choices:
        starts.append(at)
        right.append(at + choice.right)
        for evidence in choice.evidence:
            for name, value in evidence.items():
                if name in column:
                    rows[at, column[name]] = value
            at += 1
    weight = np.asarray([c.weight for c in choices])
    return Table(rows, np.asarray(starts), np.asarray(right), weight)


def names_of(choices: Sequence[Choice]) -> list[str]:
    """The evidence there is to weigh."""
    return sorted(
        {name for c in choices for evidence in c.evidence for name in evidence} | PRIOR.keys()
    )


def fit(choices: Sequence[Choice], names: Sequence[str], strength: float) -> NDArray[np.float64]:
    """The weights with the least loss under a pull towards zero of this strength."""
    table = tabulate(choices, names)
    prior = np.asarray([PRIOR.get(name, 0.0) for name in names])
    found = minimize(
        table.loss,
        prior,
        args=(strength, prior),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 150},
    )
    return np.asarray(found.x)
