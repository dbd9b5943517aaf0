"""The page at `/`: where to go from here, until the dashboard is built."""

from __future__ import annotations

from html import escape

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from server.api.health import VERSION
from server.parts import PartsDep

router = APIRouter(include_in_schema=False)

_LINKS = (
    ("/docs", "API"),
    ("/api/incidents", "Incidents"),
    ("/health", "Health"),
    ("/ready", "Dependencies"),
    ("/metrics", "Metrics"),
)


@router.get("/", response_class=HTMLResponse)
async def index(parts: PartsDep) -> HTMLResponse:
    """Links to what runs here; in demo mode also to the group and to the tickets."""
    links = list(_LINKS)
    settings = parts.settings
    if settings.mode == "demo" and settings.waha_url:
        links.insert(0, (settings.waha_url, "The group (demo)"))
    items = "".join(f'<li><a href="{escape(url)}">{escape(name)}</a></li>' for url, name in links)
    body = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Recado</title>'
        f"<h1>Recado {escape(VERSION)}</h1><p>Mode: {settings.mode}</p><ul>{items}</ul></html>"
    )
    policy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"
    return HTMLResponse(body, headers={"Content-Security-Policy": policy})
