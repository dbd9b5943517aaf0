"""The fitted weights of assignment and of kinship in outages, as they ship.

`python -m evals.fit_assignment` and `python -m evals.fit_kinship` write them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from tools.models.local.lexicon import DATA

ASSIGNMENT = DATA / "assignment.json"
KINSHIP = DATA / "kinship.json"


@lru_cache(maxsize=1)
def load_assignment_weights() -> Mapping[str, float]:
    """The weight of each piece of evidence by its name."""
    stored: dict[str, float] = json.loads(ASSIGNMENT.read_text(encoding="utf-8"))["weights"]
    return stored


@lru_cache(maxsize=1)
def load_kinship_weights() -> Mapping[str, float]:
    """The weight of each piece of evidence that a report is another one of an outage."""
    stored: dict[str, float] = json.loads(KINSHIP.read_text(encoding="utf-8"))["weights"]
    return stored
