"""A run's checkpoint is committed with what the run decided, or not at all; and what a worker had
asked a model before it died is not asked again."""

from __future__ import annotations

from typing import Any

import pytest
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver

from server import record
from server.persistence.checkpoints import FencedSaver
from tests.fakes.models import ScriptedModels, plain_classification
from tests.faults.rig import COMPLETE, INCOMPLETE, Worker, worker

pytestmark = pytest.mark.slow


class Killed(BaseException):
    """The worker is gone."""


async def kept(one: Worker) -> dict[str, int]:
    """How many rows there are in each table that a run writes to."""
    tables = ("checkpoints", "checkpoint_writes", "checkpoint_blobs", "outbox", "steps")
    return {
        table: len(await one.rows(f"SELECT 1 FROM {table}"))  # noqa: S608 - names from above
        for table in tables
    }


async def test_a_worker_that_dies_at_the_end_of_its_record_leaves_no_checkpoint(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def die(*_: object) -> bool:
        raise Killed

    models = ScriptedModels()
    async with worker(database_url, "dies", models=models) as one:
        await one.says(INCOMPLETE)
        (incident,) = await one.assigns()
        with monkeypatch.context() as patch:
            patch.setattr(record, "release_when_done", die)
            with pytest.raises(Killed):
                await one.engine.runner.run_incident(incident)
        assert set((await kept(one)).values()) == {0}
        asked = len(models.calls)
        await one.engine.runner.run_incident(incident)
        assert len(models.calls) == asked
        found = await kept(one)
        assert (found["checkpoints"], found["outbox"]) == (1, 1)


async def test_a_thread_of_an_older_version_goes_on(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its state lies in a row for each field, as the stock saver writes it."""
    async with worker(database_url, "one") as one:
        await one.says(INCOMPLETE)
        (incident,) = await one.assigns()
        with monkeypatch.context() as patch:
            patch.setattr(FencedSaver, "aput", AsyncPostgresSaver.aput)
            await one.engine.runner.run_incident(incident)
        before = await kept(one)
        assert before["checkpoint_blobs"] > 0
        await one.says("tienda 45")
        await one.assigns()
        await one.engine.runner.run_incident(incident)
        after = await kept(one)
        assert after["checkpoint_blobs"] == before["checkpoint_blobs"]
        state = await one.state(incident)
        assert [line["text"] for line in state["lines"]] == [INCOMPLETE, "tienda 45"]
        assert state["fields"]["store"] == "45"
        assert len(await one.rows("SELECT 1 FROM outbox WHERE kind = 'open_ticket'")) == 1


async def test_the_stock_saver_reads_what_ours_wrote(database_url: str) -> None:
    async with worker(database_url, "one") as one:
        await one.says(COMPLETE)
        (incident,) = await one.assigns()
        await one.engine.runner.run_incident(incident)
        stock: Any = AsyncPostgresSaver(one.pool)
        found = await stock.aget_tuple(
            {"configurable": {"thread_id": incident, "checkpoint_ns": ""}}
        )
        assert found.checkpoint["channel_values"]["fields"]["store"] == "45"
        assert [channel for _, channel, _ in found.pending_writes] == ["__interrupt__"]


async def test_what_is_dismissed_leaves_no_checkpoint(database_url: str) -> None:
    models = ScriptedModels()
    async with worker(database_url, "one", models=models) as one:
        await one.says(INCOMPLETE)
        (incident,) = await one.assigns()
        models.script("classify", _no_incident)
        await one.engine.runner.run_incident(incident)
        (row,) = await one.rows("SELECT status FROM incidents")
        assert row["status"] == "dismissed"
        found = await kept(one)
        assert (found["checkpoints"], found["checkpoint_writes"]) == (0, 0)


def _no_incident(call: Any, tools: Any) -> Any:
    return plain_classification(call).model_copy(update={"is_incident": False, "confidence": 0.9})
