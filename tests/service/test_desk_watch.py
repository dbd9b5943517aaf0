"""What happens at the desk is told to the group once, whether by webhook, by polling or both."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.service.conftest import Outside, Real, Recado
from tests.service.stage import GROUP, eventually
from tests.service.test_corrections import settled

pytestmark = pytest.mark.slow

COMPLETE = "En la tienda 45 la terminal bancaria no funciona, marca error E-102"
NEVER, OFTEN = "3600", "0.5"
Opened = Callable[..., Awaitable[tuple[Recado, dict[str, Any]]]]


@pytest.fixture
def opened(real: Real, outside: Outside) -> Opened:
    """A Recado whose group has one ticket and knows its number: `await opened(**env)`."""

    async def start(**env: str) -> tuple[Recado, dict[str, Any]]:
        recado = await real(**env)
        await outside.waha.say(COMPLETE)
        (ticket,) = await outside.zoho.wait_for_tickets(1)
        await outside.waha.wait_for(f"#{ticket['ticketNumber']}")
        return recado, ticket

    return start


async def incident(recado: Recado) -> dict[str, Any]:
    """The one incident there is."""
    (row,) = await recado.rows("SELECT * FROM incidents")
    return row


async def is_resolved(recado: Recado) -> bool:
    return (await incident(recado))["status"] in ("resolved", "closed")


async def test_a_webhook_is_enough(opened: Opened, outside: Outside) -> None:
    recado, ticket = await opened(DESK_POLL_SECONDS=NEVER)
    # The desk delivers everything twice on some days.
    await outside.zoho.faults(repeat_webhooks=True, jwt_milliseconds=True)
    await outside.zoho.set_status(ticket["id"], "On Hold")
    told = await outside.waha.wait_for("Actualización del ticket")
    assert str(ticket["ticketNumber"]) in told["text"]

    async def known() -> bool:
        return bool((await incident(recado))["ticket_status"] == "On Hold")

    await eventually(known, what="the incident does not know its ticket's status")

    await outside.zoho.set_status(ticket["id"], "Closed", resolution="Se cambió el cable")
    await outside.waha.wait_for("resuelto")
    await eventually(lambda: is_resolved(recado), what="not resolved")

    async def taken() -> list[object]:
        # The second delivery of a change comes after the group was told of the first.
        hooks = [line for line in await outside.zoho.log() if line.get("webhook")]
        outcomes = [line["outcome"] for line in hooks]
        return outcomes if outcomes.count(200) >= 4 else []

    # An answer may be too slow for the desk, which then asks again; it is never refused.
    outcomes = await eventually(taken, what="not every delivery is taken")
    assert outcomes.count(200) == 4
    assert set(outcomes) <= {200, "ReadTimeout"}
    await settled(recado)
    assert len(await outside.waha.sent(GROUP)) == 3
    assert len(await outside.zoho.tickets()) == 1


async def test_polling_alone_is_enough(opened: Opened, outside: Outside) -> None:
    recado, ticket = await opened(DESK_POLL_SECONDS=OFTEN)
    await outside.zoho.faults(lose_webhooks=True)
    await outside.zoho.set_status(ticket["id"], "On Hold")
    await outside.waha.wait_for("Actualización del ticket")
    await outside.zoho.set_status(ticket["id"], "Closed", resolution="Se cambió el cable")
    await outside.waha.wait_for("resuelto")
    await eventually(lambda: is_resolved(recado), what="not resolved")
    # Polls go on looking at what changed a while ago, and tell nothing twice.
    asked = await polls(outside)
    await eventually(lambda: more_polls(outside, asked + 3), what="it has stopped polling")
    assert len(await outside.waha.sent(GROUP)) == 3
    assert not [line for line in await outside.zoho.log() if line.get("webhook")]


async def test_both_ways_at_once_tell_it_once(opened: Opened, outside: Outside) -> None:
    recado, ticket = await opened(DESK_POLL_SECONDS="0.2")
    for number, status in enumerate(("On Hold", "Escalated", "On Hold"), start=1):
        await outside.zoho.set_status(ticket["id"], status)
        await outside.waha.wait_for("Actualización del ticket", count=number)
    await outside.zoho.set_status(ticket["id"], "Closed", resolution="Se cambió el cable")
    await outside.waha.wait_for("resuelto")
    await eventually(lambda: is_resolved(recado), what="not resolved")
    asked = await polls(outside)
    await eventually(lambda: more_polls(outside, asked + 3), what="it has stopped polling")
    assert len(await outside.waha.sent(GROUP)) == 5
    changes = "name = 'ticket_changed'"
    assert await recado.count("turns", changes) == 4


async def test_a_change_while_recado_was_down_is_told_when_it_is_back(
    opened: Opened, real: Real, outside: Outside
) -> None:
    first, ticket = await opened(DESK_POLL_SECONDS=OFTEN)
    await first.program.end()
    await outside.zoho.faults(lose_webhooks=True)
    await outside.zoho.set_status(ticket["id"], "Closed", resolution="Se cambió el cable")
    second = await real(DESK_POLL_SECONDS=OFTEN)
    await outside.waha.wait_for("resuelto")
    await eventually(lambda: is_resolved(second), what="not resolved")
    await settled(second)
    assert len(await outside.waha.sent(GROUP)) == 2


async def test_a_desk_that_cannot_be_polled_is_polled_again(
    opened: Opened, outside: Outside
) -> None:
    recado, ticket = await opened(DESK_POLL_SECONDS=OFTEN)
    await settled(recado)
    await outside.zoho.faults(lose_webhooks=True, refuse=True)
    await asyncio.sleep(2)
    await outside.zoho.faults(lose_webhooks=True)
    await outside.zoho.set_status(ticket["id"], "On Hold")
    await outside.waha.wait_for("Actualización del ticket")
    assert len(await outside.waha.sent(GROUP)) == 2


async def polls(outside: Outside) -> int:
    """How often the desk was asked for what changed."""
    return sum("search" in str(line.get("path", "")) for line in await outside.zoho.log())


async def more_polls(outside: Outside, than: int) -> bool:
    return await polls(outside) >= than
