"""A turn whose run always fails: it ends with a person, and nothing waits behind it for ever."""

from __future__ import annotations

import pytest

from domain.errors import RetryLater
from domain.message import Attachment
from server.queue import RUN
from server.run import Busy, Runner
from tests.fakes.channel import FakeChannel
from tests.fakes.media import TrustingInspector
from tests.faults.rig import COMPLETE, GROUP, INCOMPLETE, Worker, worker

pytestmark = pytest.mark.slow
TRIES = 3
PICTURE = (Attachment("image/png", "foto.png", "http://127.0.0.1:9/foto.png"),)


class Unforeseen(Exception):
    """A fault of ours that no handler knows."""


class Stumbling(TrustingInspector):
    """An inspector with a fault: one picture is too much for it."""

    async def normalise_image(self, data: bytes) -> bytes:
        raise Unforeseen("a picture that nobody foresaw\x00")


def gallery() -> FakeChannel:
    return FakeChannel(media={str(PICTURE[0].url): b"picture"})


async def fails(one: Worker, incident: str, times: int = 1) -> None:
    """The job is run so many times, and each time it fails."""
    for _ in range(times):
        with pytest.raises(Unforeseen):
            await one.engine.handlers[RUN](incident)


async def sends(one: Worker, incident: str) -> None:
    for lane in ("desk", "chat"):
        await one.engine.sender.send_lane(incident, lane)


async def turns(one: Worker) -> list[str]:
    rows = await one.rows("SELECT name, state FROM turns ORDER BY number")
    return [f"{row['name']} {row['state']}".strip() for row in rows]


async def incident_of(one: Worker) -> dict[str, object]:
    (row,) = await one.rows("SELECT status, owner, failure FROM incidents")
    return row


def set_aside(one: Worker) -> float | None:
    return one.engine.metrics.registry.get_sample_value("recado_turns_set_aside_total")


@pytest.mark.parametrize("durability", ["exit", "sync"])
async def test_it_is_set_aside_and_the_group_is_told_once(
    database_url: str, durability: object
) -> None:
    async with worker(
        database_url,
        "one",
        channel=gallery(),
        inspector=Stumbling(),
        turn_tries=TRIES,
        durability=durability,  # type: ignore[arg-type]
    ) as one:
        await one.says(INCOMPLETE, attachments=PICTURE)
        (incident,) = await one.assigns()
        await fails(one, incident, TRIES - 1)
        assert await turns(one) == ["assigned"]
        assert one.channel.said() == []

        await fails(one, incident)
        assert await turns(one) == ["failed", "set_aside assigned"]
        row = await incident_of(one)
        assert row["status"] == "escalated"
        assert str(row["failure"]).startswith("Unforeseen: a picture")
        assert set_aside(one) == 1
        await sends(one, incident)
        (told,) = one.channel.said()
        assert told.startswith("Lupita, su reporte queda a cargo")

        await one.engine.handlers[RUN](incident)
        await sends(one, incident)
        assert one.channel.said() == [told]
        await one.rows("UPDATE turns SET updated_at = now() - interval '1 h' RETURNING id")
        assert await one.engine.scheduler.sweep() == 0


async def test_human_support_is_called_by_name(database_url: str) -> None:
    async with worker(
        database_url,
        "one",
        channel=gallery(),
        inspector=Stumbling(),
        turn_tries=1,
        support="520000000001",
    ) as one:
        await one.says(COMPLETE, attachments=PICTURE)
        (incident,) = await one.assigns()
        await fails(one, incident)
        await one.engine.handlers[RUN](incident)
        await sends(one, incident)
        (told,) = one.channel.transcript
        assert "@520000000001" in told.text
        assert told.mentions == ("520000000001",)
        assert (await incident_of(one))["owner"] == "520000000001"


async def test_the_bot_asks_nothing_of_what_is_a_persons(database_url: str) -> None:
    async with worker(
        database_url, "one", channel=gallery(), inspector=Stumbling(), turn_tries=1
    ) as one:
        await one.says(INCOMPLETE, attachments=PICTURE)
        (incident,) = await one.assigns()
        await fails(one, incident)
        await one.engine.handlers[RUN](incident)
        await one.says("la impresora de tickets no funciona, ya la reinicié")
        assert await one.assigns() == [incident]
        await one.engine.handlers[RUN](incident)
        await sends(one, incident)
        assert len(one.channel.said()) == 1
        assert (await incident_of(one))["status"] == "escalated"
        assert "assigned" not in " ".join(await turns(one))


async def test_its_neighbours_are_run_without_it(database_url: str) -> None:
    """Two turns that would have been one run: after a failure each is run by itself."""
    async with worker(
        database_url, "one", channel=gallery(), inspector=Stumbling(), turn_tries=TRIES
    ) as one:
        await one.says(COMPLETE)
        (incident,) = await one.assigns()
        await one.says("la impresora de tickets no funciona, así sale", attachments=PICTURE)
        await one.assigns()
        await fails(one, incident, 2)
        assert await turns(one) == ["done", "assigned"]
        await sends(one, incident)
        (ticket,) = one.desk.tickets.values()
        assert COMPLETE in ticket.description


async def test_what_was_said_reaches_the_ticket_there_is(database_url: str) -> None:
    async with worker(
        database_url, "one", channel=gallery(), inspector=Stumbling(), turn_tries=1
    ) as one:
        await one.says(COMPLETE)
        (incident,) = await one.assigns()
        await one.engine.handlers[RUN](incident)
        await sends(one, incident)
        await one.engine.handlers[RUN](incident)
        await one.says("la impresora de tickets no funciona, así sale", attachments=PICTURE)
        await one.assigns()
        await fails(one, incident)
        await one.engine.handlers[RUN](incident)
        await sends(one, incident)
        (ticket,) = one.desk.tickets.values()
        assert any("así sale" in comment.text for comment in ticket.comments)
        assert len(one.channel.said()) == 1
        row = await incident_of(one)
        assert row["status"] == "ticketed"


async def test_a_graph_that_takes_nothing_any_more_ends_as_well(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise Unforeseen("nothing works")

    monkeypatch.setattr(Runner, "_run", fail)
    async with worker(database_url, "one", turn_tries=TRIES) as one:
        await one.says(INCOMPLETE)
        (incident,) = await one.assigns()
        await fails(one, incident, 2 * TRIES)
        assert await turns(one) == ["failed", "set_aside failed"]
        await one.engine.handlers[RUN](incident)
        await sends(one, incident)
        assert len(one.channel.said()) == 1
        assert set_aside(one) == 2


@pytest.mark.parametrize("passing", [RetryLater("soon"), Busy("another")])
async def test_what_passes_by_itself_is_not_held_against_a_turn(
    database_url: str, monkeypatch: pytest.MonkeyPatch, passing: Exception
) -> None:
    async def fail(*_: object) -> None:
        raise passing

    async with worker(database_url, "one", turn_tries=1) as one:
        await one.says(COMPLETE)
        (incident,) = await one.assigns()
        with monkeypatch.context() as patch:
            patch.setattr(Runner, "_run", fail)
            for _ in range(3):
                with pytest.raises(RetryLater):
                    await one.engine.handlers[RUN](incident)
        await one.engine.handlers[RUN](incident)
        assert len(await one.rows("SELECT 1 FROM outbox WHERE kind = 'open_ticket'")) == 1
        assert (await one.rows("SELECT chat FROM incidents"))[0]["chat"] == GROUP
