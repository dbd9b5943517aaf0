"""The page is light: few bytes, a first paint at once, and long lists that scroll."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.async_api import Locator, Page

from tests.browser.conftest import BUILT, Open, Playground

pytestmark = pytest.mark.slow
MOST_BYTES = 400_000
CHAT = "120363000000000888@g.us"
MANY = """
WITH p AS (INSERT INTO persons (name) VALUES ('Persona') RETURNING id),
made AS (INSERT INTO incidents (id, account, channel, chat, reporter_id, status, category,
           priority, store, system, subject, fields, opened_at, last_at)
  SELECT gen_random_uuid(), 'default', 'waha', %(chat)s, p.id, 'dismissed', 'technical', 'normal',
    n::text, 'impresora', 'Impresora no imprime, tienda ' || n, '{}', now(),
    now() + n * interval '1 s'
  FROM p, generate_series(1, 500) n RETURNING id)
INSERT INTO messages (account, chat, message_id, kind, channel, name, sent_at, received_at, text,
  incident_id)
SELECT 'default', %(chat)s, 'many' || row_number() OVER (), 'text', 'waha', 'Persona', now(), now(),
  'no imprime', (SELECT id FROM made LIMIT 1) FROM generate_series(1, 5000) n
"""
LIKE_BEFORE = """
WITH gone AS (DELETE FROM messages WHERE chat = %(chat)s)
DELETE FROM incidents WHERE chat = %(chat)s
"""
# Jank is work that keeps the next frame from being drawn. What the page itself does for a step of
# scrolling, its styles, layout and scripts, is counted in processor time of its own thread, so that
# what others do on this machine does not count; the clock on the wall is asked for nothing.
SCROLL = """async (element) => {
  for (let step = 0; step <= 60; step++) {
    element.scrollTop = element.scrollHeight * step / 60;
    await new Promise(requestAnimationFrame);
  }
}"""
STEPS = 61
# A page that does nothing but scroll: what this browser needs for that on this machine.
EMPTY = "<!doctype html><div id=all style='height:100vh;overflow:auto'><p style='height:90000px'>"
# Our lists take 5 to 8 times that for a step; before the messages were laid out by the chunk, they
# took 48 times.
MOST_TIMES = 20
# A page that counts to many millions with every step must be found out, or this measures nothing.
HEAVY = """(element) => {
  element.addEventListener("scroll", () => {
    for (let step = 0; step < 1e8; step++) window.counted = step;
  });
}"""


async def cost_of_scrolling(page: Page, element: Locator) -> float:
    """Processor seconds that the page's main thread spends on a step, the least of three times."""
    cdp = await page.context.new_cdp_session(page)
    await cdp.send("Performance.enable", {"timeDomain": "threadTicks"})

    async def spent() -> float:
        told = await cdp.send("Performance.getMetrics")
        return float(next(m["value"] for m in told["metrics"] if m["name"] == "ThreadTime"))

    costs = []
    for _ in range(3):
        before = await spent()
        await element.evaluate(SCROLL)
        costs.append((await spent() - before) / STEPS)
    await cdp.detach()
    return min(costs)


def test_the_bundle_is_small() -> None:
    files = [path for path in BUILT.parent.rglob("*") if path.is_file()]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < MOST_BYTES


async def test_five_hundred_incidents_and_five_thousand_messages_scroll(
    visit: Open, playground: Playground, record_property: Any
) -> None:
    async with many(playground) as incident:
        costs, paint = await measure(visit, incident)
    told = {f"{name} ms": round(1000 * value, 2) for name, value in costs.items()}
    for name, value in {**told, "paint": paint}.items():
        record_property(name, value)
    print(told, round(paint))  # noqa: T201 - the figures
    assert costs["rows"] < MOST_TIMES * costs["empty"], told
    assert costs["messages"] < MOST_TIMES * costs["empty"], told
    assert costs["heavy"] > MOST_TIMES * costs["empty"], told


@asynccontextmanager
async def many(playground: Playground) -> AsyncIterator[str]:
    """So much in the lists; the incident with all the messages. Other stories do not see it."""
    url = (Path(playground.program.env["RECADO_DATA_DIR"]) / "postgres.url").read_text().strip()
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as conn:
        await conn.execute(MANY, {"chat": CHAT})
        try:
            found = await (
                await conn.execute("SELECT incident_id FROM messages WHERE message_id = 'many1'")
            ).fetchone()
            assert found is not None
            yield str(found[0])
        finally:
            await conn.execute(LIKE_BEFORE, {"chat": CHAT})


async def measure(visit: Open, incident: str) -> tuple[dict[str, float], float]:
    """What scrolling costs in each list, in seconds, and when the first one was painted."""
    opened = await visit()
    page = opened.page
    await opened.go("incidents")
    await page.locator("[data-incident]").nth(450).wait_for(state="attached")
    listed = page.get_by_role("region", name="Incidencias")
    rows = await cost_of_scrolling(page, listed)
    paint = await page.evaluate(
        "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    )
    await listed.evaluate(HEAVY)
    heavy = await cost_of_scrolling(page, listed)
    await opened.go(f"incidents/{incident}")
    await page.get_by_text("no imprime", exact=True).nth(4_990).wait_for(state="attached")
    messages = await cost_of_scrolling(page, page.locator("html"))
    blank = await page.context.new_page()
    await blank.set_content(EMPTY)
    empty = await cost_of_scrolling(blank, blank.locator("#all"))
    costs = {"empty": empty, "rows": rows, "messages": messages, "heavy": heavy}
    return costs, float(paint)
