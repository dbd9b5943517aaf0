"""Something fails, and it was nobody's but the writer's.

Ana: no sirve
Bot: ¿Qué equipo o sistema presenta la falla?
Ana: mi celular                                    (nothing more: no question for the store)
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat


@pytest.mark.parametrize(
    "answer",
    [
        "mi celular",
        "es mi celular jaja",
        "no, mi carro",
        "mi cel, perdón",
        "la tele de mi casa",
        "el internet de mi casa jeje",
        "mi cerebro jajaja",
        "hablaba de mi moto",
        "mi celular, no el de la tienda",
    ],
)
async def test_ones_own_thing_is_no_report(group: GroupChat, answer: str) -> None:
    await group.says("no sirve")
    assert len(group.replies) == 1
    await group.says(answer)
    await group.passes(7_200)
    assert len(group.replies) == 1
    assert group.tickets == []
    assert set(await group.status()) <= {"dismissed", "closed"}


@pytest.mark.parametrize(
    "answer",
    [
        "la caja",
        "mi caja",
        "mi computadora",
        "el celular de la tienda",
        "mi celular de la tienda",
        "mi terminal",
        "el refri",
        "el reloj checador",
        "mi usuario",
        "la tele de la entrada",
        "mi celular y la caja",
    ],
)
async def test_a_thing_of_the_store_is_asked_where(group: GroupChat, answer: str) -> None:
    await group.says("no sirve")
    await group.says(answer)
    assert "tienda" in group.replies[-1]
    await group.says("45")
    await group.passes(60)
    assert len(group.tickets) == 1


async def test_nor_is_one_that_is_told_before_the_question(group: GroupChat) -> None:
    await group.says("no sirve", pause=1)
    await group.says("mi celular", pause=8)
    await group.passes(7_200)
    assert group.replies == []
    assert group.tickets == []
