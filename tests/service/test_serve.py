"""`recado serve` for real: from what a store writes to the ticket and the word about it, through
restarts, kills and a desk that is away."""

from __future__ import annotations

import base64
import io
import signal

import pytest
from PIL import Image, ImageDraw

from tests.service.conftest import Demo
from tests.service.stage import eventually

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

INCOMPLETE = "La impresora de tickets no funciona"
COMPLETE = "En la tienda 45 la terminal bancaria no funciona, marca error E-102"
RAUL = {"who": "100000000000002", "name": "Raúl"}


def photo(text: str) -> str:
    """A picture with words on it, in base64."""
    image = Image.new("RGB", (640, 200), "white")
    ImageDraw.Draw(image).text((20, 60), text, fill="black", font_size=64)
    out = io.BytesIO()
    image.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


async def test_a_report_becomes_one_ticket_and_the_group_is_told(demo: Demo) -> None:
    recado = await demo()
    report = await recado.waha.say(INCOMPLETE)
    question = await recado.waha.wait_for("tienda")
    assert question["quote"] == report
    assert await recado.zoho.tickets() == []

    await recado.waha.say("tienda 45")
    (ticket,) = await recado.zoho.wait_for_tickets(1)
    notice = await recado.waha.wait_for(f"#{ticket['ticketNumber']}")
    assert ticket["cf"]["cf_source_ref"]
    assert INCOMPLETE in ticket["description"]
    contacts = {one["id"]: one for one in await recado.zoho.contacts()}
    assert contacts[ticket["contactId"]]["lastName"] == "Lupita"

    photo_id = await recado.waha.say(
        "así sale", media={"base64": photo("ERROR E-102"), "mimetype": "image/png"}
    )
    await recado.waha.say("ya la reiniciamos y sigue sin imprimir")
    assert photo_id

    async def whole() -> bool:
        (now,) = await recado.zoho.tickets()
        words = " ".join(comment["content"] for comment in now["comments"])
        return len(now["attachments"]) == 1 and "ya la reiniciamos" in words

    await eventually(whole, 40, what="no attachment or comment")
    assert [one["text"] for one in await recado.waha.sent()] == [question["text"], notice["text"]]
    assert len(await recado.zoho.tickets()) == 1


async def test_a_photo_sent_with_the_report_is_on_the_ticket(demo: Demo) -> None:
    recado = await demo()
    media = {"base64": photo("ERROR E-102"), "mimetype": "image/png"}
    await recado.waha.say("En la tienda 45 la terminal bancaria no funciona", media=media)
    await recado.zoho.wait_for_tickets(1, within=40)

    async def attached() -> bool:
        return len((await recado.zoho.tickets())[0]["attachments"]) == 1

    await eventually(attached, what="no attachment")


async def test_chatter_leaves_neither_incident_nor_checkpoint(demo: Demo) -> None:
    recado = await demo()
    for text in ("Buenos días a todos", "jajaja", "feliz cumpleaños Raúl!!", "👍"):
        await recado.waha.say(text)

    async def settled() -> bool:
        return await recado.count("turns", "state = 'nothing'") >= 1 and not await recado.count(
            "turns", "state IN ('open', 'ripe', 'assigned')"
        )

    await eventually(settled)
    assert await recado.count("messages") == 4
    for table in ("incidents", "checkpoints", "checkpoint_blobs", "checkpoint_writes", "outbox"):
        assert await recado.count(table) == 0, table
    assert await recado.waha.sent() == []


async def test_a_change_at_the_desk_reaches_the_group_by_webhook_and_by_polling(
    demo: Demo,
) -> None:
    recado = await demo(DESK_POLL_SECONDS="3600")
    await recado.waha.say(COMPLETE)
    (ticket,) = await recado.zoho.wait_for_tickets(1)
    await recado.waha.wait_for("Se creó el ticket")
    await recado.zoho.set_status(ticket["id"], "On Hold")
    await recado.waha.wait_for("Actualización del ticket")
    await recado.program.end()

    polling = await demo(DESK_POLL_SECONDS="0.5")
    await polling.zoho.faults(lose_webhooks=True)
    await polling.zoho.set_status(ticket["id"], "Closed", resolution="Se cambió el cable")
    await polling.waha.wait_for("resuelto")
    assert len(await polling.waha.sent()) == 3


async def test_a_second_start_goes_on_where_the_first_one_stopped(demo: Demo) -> None:
    first = await demo()
    await first.waha.say(INCOMPLETE)
    question = await first.waha.wait_for("tienda")
    took = await first.program.end(signal.SIGTERM)
    assert took < 30

    second = await demo()
    await second.waha.say("tienda 45", quote=question["id"])
    await second.zoho.wait_for_tickets(1)
    await second.waha.wait_for("Se creó el ticket")
    assert len(await second.waha.sent()) == 2
