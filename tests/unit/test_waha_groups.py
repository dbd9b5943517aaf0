"""A group's name, whichever engine tells it."""

from __future__ import annotations

import pytest

from domain.errors import ChannelRefused, ChannelUnavailable, RateLimited, RecadoError
from tests.unit.test_waha_channel import BASE, GROUP, Waha, answers


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ({"id": GROUP, "subject": " Tienda 45 "}, "Tienda 45"),
        ({"id": {"_serialized": GROUP}, "name": "Tienda 45"}, "Tienda 45"),
        ({"groupMetadata": {"subject": "Tienda 45"}}, "Tienda 45"),
        ({"JID": GROUP, "Name": "Tienda 45"}, "Tienda 45"),
        ({"subject": GROUP}, None),
        ({"subject": "  ", "name": 45}, None),
        ([], None),
        (None, None),
        (b"<html>", None),
    ],
)
async def test_reads_the_name_wherever_an_engine_puts_it(answer: object, name: str | None) -> None:
    waha = Waha(answers(200, answer))
    assert await waha.channel.group_name(GROUP) == name
    (request,) = waha.requests
    assert str(request.url) == f"{BASE}/api/default/groups/120363000000000001%40g.us"


@pytest.mark.parametrize(
    ("status", "error"),
    [(401, ChannelRefused), (429, RateLimited), (500, ChannelUnavailable), (422, RecadoError)],
)
async def test_what_is_no_answer_is_said(status: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        await Waha(answers(status, {})).channel.group_name(GROUP)


async def test_a_chat_between_two_has_no_name_and_is_not_asked_for() -> None:
    waha = Waha(answers(200, {"subject": "x"}))
    assert await waha.channel.group_name("5215500000001@c.us") is None
    assert waha.requests == []
