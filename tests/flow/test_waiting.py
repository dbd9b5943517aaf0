"""How long somebody has been without it is more of what they reported, and may make it urgent.

Lupita:  la impresora de la tienda 45 no funciona    -> a ticket, normal
Lupita:  llevamos 2 horas sin cobrar                 -> a comment on it, urgent now, and no word
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat

REPORT = "la impresora de la tienda 45 no funciona"


@pytest.mark.parametrize(
    "words",
    [
        "llevamos 2 horas sin cobrar",
        "ya son 3 horas sin vender",
        "ya vamos para una hora sin poder cobrar",
    ],
)
@pytest.mark.parametrize("after", [600, 7200, 5 * 3600])
async def test_the_reporter_waits_for_what_they_reported(
    group: GroupChat, words: str, after: int
) -> None:
    await group.says(REPORT, pause=60)
    assert [t.priority for t in group.tickets] == ["Medium"]
    await group.passes(after)
    await group.says(words)
    [ticket] = group.tickets
    assert [words in comment.text for comment in ticket.comments] == [True]
    assert ticket.priority == "High"
    assert len(group.sent) == 1


async def test_it_is_of_what_they_told_of_last(group: GroupChat) -> None:
    await group.says(REPORT, pause=60)
    await group.says("no enfría el refrigerador de la tienda 9", by=RAUL, pause=60)
    await group.says("no jala la báscula de la tienda 45", by=LUPITA, pause=1800)
    await group.says("llevamos media hora así", by=LUPITA, pause=60)
    assert [len(t.comments) for t in group.tickets] == [0, 0, 1]


@pytest.mark.parametrize(
    "words",
    [
        "llevamos 2 horas sin comer",
        "llevo 1 hora esperando el uber",
        "llevamos 3 años sin aumento",
        "llevo todo el dia parada me duelen los pies jaja",
        "van 3 horas así de lluvia",
        "llevo dos horas esperando respuesta de recursos humanos",
        "llevamos toda la tarde sin vender nada, está muerto el centro jaja",
    ],
)
async def test_other_waiting_is_none_of_it(group: GroupChat, words: str) -> None:
    await group.says(REPORT, pause=1800)
    await group.says(words, pause=60)
    assert [t.priority for t in group.tickets] == ["Medium"]
    assert len(group.sent) == 1


async def test_where_its_writer_has_reported_nothing_nobody_elses_is_meant(
    group: GroupChat,
) -> None:
    await group.says(REPORT, pause=1800)
    await group.says("llevamos 2 horas sin cobrar", by=RAUL, pause=60)
    assert group.tickets[0].comments == []
