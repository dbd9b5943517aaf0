"""The same thing in another store is another incident, also of the same person; a correction of
the store is none.

Lupita: no imprime la impresora de la tienda 12     -> ticket 101
Lupita: no imprime la impresora de la tienda 21     -> ticket 102, not a comment of 101
"""

from __future__ import annotations

import pytest

from domain.message import MessageKind
from tests.flow.chat import GroupChat

PRINTER = "no imprime la impresora de la tienda 12"


@pytest.mark.parametrize(
    ("first", "second", "after"),
    [
        (PRINTER, "no imprime la impresora de la tienda 21", 80_000),
        (PRINTER, "no imprime la impresora de la tienda 21", 60),
        (PRINTER, "*Tienda 21*: no imprime la impresora", 60),
        (PRINTER, "sigue sin imprimir la impresora de la tienda 21", 1800),
        ("no hay internet en la tienda 12", "tampoco hay internet en la tienda 21", 1800),
        ("Tienda 12: terminal no lee tarjetas", "Tienda 21: terminal no enciende", 600),
        ("no enfría el refri, tienda Polanco", "no enfría el refri, tienda Coapa", 600),
    ],
)
async def test_who_reports_it_of_another_store_reports_another(
    group: GroupChat, first: str, second: str, after: int
) -> None:
    await group.says(first, pause=after)
    await group.says(second)
    stores = await group.rows("SELECT store FROM incidents ORDER BY opened_at")
    assert len({row["store"] for row in stores}) == len(group.tickets) == 2
    assert not any("Lupita" in c.text for t in group.tickets for c in t.comments)


async def test_of_what_stores_share_it_is_another_report(group: GroupChat) -> None:
    await group.says("no hay internet en la tienda 12", pause=600)
    await group.says("tampoco hay internet en la tienda 21")
    first, second = await group.rows("SELECT id, parent FROM incidents ORDER BY opened_at")
    assert second["parent"] == first["id"]
    assert len(group.replies) == 1


@pytest.mark.parametrize(
    "words",
    [
        "no, es la 21",
        "perdón, no imprime la impresora de la tienda 21",
        "digo la impresora de la 21 no imprime",
        "me equivoqué, la impresora que no imprime es la de la tienda 21",
    ],
)
async def test_a_corrected_store_is_no_other_incident(group: GroupChat, words: str) -> None:
    await group.says(PRINTER, pause=60)
    await group.says(words)
    [ticket] = group.tickets
    assert ticket.subject.endswith("tienda 21")


@pytest.mark.parametrize("words", ["es la 21", "la 21", "tienda 21", "es la tienda 21"])
async def test_a_store_alone_is_no_other_incident(group: GroupChat, words: str) -> None:
    await group.says(PRINTER, pause=60)
    await group.says(words)
    assert len(group.tickets) == 1


async def test_what_is_rewritten_and_then_deleted_is_the_new_store(group: GroupChat) -> None:
    said = await group.says("no prende el horno de la 12", pause=45)
    await group.says("no prende el horno de la 21", pause=35)
    await group.says(kind=MessageKind.REVOKE, target=said)
    await group.passes(120)
    assert [t.subject.endswith("tienda 21") for t in group.tickets if t.status == "Open"] == [True]
