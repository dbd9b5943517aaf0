"""Two senders at one moment: one question a person, one notice of an outage a group.

Lupita: no prende la impresora
Lupita: otra cosa, la cortina metálica está atorada
Recado: ¿De qué tienda se trata?                     (of one of them; the other waits its turn)

Lupita: se cayó el sistema en la tienda 12           -> ticket 101
Raúl: tienda 30 también sin sistema                  -> ticket 102
Recado: se creó el ticket #101                       (and nothing of 102: it is one outage)
"""

from __future__ import annotations

import asyncio

from server.queue import SEND
from tests.flow.chat import LUPITA, RAUL, GroupChat


async def _later(incident: str, lane: str) -> None:
    """A sender that has not come to it yet."""


async def _send_at_once(group: GroupChat, lane: str) -> None:
    rows = await group.rows("SELECT id FROM incidents ORDER BY opened_at")
    send = group.engine.sender.send_lane
    await asyncio.gather(*(send(str(row["id"]), lane) for row in rows))


async def test_of_two_questions_to_one_person_one_leaves(group: GroupChat) -> None:
    group.queue.handlers[SEND] = _later
    await group.says("no prende la impresora", pause=60)
    await group.says("otra cosa, la cortina metálica está atorada", pause=50)
    waiting = await group.rows("SELECT 1 FROM outbox WHERE purpose = 'ask' AND state = 'pending'")
    assert len(waiting) == 2
    await _send_at_once(group, "chat")
    assert len(group.replies) == 1
    await _send_at_once(group, "chat")
    assert len(group.replies) == 1


async def test_of_two_notices_of_one_outage_one_leaves(group: GroupChat) -> None:
    group.queue.handlers[SEND] = _later
    await group.says("se cayó el sistema en la tienda 12", by=LUPITA, pause=55)
    await group.says("tienda 30 también sin sistema", by=RAUL, pause=50)
    await _send_at_once(group, "desk")
    assert len(group.tickets) == 2
    await _send_at_once(group, "chat")
    assert len(group.replies) == 1
