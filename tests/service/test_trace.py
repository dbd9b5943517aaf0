"""One trace id leads from the webhook to the ticket, through logs that a machine can read."""

from __future__ import annotations

from typing import Any

import pytest

from tests.service.conftest import Demo
from tests.service.stage import eventually

pytestmark = pytest.mark.slow
PHONE = "5215500000042"


async def test_from_the_webhook_to_the_ticket(demo: Demo) -> None:
    recado = await demo(RECADO_LOG_FORMAT="json", QUIET_SECONDS="0")
    await recado.waha.say(
        "En la tienda 45 no funciona la impresora de tickets", who=f"{PHONE}@c.us", name="Rosa"
    )
    (ticket,) = await recado.zoho.wait_for_tickets(1)
    await recado.waha.wait_for(ticket["ticketNumber"])
    steps = {"received", "assigned", "run", "effect done"}

    async def written_down() -> list[dict[str, Any]]:
        # The channel has the notice before the worker has written down that it sent it.
        lines = recado.logged()
        done = [line["effect"].split(":")[0] for line in lines if line["event"] == "effect done"]
        return lines if "notice" in done and steps <= {line["event"] for line in lines} else []

    lines = await eventually(written_down, what="the log does not tell the whole way")
    for line in lines:
        assert {"timestamp", "level", "event"} <= line.keys()
    traces = {
        step: {line.get("trace_id") for line in lines if line["event"] == step} for step in steps
    }
    (trace,) = traces["received"]
    assert trace
    assert traces == {step: {trace} for step in steps}
    assert {line["effect"].split(":")[0] for line in lines if line["event"] == "effect done"} == {
        "ticket",
        "notice",
    }
    log = recado.program.text()
    assert PHONE not in log
    assert "impresora" not in log  # what people write stays in the database
