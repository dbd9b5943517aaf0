"""What an operator sees and does: the list, everything about one incident, the ticket at the desk,
taking over, and what waits, failed, or could not be read."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.browser.conftest import PATIENCE_MS, Open, Playground
from tests.service.stage import eventually

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


def group(number: int, name: str) -> dict[str, Any]:
    """Where a story of this file is told, and by whom: nobody has learnt that person's store."""
    who = {"who": f"1000000003{number:05d}"}
    return {"chat": f"1203630000003{number:05d}@g.us", "chat_name": name, **who}


def cell(page: Page, line: str, name: str) -> Locator:
    """Where a line of the list says something under this heading."""
    return page.locator("[data-incident]", has_text=line).locator(f"td[data-label='{name}']")


async def test_the_list_says_where_each_incident_stands(
    visit: Open, playground: Playground
) -> None:
    where = group(1, "Tiendas del norte")
    await playground.waha.say("La terminal bancaria no pasa tarjetas", name="Chayo", **where)
    opened = await visit()
    page = opened.page
    await opened.go("incidents")
    row = page.locator("[data-incident]", has_text="Tiendas del norte")
    await row.get_by_text("recogiendo datos").wait_for()
    await expect(row).to_contain_text("Chayo")
    await expect(cell(page, "Tiendas del norte", "Sistema")).to_contain_text("terminal")
    await expect(cell(page, "Tiendas del norte", "Próximo aviso")).to_contain_text(
        "volver a preguntar: "
    )
    await expect(cell(page, "Tiendas del norte", "Edad")).to_have_text(re.compile(r"\S"))
    await expect(row.get_by_text("urgente").or_(row.get_by_text("normal"))).to_have_count(1)

    await row.get_by_role("link").click()
    await page.get_by_role("button", name="Tomar el caso").click()
    await page.get_by_label("Tu nombre").fill("Ana de soporte")
    await page.get_by_role("dialog").get_by_role("button", name="Tomar el caso").click()
    await page.get_by_text("Responsable: Ana de soporte").wait_for()
    await page.get_by_role("link", name="Volver").click()
    await row.wait_for()
    owner = row.locator("td[data-label='Responsable']")
    await expect(owner).to_have_text("Ana de soporte", timeout=PATIENCE_MS)


async def test_every_decision_about_an_incident_is_shown_in_the_pages_language(
    visit: Open, playground: Playground
) -> None:
    where = group(2, "Tiendas del sur")
    await playground.waha.say("En la tienda 73 no funciona la impresora de tickets", **where)
    (ticket,) = await eventually(
        lambda: _tickets_of(playground, "tienda 73"), 60, what="no ticket of store 73"
    )
    opened = await visit()
    page = opened.page
    await opened.go("incidents")
    await page.locator("[data-incident] a", has_text="tienda 73").click()
    await page.get_by_text("parece un reporte nuevo").wait_for()
    await page.get_by_text("% seguro, reglas)").first.wait_for()
    nodes = page.get_by_role("listitem")
    classified = nodes.filter(has_text="classify").first
    for shown in ("incidencia técnica", "local", "prompt v", " ms"):
        await expect(classified).to_contain_text(shown, ignore_case=True, timeout=PATIENCE_MS)
    await expect(nodes.filter(has_text="extract").first).to_contain_text("tienda: 73")
    planned = nodes.filter(has_text="open_ticket").first
    # Between them the ticket may name similar ones.
    for shown in ("abrir el ticket", "avisar al grupo"):
        await expect(planned).to_contain_text(shown)
    taken = page.locator("svg.map g.taken text")
    assert set(await taken.all_text_contents()) >= {"receive", "classify", "extract", "open_ticket"}
    assert "describe_image" not in await taken.all_text_contents()
    assert await page.locator("svg.map path.taken").count() >= 3

    at_desk = page.locator(f"[data-desk-ticket='{ticket['ticketNumber']}']")
    for shown in (ticket["subject"], "Estado: Abierto", "Prioridad: ", "no funciona la impresora"):
        await expect(at_desk).to_contain_text(shown, timeout=PATIENCE_MS)
    await playground.zoho.set_status(ticket["id"], "On Hold")
    await expect(at_desk).to_contain_text("Estado: En espera", timeout=PATIENCE_MS)

    await page.get_by_role("button", name="English").click()
    await page.get_by_text("reads like a report of its own").wait_for()
    await expect(classified).to_contain_text("incident, technical")
    for shown in ("open the ticket", "tell the group"):
        await expect(planned).to_contain_text(shown)
    await expect(page.get_by_text("parece un reporte")).to_have_count(0)


async def _tickets_of(playground: Playground, words: str) -> list[dict[str, Any]]:
    return [one for one in await playground.zoho.tickets() if words in one["subject"]]


