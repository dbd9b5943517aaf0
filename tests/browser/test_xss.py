"""What strangers write is text: two hundred payloads, and nothing of them runs."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import PATIENCE_MS, Open, Playground
from tests.service.stage import PATIENCE, eventually

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

# Whatever of them ran would say so here.
RUN = "window.__ran=(window.__ran||0)+1"
VECTORS = (
    "<script>{0}</script>",
    "<img src=x onerror={0}>",
    "<svg onload={0}>",
    '"><script>{0}</script>',
    "'><img src=x onerror={0}>",
    "<iframe srcdoc='<script>parent.{0}</script>'></iframe>",
    "<a href=javascript:{0}>pulsa</a>",
    "javascript:{0}",
    "<body onload={0}>",
    "<input autofocus onfocus={0}>",
    "<details open ontoggle={0}>x</details>",
    "<video><source onerror={0}></video>",
    "<math><mtext><img src=x onerror={0}></mtext></math>",
    "<style>@import 'data:text/css,*{{}}';</style><img src=x onerror={0}>",
    "${{{0}}}",
    "{{{{{0}}}}}",
    "{{{{constructor.constructor('{0}')()}}}}",
    "</textarea><script>{0}</script>",
    "</title><script>{0}</script>",
    "<object data='data:text/html,<script>{0}</script>'></object>",
    "<embed src='javascript:{0}'>",
    "<form action=javascript:{0}><button>x</button></form>",
    "<base href='javascript:{0}//'>",
    "<meta http-equiv=refresh content='0;url=javascript:{0}'>",
    "<marquee onstart={0}>x</marquee>",
    "<svg><script>{0}</script></svg>",
    "<svg><animate onbegin={0} attributeName=x></svg>",
    "<template><script>{0}</script></template>",
    "<noscript><p title='</noscript><img src=x onerror={0}>'>",
    "<!--><script>{0}</script-->",
    "<scr<script>ipt>{0}</scr</script>ipt>",
    "&lt;script&gt;{0}&lt;/script&gt;",
    "%3Cscript%3E{0}%3C/script%3E",
    "\\u003cscript\\u003e{0}\\u003c/script\\u003e",
    "<img src='x' onerror='{0}' ",
    "<IMG SRC=x ONERROR={0}>",
    "<a onmouseover={0}>mira</a>",
    "[x](javascript:{0})",
    "data:text/html,<script>{0}</script>",
    "\u202e<script>{0}</script>",
)


def payload(vector: str) -> str:
    """The vector with something that would be noticed."""
    return vector.format(RUN)


async def attack(playground: Playground, number: int, vector: str) -> None:
    """One payload as text, push name, group name, file name and, through the text, subject."""
    words = payload(vector)
    said: dict[str, Any] = {
        "chat": f"1203630000001{number:05d}@g.us",
        "chat_name": f"{words} {number}",
        "who": f"1000000001{number:05d}@lid",
        "name": words,
    }
    await playground.waha.say(f"No funciona la impresora {words} en la tienda {number}", **said)
    file = {"base64": "aG9sYQ==", "mimetype": "application/pdf", "filename": f"{words}.pdf"}
    await playground.waha.say(words, media=file, **said)


async def test_nothing_that_was_written_runs(visit: Open, playground: Playground) -> None:
    assert len(VECTORS) * 5 >= 200
    for number, vector in enumerate(VECTORS, start=100):
        await attack(playground, number, vector)
    broken = {"event": "message", "session": "default", "payload": {"id": payload(VECTORS[1])}}
    await playground.waha.deliver(broken)
    chats = {f"1203630000001{100 + place:05d}@g.us" for place in range(len(VECTORS))}

    async def all_seen() -> bool:
        answer = await playground.waha.http.get(f"{playground.url}/api/incidents?limit=500")
        return chats <= {row["chat"] for row in answer.json()["data"]}

    await eventually(all_seen, 3 * PATIENCE, 1, what="the reports are not incidents")
    opened = await visit()
    page = opened.page
    dialogs: list[str] = []

    async def refuse(dialog: Any) -> None:
        dialogs.append(dialog.message)
        await dialog.dismiss()

    page.on("dialog", refuse)
    for place in ("incidents", "tickets", "outbox", "figures"):
        await opened.go(place)
        await page.wait_for_load_state("networkidle")
        assert await page.evaluate("window.__ran") is None, place
    await opened.go("chat")
    groups = page.get_by_label("Grupos")
    for number in range(100, 100 + len(VECTORS)):
        await groups.select_option(value=f"1203630000001{number:05d}@g.us")
        await page.locator(".bubble").first.wait_for()
    assert await page.evaluate("window.__ran") is None, "chat"
    answer = await playground.waha.http.get(f"{playground.url}/api/incidents?limit=500")
    rows = [one for one in answer.json()["data"] if one["chat"] in chats]
    assert {row["chat"] for row in rows} == chats, "one incident of each payload"
    for row in rows:
        await opened.go(f"incidents/{row['id']}")
        await page.get_by_role("heading", name="Conversación").wait_for()
        if row["ticket_id"]:
            await page.locator("[data-desk-ticket]").wait_for()
        for folded in await page.locator("details").all():
            await folded.locator("summary").click()
        assert await page.evaluate("window.__ran") is None, row["subject"]
    await asyncio.sleep(1)
    assert await page.evaluate("window.__ran") is None
    assert dialogs == []


def an_export() -> str:
    """A chat as a phone exports it, in which everything is a payload."""
    lines = []
    for number, vector in enumerate(VECTORS):
        # A person's name ends at the first colon, in whatever was written.
        name = payload(vector).replace(":", "")
        said = f"No funciona la impresora {payload(vector)} en la tienda {number}"
        lines.append(f"02/03/26, 9:{number:02d} a. m. - {name}: {said}")
    return "\n".join(lines) + "\n"


async def test_nothing_of_a_replayed_chat_runs(
    visit: Open, playground: Playground, tmp_path: Path
) -> None:
    chat = tmp_path / "Chat de WhatsApp con <img src=x onerror=alert(1)>.txt"
    chat.write_text(an_export(), encoding="utf-8")
    opened = await visit()
    page = opened.page
    dialogs: list[str] = []

    async def refuse(dialog: Any) -> None:
        dialogs.append(dialog.message)
        await dialog.dismiss()

    page.on("dialog", refuse)
    await opened.go("replay")
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("button", name="Elegir un archivo").click()
    await (await chooser.value).set_files(chat)
    report = page.frame_locator("iframe.report")
    await report.locator(".said").nth(len(VECTORS) - 1).wait_for(timeout=4 * PATIENCE_MS)
    assert await report.locator("article.one").count() >= 1
    async with page.expect_download() as saving:
        await page.get_by_role("link", name="Guardar como HTML").click()
    kept = tmp_path / "kept.html"
    await (await saving.value).save_as(kept)
    for name in ("page", "frame"):
        where = page.main_frame if name == "page" else page.frames[-1]
        assert await where.evaluate("window.__ran") is None, name
    alone = await page.context.new_page()
    alone.on("dialog", refuse)
    await alone.goto(kept.as_uri())
    await alone.locator(".said").first.wait_for()
    assert await alone.evaluate("window.__ran") is None, "the file that was kept"
    assert dialogs == []


async def test_the_policy_of_the_page_allows_no_inline_code(
    visit: Open, playground: Playground
) -> None:
    answer = await playground.waha.http.get(f"{playground.url}/")
    policy = answer.headers["content-security-policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    opened = await visit()
    await opened.go("incidents")
    await opened.page.evaluate(
        """() => { const made = document.createElement('script');
        made.textContent = 'window.__ran = 1'; document.body.append(made); }"""
    )
    assert await opened.page.evaluate("window.__ran") is None

    async def refused() -> bool:
        return bool(opened.troubles)

    await eventually(refused, what="the browser does not say that it ran nothing")
    assert len(opened.troubles) == 1
    assert "Content Security Policy" in opened.troubles.pop()
