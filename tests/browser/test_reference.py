"""`/docs` shows the API and lets it be tried, without a word to any other host."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Open, Playground
from tests.browser.test_everybody import serious

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 360)])
async def test_the_api_is_read_and_tried(visit: Open, scheme: str, width: int) -> None:
    opened = await visit(width=width, color_scheme=scheme)
    page = opened.page
    await page.goto(f"{opened.url}/docs")
    await page.get_by_role("heading", name="Recado: La API").wait_for()
    await page.get_by_label("Filtrar").fill("api/incidents")
    route = page.locator("[data-route='get /api/incidents']")
    await route.locator("summary").click()
    await route.get_by_text("next_timer").first.wait_for()
    await route.get_by_label("limit").fill("1")
    await route.get_by_role("button", name="Probar").click()
    await route.locator("pre.answer", has_text="200 OK").wait_for()
    assert '"success":true' in await route.locator("pre.answer").inner_text()
    assert await serious(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") <= width


async def test_every_route_of_the_server_is_there(visit: Open, playground: Playground) -> None:
    spec = (await playground.waha.http.get(f"{playground.url}/openapi.json")).json()
    wanted = {f"{verb} {path}" for path, verbs in spec["paths"].items() for verb in verbs}
    opened = await visit()
    await opened.page.goto(f"{opened.url}/docs")
    await expect(opened.page.locator("[data-route]")).to_have_count(len(wanted))
    shown = await opened.page.locator("[data-route]").evaluate_all(
        "all => all.map(one => one.dataset.route)"
    )
    assert set(shown) == wanted
    for gone in ("/redoc", "/docs/oauth2-redirect"):
        answer = await playground.waha.http.get(f"{playground.url}{gone}")
        assert answer.status_code == 404, gone
