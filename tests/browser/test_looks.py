"""What a stranger would trip over: words that are cut off, colours that mislead, a log that hides
its newest message, and a sentence in a language that the page does not speak."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import PATIENCE_MS, Open, Playground
from tests.browser.test_everybody import LOOKS, PAUSE_MS
from tests.service.stage import eventually

pytestmark = pytest.mark.slow
GROUP: dict[str, Any] = {"chat": "120363000000000666@g.us", "chat_name": "Tiendas Vista"}
# Words of controls and states that do not fit where they stand.
CUT_OFF = """() => [...document.querySelectorAll(
    "nav span span, button .mantine-Button-label, .mantine-Badge-label, .rows a, summary")]
  .filter((one) => one.offsetParent && one.scrollWidth > one.clientWidth + 1
      && getComputedStyle(one).display !== "inline")
  .map((one) => one.textContent)"""


# The colour beside each name of a legend.
SWATCHES = """(region) => Object.fromEntries(["Urgente", "Normal"].map((name) => {
  const item = [...region.querySelectorAll("*")]
    .filter((one) => one.textContent === name && one.children.length > 0).at(-1);
  const shown = [...item.querySelectorAll("*")]
    .map((one) => getComputedStyle(one).backgroundColor.match(/[0-9.]+/g).map(Number))
    .find((colour) => colour.length === 3 || colour[3] > 0);
  return [name, shown];
}))"""


async def outside(page: Page) -> list[str]:
    """Words that are cut off, or stand outside the window, once the page has come to rest."""
    for _ in range(LOOKS):
        if not (found := [str(one) for one in await page.evaluate(CUT_OFF)]):
            break
        await page.wait_for_timeout(PAUSE_MS)
    return found


@pytest.mark.parametrize("width", [360, 1440])
async def test_no_word_is_cut_off(visit: Open, playground: Playground, width: int) -> None:
    await playground.waha.say(
        "La terminal bancaria no pasa tarjetas", who="100000000000666", **GROUP
    )
    opened = await visit(width=width)
    await opened.go("incidents")
    await opened.page.get_by_text("terminal bancaria").first.wait_for()
    found: dict[str, list[str]] = {}
    for place in ("chat", "incidents", "tickets", "outbox", "figures", "replay"):
        await opened.go(place)
        await opened.page.wait_for_load_state("networkidle")
        if cut := await outside(opened.page):
            found[place] = cut
        assert await opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert found == {}


async def test_the_first_words_to_try_fit_on_a_phone(visit: Open) -> None:
    opened = await visit(width=360)
    page = opened.page
    await opened.go("chat")
    await page.get_by_role("button", name="Grupo nuevo").click()
    await page.get_by_label("Nombre del grupo").fill("Tiendas Vacías")
    await page.keyboard.press("Enter")
    log = page.get_by_role("log")
    await log.get_by_role("button").first.wait_for()
    boxes = [await one.bounding_box() for one in await log.get_by_role("button").all()]
    assert len(boxes) == 4, "they come all at once"
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= 360 for box in boxes)
    assert await outside(page) == []


async def test_the_newest_message_is_seen_and_who_reads_old_ones_is_left_there(
    visit: Open, playground: Playground
) -> None:
    chat: dict[str, Any] = {"chat": "120363000000000667@g.us", "chat_name": "Tiendas Largas"}
    long = "buenos días a todos " * 12
    for number in range(25):
        await playground.waha.say(f"{number}: {long}", who="100000000000667", **chat)
    opened = await visit(width=360, height=700)
    page = opened.page
    await opened.go("chat")
    await page.get_by_label("Grupos").select_option(label="Tiendas Largas")
    await expect(page.locator(".bubble")).to_have_count(25, timeout=PATIENCE_MS)
    await expect(page.locator(".bubble").last).to_be_in_viewport(ratio=1)
    log = page.get_by_role("log")
    await log.evaluate("one => one.scrollTo({ top: 0 })")
    await expect(page.locator(".bubble").first).to_be_in_viewport()
    await playground.waha.say("jaja", who="100000000000667", **chat)
    await expect(page.locator(".bubble")).to_have_count(26, timeout=PATIENCE_MS)
    await expect(page.locator(".bubble").first).to_be_in_viewport()


async def test_what_is_urgent_has_the_colour_of_alarm(visit: Open, playground: Playground) -> None:
    await playground.waha.say(
        "En la tienda 78 hay un corto y huele a quemado", who="100000000000668", **GROUP
    )
    opened = await visit()
    page = opened.page
    await opened.go("incidents")
    badge = page.locator("[data-incident]").get_by_text("urgente").first
    await badge.wait_for()
    await opened.go("figures")
    ages = page.get_by_role("region", name="Incidencias abiertas, por edad")
    await ages.get_by_text("Urgente").first.wait_for()
    colours = await ages.evaluate(SWATCHES)
    red, green, blue = colours["Urgente"][:3]
    assert red > 2 * max(green, blue), colours
    assert max(colours["Normal"][:3]) - min(colours["Normal"][:3]) < 40, colours


async def test_what_goes_wrong_is_said_in_the_pages_language(
    visit: Open, playground: Playground, tmp_path: Path
) -> None:
    broken = {"event": "message", "session": "default", "payload": {"body": "sin id"}}
    await playground.waha.deliver(broken)
    opened = await visit()
    page = opened.page
    await opened.go("outbox")
    item = page.get_by_role("article").filter(has_text="sin id")
    await item.get_by_text("no hay id de mensaje").wait_for()
    await item.get_by_role("button", name="Reintentar").click()
    alert = item.get_by_role("alert")
    await expect(alert).to_contain_text("Todavía no se puede usar: payload.id: no hay id")
    await page.get_by_role("button", name="English").click()
    await expect(alert).to_contain_text("It still cannot be used: payload.id: no message id")
    await page.get_by_role("button", name="Español").click()
    opened.forgive("422")
    await item.get_by_role("button", name="Descartar").click()

    nothing = tmp_path / "nota.txt"
    nothing.write_text("esto no es un chat\n", encoding="utf-8")
    await opened.go("replay")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Elegir un archivo").click()
    await (await chooser.value).set_files(nothing)
    await expect(page.get_by_role("alert")).to_contain_text(
        "El archivo no es un chat de WhatsApp", timeout=PATIENCE_MS
    )

    async def gone() -> bool:
        told = (await playground.waha.http.get(f"{playground.url}/api/quarantine")).json()["data"]
        return not any("sin id" in one["body"] for one in told)

    await eventually(gone)
