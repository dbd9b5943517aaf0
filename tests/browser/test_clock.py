"""The clock of a demo jumps by half an hour or a day, and what is due by then happens."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from tests.browser.conftest import PATIENCE_MS, Open
from tests.browser.group import choose, new_group, write
from tests.service.conftest import Demo
from tests.service.stage import eventually

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


async def test_half_an_hour_asks_again_and_a_day_ends_it(demo: Demo, visit: Open) -> None:
    recado = await demo()
    opened = await visit(url=recado.url)
    page = await new_group(opened, "Tiendas que no contestan")
    await write(page, "La impresora de tickets no funciona")
    said = page.locator(".bubble.bot")
    await expect(said).to_have_count(1, timeout=PATIENCE_MS)
    shown = page.get_by_test_id("now")
    before = await shown.inner_text()

    await choose(page, "Reloj", "+30 min")
    await expect(said).to_have_count(2, timeout=PATIENCE_MS)
    assert "tienda" in (await said.nth(1).inner_text()).lower(), "it asks again"
    await expect(shown).not_to_have_text(before, timeout=PATIENCE_MS)

    async def waits_again() -> bool:
        (row,) = (await recado.http.get("/api/incidents")).json()["data"]
        return (row["status"], (row["next_timer"] or {}).get("name")) == ("collecting", "reask")

    await eventually(waits_again, what="it does not wait to ask once more")

    await opened.go("incidents")
    line = page.locator("[data-incident]")
    await line.get_by_text("volver a preguntar:").wait_for()
    # However long the rest of this story takes, it is half an hour and not yet two.
    assert re.search(r"\b(1 h|[3-5]\d min)", await line.locator("td[data-label=Edad]").inner_text())

    await opened.go("chat")
    # A day that is slept through: a person is called, and has what is left of a day.
    await choose(page, "Reloj", "+1 día")
    await expect(said).to_have_count(3, timeout=PATIENCE_MS)

    async def called() -> bool:
        (row,) = (await recado.http.get("/api/incidents")).json()["data"]
        return bool(row["status"] == "escalated")

    await eventually(called, what="no person is called")
    await choose(page, "Reloj", "+1 día")

    await opened.go("incidents")
    await line.get_by_text("cerrada").wait_for(timeout=PATIENCE_MS)
    assert await recado.zoho.tickets() == [], "nobody said which store"
    assert (await recado.http.get("/api/session")).json()["data"]["ahead_seconds"] == 174_600
