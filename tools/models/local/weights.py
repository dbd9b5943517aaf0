"""The fitted weights: how signs and meaning add up to probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

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


@dataclass(frozen=True)
class Chances:
    """Probabilities, 0 to 1: that a text belongs to an incident; that an incident so described is
    technical, and urgent; and of each act, which add up to 1."""

    incident: float
    technical: float
    urgent: float
    acts: dict[Act, float]


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

    def chances(self, seen: Seen) -> Chances:
        """What the models say of a text."""
        dense, grams, bias = self._stacked
        scores = dense @ seen.dense + seen.amounts @ grams[seen.places] + bias
        incident, technical, urgent = (1.0 / (1.0 + np.exp(-scores[:3]))).tolist()
        grown = np.exp(scores[3:] - scores[3:].max())
        shares = (grown / grown.sum()).tolist()
        acts = dict(zip(map(_ACTS.__getitem__, self.act_names), shares, strict=True))
        return Chances(incident, technical, urgent, acts)

    @cached_property
    def _stacked(self) -> tuple[Row, Row, Row]:
        """All models in one, so that a text is weighed at once: dense, bias, and the grams with a
        row a place, since those of a text lie far apart."""
        models = (self.incident, self.category, self.urgent, self.acts)
        dense, bias = (np.concatenate([getattr(m, of) for m in models]) for of in ("dense", "bias"))
        grams = np.ascontiguousarray(np.concatenate([m.grams for m in models]).T)
        return dense, grams, bias


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
