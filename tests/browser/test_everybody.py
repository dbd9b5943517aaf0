"""Everybody can use it: axe finds nothing serious, light and dark, wide and narrow."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.async_api import Page

from tests.browser.conftest import BUILT, Open, Playground, Visit

pytestmark = pytest.mark.slow
AXE = BUILT.parents[1] / "node_modules" / "axe-core" / "axe.min.js"
GROUP = "120363000000000777@g.us"
# How often the page is looked at while something is found, and how long it is left in between.
LOOKS, PAUSE_MS = 5, 1000
PLACES = ("chat", "incidents", "tickets", "outbox", "figures", "replay")


async def serious(page: Page) -> list[str]:
    """What axe finds that keeps people out, once the page has come to rest: what is still fading
    in has the colours of nothing that is read."""
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    for _ in range(LOOKS):
        if not (found := await _violations(page)):
            break
        await page.wait_for_timeout(PAUSE_MS)
    return found


async def _violations(page: Page) -> list[str]:
    found: dict[str, Any] = await page.evaluate("axe.run()")
    return [
        f"{one['id']}: {json.dumps([node['html'][:160] for node in one['nodes'][:3]])}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
    ]


async def one_of_each(playground: Playground, opened: Visit) -> None:
    """A group with a ticket and an open question, and something set aside."""
    said: dict[str, Any] = {"chat": GROUP, "chat_name": "Tiendas Eje"}
    await playground.waha.say("En la tienda 77 no funciona la impresora de tickets", **said)
    await playground.waha.say("La terminal bancaria no funciona", who="100000000000055", **said)
    await playground.waha.deliver({"event": "message", "session": "default", "payload": {}})
    await opened.go("incidents")
    await opened.page.get_by_text("impresora").first.wait_for()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 360)])
async def test_axe_finds_nothing_serious(
    visit: Open, playground: Playground, scheme: str, width: int
) -> None:
    opened = await visit(width=width, color_scheme=scheme)
    page = opened.page
    await one_of_each(playground, opened)
    found: dict[str, list[str]] = {}
    for place in PLACES:
        await opened.go(place)
        await page.get_by_role("navigation").wait_for()
        await page.wait_for_load_state("networkidle")
        found[place] = await serious(page)
    await opened.go("incidents")
    await page.locator("[data-incident] a").first.click()
    await page.get_by_role("img", name="Recorrido").wait_for()
    found["one"] = await serious(page)
    told = [f"{place}: {one}" for place, those in found.items() for one in those]
    assert told == [], "\n".join(told)


async def test_both_languages_are_spoken(visit: Open) -> None:
    opened = await visit()
    await opened.go("incidents")
    await opened.page.get_by_role("button", name="English").click()
    await opened.page.get_by_role("heading", name="Incidents").wait_for()
    assert await opened.page.evaluate("document.documentElement.lang") == "en"
    await opened.page.reload()
    await opened.page.get_by_role("heading", name="Incidents").wait_for()
