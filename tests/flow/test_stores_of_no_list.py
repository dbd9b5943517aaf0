"""A store that no list of places knows is not asked for where its writer says that they are in it.

Lupita:  aquí en el Outlet no jala la terminal     -> one ticket for Outlet, nobody is asked
Raúl:    Lupita, ¿estás en Ramos?
Lupita:  sí, ramos                                  -> one ticket for Ramos
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat, Person

BEJAR = Person("Mostrador Béjar", lid="444444444444444@lid")
ALBA = Person("Alba 207", lid="555555555555555@lid")


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("aquí en el Outlet no jala la terminal", "Outlet"),
        ("ing acá en San Juan la impresora no imprime", "San Juan"),
        ("Acá en Albufera Park no anda el internet", "Albufera Park"),
    ],
)
async def test_where_they_are_is_not_asked(group: GroupChat, text: str, store: str) -> None:
    await group.says(text)
    [ticket] = group.tickets
    assert ticket.subject.endswith(f"tienda {store}")
    assert len(group.replies) == 1


@pytest.mark.parametrize(
    "text",
    [
        "aquí en Bodega no jala la terminal",
        "Acá en Recepción no imprime la impresora",
        "acá en Windows no abre el sistema de ventas",
    ],
)
async def test_a_part_of_a_shop_is_asked_for_its_shop(group: GroupChat, text: str) -> None:
    await group.says(text)
    assert group.tickets == []
    [question] = group.replies
    assert "tienda" in question


async def test_a_colleague_who_knows_their_store_spares_the_question(group: GroupChat) -> None:
    await group.says("no jala la terminal")
    await group.says("Lupita, ¿estás en Ramos?", by=RAUL)
    await group.says("sí, ramos")
    assert [t.subject for t in group.tickets] == ["No jala la terminal, tienda Ramos"]


async def test_a_shops_phone_is_not_asked(group: GroupChat) -> None:
    await group.says("la impresora de tickets no funciona", by=BEJAR)
    [ticket] = group.tickets
    assert ticket.subject.endswith("tienda Béjar")


async def test_a_masked_number_moves_no_ticket(group: GroupChat) -> None:
    await group.says("la terminal no activa la tarjeta regalo", by=ALBA)
    await group.says("Vale Alba, pásame también el número", by=RAUL)
    await group.says("****2290", by=ALBA)
    assert [t.subject.rpartition(", ")[2] for t in group.tickets] == ["tienda 207"]
    rows = await group.rows("SELECT store FROM incidents")
    assert [row["store"] for row in rows] == ["207"]
