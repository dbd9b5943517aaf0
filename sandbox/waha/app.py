"""Puts the WAHA server together and runs it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import FileResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.trustedhost import TrustedHostMiddleware

from sandbox.waha import api, control
from sandbox.waha.config import WahaConfig
from sandbox.waha.listener import bind, serve
from sandbox.waha.world import World

_STATIC = Path(__file__).parent / "static"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; media-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_LOOPBACK = ("127.0.0.1", "localhost")


def create_app(world: World, host: str) -> FastAPI:
    """Return the application over a world; the world lives as long as the application runs."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        world.outbox.start()
        yield
        await world.close()

    app = FastAPI(title="WAHA (sandbox)", lifespan=lifespan)
    app.state.world = world
    app.include_router(api.router)
    app.include_router(control.router)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    if host in _LOOPBACK:
        # A page of another site must not reach the control routes by a name it owns.
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(_LOOPBACK))

    @app.middleware("http")
    async def misbehave(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        if request.url.path.startswith("/api/"):
            struck = await world.weather.before(request)
            if struck is not None:
                return struck
        return await call_next(request)

    @app.exception_handler(HTTPException)
    async def refuse(_: Request, refusal: HTTPException) -> JSONResponse:
        body = {
            "statusCode": refusal.status_code,
            "message": refusal.detail,
            "error": HTTPStatus(refusal.status_code).phrase,
        }
        return JSONResponse(body, refusal.status_code)

    @app.get("/", include_in_schema=False)
    async def page() -> FileResponse:
        return FileResponse(_STATIC / "index.html", headers={"content-security-policy": _POLICY})

    @app.get("/ping")
    async def ping() -> dict[str, str]:
        return {"message": "pong"}

    return app


def run(config: WahaConfig, host: str = "127.0.0.1", port: int = 3000) -> None:
    """Serve until SIGTERM; port 0 takes a free one, told in the line on stderr."""
    listening = bind(host, port)
    reachable = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - only compared
    world = World(config, f"http://{reachable}:{listening.getsockname()[1]}")
    serve(create_app(world, host), listening, "waha", world.stop_watching)
