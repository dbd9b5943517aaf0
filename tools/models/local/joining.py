"""The fitted weights of assignment, as they ship; `python -m evals.fit_assignment` writes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from tools.models.local.lexicon import DATA

ASSIGNMENT = DATA / "assignment.json"


@lru_cache(maxsize=1)
def load_assignment_weights() -> Mapping[str, float]:
    """The weight of each piece of evidence by its name."""
    stored: dict[str, float] = json.loads(ASSIGNMENT.read_text(encoding="utf-8"))["weights"]
    return stored
