"""What the page tells of a run that a worker began and another ended: nothing of it is missing, and
nothing is paid twice."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from domain.ports import Toolbox
from domain.reading import Classification, Extraction, ModelCall
from server.persistence.answers import RememberedModels
from server.run import Runner
from server.trace import tracing, used
from tests.fakes.models import ScriptedModels
from tests.faults.rig import COMPLETE, Gate, Worker, worker
from tools.models.hosted.usage import ModelUse

pytestmark = pytest.mark.slow
PRICE = 0.001
PATH = ["receive", "classify", "extract", "open_ticket"]


class Killed(BaseException):
    """The worker is gone."""


class PaidModels(ScriptedModels):
    """Models that tell what each answer costs, as the hosted ones do."""

    def __init__(self) -> None:
        super().__init__()
        self.paid = 0.0

    async def classify(self, call: ModelCall) -> Classification:
        answer = await super().classify(call)
        self._pay(call)
        return answer

    async def extract(self, call: ModelCall, tools: Toolbox | None = None) -> Extraction:
        answer = await super().extract(call, tools)
        self._pay(call)
        return answer

    def _pay(self, call: ModelCall) -> None:
        self.paid += PRICE
        used(ModelUse("openai", "gpt", call.node, "i", 0.1, "answered", 100, 10, 0, PRICE))


async def steps(one: Worker) -> list[dict[str, Any]]:
    """The steps of the one incident; where a run begins to wait again is no news."""
    rows = await one.rows("SELECT * FROM steps ORDER BY id")
    return [row for place, row in enumerate(rows) if row["node"] != "receive" or place == 0]


async def check(one: Worker, models: PaidModels) -> None:
    """Every node is there once, with its model, what it learnt, and what was paid for it."""
    told = await steps(one)
    assert [row["node"] for row in told] == PATH
    by_node = {row["node"]: row for row in told}
    for node in ("classify", "extract"):
        step = by_node[node]
        assert (step["model"], step["input_tokens"]) == ("openai:gpt", 100), node
        assert step["prompt_version"] >= 1
    assert by_node["classify"]["learnt"]["category"] == "technical"
    assert by_node["extract"]["learnt"]["fields"]["store"] == "45"
    assert by_node["open_ticket"]["learnt"]["status"] == "queued"
    assert models.paid == 2 * PRICE
    assert sum(row["usd"] or 0 for row in told) == pytest.approx(models.paid)


@pytest.mark.parametrize("durability", ["exit", "sync", "async"])
async def test_a_run_that_ended_before_it_was_recorded_is_told_whole(
    database_url: str, monkeypatch: pytest.MonkeyPatch, durability: Any
) -> None:
    models = PaidModels()
    async with (
        worker(database_url, "killed", models=models, durability=durability) as killed,
        worker(database_url, "next", models=models, durability=durability) as next_one,
    ):
        await killed.says(COMPLETE)
        (incident,) = await killed.assigns()
        with monkeypatch.context() as patch:

            async def die(*_: object) -> None:
                raise Killed

            patch.setattr(Runner, "_record", die)
            with pytest.raises(Killed):
                await killed.engine.runner.run_incident(incident)
        assert await steps(killed) == []
        await next_one.engine.runner.run_incident(incident)
        await check(next_one, models)


@pytest.mark.parametrize("durability", ["exit", "sync", "async"])
@pytest.mark.parametrize("node", ["classify", "extract"])
async def test_a_run_that_was_cut_between_two_nodes_is_told_whole(
    database_url: str, durability: Any, node: Any
) -> None:
    models, gate = PaidModels(), Gate()
    async with worker(database_url, "one", models=models, durability=durability) as one:
        models.script(node, lambda *_: gate.wait())
        await one.says(COMPLETE)
        (incident,) = await one.assigns()
        running = asyncio.create_task(one.engine.runner.run_incident(incident))
        await gate.reached.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        await one.engine.runner.run_incident(incident)
        await check(one, models)


async def test_an_answer_that_was_paid_and_told_costs_nothing_again(database_url: str) -> None:
    models = PaidModels()
    async with worker(database_url, "one", models=models) as one:
        await one.says(COMPLETE)
        (incident,) = await one.assigns()
        await one.engine.runner.run_incident(incident)
        (call,) = models.asked("classify")
        task = {"name": "classify", "id": "again"}
        with tracing() as trace:
            trace.take(task)
            await RememberedModels(models, one.pool).classify(call)
            trace.take({**task, "result": {}})
        (step,) = trace.steps
        assert (step.remembered, step.model) == (True, "openai:gpt")
        assert (step.usd, step.input_tokens) == (None, 0)
        assert models.paid == 2 * PRICE
