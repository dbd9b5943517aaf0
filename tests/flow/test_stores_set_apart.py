"""A store that is said in few words, beside a report or beside 'too', is not asked for.

Ana:    no hay sistema, la 18
Recado: Se creó el ticket #101 ... tienda 18
Beto:   idem 42
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat, Person, told

ANA = Person("Ana", lid="311111111111111@lid")
BETO = Person("Beto", lid="322222222222222@lid")
DAY = 86_400.0


@pytest.mark.parametrize(
    "text",
    [
        "no jala la impresora, la 18",
        "la 18: no jala el internet",
        "no funciona el datáfono (18)",
        "no sirve la báscula, 18",
    ],
)
async def test_a_store_at_the_end_or_in_front_is_not_asked(group: GroupChat, text: str) -> None:
    await group.says(text, by=ANA, pause=60)
    assert [t.subject[-9:] for t in group.tickets] == ["tienda 18"]
    assert len(group.replies) == 1


@pytest.mark.parametrize(
    "text",
    ["idem 42", "tmb en 42", "en 42 igual", "+1 la 42", "confirmo, 42 sin sistema"],
)
async def test_a_store_beside_here_too_is_not_asked(group: GroupChat, text: str) -> None:
    await group.says("sin sistema tienda 18", by=ANA, pause=60)
    await group.says(text, by=BETO, pause=60)
    assert len(group.replies) == 1
    assert len(group.tickets) == 2


@pytest.mark.parametrize("text", ["no hay luz", "la 18 sin luz"])
async def test_no_light_is_all_there_is_to_say(group: GroupChat, text: str) -> None:
    await group.says("la impresora de la 18 no imprime", by=ANA, pause=60)
    await group.passes(DAY)
    await group.says(text, by=ANA, pause=60)
    assert len(group.tickets) == 2
    assert not any("qué ocurre" in reply for reply in group.replies)


async def test_the_subject_of_a_child_names_no_other_store(group: GroupChat) -> None:
    await group.says("no hay sistema en la 18", by=ANA, pause=60)
    await group.says("acá también, tienda 22", by=BETO, pause=60)
    assert group.tickets[1].subject == "No hay sistema, tienda 22"
    assert "18" not in told(group.tickets[1])
