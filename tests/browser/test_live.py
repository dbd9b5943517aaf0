"""The page is live: it shows what happens without being asked, and misses nothing over a break."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.async_api import WebSocket

from tests.browser.cable import cable_to
from tests.browser.conftest import Open, Playground
from tests.service.stage import eventually

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
CHAT = "120363000000000444@g.us"


class Heard:
    """What the browser's sockets were told, in order."""

    def __init__(self) -> None:
        self.sockets: list[str] = []
        self.news: list[dict[str, Any]] = []

    def listen(self, socket: WebSocket) -> None:
        self.sockets.append(socket.url)
        socket.on("framereceived", lambda frame: self.news.append(json.loads(frame)))


async def test_after_a_break_of_the_network_nothing_is_missing(
    visit: Open, playground: Playground
) -> None:
    async with cable_to(int(playground.url.rpartition(":")[2])) as cable:
        opened = await visit(url=cable.url)
        page, heard = opened.page, Heard()
        page.on("websocket", heard.listen)
        await opened.go("incidents")
        state = page.get_by_role("status").filter(has_text="en vivo")
        await state.get_by_text("en vivo", exact=True).wait_for()
        said: dict[str, Any] = {"chat": CHAT, "chat_name": "Tiendas de lejos"}
        await playground.waha.say("No funciona la caja en la tienda 71", **said)
        await page.locator("[data-incident]", has_text="tienda 71").wait_for()
        await page.evaluate("window.__same = true")

        cable.cut()
        await state.get_by_text("sin conexión en vivo").wait_for()
        before = len(heard.news)
        await playground.waha.say("No funciona la báscula en la tienda 72", **said)

        async def ticketed() -> bool:
            return any("72" in one["subject"] for one in await playground.zoho.tickets())

        await eventually(ticketed, what="no ticket while the page is away")
        assert await page.locator("[data-incident]", has_text="tienda 72").count() == 0
        assert len(heard.news) == before

        cable.mend()
        row = page.locator("[data-incident]", has_text="tienda 72")
        await row.wait_for()
        await state.get_by_text("en vivo", exact=True).wait_for()
        assert await page.evaluate("window.__same"), "it was loaded anew"
        assert {one["type"] for one in heard.news} == {"hello", "event"}, "it was read anew"
        assert "after=&" not in heard.sockets[-1]
        assert not heard.sockets[-1].endswith("after=")

        written = {
            f"{one['tx']}-{one['id']}"
            for one in await playground.rows(
                """SELECT tx::text AS tx, id FROM events WHERE chat = %s AND id >= (
                     SELECT min(id) FROM events WHERE chat = %s)""",
                CHAT,
                CHAT,
            )
        }

        async def told() -> list[str]:
            # What was written a moment ago is still on its way.
            found = [str(one["cursor"]) for one in heard.news if one["type"] == "event"]
            return found if written <= set(found) else []

        cursors = await eventually(told, what="something is never told")
        assert len(cursors) == len(set(cursors)), "nothing is told twice"
        opened.forgive("ERR_")
        for trouble in list(opened.troubles):
            assert "WebSocket" in trouble, trouble
        opened.troubles.clear()
        await page.close()
