"""Who only says 'x2' under an outage is asked once where they are; what they answer is taken.

Lupita:  no hay internet en la 12      -> ticket 101
Raúl:    x2                            -> ¿De qué tienda se trata?
(Raúl is silent: nothing more is said, and nobody is called)
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat

DAY = 100_000.0


@pytest.mark.parametrize("words", ["x2", "igual aquí", "aquí también", "+1", "nosotros igual"])
async def test_an_echo_is_asked_once(group: GroupChat, words: str) -> None:
    await group.says("no hay internet en la 12", pause=60)
    await group.says(words, by=RAUL)
    await group.passes(DAY)
    assert len(group.sent) == 2
    assert await group.status() == ["ticketed", "closed"]


@pytest.mark.parametrize("later", [25.0, 4000.0, 20_000.0])
async def test_its_answer_makes_a_ticket_even_late(group: GroupChat, later: float) -> None:
    await group.says("no hay internet en la 12", pause=60)
    await group.says("x2", by=RAUL, pause=later)
    await group.says("la 15", by=RAUL)
    assert [t.subject.endswith("tienda 15") for t in group.tickets] == [False, True]
    assert len(group.sent) == 2


async def test_who_tells_more_is_asked_again(group: GroupChat) -> None:
    await group.says("no hay internet en la 12", pause=60)
    await group.says("x2", by=RAUL)
    await group.says("aqui tampoco hay internet y no podemos cobrar con tarjeta", by=RAUL)
    await group.passes(9000)
    assert len(group.sent) > 2


async def test_a_report_of_an_outage_is_asked_about_again(group: GroupChat) -> None:
    await group.says("no hay internet en la 12", pause=60)
    await group.says("tampoco tenemos internet aquí desde la mañana", by=RAUL)
    await group.passes(DAY)
    assert len(group.sent) > 3
