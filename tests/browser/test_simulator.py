"""What people do in the group reaches Recado by WAHA's wire, whichever hand did it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.conftest import PATIENCE_MS, Open, Playground
from tests.browser.group import become, choose, do, incidents_of, new_group, write
from tests.browser.hands import closed
from tests.service.stage import eventually

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
CHATS = Path(__file__).parents[1] / "fixtures" / "chats"


async def test_a_drawn_error_is_on_the_ticket(visit: Open, playground: Playground) -> None:
    page = await new_group(await visit(), "Tiendas con foto")
    await page.get_by_label("Escribe un mensaje").fill("No funciona la caja en la tienda 31")
    await page.get_by_role("button", name="Adjuntar").click()
    await page.get_by_role("menuitem", name="Foto de un error de la caja").click()
    await closed(page)
    await page.get_by_label("Texto en la pantalla").fill("ERROR E-102 SIN PAPEL")
    await page.get_by_role("dialog").get_by_role("button", name="Enviar").click()
    picture = page.locator(".bubble img")
    await picture.wait_for()
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 800
    await page.locator(".bubble.bot", has_text="Se creó el ticket").wait_for()

    async def attached() -> bool:
        tickets = await playground.zoho.tickets()
        found = [one for one in tickets if "tienda 31" in one["subject"]]
        return bool(found) and len(found[0]["attachments"]) == 1

    await eventually(attached, what="the picture is not on the ticket")


async def test_edit_react_and_delete_are_seen(visit: Open, playground: Playground) -> None:
    page = await new_group(await visit(), "Tiendas que corrigen")
    # Somebody whose store nobody has learnt in another story: what is edited is not a ticket yet.
    await become(page, "Nadia")
    bubble = await write(page, "La impresora de tickets no funciona")
    await do(page, bubble, "Reaccionar 👍")
    await bubble.get_by_text("👍").wait_for()
    await do(page, bubble, "Editar")
    field = page.get_by_label("Escribe un mensaje")
    await expect(field).to_have_value("La impresora de tickets no funciona")
    await field.fill("La impresora de tickets no funciona, tienda 32")
    await field.press("Enter")
    await page.locator(".bubble", has_text="editado").wait_for()
    chat = await write(page, "esto sobra")
    identity = await chat.get_attribute("data-message")
    await do(page, chat, "Eliminar para todos")
    await page.locator(f'[data-message="{identity}"]', has_text="Se eliminó").wait_for()
    await page.locator(".bubble.bot", has_text="Se creó el ticket").wait_for()
    (incident,) = await incidents_of(playground, page)()
    assert incident["store"] == "32"


async def test_what_is_delivered_twice_counts_once(visit: Open, playground: Playground) -> None:
    page = await new_group(await visit(), "Tiendas con eco")
    await choose(page, "Escenas", "Dos veces")
    await write(page, "No funciona la impresora de tickets en la tienda 33")
    await page.locator(".bubble.bot", has_text="Se creó el ticket").wait_for()
    (incident,) = await incidents_of(playground, page)()
    assert len([one for one in incident["messages"] if not one["from_me"]]) == 1
    assert await page.locator(".bubble.bot").count() == 1


async def test_ten_reports_of_an_outage_all_find_an_incident(
    visit: Open, playground: Playground
) -> None:
    page = await new_group(await visit(), "Tiendas sin red")
    await choose(page, "Escenas", "Se cae la red de una tienda")
    await expect(page.locator(".bubble:not(.bot)")).to_have_count(10, timeout=PATIENCE_MS)
    await page.locator(".bubble.bot", has_text="Se creó el ticket").first.wait_for()
    look = incidents_of(playground, page)

    async def gathered() -> bool:
        said = [one for incident in await look() for one in incident["messages"]]
        return len([one for one in said if not one["from_me"]]) == 10

    # How many incidents they make is for `recado eval` to measure: here none of them gets lost.
    await eventually(gathered, what="not every report found its incident")


async def test_a_chat_is_replayed_and_kept_as_one_file(
    visit: Open, playground: Playground, tmp_path: Path
) -> None:
    opened = await visit()
    page = opened.page
    await opened.go("replay")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Elegir un archivo").click()
    await (await chooser.value).set_files(CHATS / "Chat de WhatsApp con Tiendas Centro.txt")
    report = page.frame_locator("iframe.report")
    await report.get_by_role("heading", name="Repetición de Tiendas Centro").wait_for(
        timeout=3 * PATIENCE_MS
    )
    async with page.expect_download() as saving:
        await page.get_by_role("link", name="Guardar como HTML").click()
    kept = tmp_path / "kept.html"
    await (await saving.value).save_as(kept)
    assert "Impresora de tickets no imprime, tienda 45" in kept.read_text(encoding="utf-8")
    assert len(await playground.waha.sent("tiendas-centro")) == 0
