"""One listening process: a socket, a line on stderr, a quick end, and a way to drop a connection.

Dropping means that not one byte of an answer is sent, as when a server dies after doing the work.
"""

import asyncio
import socket
import sys
from collections.abc import Callable
from types import FrameType

import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

TRANSPORT = "sandbox.transport"


class DroppableProtocol(H11Protocol):
    """HTTP/1.1 that shows each request the transport it came in on."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # TCP only
        """Wrap the application of this one connection."""
        super().connection_made(transport)
        inner: ASGIApp = self.app

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            scope.setdefault("extensions", {})[TRANSPORT] = transport
            await inner(scope, receive, send)

        self.app = app


async def drop(request: Request) -> Response:
    """Abort the connection; the response returned is never seen by anybody."""
    transport: asyncio.Transport = request.scope["extensions"][TRANSPORT]
    transport.abort()
    await asyncio.sleep(0.01)
    return Response(status_code=204)


class _Server(uvicorn.Server):
    """A uvicorn server that says where it listens and leaves with exit code 0 when told to."""

    def __init__(
        self, config: uvicorn.Config, banner: str, on_stop: Callable[[], None] | None
    ) -> None:
        super().__init__(config)
        self._banner = banner
        self._on_stop = on_stop
        self._loop: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening, then say so."""
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        sys.stderr.write(self._banner + "\n")
        sys.stderr.flush()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End without raising the signal again, and let open streams know at once."""
        self.should_exit = True
        if self._loop is not None and self._on_stop is not None:
            self._loop.call_soon_threadsafe(self._on_stop)


def bind(host: str, port: int) -> socket.socket:
    """Bind `host:port` (port 0: any free one). A taken port ends the process with a sentence."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        raise SystemExit(f"cannot listen on {host}:{port}: {error.strerror}") from error


def serve(
    app: ASGIApp, listening: socket.socket, name: str, on_stop: Callable[[], None] | None = None
) -> None:
    """Serve until SIGTERM or SIGINT; requests still open a second later are cancelled."""
    host, port = listening.getsockname()[:2]
    config = uvicorn.Config(
        app,
        http=DroppableProtocol,
        loop="asyncio",
        ws="none",
        lifespan="on",
        log_config=None,
        log_level="error",
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    shown = f"[{host}]" if ":" in host else host
    banner = f"sandbox {name} listening on http://{shown}:{port}"
    _Server(config, banner, on_stop).run(sockets=[listening])
