"""A photo reaches the ticket as it was taken; what looks into it sees a safe copy.

Lupita: En la tienda 12 no sirve la terminal de cobro [photo: ERROR E-102]
                                                     -> ticket 101 with the original, E-102 in it
Lupita: [photo: PAPEL ATASCADO]                      -> attached to 101 as it was sent
Raúl: [a file that is not what it says]              -> named on the ticket, kept nowhere
"""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from domain.message import MessageKind
from domain.ports import Inspector
from tests.flow.chat import RAUL, GroupChat
from tests.service.stage import PATIENCE
from tools.media.inspect import ChildInspector, InspectionLimits

pytestmark = pytest.mark.slow
REPORT = "En la tienda 12 no sirve la terminal de cobro"


@pytest.fixture
def inspector() -> Inspector:
    return ChildInspector(InspectionLimits(seconds=PATIENCE))


def photo(text: str, format: str = "JPEG") -> bytes:
    """A picture of a screen that says something, with a camera's metadata."""
    image = Image.new("RGB", (900, 200), "white")
    ImageDraw.Draw(image).text((40, 50), text, fill="black", font=ImageFont.load_default(80))
    exif = Image.Exif()
    exif[0x010F] = "Camara de Lupita"
    out = io.BytesIO()
    image.save(out, format, exif=exif)
    return out.getvalue()


async def test_the_ticket_has_the_original_and_what_it_says_was_read(group: GroupChat) -> None:
    original = photo("ERROR E-102")
    await group.says(REPORT, photo=original, mimetype="image/jpeg")
    [ticket] = group.tickets
    [attached] = ticket.attachments
    assert (attached.data, attached.mimetype) == (original, "image/jpeg")
    assert attached.name.endswith(".jpg")
    assert "E-102" in ticket.description
    # Nothing but the copy of the child was given to a reader.
    [answer] = await group.rows("SELECT answer FROM answers WHERE node = 'describe_image'")
    assert "E-102" in answer["answer"]["text"]


async def test_a_later_photo_is_attached_as_it_was_sent(group: GroupChat) -> None:
    await group.says(REPORT)
    original = photo("PAPEL ATASCADO", "WEBP")
    await group.says(photo=original, mimetype="image/webp")
    [attached] = group.tickets[0].attachments
    assert (attached.data, attached.mimetype) == (original, "image/webp")


async def test_a_photo_whose_words_come_a_minute_later_is_on_their_ticket(
    group: GroupChat,
) -> None:
    original = photo("ERROR E-102")
    await group.says(photo=original, mimetype="image/jpeg", pause=60)
    assert await group.rows("SELECT 1 FROM incidents") == []
    await group.says("Es la impresora de la tienda 8, no sale nada")
    [ticket] = group.tickets
    assert [one.data for one in ticket.attachments] == [original]
    assert "E-102" in ticket.description
    rows = await group.rows(
        "SELECT outcome, reason FROM assignments WHERE replaces IS NOT NULL ORDER BY id"
    )
    assert rows == [{"outcome": "join", "reason": "sent just before its words"}]


async def test_photos_that_belong_to_something_else_are_not_taken_along(
    group: GroupChat,
) -> None:
    await group.says(photo=photo("FELIZ DIA"), by=RAUL, pause=60)
    await group.says(photo=photo("PASTEL"), pause=60)
    await group.says("miren qué rico pastel, felicidades a todos", pause=60)
    deleted = await group.says(photo=photo("BORRADA"), pause=60)
    await group.says(kind=MessageKind.REVOKE, target=deleted, pause=60)
    await group.says(REPORT)
    assert group.tickets[0].attachments == []


async def test_a_photo_of_an_hour_ago_is_not_taken_along(group: GroupChat) -> None:
    await group.says(photo=photo("FELIZ DIA"), pause=3600)
    await group.says(REPORT)
    assert group.tickets[0].attachments == []


@pytest.mark.parametrize(
    "hostile",
    [
        photo("ERROR E-102")[:900],
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7 not a picture",
    ],
    ids=["cut off", "svg", "pdf"],
)
async def test_a_hostile_file_is_refused_on_the_ticket_and_kept_nowhere(
    group: GroupChat, hostile: bytes
) -> None:
    await group.says(REPORT, photo=hostile, mimetype="image/jpeg")
    [ticket] = group.tickets
    assert ticket.attachments == []
    assert "Adjunto rechazado" in ticket.description
    [message] = await group.rows("SELECT attachments FROM messages WHERE NOT from_me")
    assert message["attachments"][0]["sha256"] is None
    assert await group.rows("SELECT 1 FROM answers WHERE node = 'describe_image'") == []


async def test_a_type_that_a_browser_would_run_is_plain_bytes(group: GroupChat) -> None:
    original = photo("ERROR E-102", "PNG")
    await group.says(REPORT, photo=original, mimetype="image/svg+xml")
    [attached] = group.tickets[0].attachments
    assert (attached.data, attached.mimetype) == (original, "application/octet-stream")
