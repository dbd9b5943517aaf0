"""How a person works a page: with a mouse, or with the keyboard alone."""

from __future__ import annotations

from typing import Protocol

from playwright.async_api import Locator, Page, expect

MOST_STEPS = 400
# A dialog or a menu that has just come or gone may take the keyboard a moment later.
HOLDS_THE_KEYBOARD = """async (element) => {
  for (let look = 0; look < 3; look++) {
    if (element !== document.activeElement) return false;
    await new Promise(requestAnimationFrame);
  }
  return element === document.activeElement;
}"""
CHOSEN = "list => list.selectedOptions[0]?.label"
CHOOSINGS, FORGOTTEN_MS = 5, 1500


class Hands(Protocol):
    """What a story needs of them."""

    async def press(self, what: Locator) -> None:
        """Use a button, a link or a line of a menu."""

    async def write(self, where: Locator, text: str) -> None:
        """Put a text into a field."""

    async def choose(self, where: Locator, label: str) -> None:
        """Take an option of a list."""

    async def tick(self, what: Locator) -> None:
        """Tick a box."""


class Mouse:
    """Points and clicks."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def press(self, what: Locator) -> None:
        await what.wait_for()
        in_menu = await is_in_menu(what)
        await what.click()
        if in_menu:
            await closed(self._page)

    async def write(self, where: Locator, text: str) -> None:
        await where.click()
        await self._page.keyboard.type(text)
        await expect(where).to_have_value(text)

    async def choose(self, where: Locator, label: str) -> None:
        await where.select_option(label=label)

    async def tick(self, what: Locator) -> None:
        await what.click()


class Keyboard:
    """Tab, arrows, Enter, and letters."""

    def __init__(self, page: Page) -> None:
        self._page = page

    async def press(self, what: Locator) -> None:
        await self._reach(what)
        in_menu = await is_in_menu(what)
        await self._page.keyboard.press("Enter")
        if in_menu:
            await closed(self._page)

    async def write(self, where: Locator, text: str) -> None:
        await self._reach(where)
        await self._page.keyboard.type(text)
        await expect(where).to_have_value(text)

    async def choose(self, where: Locator, label: str) -> None:
        await where.locator("option", has_text=label).first.wait_for(state="attached")
        await self._reach(where)
        for _ in range(CHOOSINGS):
            await self._page.keyboard.type(label)
            if await where.evaluate(CHOSEN) == label:
                return
            # A browser that was slow took the letters for the beginnings of two words.
            await self._page.wait_for_timeout(FORGOTTEN_MS)
        raise AssertionError(f"the keyboard does not choose {label!r} in {where}")

    async def tick(self, what: Locator) -> None:
        await self._reach(what)
        await self._page.keyboard.press("Space")

    async def _reach(self, what: Locator) -> None:
        """Go there as a keyboard does. Raises AssertionError for what cannot be reached."""
        await what.wait_for()
        key = "ArrowDown" if await is_in_menu(what) else "Tab"
        for _ in range(MOST_STEPS):
            if await what.evaluate(HOLDS_THE_KEYBOARD):
                return
            await self._page.keyboard.press(key)
        raise AssertionError(f"the keyboard does not reach {what}")


async def is_in_menu(what: Locator) -> bool:
    """Whether it is a line of a menu."""
    return await what.get_attribute("role") == "menuitem"


async def closed(page: Page) -> None:
    """The menu is gone: until then it may still give the keyboard back to its button."""
    await page.get_by_role("menu").wait_for(state="detached")


def hands(kind: str, page: Page) -> Hands:
    """The hands of this kind."""
    return Mouse(page) if kind == "mouse" else Keyboard(page)
