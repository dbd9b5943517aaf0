"""What a store cannot do now is nothing of what its writer reported hours ago.

Lupita: no hay luz en la tienda 45                -> ticket 101
(five hours later)
Lupita: nadie puede cobrar                        -> asked what fails, and no comment on 101
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat

POWER = "no hay luz en la tienda 45"
HOURS, NIGHT = 18_000, 57_600


@pytest.mark.parametrize(
    ("report", "hours", "words"),
    [
        (POWER, HOURS, "nadie puede cobrar"),
        (POWER, HOURS, "no podemos vender nada"),
        (POWER, HOURS, "no me deja cobrar"),
        (POWER, NIGHT, "buen día, no se puede cobrar"),
        (POWER, NIGHT, "no jala nada"),
        (POWER, NIGHT, "no podemos facturar"),
        ("no abre la puerta de la 45", HOURS, "ya no podemos trabajar"),
        ("se descompuso el aire de la 45", HOURS, "chicos no funciona nada"),
        ("no hay internet en la 45", NIGHT, "nadie puede cobrar"),
        ("se trabó la caja 2 de la 45", NIGHT, "no podemos abrir la tienda"),
    ],
)
async def test_begins_anew(group: GroupChat, report: str, hours: int, words: str) -> None:
    await group.says(report, pause=hours)
    assert len(group.tickets) == 1
    await group.says(words)
    await group.passes(60)
    assert [c for t in group.tickets[:1] for c in t.comments] == []
    assert len(await group.status()) == 2
    assert len(group.sent) == 2


@pytest.mark.parametrize(
    ("pause", "words"),
    [
        (600, "nadie puede cobrar"),
        (5_400, "nadie puede cobrar"),
        (HOURS, "seguimos sin poder cobrar"),
        (HOURS, "nadie puede cobrar todavía"),
        (HOURS, "así no podemos vender nada"),
        (HOURS, "no hemos podido cobrar nada desde la mañana"),
        (HOURS, "urge que vengan, no podemos vender"),
        (HOURS, "por la falta de luz no se puede cobrar"),
        (HOURS, "llevamos 5 horas sin vender nada"),
    ],
)
async def test_what_goes_on_about_it_is_of_it(group: GroupChat, pause: int, words: str) -> None:
    await group.says(POWER, pause=pause)
    await group.says(words)
    await group.passes(60)
    assert await group.status() == ["ticketed"]
    assert any(words in c.text for c in group.tickets[0].comments)


@pytest.mark.parametrize("words", ["nadie puede cobrar", "no podemos vender nada"])
async def test_what_nobody_can_sell_without_is_meant_all_day(group: GroupChat, words: str) -> None:
    await group.says("no hay sistema en la tienda 45", pause=HOURS)
    await group.says(words)
    await group.passes(60)
    assert await group.status() == ["ticketed"]


@pytest.mark.parametrize(
    "words",
    ["hoy no vendimos nada", "nadie puede cobrar su aguinaldo jaja", "¿ustedes pueden cobrar?"],
)
async def test_what_is_said_of_the_day_begins_nothing(group: GroupChat, words: str) -> None:
    await group.says(POWER, pause=HOURS)
    await group.says(words)
    await group.passes(60)
    assert await group.status() == ["ticketed"]
    assert len(group.sent) == 1
