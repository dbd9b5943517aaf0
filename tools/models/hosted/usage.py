"""What a request to a hosted model cost, told to whoever counts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

Outcome = Literal["answered", "unusable", "unavailable"]

_PRICES = Path(__file__).with_name("prices.json")
# `gpt-4o-mini-2024-07-18` costs what `gpt-4o-mini` costs.
_DATED = re.compile(r"-(\d{4}-\d{2}-\d{2}|\d{4})$")


@dataclass(frozen=True)
class ModelUse:
    """One request to a model: seconds on the wire, tokens as the provider counts them.

    `cost_usd` is None when the model has no known price or the provider said no tokens.
    """

    provider: str
    model: str
    node: str
    incident_id: str
    seconds: float
    outcome: Outcome
    input_tokens: int = 0
    output_tokens: int = 0
    cached_tokens: int = 0
    cost_usd: float | None = None


@dataclass(frozen=True)
class Price:
    """USD per million tokens. `cached` is the input the provider had cached already."""

    input: float
    output: float
    cached: float | None = None


@dataclass(frozen=True)
class Prices:
    """List prices by model name; the file says the day they were looked up."""

    by_model: Mapping[str, Price]

    @classmethod
    def load(cls, overrides: Mapping[str, Price] | None = None, path: Path = _PRICES) -> Self:
        """The table that comes with Recado; `overrides` beat it."""
        table = json.loads(path.read_text(encoding="utf-8"))
        listed = {name: Price(**price) for name, price in table["usd_per_million"].items()}
        return cls({**listed, **(overrides or {})})

    def cost(self, model: str, input: int, output: int, cached: int = 0) -> float | None:
        """USD of one request, or None for an unknown model. `cached` is part of `input`."""
        price = self.by_model.get(model) or self.by_model.get(_DATED.sub("", model))
        if price is None:
            return None
        again = price.input if price.cached is None else price.cached
        fresh = (input - cached) * price.input + cached * again
        return (fresh + output * price.output) / 1_000_000
