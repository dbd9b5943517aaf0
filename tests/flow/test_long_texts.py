"""However long or odd a text is, it is read in no time, and what it tells is on the ticket whole.

Ana:    no imprime la impresora fiscal de la 45, esto sale: [...]
Recado: Se creó el ticket #101 ...
"""

from __future__ import annotations

import pytest

from domain.hearing import LONGEST_HEARD
from tests.flow.chat import GroupChat

# What a grammar that reads a word in two ways, or a run of signs in many, never gets through.
ENDLESS = [
    "oigan ",
    "aca, ",
    "a todos ",
    "la ",
    "companero, ",
    "gracias por si si ",
    ", ",
    ".\n",
    "?",
]


async def test_a_pasted_log_is_on_the_ticket_whole(group: GroupChat) -> None:
    log = "\n".join(f"10:{n:02} ERR_PRN_{n} spooler timeout" for n in range(60))
    assert len(log) > LONGEST_HEARD
    await group.says(f"no imprime la impresora fiscal de la 45, esto sale:\n{log}")
    assert len(group.tickets) == len(group.replies) == 1
    assert "ERR_PRN_59" in group.tickets[0].description


@pytest.mark.parametrize("piece", ENDLESS)
async def test_what_never_ends_holds_nobody_up(group: GroupChat, piece: str) -> None:
    await group.says(piece * (3000 // len(piece)), pause=60)
    await group.says(f"no imprime la impresora de la 45 {piece * 300}", pause=60)
    await group.says(f"ya quedo {piece * 300}", pause=60)
    assert len(group.tickets) <= 1
    await group.says("se cayó el internet en la 12", pause=60)
    assert any("internet" in ticket.subject for ticket in group.tickets)
