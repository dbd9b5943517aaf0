"""What a worker leaves behind when it ends between two commits, and who takes it from there."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.errors import DeskUnavailable, OutcomeUnknown
from domain.message import Sender
from domain.ports import Ticket
from domain.ticket import TicketDraft
from server.run import Runner
from tests.fakes.channel import FakeChannel
from tests.fakes.desk import FakeDesk
from tests.fakes.models import ScriptedModels
from tests.faults.rig import COMPLETE, GROUP, INCOMPLETE, Gate, Worker, worker

pytestmark = pytest.mark.slow
MORE = "la impresora de tickets no funciona, ya la reinicié"
RAUL = Sender(lid="222222222222222@lid", name="Raúl")


class Killed(BaseException):
    """The worker is gone."""


async def keys(one: Worker) -> list[str]:
    """The kinds of what is planned."""
    rows = await one.rows("SELECT effect_key FROM outbox ORDER BY id")
    return [row["effect_key"].split(":")[0] for row in rows]


@pytest.mark.parametrize("durability", ["exit", "sync"])
async def test_a_run_that_was_not_recorded_is_recorded_before_newer_words_are_read(
    database_url: str, monkeypatch: pytest.MonkeyPatch, durability: Any
) -> None:
    async with (
        worker(database_url, "killed", durability=durability) as killed,
        worker(database_url, "next", durability=durability) as next_one,
    ):
        await killed.says(COMPLETE)
        (incident,) = await killed.assigns()
        with monkeypatch.context() as patch:

            async def die(*_: object) -> None:
                raise Killed

            patch.setattr(Runner, "_record", die)
            with pytest.raises(Killed):
                await killed.engine.runner.run_incident(incident)
        assert await keys(killed) == []
        await next_one.says(MORE)
        await next_one.assigns()
        await next_one.engine.runner.run_incident(incident)
        assert (await keys(next_one))[:2] == ["ticket", "notice"]
        assert len((await next_one.state(incident))["lines"]) == 2
        left = await next_one.rows("SELECT 1 FROM turns WHERE state = 'assigned'")
        assert left == []


@pytest.mark.parametrize("durability", ["exit", "sync", "async"])
@pytest.mark.parametrize("node", ["classify", "extract"])
async def test_a_run_that_ended_between_two_nodes_goes_on_there(
    database_url: str, durability: Any, node: Any
) -> None:
    models, gate = ScriptedModels(), Gate()
    async with worker(database_url, "one", models=models, durability=durability) as one:
        models.script(node, lambda *_: gate.wait())
        await one.says(INCOMPLETE)
        (incident,) = await one.assigns()
        running = asyncio.create_task(one.engine.runner.run_incident(incident))
        await gate.reached.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        await one.engine.runner.run_incident(incident)
        assert await keys(one) == ["ask"]
        state = await one.state(incident)
        assert [line["text"] for line in state["lines"]] == [INCOMPLETE]


class SlowDesk(FakeDesk):
    """A desk that lets nobody in before the gates open: the first one is then turned away."""

    def __init__(self, *gates: Gate) -> None:
        super().__init__()
        self.gates = list(gates)

    async def open_ticket(self, draft: TicketDraft, contact_id: str) -> Ticket:
        gate, *self.gates = self.gates
        turned_away = bool(self.gates)
        await gate.wait()
        if turned_away:
            raise DeskUnavailable("refused after all")
        return await super().open_ticket(draft, contact_id)


async def test_the_late_word_of_a_frozen_sender_reopens_nothing(database_url: str) -> None:
    first, second = Gate(), Gate()
    desk = SlowDesk(first, second)
    async with (
        worker(database_url, "frozen", desk=desk, settle=0) as frozen,
        worker(database_url, "awake", desk=desk, settle=0) as awake,
    ):
        await frozen.says(COMPLETE)
        (incident,) = await frozen.assigns()
        await frozen.engine.runner.run_incident(incident)
        sending = asyncio.create_task(frozen.engine.sender.send_lane(incident, "desk"))
        await first.reached.wait()
        # Frozen for so long that its attempt has expired: another looks, and sends again.
        await awake.rows("UPDATE outbox SET deadline = now() WHERE lane = 'desk' RETURNING id")
        await awake.engine.scheduler.tick()
        again = asyncio.create_task(_send_until(awake, incident, second))
        await second.reached.wait()
        first.opened.set()
        await sending
        (row,) = await awake.rows("SELECT state FROM outbox WHERE kind = 'open_ticket'")
        assert row["state"] == "attempting"
        second.opened.set()
        await again
        assert len(desk.tickets) == 1


async def _send_until(one: Worker, incident: str, gate: Gate) -> None:
    while not gate.reached.is_set():
        await one.engine.sender.send_lane(incident, "desk")
        await asyncio.sleep(0.02)


async def _ask_twice(one: Worker) -> list[str]:
    """Two incidents of one person in one group, with the same question for both."""
    await one.says("La impresora de tickets no funciona")
    await one.assigns()
    await one.says("La terminal bancaria no funciona", who=RAUL)
    incidents = await one.assigns()
    assert len(incidents) == 2
    for incident in incidents:
        await one.engine.runner.run_incident(incident)
    return incidents


async def test_a_lost_question_is_not_taken_for_the_same_words_to_another(
    database_url: str,
) -> None:
    channel = FakeChannel()
    async with worker(database_url, "one", channel=channel, settle=0) as one:
        incidents = await _ask_twice(one)
        await one.rows(
            """UPDATE outbox SET payload = payload || '{"text": "¿De qué tienda?"}' RETURNING id"""
        )
        await one.engine.sender.send_lane(incidents[0], "chat")
        channel.fail_next(OutcomeUnknown("503"))
        for _ in range(5):
            await one.engine.sender.send_lane(incidents[1], "chat")
        assert channel.said() == ["¿De qué tienda?"] * 2
        assert len({sent.quote for sent in channel.transcript}) == 2


async def test_same_words_without_a_quote_are_adopted_by_one_effect_only(
    database_url: str,
) -> None:
    channel = FakeChannel()
    async with worker(database_url, "one", channel=channel, settle=0) as one:
        incidents = await _ask_twice(one)
        await one.rows(
            """UPDATE outbox SET purpose = 'notice',
                 payload = payload || '{"text": "Su ticket seguirá.", "quote": null}'
               RETURNING id"""
        )
        channel.fail_next(OutcomeUnknown("reset"), done=True)
        channel.fail_next(OutcomeUnknown("503"))
        for _ in range(6):
            for incident in incidents:
                await one.engine.sender.send_lane(incident, "chat")
        assert channel.said() == ["Su ticket seguirá."] * 2
        ids = await one.rows("SELECT remote->>'id' AS id FROM outbox WHERE state = 'done'")
        assert len({row["id"] for row in ids}) == 2


async def test_words_under_way_elsewhere_are_nobodys_yet(database_url: str) -> None:
    """The group shows a text whose sender has not heard so: a look must not adopt it."""
    channel = FakeChannel()
    async with worker(database_url, "one", channel=channel, settle=0) as one:
        first, second = await _ask_twice(one)
        await one.rows(
            """UPDATE outbox SET purpose = 'notice', text = 'Seguirá.',
                 payload = payload || '{"text": "Seguirá.", "quote": null}' RETURNING id"""
        )
        await one.rows(
            """UPDATE outbox SET state = CASE incident_id::text WHEN %s THEN 'attempting'
                 ELSE 'unknown' END, attempts = 1, attempted_at = %s, not_before = now(),
                 deadline = now() + interval '30 s' RETURNING id""",
            first,
            datetime.now(UTC),
        )
        await channel.send_text(GROUP, "Seguirá.", effect_key="of the first")
        await one.engine.sender.send_lane(second, "chat")
        states = await one.rows("SELECT state, looks FROM outbox ORDER BY id")
        assert [row["state"] for row in states] == ["attempting", "unknown"]
        assert states[1]["looks"] == 0
        assert channel.said() == ["Seguirá."]


async def test_a_refused_file_is_explained_once(database_url: str) -> None:
    """The comment that explains it may be lost as well; it is looked for like any other."""
    desk = FakeDesk()
    async with worker(database_url, "one", desk=desk, settle=0) as one:
        await one.says(COMPLETE)
        (incident,) = await one.assigns()
        await one.engine.runner.run_incident(incident)
        await one.engine.sender.send_lane(incident, "desk")
        await one.rows(
            """INSERT INTO outbox (effect_key, incident_id, lane, kind, purpose, payload, needs,
                 created_at, wake_at)
               SELECT 'attach:x', id, 'desk', 'attach_file', 'attachment',
                 '{"sha256": "nobody-has-it", "name": "foto.png", "mimetype": "image/png"}',
                 'ticket:' || id, now(), now() FROM incidents RETURNING id"""
        )
        desk.fail_next("add_comment", "unknown_after_commit")
        for _ in range(5):
            await one.engine.sender.send_lane(incident, "desk")
        (ticket,) = desk.tickets.values()
        assert len([c for c in ticket.comments if "foto.png" in c.text]) == 1
