"""A worker that is told to end does so, whatever else is gone."""

from __future__ import annotations

import asyncio
import signal

import pytest

from tests.conftest import Cluster
from tests.service.conftest import Outside, Run
from tests.service.stage import RECADO

pytestmark = pytest.mark.slow


async def test_sigterm_ends_a_worker_whose_database_is_away(
    run: Run, outside: Outside, cluster: Cluster
) -> None:
    worker = await run(
        "worker", [str(RECADO), "worker"], env=outside.env, says=r"\"worker started\""
    )
    await cluster.drop(outside.env["DATABASE_URL"])
    await asyncio.sleep(3)
    assert worker.running
    await worker.end(signal.SIGTERM)
