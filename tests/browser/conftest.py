"""A real Chromium before a real demo: one of each for all stories, a fresh browser profile for
every page."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from playwright.async_api import Browser, Page, Request, ViewportSize, async_playwright, expect
from psycopg.rows import dict_row

from tests.service.conftest import demo as demo
from tests.service.conftest import empty_postgres as empty_postgres
from tests.service.conftest import run as run
from tests.service.stage import RECADO, Program, Waha, Zoho, free_port

CHROMIUM = Path("/usr/bin/chromium")
BUILT = Path(__file__).parents[2] / "dashboard" / "dist" / "index.html"
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
PATIENCE_MS = 90_000
# Playwright's own patience with what is expected is five seconds.
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Playground:
    """A running demo and the hands of its outside."""

    url: str
    waha: Waha
    zoho: Zoho
    program: Program

    async def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """Rows of its database."""
        url = (Path(self.program.env["RECADO_DATA_DIR"]) / "postgres.url").read_text().strip()
        async with await psycopg.AsyncConnection.connect(
            url, autocommit=True, row_factory=dict_row
        ) as conn:
            return await (await conn.execute(query.encode(), values)).fetchall()


@dataclass
class Visit:
    """A page and what went wrong on it: errors, refused styles and scripts, strange hosts."""

    page: Page
    url: str
    troubles: list[str] = field(default_factory=list)

    def forgive(self, words: str) -> None:
        """Take off what a story brought about itself; it must have happened."""
        kept = [trouble for trouble in self.troubles if words not in trouble]
        assert len(kept) < len(self.troubles), f"nothing of {words!r} in {self.troubles}"
        self.troubles[:] = kept

    async def go(self, place: str) -> None:
        """Open a section from nothing."""
        await self.page.goto(f"{self.url}/#/{place}")
        await self.page.get_by_role("heading", name="Recado", exact=True).wait_for()


async def start_playground(folder: Path) -> Playground:
    """A demo with everything embedded and short pauses."""
    port = free_port()
    env = {
        "RECADO_MODE": "demo",
        "RECADO_DATA_DIR": str(folder / "data"),
        "RECADO_PORT": str(port),
        "RECADO_LOG_FORMAT": "json",
        "QUIET_SECONDS": "0.5",
        "DESK_POLL_SECONDS": "1",
    }
    program = Program("recado", [str(RECADO), "serve"], folder / "recado.log", env)
    await program.start()
    waha = Waha((await program.says(r"  group +(http://\S+)"))[1])
    zoho = Zoho((await program.says(r"  tickets +(http://\S+)/sandbox/tickets"))[1])
    return Playground(f"http://127.0.0.1:{port}", waha, zoho, program)


@dataclass
class Grounds:
    """The playground that the stories share, one after the other."""

    make_folder: Callable[[], Path]
    current: Playground | None = None

    async def take(self) -> Playground:
        """The one there is, as if nothing had gone wrong in it, or a new one."""
        if self.current is not None and not self.current.program.running:
            await self.leave()
        if self.current is None:
            self.current = await start_playground(self.make_folder())
        for outside in (self.current.waha, self.current.zoho):
            await outside.faults()
        return self.current

    async def leave(self) -> None:
        """End it; whoever comes next gets a new one."""
        if self.current is None:
            return
        left, self.current = self.current, None
        await left.waha.http.aclose()
        await left.zoho.http.aclose()
        await left.program.end()


@pytest.fixture(scope="session")
async def grounds(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Grounds]:
    """Where the playground is kept."""
    if not BUILT.is_file():
        pytest.fail("The page is not built: run `make page` (it needs Node 20.19 or newer).")
    made = Grounds(lambda: tmp_path_factory.mktemp("playground"))
    yield made
    await made.leave()


@pytest.fixture
async def playground(grounds: Grounds, request: pytest.FixtureRequest) -> Playground:
    """A demo for all stories. One that is told again gets a new one: the old one has groups with
    the same names, and whatever made the story fail."""
    if getattr(request.node, "execution_count", 1) > 1:
        await grounds.leave()
    return await grounds.take()


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium."""
    if not os.access(CHROMIUM, os.X_OK):
        pytest.fail("The browser tests need Chromium: apt-get install chromium")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        await chromium.close()


Open = Callable[..., Awaitable[Visit]]


@pytest.fixture
async def visit(browser: Browser, playground: Playground) -> AsyncIterator[Open]:
    """Open a browser of its own: `await visit(width=360)`; at the end nothing went wrong in it."""
    made: list[Visit] = []

    async def start(
        width: int = 1440, height: int = 900, url: str = playground.url, **more: str
    ) -> Visit:
        size = ViewportSize(width=width, height=height)
        context = await browser.new_context(viewport=size, locale="es-MX", **more)  # type: ignore[arg-type]
        page = await context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        opened = Visit(page, url)
        made.append(opened)

        def judge(request: Request) -> None:
            local = (url, url.replace("http", "ws"), "data:", "blob:")
            if not request.url.startswith(local):
                opened.troubles.append(f"asked {request.url}")

        page.on("request", judge)
        page.on("pageerror", lambda error: opened.troubles.append(f"error {error}"))
        page.on(
            "console",
            lambda said: opened.troubles.append(said.text) if said.type == "error" else None,
        )
        return opened

    yield start
    for one in made:
        await one.page.context.close()
    assert [trouble for one in made for trouble in one.troubles] == []
