"""`make screenshots`: the states of the page, light and dark, for the README and the docs."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Page, ViewportSize, async_playwright

from tests.browser.conftest import BUILT, CHROMIUM, FLAGS
from tests.service.stage import RECADO, Program, Waha, Zoho, eventually, free_port

PICTURES = BUILT.parents[2] / "docs" / "pictures"
CHAT = BUILT.parents[2] / "tests" / "fixtures" / "chats" / "Chat de WhatsApp con Tiendas Centro.txt"
PATIENCE_SECONDS = 240
SIZE: ViewportSize = {"width": 1280, "height": 800}
SCHEMES: dict[Literal["light", "dark"], str] = {"light": "", "dark": "-dark"}
LUPITA, BETO = "100000000000001@lid", "100000000000002@lid"


async def tell_a_story(waha: Waha, zoho: Zoho) -> None:
    """Two incidents: one from question to status change, one that waits for its answer."""
    await waha.say("Buenos días a todos", who=BETO, name="Beto (Tienda 12)")
    await waha.say("La impresora de tickets no funciona", who=LUPITA)
    question = await waha.wait_for("tienda", within=PATIENCE_SECONDS)
    await waha.say("tienda 45", who=LUPITA, quote=question["id"])
    (ticket,) = await zoho.wait_for_tickets(1, within=PATIENCE_SECONDS)
    await waha.wait_for("Se creó el ticket", within=PATIENCE_SECONDS)
    await zoho.set_status(ticket["id"], "On Hold")
    await waha.wait_for("Actualización", within=PATIENCE_SECONDS)
    await waha.say("no pasa ninguna tarjeta en la terminal bancaria", who="100000000000003@lid")
    await waha.wait_for("tienda", 2, within=PATIENCE_SECONDS)


async def take(page: Page, url: str, ending: str = "") -> None:
    """Look at each state and keep the picture under its name, with `ending`."""

    async def keep(name: str) -> None:
        # Nothing is pointed at.
        await page.mouse.move(0, 0)
        await page.wait_for_timeout(1500)
        await page.screenshot(path=PICTURES / f"{name}{ending}.png")

    await page.goto(f"{url}/#/chat")
    await page.locator(".bubble.bot").first.wait_for()
    await keep("group")
    await page.goto(f"{url}/#/incidents")
    row = page.locator("[data-incident] a", has_text="tienda 45").first
    await row.wait_for()
    await keep("incidents")
    await row.click()
    await page.get_by_role("img", name="Recorrido").wait_for()
    await keep("incident")
    await page.goto(f"{url}/#/tickets")
    await page.locator("[data-ticket]").first.wait_for()
    await keep("tickets")
    await page.goto(f"{url}/#/figures")
    await page.locator(".recharts-bar-rectangle").first.wait_for(state="attached")
    await keep("figures")
    await page.goto(f"{url}/#/replay")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Elegir un archivo").click()
    await (await chooser.value).set_files(CHAT)
    await page.locator("iframe.report").wait_for(timeout=180_000)
    await keep("replay")


async def main() -> None:
    """Start a demo, tell the story, take the pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="recado-pictures-") as name:
        port, folder = free_port(), Path(name)
        env: dict[str, str] = {
            "RECADO_MODE": "demo",
            "RECADO_DATA_DIR": str(folder / "data"),
            "RECADO_PORT": str(port),
            "RECADO_LOG_FORMAT": "json",
            "QUIET_SECONDS": "0.5",
        }
        program = Program("recado", [str(RECADO), "serve"], folder / "recado.log", env)
        await program.start()
        try:
            waha = Waha((await program.says(r"  group +(http://\S+)", PATIENCE_SECONDS))[1])
            zoho = Zoho((await program.says(r"  tickets +(http://\S+)/sandbox/tickets"))[1])
            url = f"http://127.0.0.1:{port}"

            async def ready() -> Any:
                return (await waha.http.get(f"{url}/ready")).is_success

            await eventually(ready, PATIENCE_SECONDS)
            await tell_a_story(waha, zoho)
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                for scheme, ending in SCHEMES.items():
                    page = await browser.new_page(
                        viewport=SIZE, locale="es-MX", color_scheme=scheme
                    )
                    await take(page, url, ending)
                    await page.close()
                await browser.close()
            await waha.http.aclose()
            await zoho.http.aclose()
        finally:
            await program.end()


if __name__ == "__main__":
    asyncio.run(main())
