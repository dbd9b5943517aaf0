"""What fails in every store is not asked for its store, and each that confirms it has a report.

Lupita: ninguna tienda tiene sistema, caído general
Recado: Se creó el ticket #101 ... todas las tiendas
Raúl:   confirmo 12
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat, Person

ANA = Person("Ana", lid="333333333333333@lid")


async def test_who_speaks_of_every_store_is_not_asked_for_one(group: GroupChat) -> None:
    await group.says("ninguna tienda tiene sistema, caído general")
    await group.says("confirmo 12", by=RAUL)
    await group.says("33 confirmo", by=ANA)
    await group.passes(7_200)
    assert [t.subject for t in group.tickets] == [
        "Sistema: caído general, todas las tiendas",
        "Sistema: caído general, tienda 12",
        "Sistema: caído general, tienda 33",
    ]
    assert len(group.replies) == 1


async def test_every_store_is_an_answer_and_no_store_of_anybody(group: GroupChat) -> None:
    await group.says("no hay sistema")
    await group.says("en todas")
    assert [t.subject for t in group.tickets] == ["No hay sistema, todas las tiendas"]
    await group.passes(86_400)
    await group.says("no imprime la impresora")
    assert "¿De qué tienda" in group.replies[-1]


async def test_who_confirms_their_store_answers_which_it_is(group: GroupChat) -> None:
    await group.says("no hay sistema")
    await group.says("confirmo 12")
    assert [t.subject for t in group.tickets] == ["No hay sistema, tienda 12"]


@pytest.mark.parametrize("words", ["confirmo 12", "confirmo 12 cajas", "todas las tiendas"])
async def test_where_nothing_fails_nothing_is_confirmed(group: GroupChat, words: str) -> None:
    await group.says("¿me confirman el pedido?", by=RAUL)
    await group.says(words)
    assert group.replies == []


async def test_all_the_tills_are_not_all_the_stores(group: GroupChat) -> None:
    await group.says("no abre la caja")
    await group.says("todas las cajas")
    assert group.tickets == []