async def test_a_resolution_at_the_desk_is_told_to_the_group(
    visit: Open, playground: Playground
) -> None:
    where = group(3, "Tiendas resueltas")
    await playground.waha.say("En la tienda 74 no funciona la báscula", **where)
    (ticket,) = await eventually(lambda: _tickets_of(playground, "tienda 74"))
    opened = await visit()
    page = opened.page
    await opened.go("tickets")
    card = page.locator(f"[data-ticket='{ticket['ticketNumber']}']")
    await card.get_by_label("Estado").select_option(label="Cerrado")
    await card.get_by_label("Solución").fill("Se calibró la báscula")
    await card.get_by_role("button", name="Cambiar el estado").click()
    await card.get_by_text("Cerrado · ").wait_for()

    async def told() -> bool:
        texts = await playground.waha.texts(where["chat"])
        return any(ticket["ticketNumber"] in text and "resuelto" in text for text in texts[1:])

    await eventually(told, what="the group is not told")


async def test_what_could_not_be_read_is_mended_and_read_again(
    visit: Open, playground: Playground
) -> None:
    where = group(4, "Tiendas rotas")
    broken = {"event": "message", "session": "default", "payload": {"body": "sin nada más"}}
    await playground.waha.deliver(broken)
    opened = await visit()
    page = opened.page
    await opened.go("outbox")
    item = page.get_by_role("article").filter(has_text="sin nada más")
    await item.get_by_role("button", name="Reintentar").click()
    await item.get_by_role("alert").get_by_text("Todavía no se puede usar").wait_for()
    opened.forgive("422")

    whole = {
        "id": f"false_{where['chat']}_3EB0ABCDEF0001_100000000000009@lid",
        "from": where["chat"],
        "participant": "100000000000009@lid",
        "body": "No funciona la impresora de tickets en la tienda 75",
        "timestamp": 1_760_000_000,
    }
    await item.get_by_role("button", name="Corregir").click()
    field = page.get_by_role("dialog").get_by_label("Corregir")
    await field.fill(json.dumps({**broken, "payload": whole}))
    await page.get_by_role("dialog").get_by_role("button", name="Reintentar").click()
    await expect(item).to_have_count(0, timeout=PATIENCE_MS)
    assert await eventually(lambda: _tickets_of(playground, "tienda 75"))


async def test_what_waits_says_why_and_leaves_with_other_words(
    visit: Open, playground: Playground
) -> None:
    where = group(5, "Tiendas calladas")
    await playground.waha.faults(status_429=1)
    await playground.waha.say("La impresora de tickets no funciona", **where)
    opened = await visit()
    page = opened.page
    await opened.go("outbox")
    item = page.get_by_role("article").filter(has_text="grupo · pregunta")
    await item.get_by_text("Motivo: ").wait_for()
    await item.get_by_role("button", name="Corregir").click()
    field = page.get_by_role("dialog").get_by_label("Corregir")
    await field.fill("Por favor, ¿de qué tienda es la impresora?")
    await page.get_by_role("dialog").get_by_role("button", name="Reintentar").click()
    await item.get_by_text("Por favor, ¿de qué tienda es la impresora?").wait_for()
    await playground.waha.faults()
    await expect(item).to_have_count(0, timeout=PATIENCE_MS)
    said = await playground.waha.texts(where["chat"])
    assert said == ["Por favor, ¿de qué tienda es la impresora?"]


async def test_figures_show_what_came_in(visit: Open, playground: Playground) -> None:
    where = group(6, "Tiendas contadas")
    await playground.waha.say("En la tienda 76 no funciona la caja", **where)
    await eventually(lambda: _tickets_of(playground, "tienda 76"))

    async def counted() -> bool:
        # The desk has the ticket before we have its number.
        found = await playground.rows(
            "SELECT 1 FROM incidents WHERE chat = %s AND ticket_number IS NOT NULL", where["chat"]
        )
        return bool(found)

    await eventually(counted, what="the ticket's number is not known")
    opened = await visit()
    page = opened.page
    await opened.go("figures")
    hours = page.get_by_role("region", name="Por hora, últimas 24 horas")
    await hours.get_by_text("Como tabla").click()
    rows = hours.locator("tbody tr")
    await expect(rows).to_have_count(24)
    # The hour may have changed between the message and its ticket.
    last, before = [
        [int(text) for text in await rows.nth(place).locator("td").all_inner_texts()]
        for place in (23, 22)
    ]
    assert min(map(sum, zip(last, before, strict=True))) >= 1, (last, before)
    await hours.locator("svg .recharts-bar-rectangle").first.wait_for(state="attached")
    ages = page.get_by_role("region", name="Incidencias abiertas, por edad")
    await ages.get_by_text("Como tabla").click()
    fresh = [
        int(text) for text in await ages.locator("tbody tr").first.locator("td").all_inner_texts()
    ]
    assert sum(fresh) >= 1
    await page.get_by_text("Ningún modelo de pago ha respondido").wait_for()
