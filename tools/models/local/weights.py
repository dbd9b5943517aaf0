"""The fitted weights: how signs and meaning add up to probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from domain.gist import Act
from tools.models.local.features import SIGNAL_NAMES, describe
from tools.models.local.grams import grams_of
from tools.models.local.lexicon import DATA
from tools.models.local.ties import Ties, load_ties, save_ties

Row = NDArray[np.float32]
WEIGHTS = DATA / "weights.npz"
_ACTS = {str(act): act for act in Act}


@dataclass(frozen=True)
class Seen:
    """What the models see of a text: `describe(text)`, and its grams."""

    dense: Row
    places: NDArray[np.int64]
    amounts: Row


def see(text: str) -> Seen:
    """What the models see of a text."""
    return Seen(describe(text), *grams_of(text))


@dataclass(frozen=True)
class Linear:
    """A logistic model: weights of the dense row, of each place of the grams, and a bias.

    `dense` and `grams` have a row a class; a yes or no has a single one.
    """

    dense: Row
    grams: Row
    bias: Row

    def scores(self, seen: Seen) -> Row:
        """One score a class."""
        return np.asarray(
            self.dense @ seen.dense + self.grams[:, seen.places] @ seen.amounts + self.bias
        )

    def chance(self, seen: Seen) -> float:
        """The probability of yes."""
        return float(1.0 / (1.0 + np.exp(-self.scores(seen)[0])))


@dataclass(frozen=True)
class Weights:
    """Logistic models over what is seen of a text, and its ties to what was said before;
    `python -m evals.fit_local` writes them."""

    incident: Linear
    category: Linear
    urgent: Linear
    acts: Linear
    act_names: tuple[str, ...]
    ties: Ties | None = None

    def incident_of(self, seen: Seen) -> float:
        """The probability that the text belongs to an incident."""
        return self.incident.chance(seen)

    def technical_of(self, seen: Seen) -> float:
        """The probability that an incident so described is technical."""
        return self.category.chance(seen)

    def urgent_of(self, seen: Seen) -> float:
        """The probability that an incident so described is urgent."""
        return self.urgent.chance(seen)

    def acts_of(self, seen: Seen) -> dict[Act, float]:
        """The probability of each act; they add up to 1."""
        scores = self.acts.scores(seen)
        grown = np.exp(scores - scores.max())
        shares = grown / grown.sum()
        return dict(zip(map(_ACTS.__getitem__, self.act_names), shares.tolist(), strict=True))


MODELS = ("incident", "category", "urgent", "acts")


def save_weights(weights: Weights) -> None:
    """Write the weights that ship with the package, grams at half precision."""
    parts = {}
    for name in MODELS:
        model: Linear = getattr(weights, name)
        parts[f"{name}_dense"] = model.dense.astype(np.float32)
        parts[f"{name}_grams"] = model.grams.astype(np.float16)
        parts[f"{name}_bias"] = model.bias.astype(np.float32)
    np.savez_compressed(
        WEIGHTS,
        allow_pickle=False,
        act_names=np.asarray(weights.act_names),
        signals=np.asarray(SIGNAL_NAMES),
        **parts,
    )
    if weights.ties is not None:
        save_ties(weights.ties)


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The weights that ship with the package.

    Raises ValueError when the file was fitted for other signals than the code has.
    """
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        names = tuple(str(name) for name in stored["signals"])
        if names != SIGNAL_NAMES:
            raise ValueError("weights.npz is of other signals: run `python -m evals.fit_local`")
        models = {
            name: Linear(
                stored[f"{name}_dense"].astype(np.float32),
                stored[f"{name}_grams"].astype(np.float32),
                stored[f"{name}_bias"].astype(np.float32),
            )
            for name in MODELS
        }
        return Weights(
            **models,
            act_names=tuple(str(name) for name in stored["act_names"]),
            ties=load_ties(),
        )
