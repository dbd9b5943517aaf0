"""A photo alone: the error of a device on it is a report, a poster or a cake is none.

Lupita: [photo of a screen: ERROR E-102 SIN PAPEL]
(a minute and a half, in which words may follow)
Recado: ¿puede confirmarnos qué equipo o sistema es el afectado?
Lupita: la impresora de tickets
Lupita: la 45                                        -> ticket 101, with the photo
Raúl: [photo of a poster: OFERTA 2x1]                (nothing)
"""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw, ImageFont

from domain.ports import Inspector
from tests.flow.chat import RAUL, GroupChat, Person
from tests.service.stage import PATIENCE
from tools.media.inspect import ChildInspector, InspectionLimits

pytestmark = pytest.mark.slow
OF_45 = Person("Lupita T45", lid="111111111111111@lid")


@pytest.fixture
def inspector() -> Inspector:
    return ChildInspector(InspectionLimits(seconds=PATIENCE))


def photo(*lines: str) -> bytes:
    """A picture of a screen that says something."""
    image = Image.new("RGB", (1100, 120 + 110 * len(lines)), "white")
    for n, line in enumerate(lines):
        font = ImageFont.load_default(72)
        ImageDraw.Draw(image).text((40, 50 + 110 * n), line, fill="black", font=font)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


async def test_an_error_on_a_photo_is_a_report_and_what_lacks_is_asked(group: GroupChat) -> None:
    said = await group.says(photo=photo("ERROR E-102", "SIN PAPEL"), pause=80)
    assert group.replies == []  # words may follow
    await group.passes(60)
    [question] = group.sent
    assert question.quote == said
    assert "equipo" in question.text
    await group.says("la impresora de tickets")
    await group.says("la 45")
    [ticket] = group.tickets
    assert "E-102" in ticket.description
    assert len(ticket.attachments) == 1


async def test_what_the_photo_and_the_name_tell_is_not_asked(group: GroupChat) -> None:
    await group.says(photo=photo("TERMINAL NO CONECTADA"), by=OF_45, pause=150)
    [ticket] = group.tickets
    assert ticket.subject.endswith("tienda 45")
    assert "terminal" in ticket.subject.lower()


async def test_words_that_follow_a_photo_of_an_error_are_one_report_with_it(
    group: GroupChat,
) -> None:
    await group.says(photo=photo("ERROR E-102", "SIN PAPEL"), pause=60)
    await group.says("es la impresora de la tienda 8, no sale nada", pause=200)
    [ticket] = group.tickets
    assert len(ticket.attachments) == 1
    assert await group.status() == ["ticketed"]


async def test_a_photo_after_a_report_is_a_detail_of_it(group: GroupChat) -> None:
    await group.says("en la tienda 12 no sirve la terminal de cobro", pause=60)
    await group.says(photo=photo("TERMINAL NO CONECTADA"), pause=200)
    [ticket] = group.tickets
    assert len(ticket.attachments) == 1


@pytest.mark.parametrize("lines", [("FELIZ DIA",), ("OFERTA 2x1", "LECHE"), ()])
async def test_a_photo_without_an_error_opens_nothing(
    group: GroupChat, lines: tuple[str, ...]
) -> None:
    await group.says(photo=photo(*lines), pause=200)
    assert await group.rows("SELECT 1 FROM incidents") == []


async def test_a_photo_of_support_opens_nothing(group: GroupChat) -> None:
    async with group.engine.pool.connection() as conn:
        await group.says("buenos días", by=RAUL)
        await conn.execute("UPDATE persons SET role = 'support' WHERE name = 'Raúl'")
    await group.says(photo=photo("ERROR E-102", "SIN PAPEL"), by=RAUL, pause=200)
    assert await group.rows("SELECT 1 FROM incidents") == []
