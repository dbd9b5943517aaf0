"""What a replay asks of the models, and what that costs."""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.ports import Models, Toolbox
from domain.reading import (
    Classification,
    Extraction,
    FollowUp,
    ImageDescription,
    ModelCall,
    PlaceChoice,
)
from tools.models.hosted.usage import ModelUse


@dataclass
class Bill:
    """Calls of nodes, whoever answers; requests, tokens and US dollars of hosted models alone."""

    calls: int = 0
    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    usd: float = 0.0
    unpriced: set[str] = field(default_factory=set)

    def take(self, use: ModelUse) -> None:
        """Add one request to a hosted model."""
        self.requests += 1
        self.input_tokens += use.input_tokens
        self.output_tokens += use.output_tokens
        if use.cost_usd is not None:
            self.usd += use.cost_usd
        elif use.outcome != "unavailable":
            self.unpriced.add(f"{use.provider}:{use.model}")


class CountedModels:
    """Implements domain.ports.Models: `inner`, with every call on the bill."""

    def __init__(self, inner: Models, bill: Bill) -> None:
        self._inner = inner
        self._bill = bill

    async def classify(self, call: ModelCall) -> Classification:
        self._bill.calls += 1
        return await self._inner.classify(call)

    async def extract(self, call: ModelCall, tools: Toolbox | None = None) -> Extraction:
        self._bill.calls += 1
        return await self._inner.extract(call, tools)

    async def describe_image(
        self, call: ModelCall, image: bytes, mimetype: str
    ) -> ImageDescription:
        self._bill.calls += 1
        return await self._inner.describe_image(call, image, mimetype)

    async def follow_up(self, call: ModelCall, tools: Toolbox | None = None) -> FollowUp:
        self._bill.calls += 1
        return await self._inner.follow_up(call, tools)

    async def assign(self, call: ModelCall) -> PlaceChoice:
        self._bill.calls += 1
        return await self._inner.assign(call)
