"""A chat that is dropped on the page is replayed before one's eyes, and kept as the very file that
the command writes."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from tests.browser.conftest import PATIENCE_MS, Open, Playground
from tests.service.stage import RECADO

pytestmark = [pytest.mark.slow, pytest.mark.timeout(580)]
CHAT = Path(__file__).parents[1] / "fixtures" / "chats" / "Chat de WhatsApp con Tiendas Valle.txt"
# What a person's hand does with a file, as far as a page can tell.
DROP = """(zone, [name, text]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([text], name, { type: 'text/plain' }));
  for (const kind of ['dragover', 'drop'])
    zone.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true }));
}"""


async def from_the_command(folder: Path, *more: str) -> str:
    """What `recado replay --html` writes of the same chat, with nothing configured."""
    path = folder / "of-the-command.html"
    process = await asyncio.create_subprocess_exec(
        *(str(RECADO), "replay", str(CHAT), "--html", str(path), "--json", *more),
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(folder)},
        cwd=folder,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert await process.wait() == 0
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["es", "en"])
async def test_a_dropped_chat_is_watched_read_and_kept(
    visit: Open, playground: Playground, tmp_path: Path, language: str
) -> None:
    opened = await visit()
    page = opened.page
    await opened.go("replay")
    if language == "en":
        await page.get_by_role("button", name="English").click()
    words = {
        "es": ("Repitiendo", "Repetición de Tiendas Valle", "El chat", "costo", "preguntas"),
        "en": ("Replaying", "Replay of Tiendas Valle", "The chat", "cost", "questions"),
    }[language]
    running, title, chat, cost, questions = words
    zone = page.locator("[data-drop]")
    await zone.evaluate(DROP, [CHAT.name, CHAT.read_text()])
    progress = page.get_by_role("progressbar", name=running)
    await progress.wait_for()
    report = page.frame_locator("iframe.report")
    await report.get_by_role("heading", name=title).wait_for(timeout=4 * PATIENCE_MS)
    both = await report.locator("main > section").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(at => [at.left, at.top])"
    )
    (left, _), (right, _) = both
    assert left < right, "the chat and what it became stand side by side"
    assert await report.get_by_role("region", name=chat).locator(".said").count() > 5
    figures = await report.locator(".figures").inner_text()
    assert cost in figures
    assert questions in figures
    assert await report.locator("article.one").count() >= 1

    save = "Guardar como HTML" if language == "es" else "Save as HTML"
    async with page.expect_download() as saving:
        await page.get_by_role("link", name=save).click()
    kept = tmp_path / "kept.html"
    await (await saving.value).save_as(kept)
    same = await from_the_command(tmp_path, "--language", language)
    assert kept.read_text(encoding="utf-8") == same
