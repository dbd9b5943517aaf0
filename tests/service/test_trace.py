"""One trace id leads from the webhook to the ticket, through logs that a machine can read."""

from __future__ import annotations

import json

import pytest

from tests.service.conftest import Demo

pytestmark = pytest.mark.slow
PHONE = "5215500000042"


async def test_from_the_webhook_to_the_ticket(demo: Demo) -> None:
    recado = await demo(RECADO_LOG_FORMAT="json", QUIET_SECONDS="0")
    await recado.waha.say(
        "En la tienda 45 no funciona la impresora de tickets", who=f"{PHONE}@c.us", name="Rosa"
    )
    (ticket,) = await recado.zoho.wait_for_tickets(1, 60)
    await recado.waha.wait_for(ticket["ticketNumber"])
    # The channel has the notice before the worker has written down that it sent it.
    await recado.program.says(r"effect done.*notice:|notice:.*effect done")

    log = recado.program.log.read_text()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    for line in lines:
        assert {"timestamp", "level", "event"} <= line.keys()
    steps = {"received", "assigned", "run", "effect done"}
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
    assert PHONE not in log
    assert "impresora" not in log  # what people write stays in the database
