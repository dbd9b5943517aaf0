"""The chat gateway is away or loses its answer: the group reads everything once.

Lupita: Buenos días, la impresora de tickets no funciona
(the gateway is away, or its answer is lost)
Recado: ¿De qué tienda se trata?                     (once, when it is back)
Lupita: es en la tienda 45                           (said while it was away: never asked)
"""

from __future__ import annotations

from domain.errors import ChannelUnavailable, OutcomeUnknown
from tests.flow.chat import GroupChat

REPORT = "Buenos días, la impresora de tickets no funciona"


async def test_a_send_whose_answer_was_lost_is_looked_up(group: GroupChat) -> None:
    group.channel.fail_next(OutcomeUnknown("reset"), done=True)
    await group.says(REPORT)
    await group.passes(300)
    assert len(group.sent) == 1


async def test_a_send_that_did_not_happen_is_sent_again(group: GroupChat) -> None:
    group.channel.fail_next(OutcomeUnknown("reset"))
    await group.says(REPORT)
    assert group.sent == []
    await group.passes(300)
    assert len(group.sent) == 1


async def test_where_nothing_can_be_looked_up_nothing_is_repeated(group: GroupChat) -> None:
    group.channel.knows_history = False
    group.channel.fail_next(OutcomeUnknown("reset"), done=True)
    await group.says(REPORT)
    await group.passes(300)
    assert len(group.sent) == 1
    rows = await group.rows("SELECT state, reason FROM outbox")
    assert [row["state"] for row in rows] == ["dead"]


async def test_a_gateway_that_is_away_is_tried_again(group: GroupChat) -> None:
    group.channel.fail_next(*[ChannelUnavailable("away")] * 4)
    await group.says(REPORT)
    await group.passes(120)
    assert len(group.sent) == 1


async def test_an_answer_that_came_first_stops_the_question(group: GroupChat) -> None:
    group.channel.fail_next(*[ChannelUnavailable("away")] * 4)
    await group.says(REPORT, pause=22)
    await group.says("es en la tienda 45", pause=120)
    assert len(group.tickets) == 1
    assert len(group.sent) == 1
    assert group.tickets[0].number in group.replies[0]
