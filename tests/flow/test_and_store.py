"""Who adds a store right behind their report of an outage has it there too.

Lupita: no hay sistema en la 45                    -> ticket 101
Lupita: y la 22                                    -> ticket 102, of store 22
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("no hay sistema en la 45", "y la 22"),
        ("se fue la luz en la 45", "y en la 22"),
        ("no hay internet en la tienda 45", "y tienda 22 también"),
    ],
)
async def test_each_has_its_ticket(group: GroupChat, report: str, words: str) -> None:
    await group.says(report)
    await group.says(words)
    await group.passes(60)
    assert [t.subject.rpartition(" ")[2] for t in group.tickets] == ["45", "22"]
    assert all("¿" not in reply for reply in group.replies)


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("no hay sistema en la 45", "y la 22?"),
        ("no hay sistema en la 45", "y la 45"),
        ("no hay sistema en la 45", "y la 22 sí jala"),
        ("no jala la impresora de la 45", "y la 2"),
    ],
)
async def test_other_words_add_none(group: GroupChat, report: str, words: str) -> None:
    await group.says(report)
    await group.says(words)
    await group.passes(60)
    assert len(group.tickets) == 1


async def test_what_a_colleague_says_of_a_store_adds_none(group: GroupChat) -> None:
    await group.says("no hay sistema en la 45")
    await group.says("y la 22", by=RAUL)
    await group.passes(60)
    assert len(group.tickets) == 1
