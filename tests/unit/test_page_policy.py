"""Every route of the page's API says who may use it."""

from __future__ import annotations

import importlib
import pkgutil

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, APIWebSocketRoute

import server.api
from server.api.policy import Guard, Policy


def routers() -> list[APIRouter]:
    """The routers of all modules of server.api."""
    modules = [
        importlib.import_module(f"server.api.{found.name}")
        for found in pkgutil.iter_modules(server.api.__path__)
    ]
    return [module.router for module in modules if hasattr(module, "router")]


def policies(dependant: Dependant) -> list[Policy]:
    """The policies that a route is held to."""
    return [found.call.policy for found in dependant.dependencies if isinstance(found.call, Guard)]


def test_every_api_route_has_one_policy() -> None:
    routes = [
        route
        for router in routers()
        for route in router.routes
        if isinstance(route, APIRoute | APIWebSocketRoute) and route.path.startswith("/api")
    ]
    assert len(routes) > 15
    without = {route.path for route in routes if len(policies(route.dependant)) != 1}
    assert without == set()


def test_what_changes_something_is_not_merely_read() -> None:
    mild = {
        (route.path, method)
        for router in routers()
        for route in router.routes
        if isinstance(route, APIRoute) and route.path.startswith("/api")
        for method in (route.methods or set()) - {"GET", "HEAD"}
        if not {Policy.ACT, Policy.DEMO} & set(policies(route.dependant))
    }
    # Logging in, and a ticket for a feed that only tells.
    assert mild == {("/api/session", "POST"), ("/api/feed/tickets", "POST")}


def test_a_route_without_a_policy_would_be_found() -> None:
    router = APIRouter()

    @router.get("/api/forgotten")
    async def forgotten() -> None: ...

    (route,) = router.routes
    assert isinstance(route, APIRoute)
    assert policies(route.dependant) == []
