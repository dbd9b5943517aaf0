"""The stand-in for Zoho Desk and Zoho Accounts as one application."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from sandbox.zoho import control, portal_api, tickets_api
from sandbox.zoho.config import ZohoConfig
from sandbox.zoho.errors import ZohoError, method_not_allowed, not_found
from sandbox.zoho.exchange import refusal
from sandbox.zoho.gate import Gate
from sandbox.zoho.standin import StandIn


def create_app(config: ZohoConfig) -> FastAPI:
    """One portal behind both of Zoho's hosts; it opens its files now, closes them at shutdown."""
    standin = StandIn(config)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        deliveries = asyncio.create_task(standin.webhooks.deliver_for_ever())
        try:
            yield
        finally:
            deliveries.cancel()
            with suppress(asyncio.CancelledError):
                await deliveries
            standin.close()

    app = FastAPI(
        title="Zoho Desk stand-in",
        lifespan=lifespan,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.state.standin = standin
    app.include_router(portal_api.accounts)
    app.include_router(tickets_api.router)
    app.include_router(portal_api.router)
    app.include_router(control.router)
    app.add_middleware(Gate, standin=standin)

    @app.exception_handler(ZohoError)
    async def refuse(_: Request, error: ZohoError) -> Response:
        return refusal(error)

    @app.exception_handler(HTTPException)
    async def refuse_route(_: Request, error: HTTPException) -> Response:
        return refusal(method_not_allowed() if error.status_code == 405 else not_found())

    return app
