"""Something that is started and stopped."""

from __future__ import annotations

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Lifetime(ABC):
    """Runs from `start` to `stop`; `async with` does both."""

    @abstractmethod
    async def start(self) -> object:
        """Start it; whoever fails to leaves nothing behind."""

    @abstractmethod
    async def stop(self) -> None:
        """Stop it; does nothing when it is not running."""

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()
