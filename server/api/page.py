"""The page at `/`: the built dashboard, and a plain sentence when it is not built."""

from __future__ import annotations

import secrets
from html import escape
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, Response

from server.api.health import VERSION
from server.api.plain_reference import plain_reference
from server.parts import PartsDep
from server.problems import Problem

router = APIRouter(include_in_schema=False)
DIST = Path(__file__).parents[2] / "dashboard" / "dist"
# The page's own styles are set at run time by elements that carry the nonce of this answer.
NONCE = "__RECADO_NONCE__"
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:"
    " blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; frame-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_LINKS = (
    ("/docs", "API"),
    ("/api/incidents", "Incidents"),
    ("/health", "Health"),
    ("/ready", "Dependencies"),
    ("/metrics", "Metrics"),
)


@router.get("/", response_class=HTMLResponse)
async def index(request: Request, parts: PartsDep) -> HTMLResponse:
    """The dashboard; it finds its own way by what stands behind the `#`."""
    nonce = secrets.token_urlsafe(18)
    return _answer(_built(request) or _unbuilt(parts.settings.mode), nonce)


@router.get("/docs", response_class=HTMLResponse)
async def reference(request: Request) -> HTMLResponse:
    """The dashboard again, which shows the API there, and asks no other host for anything; the
    same without its forms where it is not built."""
    nonce = secrets.token_urlsafe(18)
    return _answer(_built(request) or plain_reference(request.app.openapi(), nonce), nonce)


def _built(request: Request) -> str | None:
    page = request.app.state.dist / "index.html"
    return page.read_text(encoding="utf-8") if page.is_file() else None


def _answer(text: str, nonce: str) -> HTMLResponse:
    headers = {
        "Content-Security-Policy": _POLICY.format(nonce=nonce),
        "Cache-Control": "no-store",
        **_GUARDS,
    }
    return HTMLResponse(text.replace(NONCE, nonce), headers=headers)


@router.get("/assets/{name}")
async def asset(name: str, request: Request) -> Response:
    """A file of the dashboard; its name changes with what is in it."""
    path = request.app.state.dist / "assets" / name
    if name.startswith(".") or not path.is_file():
        raise Problem(404, "no_such_file", "there is no such file")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", **_GUARDS}
    return FileResponse(path, headers=headers)


def _unbuilt(mode: str) -> str:
    items = "".join(f'<li><a href="{url}">{name}</a></li>' for url, name in _LINKS)
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Recado</title>'
        f"<h1>Recado {escape(VERSION)}</h1><p>Mode: {mode}</p>"
        "<p>The page is not built yet: <code>make page</code> builds it (it needs Node 20.19 or"
        f" newer and npm). Everything else works without it.</p><ul>{items}</ul></html>"
    )
