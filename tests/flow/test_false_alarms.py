"""'Falsa alarma' takes back what it names, and no alarm that is open as well.

Lupita:  la alarma no se puede apagar, tienda 45     -> 101
Lupita:  no jala la impresora de tickets, tienda 45  -> 102
Lupita:  falsa alarma lo de la impresora             -> 102 is taken back
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat


@pytest.mark.parametrize(
    "words",
    [
        "falsa alarma lo de la impresora, estaba desconectada",
        "falsa alarma, la impresora estaba desconectada",
    ],
)
async def test_the_printer_is_taken_back(group: GroupChat, words: str) -> None:
    await group.says("la alarma no se puede apagar, tienda 45", pause=600)
    await group.says("no jala la impresora de tickets de la tienda 45", pause=120)
    await group.says(words, pause=120)
    assert [t.status for t in group.tickets] == ["Open", "Closed"]
