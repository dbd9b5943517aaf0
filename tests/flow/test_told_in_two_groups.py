"""What somebody writes in the same words to two groups is one report, of one ticket.

Lupita, in one group:     no hay sistema en la 12
Recado:                   Se creó el ticket #101 ... tienda 12
Lupita, in another group: no hay sistema en la 12
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

ANOTHER = "120363000000000002@g.us"


async def test_the_same_words_to_another_group_are_no_second_report(group: GroupChat) -> None:
    await group.says("no hay sistema en la 12")
    group.chat = ANOTHER
    await group.says("No hay sistema en la 12!!")
    assert len(group.tickets) == len(group.replies) == 1


@pytest.mark.parametrize(
    ("by", "words", "pause"),
    [
        (LUPITA, "no hay sistema en la 15", 25.0),
        (LUPITA, "no abre la caja en la 12", 25.0),
        (RAUL, "no hay sistema en la 12", 25.0),
        (LUPITA, "no hay sistema en la 12", 1_800.0),
    ],
)
async def test_another_store_thing_person_or_time_is_another_report(
    group: GroupChat, by: Person, words: str, pause: float
) -> None:
    await group.says("no hay sistema en la 12", pause=pause)
    group.chat = ANOTHER
    await group.says(words, by=by)
    assert len(group.tickets) == 2


async def test_words_without_a_store_are_not_taken_for_the_same(group: GroupChat) -> None:
    ana = Person("Ana", lid="333333333333333@lid")
    await group.says("no hay sistema", by=ana)
    await group.says("la 12", by=ana)
    group.chat = ANOTHER
    await group.says("no hay sistema en la 15", by=ana)
    assert [t.subject.split()[-1] for t in group.tickets] == ["12", "15"]
