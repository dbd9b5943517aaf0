"""A group's name is learnt beside the path, and tells the store; without it all goes on.

(the group is called 'Soporte Tienda 45'; nobody has told us)
Lupita: La impresora de tickets no funciona
(its name is asked of the gateway while she types)
Recado: se creó el ticket #101                       (of store 45, and no question)
"""

from __future__ import annotations

import pytest

from domain.errors import ChannelRefused, ChannelUnavailable, RateLimited
from server.group_names import GroupNames
from tests.flow.chat import GROUP, GroupChat

REPORT = "La impresora de tickets no funciona"


def names_of(group: GroupChat) -> GroupNames:
    group.chat_name = None
    return GroupNames(group.engine.pool, group.clock, {"waha": group.channel})


async def test_the_name_is_known_before_the_burst_is_over_and_spares_a_question(
    group: GroupChat,
) -> None:
    names = names_of(group)
    group.channel.names[GROUP] = " Soporte\nTienda 45 "
    await group.says(REPORT, pause=2)
    assert await names.look() == 1
    await group.passes(25)
    [ticket] = group.tickets
    assert "45" in ticket.subject
    assert "Soporte Tienda 45" in ticket.description
    assert group.replies == [text for text in group.replies if ticket.number in text]


@pytest.mark.parametrize(
    "error",
    [ChannelUnavailable("away"), RateLimited("429"), ChannelRefused("403")],
    ids=["away", "limited", "refused"],
)
async def test_a_name_that_cannot_be_had_holds_up_nothing_and_is_asked_for_later(
    group: GroupChat, error: Exception
) -> None:
    names = names_of(group)
    group.channel.names[GROUP] = "Tienda 45"
    group.channel.fail_next(error, operation="group_name")
    await group.says(REPORT, pause=2)
    assert await names.look() == 0
    await group.passes(25)
    assert "tienda" in group.replies[0]
    assert await names.look() == 0
    await group.passes(600)
    assert await names.look() == 1
    await group.says("tienda 46")
    assert "46" in group.tickets[0].subject


async def test_a_group_that_is_renamed_is_noticed_the_next_day(group: GroupChat) -> None:
    names = names_of(group)
    group.channel.names[GROUP] = "Tienda 45"
    await group.says("buenos días")
    assert await names.look() == 1
    group.channel.names[GROUP] = "Tienda 46"
    assert await names.look() == 0
    await group.passes(86_400)
    assert await names.look() == 1
    assert await group.rows("SELECT name FROM chats") == [{"name": "Tienda 46"}]
    # One that is no longer to be had keeps its name.
    group.channel.names.clear()
    await group.passes(86_400)
    assert await names.look() == 0
    assert await group.rows("SELECT name FROM chats") == [{"name": "Tienda 46"}]
