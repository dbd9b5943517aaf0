"""The fitted weights: how signs and meaning add up to probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from domain.gist import Act
from tools.models.local.features import SIGNAL_NAMES
from tools.models.local.lexicon import DATA

WEIGHTS = DATA / "weights.npz"


@dataclass(frozen=True)
class Weights:
    """Logistic models over `describe(text)`; `python -m evals.fit_local` writes them.

    Raises ValueError when the file was fitted for other signals than the code has.
    """

    incident: NDArray[np.float32]
    incident_bias: float
    category: NDArray[np.float32]
    category_bias: float
    acts: NDArray[np.float32]
    act_bias: NDArray[np.float32]
    act_names: tuple[str, ...]
    threshold: float

    def incident_of(self, described: NDArray[np.float32]) -> float:
        """The probability that the text belongs to an incident."""
        return _sigmoid(float(described @ self.incident) + self.incident_bias)

    def technical_of(self, described: NDArray[np.float32]) -> float:
        """The probability that an incident so described is technical."""
        return _sigmoid(float(described @ self.category) + self.category_bias)

    def acts_of(self, described: NDArray[np.float32]) -> dict[Act, float]:
        """The probability of each act; they add up to 1."""
        scores = self.acts @ described + self.act_bias
        grown = np.exp(scores - scores.max())
        shares = grown / grown.sum()
        return {Act(name): float(share) for name, share in zip(self.act_names, shares, strict=True)}


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The weights that ship with the package."""
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        names = tuple(str(name) for name in stored["signals"])
        if names != SIGNAL_NAMES:
            raise ValueError("weights.npz is of other signals: run `python -m evals.fit_local`")
        return Weights(
            incident=stored["incident"].astype(np.float32),
            incident_bias=float(stored["incident_bias"]),
            category=stored["category"].astype(np.float32),
            category_bias=float(stored["category_bias"]),
            acts=stored["acts"].astype(np.float32),
            act_bias=stored["act_bias"].astype(np.float32),
            act_names=tuple(str(name) for name in stored["act_names"]),
            threshold=float(stored["threshold"]),
        )


def _sigmoid(score: float) -> float:
    return float(1.0 / (1.0 + np.exp(-score)))
