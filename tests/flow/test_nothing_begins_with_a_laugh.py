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
