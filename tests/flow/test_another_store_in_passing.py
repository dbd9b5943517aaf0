"""Another store's report is heard where its number stands behind what fails, or is one digit.

Ana:   no pasa ninguna tarjeta en la 15
Dani:  datáfono fuera de servicio la 18     -> a ticket for 18, and no detail of 15's
Beto:  igual en la 6                        -> store 6; nobody is asked
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat


@pytest.mark.parametrize(
    "text",
    [
        "datáfono fuera de servicio la 18",
        "no jala el datáfono la 18",
        "no pasa la tarjeta la 18",
        "no anda el posnet la 18",
        "la terminal caída la 18",
        "terminal bloqueada la 18 por favor",
    ],
)
async def test_a_store_behind_the_failure(group: GroupChat, text: str) -> None:
    await group.says("no pasa ninguna tarjeta en la 15", by=LUPITA, pause=120)
    await group.says(text, by=RAUL, pause=55)
    rows = await group.rows("SELECT store FROM incidents ORDER BY opened_at")
    assert [row["store"] for row in rows] == ["15", "18"]


@pytest.mark.parametrize(
    "text",
    ["igual en la 6", "lo mismo en la 6", "también en la 6", "tmb aquí en la 6", "y en la 6 igual"],
)
async def test_here_too_in_a_store_of_one_digit(group: GroupChat, text: str) -> None:
    await group.says("no pasa ninguna tarjeta en la 5", by=LUPITA, pause=55)
    await group.says(text, by=RAUL, pause=55)
    rows = await group.rows("SELECT store, status FROM incidents ORDER BY opened_at")
    assert [(row["store"], row["status"]) for row in rows] == [
        ("5", "ticketed"),
        ("6", "ticketed"),
    ]
    assert len(group.replies) == 1


async def test_what_may_be_a_till_or_a_store_is_asked_and_not_lost(group: GroupChat) -> None:
    await group.says("no pasa ninguna tarjeta tienda 5", by=LUPITA, pause=55)
    await group.says("acá en la 6 la terminal dice sin conexión", by=RAUL, pause=55)
    assert await group.status() == ["ticketed", "collecting"]
    assert "tienda" in group.replies[-1]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("no abre la caja 2 tienda 5", "no abre la 2"),
        ("no abre la caja 2 tienda 5", "la caja 2 sigue sin abrir"),
        ("no hay internet tienda 5", "no hay internet en la 5"),
        ("no pasa ninguna tarjeta tienda 5", "no pasa la tarjeta desde la 1"),
        ("no jala la terminal, tienda 15", "no jala la terminal la 2"),
    ],
)
async def test_a_till_of_the_same_store_stays_its_own(
    group: GroupChat, first: str, second: str
) -> None:
    await group.says(first, by=LUPITA, pause=55)
    await group.says(second, by=RAUL, pause=55)
    assert len(await group.status()) == 1
    assert len(group.replies) == 1


@pytest.mark.parametrize(
    "text",
    [
        "no ha llegado el camión a la 18",
        "no llegó el pedido a la 18",
        "no le han entregado los rollos a la 18 por favor",
        "no han surtido las bolsas a la 18",
        "no trajeron el gas a la 18, urge",
        "me pueden mandar rollos de papel y bolsas a la 18 por favor",
    ],
)
async def test_where_something_did_not_come_to_is_not_asked(group: GroupChat, text: str) -> None:
    await group.says(text, by=LUPITA, pause=55)
    rows = await group.rows("SELECT store FROM incidents")
    assert [row["store"] for row in rows] == ["18"]
    assert not any("tienda se trata" in reply for reply in group.replies)
    await group.says("a la 19 tampoco", by=RAUL, pause=55)
    assert not any("tienda se trata" in reply for reply in group.replies)


@pytest.mark.parametrize("text", ["voy a la 12", "llego a la 1", "abrimos a la 1", "mandé saludos"])
async def test_who_goes_somewhere_reports_nothing(group: GroupChat, text: str) -> None:
    await group.says(text, by=LUPITA, pause=55)
    assert group.replies == []
