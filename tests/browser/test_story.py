"""The whole story in a real browser: an incomplete report, the question, the answer, the ticket,
and a status changed at the desk."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from tests.browser.conftest import Open
from tests.browser.hands import Hands, hands

pytestmark = pytest.mark.slow


async def answered(page: Page) -> None:
    """Leave a dialog with Enter. It gives the keyboard back only once it is gone."""
    await page.keyboard.press("Enter")
    await page.get_by_role("dialog").wait_for(state="detached")


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("kind", ["mouse", "keyboard"])
async def test_a_report_becomes_a_ticket_and_the_group_hears_of_it(
    visit: Open, kind: str, width: int
) -> None:
    opened = await visit(width=width)
    page = opened.page
    person: Hands = hands(kind, page)
    name = f"Tiendas {kind} {width}"
    await opened.go("chat")

    await person.press(page.get_by_role("button", name="Grupo nuevo"))
    await person.write(page.get_by_label("Nombre del grupo"), name)
    await answered(page)
    # Somebody whose store nobody knows yet, and whose name says none.
    await person.press(page.get_by_role("button", name="Otra persona"))
    await person.write(page.get_by_label("Nombre de la persona"), "Ana Ortega")
    await answered(page)
    await person.press(
        page.get_by_role("button", name="La impresora de tickets no funciona", exact=True)
    )
    question = page.locator(".bubble.bot", has_text="tienda")
    await question.wait_for()

    await person.press(question.get_by_role("button", name="Acciones del mensaje"))
    await person.press(page.get_by_role("menuitem", name="Responder", exact=True))
    await person.write(page.get_by_label("Escribe un mensaje"), f"tienda {width}")
    await page.keyboard.press("Enter")
    notice = page.locator(".bubble.bot", has_text="Se creó el ticket")
    await notice.wait_for()
    number = (await notice.inner_text()).split("#")[1].split()[0]

    sections = page.get_by_role("navigation", name="Secciones")
    await person.press(sections.get_by_role("link", name="Tickets"))
    ticket = page.locator(f'[data-ticket="{number}"]')
    await person.choose(ticket.get_by_label("Estado"), "En espera")
    await person.press(ticket.get_by_role("button", name="Cambiar el estado"))
    await ticket.get_by_text("En espera · ").wait_for()

    await person.press(sections.get_by_role("link", name="Grupo"))
    await page.locator(".bubble.bot", has_text="Actualización del ticket").wait_for()
    said = await page.locator(".bubble").all_inner_texts()
    assert await page.locator(".bubble.bot").count() == 3, said

    await person.press(sections.get_by_role("link", name="Incidencias"))
    row = page.locator("[data-incident]").filter(has_text=name)
    await row.get_by_text(f"{number} En espera").wait_for()
    await person.press(row.get_by_role("link"))
    await page.get_by_text(f"de «tienda {width}»").wait_for()
    for node in ("classify", "extract", "ask_missing", "open_ticket", "follow_up"):
        await page.get_by_role("listitem").filter(has_text=node).first.wait_for()
    drawn = page.get_by_role("img", name="Recorrido")
    assert "open_ticket" in (await drawn.get_attribute("aria-label") or "")
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, "the page scrolls sideways"
