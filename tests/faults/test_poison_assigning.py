"""A turn that nobody can assign: its neighbours are assigned, and a person finds it."""

from __future__ import annotations

import pytest

from domain.gist import Gist
from domain.message import Sender
from server.queue import ASSIGN
from tests.faults.rig import COMPLETE, READER, Worker, worker

pytestmark = pytest.mark.slow
TRIES = 3
POISON = "La impresora de la tienda 12 \U0001f9ff no imprime"
ROSA = Sender(lid="100000000000077@lid", name="Rosa")


class Unforeseen(Exception):
    """A fault of ours that no handler knows."""


class Stumbling:
    """A reader with a fault: one text is too much for it."""

    def read(self, text: str, *, group_name: str = "", sender_name: str = "") -> Gist:
        if POISON in text:
            raise Unforeseen("a text that nobody foresaw\x00")
        return READER.read(text, group_name=group_name, sender_name=sender_name)


async def states(one: Worker) -> list[str]:
    return [row["state"] for row in await one.rows("SELECT state FROM turns ORDER BY id")]


async def test_it_holds_up_no_neighbour_and_ends_in_quarantine(database_url: str) -> None:
    async with worker(database_url, "one", reader=Stumbling(), turn_tries=TRIES) as one:
        await one.says(POISON, who=ROSA)
        await one.says(COMPLETE)
        await one.engine.scheduler.tick()
        assert await states(one) == ["ripe", "assigned"]
        assert len(await one.rows("SELECT id FROM incidents")) == 1

        for _ in range(TRIES - 1):  # the sweep leaves the job again
            (turn,) = await one.rows("SELECT chat FROM turns WHERE state = 'ripe'")
            await one.engine.handlers[ASSIGN](chat=turn["chat"])
        assert await states(one) == ["failed", "assigned"]
        (found,) = await one.rows("SELECT source, reason, body FROM quarantine")
        assert (found["source"], found["reason"]) == ("assign", "failed")
        assert "a text that nobody foresaw" in found["body"]
        count = one.engine.metrics.registry.get_sample_value
        assert count("recado_turns_set_aside_total") == 1


async def test_it_does_not_end_the_scheduler(database_url: str) -> None:
    async with worker(database_url, "one", reader=Stumbling(), turn_tries=TRIES) as one:
        await one.says(POISON, who=ROSA)
        for _ in range(3):
            await one.engine.scheduler.tick()
        await one.says(COMPLETE)
        await one.engine.scheduler.tick()
        assert (await states(one))[1] == "assigned"
