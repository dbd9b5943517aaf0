"""Beside an outage: stores that it spares, stores where something else fails, and stores where it
is not over when others say that it is.

Chayo: no hay sistema en la 18                                  -> ticket 101
Luz:   en la 40 sin fallas                                      -> nothing
Memo:  acá en la 22 sí hay sistema pero no jala la impresora    -> ticket 102, of its own
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat, Person
from tests.flow.test_outages import closes, elsewhere

CHAYO = Person("Chayo", lid="311111111111111@lid")
MEMO = Person("Memo", lid="322222222222222@lid")
TERE = Person("Tere", lid="333333333333333@lid")
LUZ = Person("Luz", lid="344444444444444@lid")
KARLA = Person("Karla", lid="355555555555555@lid")
GERA = Person("Gera", lid="366666666666666@lid")
OVER = "fue resuelta"


async def three_stores(group: GroupChat) -> GroupChat:
    south = elsewhere(group, "120363000000000002@g.us", "Tiendas Sur")
    south.written = 500
    await group.says("no hay sistema en la 18", by=CHAYO, pause=60)
    await group.says("acá también, tienda 22", by=MEMO, pause=60)
    await south.says("sin sistema suc 51", by=KARLA, pause=60)
    assert len(group.tickets) == 3
    return south


async def stores_of(group: GroupChat) -> list[str]:
    rows = await group.rows("SELECT store FROM incidents ORDER BY opened_at")
    return [row["store"] for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        "en la 40 no tenemos problema",
        "en la 40 sin fallas",
        "en la 40 tampoco tenemos problemas",
        "la 40 no presenta fallas",
        "en la 40 no nos ha fallado",
        "en la 40 no hay problema con el sistema",
        "en la 40 todo bien",
    ],
)
async def test_who_has_no_failure_reports_nothing(group: GroupChat, text: str) -> None:
    await group.says("no hay sistema en la 18", by=CHAYO, pause=60)
    await group.says(text, by=LUZ, pause=60)
    assert len(group.tickets) == 1
    assert len(group.replies) == 1


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("acá en la 22 sí hay sistema pero no jala la impresora", "impresora"),
        ("nosotros bien con el sistema, lo que no sirve es la báscula, tienda 22", "báscula"),
        ("en la 22 tenemos sistema pero se descompuso el escáner", "escáner"),
    ],
)
async def test_what_fails_where_the_outage_does_not_is_no_part_of_it(
    group: GroupChat, text: str, thing: str
) -> None:
    await group.says("se cayó el sistema en la 18", by=CHAYO, pause=60)
    await group.says(text, by=MEMO, pause=60)
    rows = await group.rows("SELECT parent, system FROM incidents ORDER BY opened_at")
    assert [row["parent"] for row in rows] == [None, None]
    assert rows[1]["system"] == thing
    assert any(group.tickets[1].number in text for text in group.replies)
    await closes(group, 0)
    assert group.tickets[1].status == "Open"


@pytest.mark.parametrize("text", ["sin sistema la 40", "sumen la 40", "la 40 sin sistema"])
async def test_a_store_named_behind_is_one_more(group: GroupChat, text: str) -> None:
    await group.says("no hay sistema en la 22", by=MEMO, pause=60)
    await group.says(text, by=LUZ, pause=60)
    assert await stores_of(group) == ["22", "40"]


async def test_a_store_and_what_it_lacks_are_a_report(group: GroupChat) -> None:
    await group.says("la 22 sin luz", by=MEMO, pause=60)
    await group.says("sin luz la 40", by=LUZ, pause=60)
    assert await stores_of(group) == ["22", "40"]


async def test_what_is_back_elsewhere_and_not_here_is_no_all_clear(group: GroupChat) -> None:
    south = await three_stores(group)
    await group.says("ya regresó en las demás pero aquí no", by=MEMO, pause=60)
    await south.says("dicen que ya regresó pero aquí no", by=KARLA, pause=60)
    assert not any(OVER in text for text in group.replies)
    assert {t.status for t in group.tickets} == {"Open"}


async def test_half_of_the_stores_do_not_end_it_for_those_where_it_goes_on(
    group: GroupChat,
) -> None:
    await group.says("no hay luz en la 18", by=CHAYO, pause=60)
    await group.says("acá tampoco hay luz, tienda 22", by=MEMO, pause=60)
    await group.says("tampoco hay luz en la 31", by=TERE, pause=60)
    await group.says("en la 40 tampoco hay luz", by=LUZ, pause=60)
    await group.says("ya llegó la luz en la 22", by=MEMO, pause=60)
    await group.says("acá sigue sin haber luz", by=CHAYO, pause=60)
    await group.says("acá ya llegó", by=TERE, pause=60)
    assert not any(OVER in text for text in group.replies)
    await group.says("acá ya llegó la luz", by=CHAYO, pause=60)
    assert any(OVER in text for text in group.replies)


@pytest.mark.parametrize("text", ["acá no ha regresado", "acá no ha llegado", "acá sigue igual"])
async def test_who_answers_the_all_clear_is_open_again(group: GroupChat, text: str) -> None:
    await group.says("no hay luz en la 18", by=CHAYO, pause=60)
    await group.says("acá también, tienda 22", by=MEMO, pause=60)
    await closes(group, 0)
    await group.says(text, by=MEMO, pause=60)
    assert group.tickets[1].status == "Open"


@pytest.mark.parametrize(
    "text", ["53 sigue sin sistema", "en la 53 sigue sin haber", "en la 53 aún no regresa"]
)
async def test_a_new_store_that_answers_the_all_clear_is_heard(group: GroupChat, text: str) -> None:
    south = await three_stores(group)
    await closes(group, 0)
    await south.says(text, by=GERA, pause=60)
    assert await stores_of(group) == ["18", "22", "51", "53"]
    assert group.tickets[2].status == "Closed"
