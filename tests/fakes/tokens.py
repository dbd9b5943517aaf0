"""The stored token of one process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tools.zoho.oauth import HeldTokens, StoredToken


class MemoryTokenStore:
    """A TokenStore for one process."""

    def __init__(self) -> None:
        self._token: StoredToken | None = None
        self._lock = asyncio.Lock()

    async def read(self) -> StoredToken | None:
        return self._token

    async def write(self, token: StoredToken) -> None:
        """Only for the holder of `exclusive`."""
        self._token = token

    @asynccontextmanager
    async def exclusive(self) -> AsyncIterator[HeldTokens]:
        async with self._lock:
            yield self
