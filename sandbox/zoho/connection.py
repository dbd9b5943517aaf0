"""An HTTP/1.1 connection that a handler may cut without a single byte of answer."""

import asyncio
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState


class CuttableProtocol(H11Protocol):
    """uvicorn's protocol, with its own `cut` offered in scope["state"]."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, {**app_state, "cut": self.cut}, _loop)

    def cut(self) -> None:
        """Close the TCP connection at once; what the application still sends goes nowhere."""
        self.cycle.disconnected = True
        self.transport.abort()
