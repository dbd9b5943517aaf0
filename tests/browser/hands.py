"""How a person works a page: with a mouse, or with the keyboard alone."""

from __future__ import annotations

from typing import Protocol

from playwright.async_api import Locator, Page

MOST_STEPS = 120


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
        await what.click()

    async def write(self, where: Locator, text: str) -> None:
        await where.click()
        await self._page.keyboard.type(text)

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
        await self._page.keyboard.press("Enter")

    async def write(self, where: Locator, text: str) -> None:
        await self._reach(where)
        await self._page.keyboard.type(text)

    async def choose(self, where: Locator, label: str) -> None:
        await self._reach(where)
        await self._page.keyboard.type(label)

    async def tick(self, what: Locator) -> None:
        await self._reach(what)
        await self._page.keyboard.press("Space")

    async def _reach(self, what: Locator) -> None:
        """Go there as a keyboard does. Raises AssertionError for what cannot be reached."""
        await what.wait_for()
        in_menu = await what.get_attribute("role") == "menuitem"
        key = "ArrowDown" if in_menu else "Tab"
        for _ in range(MOST_STEPS):
            if await what.evaluate("element => element === document.activeElement"):
                return
            await self._page.keyboard.press(key)
        raise AssertionError(f"the keyboard does not reach {what}")


def hands(kind: str, page: Page) -> Hands:
    """The hands of this kind."""
    return Mouse(page) if kind == "mouse" else Keyboard(page)
