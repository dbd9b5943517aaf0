"""An operator moves, splits, merges and takes up on the incident's page, and reads who did what."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Page, expect

from domain.ticket import source_ref
from tests.browser.conftest import Open, Playground, Visit
from tests.browser.hands import Hands, hands
from tests.browser.test_everybody import serious
from tests.service.stage import eventually

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]
SECOND = {"who": "100000000000044", "name": "Raúl"}


async def incidents(playground: Playground, chat: str, count: int) -> list[str]:
    """The incidents of a chat once so many have a ticket, the first reported in front."""

    async def look() -> list[dict[str, Any]]:
        answer = await playground.waha.http.get(f"{playground.url}/api/incidents?limit=500")
        rows = [row for row in answer.json()["data"] if row["chat"] == chat]
        return rows if sum(row["ticket_number"] is not None for row in rows) >= count else []

    rows = await eventually(look, what=f"no {count} tickets")
    return [row["id"] for row in sorted(rows, key=lambda row: str(row["opened_at"]))]


async def confirm(page: Page, person: Hands, why: str) -> None:
    """Say who and why, read what will happen, and confirm."""
    dialog = page.get_by_role("dialog")
    name = dialog.get_by_label("Tu nombre")
    if not await name.input_value():
        await person.write(name, "Marta")
    await person.write(dialog.get_by_label("Motivo"), why)
    await dialog.get_by_text("El grupo no recibe nada").wait_for()
    await person.press(dialog.get_by_role("button", name="Confirmar"))
    await dialog.wait_for(state="hidden")
    await page.locator("[data-correction]", has_text=why).wait_for()


async def opens(opened: Visit, incident: str) -> None:
    await opened.go(f"incidents/{incident}")
    await opened.page.get_by_role("heading", name="Correcciones").wait_for()


@pytest.mark.parametrize(("kind", "width"), [("mouse", 1440), ("keyboard", 360)])
async def test_an_operator_tidies_up(
    visit: Open, playground: Playground, kind: str, width: int
) -> None:
    chat = f"1203630000007{width:05d}@g.us"
    said: dict[str, Any] = {"chat": chat, "chat_name": f"Tiendas de {kind}"}
    waha = playground.waha
    # A store for each: the same words of the same store are one report, whatever the group.
    printed = await waha.say(f"la impresora de tickets no imprime, tienda {width}", **said)
    [first] = await incidents(playground, chat, 1)
    await waha.say("y no hay internet desde ayer", quote=printed, **said)
    opened = await visit(width=width)
    page, person = opened.page, hands(kind, opened.page)

    await opens(opened, first)
    await person.tick(page.get_by_label("Marcar: y no hay internet desde ayer"))
    await person.press(page.get_by_role("button", name="Separar en una nueva"))
    dialog = page.get_by_role("dialog")
    await dialog.get_by_text("La incidencia nueva").wait_for()
    await dialog.get_by_text("recibe un comentario").wait_for()
    await confirm(page, person, "son dos cosas")
    _, second = await incidents(playground, chat, 2)

    await opens(opened, second)
    await waha.say("el módem ya se reinició", quote=printed, **(said | SECOND))
    await opens(opened, first)
    await person.tick(page.get_by_label("Marcar: el módem ya se reinició"))
    await person.press(page.get_by_role("button", name="Mover a otra"))
    which = page.get_by_role("dialog").get_by_label("¿Cuál?")
    await which.locator("option", has_text="nternet").wait_for(state="attached")
    option = await which.locator("option", has_text="nternet").inner_text()
    await person.choose(which, option)
    await confirm(page, person, "hablaba del internet")
    await page.get_by_label("Marcar: el módem ya se reinició").wait_for(state="detached")

    await person.press(page.get_by_role("button", name="Unir con otra"))
    await page.get_by_role("dialog").get_by_label("¿Cuál?").wait_for()
    await person.choose(page.get_by_role("dialog").get_by_label("¿Cuál?"), option)
    await page.get_by_role("dialog").get_by_text("se cierra con un comentario").wait_for()
    await confirm(page, person, "era lo mismo")
    await page.get_by_label("Marcar: el módem ya se reinició").wait_for()
    await expect(page.locator("[data-correction]")).to_have_count(3)

    await opens(opened, second)
    await page.get_by_text("Unida a:").wait_for()
    assert await serious(page) == []
    await person.press(page.get_by_role("button", name="Retomar"))
    await confirm(page, person, "no, son dos")
    await page.get_by_label("Marcar: el módem ya se reinició").wait_for()
    wide = await page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, "the page scrolls sideways"

    async def both_open() -> bool:
        tickets = await playground.zoho.tickets()
        # The group's own name is learnt beside all this: a ticket may do without.
        refs = {source_ref(incident) for incident in (first, second)}
        ours = [one for one in tickets if any(ref in one["description"] for ref in refs)]
        return len(ours) == 2 and {one["status"] for one in ours} == {"Open"}

    await eventually(both_open, what="the tickets do not follow")
    texts = await waha.texts(chat)
    assert len(texts) == 1, texts
