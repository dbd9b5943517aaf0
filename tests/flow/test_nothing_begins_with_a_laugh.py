"""A joke in the form of a report, and what support says, begin no incident: nobody is asked.

Raúl: mi impresora de paciencia ya no tiene tinta jajaja   (nothing)
Moni Soporte: la caja está caída, ya la vi                 (nothing: it is her trade)
Lupita: jaja otra vez no imprime la impresora de la tienda 45   -> ticket 101
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, GroupChat, Person

MONI = Person("Moni Soporte", lid="333333333333333@lid")


@pytest.mark.parametrize(
    "text",
    [
        "mi impresora de paciencia ya no tiene tinta jajaja",
        "ayuda no funciono sin café jaajja",
        "se me cayó el sistema con esos tacos 😂",
    ],
)
async def test_who_laughs_is_not_asked_of_which_store(group: GroupChat, text: str) -> None:
    await group.says(text)
    await group.passes(4000)
    assert group.sent == []
    assert group.tickets == []


async def test_who_laughs_at_a_failure_of_a_store_reports_it(group: GroupChat) -> None:
    await group.says("jaja otra vez no imprime la impresora de la tienda 45")
    assert len(group.tickets) == 1


@pytest.mark.parametrize("text", ["no imprime la impresora", "la caja está caída, ya la vi"])
async def test_who_helps_by_trade_begins_nothing_of_no_store(group: GroupChat, text: str) -> None:
    await group.says(text, by=MONI)
    await group.passes(4000)
    assert group.sent == []


async def test_the_same_of_anybody_else_is_a_report(group: GroupChat) -> None:
    await group.says("no imprime la impresora", by=LUPITA)
    assert len(group.sent) == 1


async def test_support_may_report_for_a_store(group: GroupChat) -> None:
    await group.says("no imprime la impresora de la tienda 45", by=MONI)
    assert len(group.tickets) == 1


@pytest.mark.parametrize(
    "text",
    ["jajaja se volvió a caer el sistema, local 45", "otra vez sin internet 😂 local 45"],
)
async def test_who_laughs_at_their_bad_luck_and_says_where_reports_it(
    group: GroupChat, text: str
) -> None:
    await group.says(text)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "jajaja en la tienda 45 ya se les cayó el pelo",
        "el sistema de mi suegra otra vez se cayó jajaja",
        "jajaja la tienda 45 ganó la rifa",
    ],
)
async def test_a_joke_beside_a_store_begins_nothing(group: GroupChat, text: str) -> None:
    await group.says(text)
    await group.passes(4000)
    assert group.sent == []
