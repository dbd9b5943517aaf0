"""The wrong store was said, and is put right in whatever words: the ticket gets the right one.

Lupita: el datáfono no conecta
Lupita: la 45                                        -> ticket for 45
Lupita: me confundí, es la 54                        -> the same ticket, for 54
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat


@pytest.mark.parametrize(
    "words",
    [
        "perdón, no es la 45, es la 54",
        "me equivoqué de tienda, es la 54",
        "puse mal, es el local 54",
        "jaja no, es la 54",
        "54 perdón",
    ],
)
async def test_the_ticket_gets_the_right_store(group: GroupChat, words: str) -> None:
    await group.says("el datáfono no conecta")
    await group.says("la 45")
    await group.says(words)
    await group.passes(120)
    assert [t.subject.endswith("tienda 54") for t in group.tickets] == [True]


@pytest.mark.parametrize("words", ["me confundí de grupo", "jaja no, la 54 ganó", "error 54"])
async def test_other_slips_change_no_store(group: GroupChat, words: str) -> None:
    await group.says("el datáfono no conecta")
    await group.says("la 45")
    await group.says(words)
    await group.passes(120)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]
