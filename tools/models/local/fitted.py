"""Single numbers that were fitted beside the weights, in `data/fitted.json` and nowhere else."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from tools.models.local.lexicon import DATA

FITTED = DATA / "fitted.json"


@dataclass(frozen=True)
class FittedNumbers:
    """What the local reader decides by, besides its weights.

    `incident_threshold` is the probability from which a text is taken to belong to an incident,
    chosen on held-out folds so that a needless bot message is rarer than a lost report;
    `urgent_bias` what the model of urgency says of an incident of which nothing is told, in log
    odds.
    """

    incident_threshold: float
    urgent_bias: float


@cache
def fitted() -> FittedNumbers:
    """The numbers that ship with the package."""
    return FittedNumbers(**json.loads(FITTED.read_text(encoding="utf-8")))


def save_urgent_bias(bias: float, path: Path = FITTED) -> None:
    """Write the numbers that ship with a new bias; the threshold is chosen, and stays."""
    numbers = replace(fitted(), urgent_bias=round(bias, 4))
    path.write_text(json.dumps(asdict(numbers)) + "\n", encoding="utf-8")
