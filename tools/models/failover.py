"""Several models in order: when one cannot answer, the next one does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from domain.errors import ModelFailed, ModelUnavailable, RecadoError, RetryLater
from domain.ports import Models, Toolbox
from domain.reading import (
    Classification,
    Extraction,
    FollowUp,
    ImageDescription,
    ModelCall,
    PlaceChoice,
)

A = TypeVar("A")


def _ignore(name: str, error: RecadoError) -> None:
    """Nobody counts."""


class FailoverModels:
    """Asks the models in order, the one that `call.model` names first; implements Models.

    The last is the final resort (the local one). When none can answer, raises ModelUnavailable
    if trying later may help, else ModelFailed. `observe_failover` hears who could not, and why.
    """

    def __init__(
        self,
        models: Sequence[tuple[str, Models]],
        *,
        observe_failover: Callable[[str, RecadoError], None] = _ignore,
    ) -> None:
        if not models:
            raise ValueError("FailoverModels needs at least one model")
        self._models = tuple(models)
        self._observe = observe_failover

    async def classify(self, call: ModelCall) -> Classification:
        """The first classification that comes."""
        return await self._first(call, lambda models, asked: models.classify(asked))

    async def extract(self, call: ModelCall, tools: Toolbox | None = None) -> Extraction:
        """The first extraction that comes."""
        return await self._first(call, lambda models, asked: models.extract(asked, tools))

    async def describe_image(
        self, call: ModelCall, image: bytes, mimetype: str
    ) -> ImageDescription:
        """The first description that comes."""
        return await self._first(
            call, lambda models, asked: models.describe_image(asked, image, mimetype)
        )

    async def follow_up(self, call: ModelCall, tools: Toolbox | None = None) -> FollowUp:
        """The first reading of the follow-up that comes."""
        return await self._first(call, lambda models, asked: models.follow_up(asked, tools))

    async def assign(self, call: ModelCall) -> PlaceChoice:
        """The first choice of a place that comes."""
        return await self._first(call, lambda models, asked: models.assign(asked))

    async def _first(self, call: ModelCall, ask: Callable[[Models, ModelCall], Awaitable[A]]) -> A:
        wished = (call.model or "").partition(":")[0]
        # sorted() keeps the order of the others.
        order = sorted(self._models, key=lambda named: named[0] != wished)
        errors: list[RecadoError] = []
        for name, models in order:
            asked = call if name == wished else replace(call, model=None)
            try:
                return await ask(models, asked)
            except (RetryLater, ModelFailed) as error:
                errors.append(error)
                self._observe(name, error)
        tried = "; ".join(str(error) for error in errors)
        if any(isinstance(error, RetryLater) for error in errors):
            raise ModelUnavailable(f"no model could answer: {tried}") from errors[-1]
        raise ModelFailed(f"no model could answer: {tried}") from errors[-1]
