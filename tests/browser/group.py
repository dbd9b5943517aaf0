"""The simulated group as a person uses it: write, attach, take a line of a menu."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page

from tests.browser.conftest import Playground, Visit
from tests.browser.hands import closed

Look = Callable[[], Awaitable[list[dict[str, Any]]]]


async def new_group(opened: Visit, name: str) -> Page:
    """The simulator, in a group of its own."""
    page = opened.page
    await opened.go("chat")
    await page.get_by_role("button", name="Grupo nuevo").click()
    await _named(page, "Nombre del grupo", name)
    return page


async def write(page: Page, text: str) -> Locator:
    """Write, and see it in the chat."""
    field = page.get_by_label("Escribe un mensaje")
    await field.fill(text)
    await field.press("Enter")
    bubble = page.locator(".bubble:not(.bot)", has_text=text).last
    await bubble.wait_for()
    return bubble


async def do(page: Page, bubble: Locator, what: str) -> None:
    """Take a line of a message's menu."""
    await bubble.get_by_role("button", name="Acciones del mensaje").click()
    await page.get_by_role("menuitem", name=what, exact=True).click()
    await closed(page)


async def choose(page: Page, menu: str, what: str) -> None:
    """Take a line of one of the menus above the chat, or beside the field."""
    await page.get_by_role("button", name=menu, exact=True).click()
    await page.get_by_role("menuitem", name=what).click()
    await closed(page)


async def attach(page: Page, what: str, file: Path) -> None:
    """Pick a file as a photo or a voice note."""
    await page.get_by_role("button", name="Adjuntar").click()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("menuitem", name=what, exact=True).click()
    await (await chooser.value).set_files(file)
    await closed(page)


async def become(page: Page, name: str) -> None:
    """Be a person who was not there before."""
    await page.get_by_role("button", name="Otra persona").click()
    await _named(page, "Nombre de la persona", name)


async def _named(page: Page, label: str, name: str) -> None:
    """Give the name that a dialog asks for. It gives the keyboard back only once it is gone."""
    field = page.get_by_label(label)
    await field.fill(name)
    await field.press("Enter")
    await page.get_by_role("dialog").wait_for(state="detached")


def bot(page: Page, words: str) -> Locator:
    """What the bot said with these words."""
    return page.locator(".bubble.bot", has_text=words)


def incidents_of(playground: Playground, page: Page) -> Look:
    """Asks for the incidents of the group that is shown, each in full."""

    async def look() -> list[dict[str, Any]]:
        chat = await page.get_by_label("Grupos").input_value()
        url = f"{playground.url}/api/incidents"
        rows = (await playground.waha.http.get(f"{url}?limit=500")).json()["data"]
        here = [row for row in rows if row["chat"] == chat]
        return [
            (await playground.waha.http.get(f"{url}/{row['id']}")).json()["data"] for row in here
        ]

    return look


def said(incident: dict[str, Any]) -> list[str]:
    """What people said in an incident."""
    return [one["text"] for one in incident["messages"] if not one["from_me"]]
