"""A small simulated group on the real path, and proof that the score sees what goes wrong."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from evals.simulate.ledger import SeenTicket
from evals.simulate.outside import BotMessage
from evals.simulate.play import Played, play
from evals.simulate.report import report
from evals.simulate.score import figures, judge
from evals.simulate.script import write_script
from server.replay.scratch import Scratch
from server.settings import Settings
from tests.conftest import Cluster

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
RECADO = str(Path(sys.executable).with_name("recado"))
SEED = 2


@pytest.fixture(scope="module")
async def played(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """One day of two groups, with people who answer."""
    return await play_once(cluster, tmp_path_factory.mktemp("played"))


async def play_once(cluster: Cluster, folder: Path, *, personas: bool = True) -> Played:
    settings = Settings(ai_providers=("local",))
    place = Scratch(await cluster.fresh(), folder)
    return await play(write_script(SEED, 1, 2), settings, place, personas=personas)


def judged(
    played: Played,
    tickets: Sequence[SeenTicket] | None = None,
    bot: Sequence[BotMessage] | None = None,
) -> dict[str, Any]:
    """The figures of a play, with other tickets or messages of the bot than it had."""
    result = judge(
        played.ledger,
        list(played.ledger.tickets.values()) if tickets is None else tickets,
        played.comments if tickets is None else {},
        played.said,
        played.bot if bot is None else bot,
        played.changes,
        played.priorities,
    )
    return figures([result])


async def test_people_answer_what_the_bot_asks(played: Played) -> None:
    asked = [message for message in played.bot if "¿De qué tienda" in message.text]
    answers = [line for line in played.said if line.kind == "answer" and "store" in line.says]
    assert asked
    assert answers
    assert played.ledger.tickets
    found = report([played])
    assert found["synthetic"] is True
    assert set(found["baselines"]) == {"keyword", "newest-open-incident", "same-sender", "tf-idf"}
    assert found["confusion"]["report"]
    assert 0 < found["tickets_right"] <= 1


async def test_the_same_seed_ends_the_same(
    played: Played, cluster: Cluster, tmp_path: Path
) -> None:
    again = await play_once(cluster, tmp_path)
    assert [(m.at, m.text) for m in again.bot] == [(m.at, m.text) for m in played.bot]
    assert [line.text for line in again.said] == [line.text for line in played.said]
    assert judged(again) == judged(played)


async def test_without_personas_nobody_answers(cluster: Cluster, tmp_path: Path) -> None:
    silent = await play_once(cluster, tmp_path, personas=False)
    assert [line.id for line in silent.said] == [line.id for line in write_script(SEED, 1, 2).lines]
    assert silent.bot


def test_a_doubled_ticket_shows(played: Played) -> None:
    tickets = [one for one in played.ledger.tickets.values() if played.ledger.truth(one.lines)]
    before = judged(played)
    twin = replace(tickets[0], id="777", at=tickets[0].at + timedelta(seconds=3))
    after = judged(played, [*played.ledger.tickets.values(), twin])
    assert after["double"] == before["double"] + 1
    assert after["tickets_right"] < before["tickets_right"]


def test_a_ticket_for_nothing_shows(played: Played) -> None:
    chatter = next(line for line in played.said if line.kind == "chatter" and line.text)
    ticket = next(iter(played.ledger.tickets.values()))
    false = replace(ticket, id="778", lines=(chatter.id,))
    before, after = judged(played), judged(played, [*played.ledger.tickets.values(), false])
    assert after["verdicts"]["stands for nothing"] == (
        before["verdicts"].get("stands for nothing", 0) + 1
    )
    assert after["tickets_right"] < before["tickets_right"]


def test_a_lost_report_shows(played: Played) -> None:
    before = judged(played, [], [])
    assert before["lost"] == before["incidents"] - before["verdicts"].get("taken back", 0)
    assert before["tickets_right"] == 0.0


def test_a_wrong_field_shows(played: Played) -> None:
    tickets = [replace(one, store="9999") for one in played.ledger.tickets.values()]
    after = judged(played, tickets)
    assert after["fields"]["store"] == 0.0
    assert after["verdicts"].get("right", 0) == 0


def test_needless_messages_show(played: Played) -> None:
    ticket = next(
        one
        for one in played.ledger.tickets.values()
        if "store" in played.ledger.incidents[str(played.ledger.truth(one.lines))].said
    )
    line = ticket.lines[0]
    at, group = played.bot[-1].at + timedelta(hours=1), played.ledger.lines[line].group
    planted = [
        BotMessage("x1", at, group, "¿De qué tienda se trata (número o nombre)?", line),
        BotMessage("x2", at, group, f"Se creó el ticket #{ticket.id} para su reporte."),
        BotMessage("x3", at, group, f"Actualización del ticket #{ticket.id}: ahora está abierto."),
        BotMessage("x4", at, group, "Recibido."),
    ]
    before = judged(played)
    for n, message in enumerate(planted, 1):
        after = judged(played, bot=[*played.bot, *planted[:n]])
        rise = after["needless_messages_per_100"] - before["needless_messages_per_100"]
        assert rise == pytest.approx(100 * n / len(played.said), abs=0.01), message.text
    again = [*played.bot, planted[3], planted[3]]
    assert judged(played, bot=again)["double"] == before["double"] + 1


async def test_the_command_prints_one_object(cluster: Cluster) -> None:
    process = await asyncio.create_subprocess_exec(
        RECADO,
        *("simulate", "--personas", "--seed", "2", "--days", "1", "--groups", "1", "--json"),
        *("--model", "local", "--database", cluster.url),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    found = json.loads(out)
    for name in (
        *("tickets_right", "fields", "questions_per_incident", "needless_messages_per_100"),
        *("lost", "double"),
    ):
        assert name in found
    assert "seed 2:" in err.decode()
