"""What the page takes for the server's API is the server's API."""

from __future__ import annotations

from pathlib import Path

from server.openapi import page_openapi

DASHBOARD = Path(__file__).parents[2] / "dashboard"


def test_the_pages_types_are_made_from_this_api() -> None:
    held = (DASHBOARD / "src" / "api" / "openapi.json").read_text(encoding="utf-8")
    assert held == page_openapi(), "run `npm run types` in dashboard/"


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (DASHBOARD / "package-lock.json").read_text(encoding="utf-8")
