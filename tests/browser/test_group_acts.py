"""Everything else that people do in a group: voice notes and photos, mentions, bursts, being
somebody else, and messages that come late or in another order."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import expect

from tests.browser.conftest import PATIENCE_MS, Open, Playground
from tests.browser.group import (
    attach,
    become,
    bot,
    choose,
    do,
    incidents_of,
    new_group,
    said,
    write,
)
from tests.service.conftest import Demo
from tests.service.stage import eventually
from tests.service.test_corrections import settled

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


@pytest.fixture
def voice_note(tmp_path: Path) -> Path:
    """Half a second of silence."""
    path = tmp_path / "nota.wav"
    with wave.open(str(path), "wb") as note:
        note.setnchannels(1)
        note.setsampwidth(2)
        note.setframerate(8000)
        note.writeframes(b"\0\0" * 4000)
    return path


async def files_of(playground: Playground, words: str) -> list[str]:
    """The names of what is attached to the ticket whose subject has these words."""
    tickets = [one for one in await playground.zoho.tickets() if words in one["subject"]]
    return [file["name"] for one in tickets for file in one["attachments"]]


async def test_a_photo_and_a_voice_note_reach_the_ticket(
    visit: Open, playground: Playground, voice_note: Path, tmp_path: Path
) -> None:
    page = await new_group(await visit(), "Tiendas con voz")
    await write(page, "No funciona la báscula en la tienda 61")
    await bot(page, "Se creó el ticket").wait_for()
    photo = tmp_path / "bascula.png"
    Image.new("RGB", (320, 200), "navy").save(photo)
    await attach(page, "Foto", photo)
    picture = page.locator(".bubble img")
    await picture.wait_for()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 320
    await attach(page, "Nota de voz", voice_note)
    heard = page.locator(".bubble audio")
    await heard.wait_for()
    seconds = await heard.evaluate(
        """async audio => { audio.preload = 'metadata'; audio.load();
        await new Promise(done => { audio.onloadedmetadata = done; audio.onerror = done; });
        return audio.duration; }"""
    )
    assert seconds == pytest.approx(0.5)

    async def attached() -> bool:
        return len(await files_of(playground, "tienda 61")) == 2

    await eventually(attached, what="the files are not on the ticket")
    (incident,) = await incidents_of(playground, page)()
    kinds = {one["kind"] for one in incident["messages"]}
    assert {"text", "image", "audio"} <= kinds


async def test_a_mention_names_who_is_meant(visit: Open, playground: Playground) -> None:
    page = await new_group(await visit(), "Tiendas que llaman")
    await page.get_by_label("Escribe un mensaje").fill("No funciona la caja en la tienda 66")
    await choose(page, "Adjuntar", "@Beto (Tienda 12)")
    await page.get_by_label("Escribe un mensaje").press("Enter")
    await page.locator(".bubble", has_text="@Beto (Tienda 12)").wait_for()
    await bot(page, "Se creó el ticket").wait_for()
    (row,) = await playground.rows(
        "SELECT mentions FROM messages WHERE text LIKE '%%tienda 66%%' AND NOT from_me"
    )
    assert [one.partition("@")[0] for one in row["mentions"]] == ["100000000000002"]


async def test_somebody_else_writes_and_is_the_reporter(
    visit: Open, playground: Playground
) -> None:
    page = await new_group(await visit(), "Tiendas de dos")
    await write(page, "Buenos días a todos")
    await become(page, "Nayeli")
    bubble = await write(page, "No funciona la impresora de tickets en la tienda 67")
    await expect(bubble.locator(".who")).to_have_text("Nayeli")
    await bot(page, "Se creó el ticket").wait_for()
    (incident,) = await incidents_of(playground, page)()
    assert incident["reporter"] == "Nayeli"
    assert said(incident) == ["No funciona la impresora de tickets en la tienda 67"]


async def test_a_burst_is_one_incident_and_gets_one_answer(demo: Demo, visit: Open) -> None:
    # A page on a busy machine may take longer between two messages than the playground waits.
    recado = await demo(QUIET_SECONDS="6")
    burst = Playground(recado.url, recado.waha, recado.zoho, recado.program)
    page = await new_group(await visit(url=recado.url), "Tiendas con prisa")
    await choose(page, "Escenas", "Ráfaga de mensajes")
    await expect(page.locator(".bubble:not(.bot)")).to_have_count(4, timeout=PATIENCE_MS)
    await bot(page, "Se creó el ticket").wait_for()
    (incident,) = await incidents_of(burst, page)()
    assert (incident["store"], incident["priority"]) == ("12", "urgent")
    assert "oigan la terminal bancaria no funciona" in said(incident)
    await settled(recado)
    await expect(page.locator(".bubble.bot")).to_have_count(1)


async def received(playground: Playground, page: Any) -> list[dict[str, Any]]:
    """The people's messages of the group that is shown, as they came in."""
    chat = await page.get_by_label("Grupos").input_value()
    return await playground.rows(
        """SELECT text, extract(epoch FROM received_at - sent_at)::float8 AS late FROM messages
           WHERE chat = %s AND NOT from_me ORDER BY id""",
        chat,
    )


async def test_what_is_delivered_late_is_a_report_all_the_same(
    visit: Open, playground: Playground
) -> None:
    page = await new_group(await visit(), "Tiendas lejanas")
    await choose(page, "Escenas", "20 s tarde")
    await write(page, "No funciona la impresora de tickets en la tienda 63")
    assert await received(playground, page) == []
    await bot(page, "Se creó el ticket").wait_for()
    (row,) = await received(playground, page)
    assert row["late"] >= 19
    (incident,) = await incidents_of(playground, page)()
    assert incident["store"] == "63"


async def test_what_arrives_in_another_order_is_one_incident(
    visit: Open, playground: Playground
) -> None:
    page = await new_group(await visit(), "Tiendas revueltas")
    # Somebody whose store nobody has learnt in another story.
    await become(page, "Nuria")
    await choose(page, "Escenas", "Fuera de orden")
    await write(page, "en la tienda 62")
    await page.wait_for_timeout(1100)  # people's times come in whole seconds
    await write(page, "No funciona la impresora de tickets")
    await bot(page, "Se creó el ticket").wait_for()
    first, last = "No funciona la impresora de tickets", "en la tienda 62"
    assert [row["text"] for row in await received(playground, page)] == [first, last]
    (incident,) = await incidents_of(playground, page)()
    assert incident["store"] == "62"
    assert said(incident) == [last, first], "they are shown as they were said"


async def test_a_reaction_is_no_report(visit: Open, playground: Playground) -> None:
    page = await new_group(await visit(), "Tiendas que aplauden")
    await write(page, "No funciona la impresora de tickets en la tienda 68")
    notice = bot(page, "Se creó el ticket")
    await notice.wait_for()
    await do(page, notice, "Reaccionar 🙏")
    await notice.get_by_text("🙏").wait_for()
    bubble = await write(page, "gracias")
    await do(page, bubble, "Reaccionar 👍")
    await bubble.get_by_text("👍").wait_for()
    incidents = await incidents_of(playground, page)()
    assert len(incidents) == 1
    assert await page.locator(".bubble.bot").count() == 1
