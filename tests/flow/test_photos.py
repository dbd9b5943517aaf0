"""A photo reaches the ticket as it was taken; what looks into it sees a safe copy."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from domain.ports import Inspector
from tests.flow.chat import GroupChat
from tools.media.inspect import ChildInspector

pytestmark = pytest.mark.slow
REPORT = "En la tienda 12 no sirve la terminal de cobro"


@pytest.fixture
def inspector() -> Inspector:
    return ChildInspector()


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
