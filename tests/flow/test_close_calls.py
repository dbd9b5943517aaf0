"""Two open incidents and words that may be of either: a model says of which, when one is there.

Lupita: la impresora de tickets no imprime, tienda 45   -> ticket 101
Raúl: la terminal no pasa tarjetas, tienda 45           -> ticket 102
Raúl: Lupita, ¿ya vienen?                               -> the model says: of 101
(no model, no answer in time, a key that was not offered) -> our own decision stands
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.errors import ModelFailed, ModelUnavailable
from domain.ports import Models
from domain.reading import ModelCall, PlaceChoice
from server.api.incident_views import AssignmentView
from server.close_calls import CloseCallSettings
from server.engine import Engine
from server.persistence.figures import cost_by_day
from server.persistence.incident_views import one_row
from server.queue import CLOSE_CALL
from server.trace import used
from tests.fakes.weights import CLOSE_WEIGHTS
from tests.flow.chat import LUPITA, RAUL, GroupChat, Person
from tools.models.hosted.usage import ModelUse
from tools.models.local.engine import LocalModels

SETTINGS = CloseCallSettings(seconds=0.2, per_hour=5)
PRINTER = "la impresora de tickets no imprime, tienda 45"
CARDS = "la terminal no pasa tarjetas, tienda 45"
# Raúl, who told of the terminal and of it last, calls the name of who told of the printer.
EITHER = "Lupita, ¿ya vienen?"
TOMAS = Person("Tomás", lid="333333333333333@lid")
Says = Callable[[ModelCall], Awaitable[PlaceChoice]]


class Asked(LocalModels):
    """The local engine, and a hosted model for close calls, as `says` has it answer."""

    def __init__(self) -> None:
        super().__init__()
        self.says: Says = choose("ninguna")
        self.calls: list[ModelCall] = []

    async def assign(self, call: ModelCall) -> PlaceChoice:
        """What the story wants it to say."""
        self.calls.append(call)
        return await self.says(call)


def choose(key: str, confidence: float = 0.9) -> Says:
    """Answers with a key, whatever was offered, and tells what it cost."""

    async def says(call: ModelCall) -> PlaceChoice:
        used(ModelUse("openai", "gpt-4o-mini", "assign", "", 0.4, "answered", 600, 20, 0, 0.0001))
        return PlaceChoice(place=key, confidence=confidence, reason="le habla a quien la reportó")

    return says


def about(system: str, confidence: float = 0.9) -> Says:
    """Answers with the incident of this thing."""

    async def says(call: ModelCall) -> PlaceChoice:
        key = next(place.key for place in call.places if system in (place.system or ""))
        return await choose(key, confidence)(call)

    return says


def fails(error: Exception) -> Says:
    """Answers nothing."""

    async def says(call: ModelCall) -> PlaceChoice:
        raise error

    return says


async def never(call: ModelCall) -> PlaceChoice:
    """Thinks for longer than anybody waits."""
    await asyncio.sleep(60)
    raise AssertionError("nobody waits so long")


@pytest.fixture
def models() -> Models:
    return Asked()


@pytest.fixture
async def group(group: GroupChat) -> GroupChat:
    """The group, judged by the weights of these stories."""
    outside = group.engine.outside
    judge = replace(outside.judge, weights=CLOSE_WEIGHTS)
    return run_by(group, replace(group.engine, outside=replace(outside, judge=judge)))


def run_by(group: GroupChat, engine: Engine) -> GroupChat:
    """The same group, on another engine."""
    group.queue.handlers = dict(engine.handlers)
    return replace(group, engine=engine)


def asks(group: GroupChat, settings: CloseCallSettings = SETTINGS) -> GroupChat:
    """The same group, where a model may be asked."""
    pace = replace(group.engine.pace, close_calls=settings)
    return run_by(group, replace(group.engine, pace=pace))


async def two_incidents(group: GroupChat) -> None:
    await group.says(PRINTER, by=LUPITA, pause=42)
    await group.says(CARDS, by=RAUL, pause=300)
    assert len(group.tickets) == 2


async def decided(group: GroupChat, message: str) -> tuple[str | None, str]:
    """The thing whose incident a message went to, and who decided."""
    found = await group.rows(
        f"""SELECT i.system, a.decided_by FROM assignments a
            LEFT JOIN incidents i ON i.id = a.incident_id
            WHERE a.message_id = '{message}' ORDER BY a.id DESC LIMIT 1"""  # noqa: S608 - our own id
    )
    return found[0]["system"], found[0]["decided_by"]


async def outcomes(group: GroupChat) -> list[str | None]:
    found = await group.rows("SELECT outcome FROM close_calls ORDER BY turn_id")
    return [row["outcome"] for row in found]


async def test_without_a_hosted_model_nobody_is_asked(group: GroupChat, models: Asked) -> None:
    await two_incidents(group)
    said = await group.says(EITHER, by=RAUL)
    assert await decided(group, said) == ("terminal", "rules")
    assert models.calls == []
    assert await outcomes(group) == []


async def test_a_model_says_of_which_the_words_are(group: GroupChat, models: Asked) -> None:
    group = asks(group)
    await two_incidents(group)
    models.says = about("impresora")
    said = await group.says(EITHER, by=RAUL)
    assert await decided(group, said) == ("impresora de tickets", "model")
    # The group read two notices and no more: who is asked is a model, and nobody hears of it.
    printer, cards = group.tickets
    assert [printer.number in group.replies[0], cards.number in group.replies[1]] == [True, True]
    [call] = models.calls
    assert [line.text for line in call.conversation] == [EITHER]
    keys = {place.key: place for place in call.places}
    assert keys.keys() == {"ninguna", "nueva", "1", "2"}
    [told] = [place for place in call.places if place.system == "terminal"]
    assert (told.store, told.reporter, told.last_by) == ("45", "Raúl", "Raúl")
    assert (told.last_text, told.last_minutes) == (CARDS, 5)
    [row] = await group.rows("SELECT * FROM close_calls")
    assert row["local"]["incident_id"] == told.incident_id
    assert row["outcome"] == "moved"
    use = row["use"]
    assert (use["model"], use["prompt_version"]) == ("openai:gpt-4o-mini", 1)
    assert (use["input_tokens"], use["output_tokens"], use["usd"]) == (600, 20, 0.0001)
    [why] = await group.rows("SELECT reason FROM assignments WHERE decided_by = 'model'")
    assert why["reason"] == "a model says: le habla a quien la reportó"


async def test_the_page_is_told_what_was_asked_and_paid(group: GroupChat, models: Asked) -> None:
    group = asks(group)
    await two_incidents(group)
    models.says = about("impresora")
    said = await group.says(EITHER, by=RAUL)
    [found] = await group.rows("SELECT id FROM incidents WHERE system LIKE 'impresora%'")
    async with group.engine.pool.connection() as conn:
        row = await one_row(conn, found["id"])
        costs = await cost_by_day(conn, group.clock.now(), "UTC")
    assert row is not None
    shown = {one["message_id"]: AssignmentView.model_validate(one) for one in row["assignments"]}
    assert {id for id, one in shown.items() if one.asked} == {said}
    asked = shown[said].asked
    assert asked is not None
    assert (asked.outcome, asked.model, asked.usd) == ("moved", "openai:gpt-4o-mini", 0.0001)
    assert [place["key"] for place in asked.places] == ["ninguna", "nueva", "1", "2"]
    assert shown[said].decided_by == "model"
    assert 0.0001 in [one["usd"] for one in costs]


async def test_a_model_that_agrees_is_told_as_well(group: GroupChat, models: Asked) -> None:
    group = asks(group)
    await two_incidents(group)
    models.says = about("terminal")
    assert await decided(group, await group.says(EITHER, by=RAUL)) == ("terminal", "model")
    assert await outcomes(group) == ["kept"]


@pytest.mark.parametrize(
    ("says", "outcome"),
    [
        (fails(ModelUnavailable("not reached")), "failed"),
        (fails(ModelFailed("it refused to answer")), "failed"),
        (LocalModels().assign, "failed"),
        (choose("3"), "unsure"),
        (choose("todas las incidencias"), "unsure"),
        (about("impresora", confidence=0.5), "unsure"),
        (never, "late"),
    ],
    ids=["away", "refused", "local", "foreign", "nonsense", "unsure", "slow"],
)
async def test_without_a_usable_answer_the_local_decision_stands(
    group: GroupChat, models: Asked, says: Says, outcome: str
) -> None:
    group = asks(group)
    await two_incidents(group)
    models.says = says
    said = await group.says(EITHER, by=RAUL)
    assert await decided(group, said) == ("terminal", "rules")
    assert await outcomes(group) == [outcome]
    assert len(models.calls) == 1


async def test_no_lock_is_held_while_a_model_thinks(group: GroupChat, models: Asked) -> None:
    group = asks(group)
    await two_incidents(group)
    seen = []

    async def says(call: ModelCall) -> PlaceChoice:
        seen.append(
            await group.rows(
                """SELECT (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'
                             AND database = (SELECT oid FROM pg_database
                                             WHERE datname = current_database())) AS locks,
                     (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                        AND state LIKE 'idle in transaction%') AS transactions"""
            )
        )
        return await choose("ninguna")(call)

    models.says = says
    await group.says(EITHER, by=RAUL)
    assert seen == [[{"locks": 0, "transactions": 0}]]


async def test_what_is_chosen_but_no_longer_there_is_not_taken(
    group: GroupChat, models: Asked
) -> None:
    group = asks(group)
    await two_incidents(group)

    async def says(call: ModelCall) -> PlaceChoice:
        async with group.engine.pool.connection() as conn:
            await conn.execute(
                "UPDATE incidents SET status = 'dismissed' WHERE system LIKE 'impresora%'"
            )
        return await about("impresora")(call)

    models.says = says
    assert await decided(group, await group.says(EITHER, by=RAUL)) == ("terminal", "rules")
    assert await outcomes(group) == ["overtaken"]


async def test_only_what_comes_after_it_in_the_same_group_waits(
    group: GroupChat, models: Asked
) -> None:
    group = asks(group, CloseCallSettings(seconds=60, per_hour=5))
    await two_incidents(group)
    asking = group.queue.handlers.pop(CLOSE_CALL)

    async def lost(turn: int) -> None:
        """The worker dies before it asks."""

    group.queue.handlers[CLOSE_CALL] = lost
    said = await group.says(EITHER, by=RAUL)
    later = await group.says("la báscula no pesa bien, tienda 12", by=LUPITA)
    other = replace(group, chat="120363000000000002@g.us", chat_name="Tiendas Sur")
    await other.says("no prende la computadora, tienda 7", by=TOMAS)
    states = await group.rows(
        "SELECT state FROM turns WHERE state IN ('asked', 'ripe') ORDER BY id"
    )
    assert [row["state"] for row in states] == ["asked", "ripe"]
    assert len(group.tickets) == 3
    # Nobody answers: it goes on without, in the order in which people wrote.
    await group.passes(60)
    assert await decided(group, said) == ("terminal", "rules")
    assert (await decided(group, later))[0] == "báscula"
    assert await outcomes(group) == ["late"]
    [turn] = await group.rows("SELECT turn_id FROM close_calls")
    await asking(turn=turn["turn_id"])
    assert models.calls == []


@pytest.mark.parametrize(("minutes_ago", "asked"), [(59, []), (61, ["kept"])])
async def test_a_budget_is_kept_by_the_hour(
    group: GroupChat, models: Asked, minutes_ago: int, asked: list[str]
) -> None:
    group = asks(group, CloseCallSettings(seconds=0.2, per_hour=1))
    await two_incidents(group)
    at = group.clock.now() - timedelta(minutes=minutes_ago)
    async with group.engine.pool.connection() as conn:
        await conn.execute(
            """INSERT INTO close_calls (turn_id, chat, question, local, at)
               SELECT min(id), 'another', '{}', '{}', %s FROM turns""",
            (at,),
        )
    models.says = about("terminal")
    assert (await decided(group, await group.says(EITHER, by=RAUL)))[0] == "terminal"
    assert (await outcomes(group))[1:] == asked
    assert len(models.calls) == len(asked)


@pytest.mark.parametrize(
    "words", ["jajaja qué risa", "buenos días a todos", "¿quién trae el pastel?"]
)
async def test_clear_chatter_is_nobodys_question(
    group: GroupChat, models: Asked, words: str
) -> None:
    group = asks(group)
    await two_incidents(group)
    await group.says(words, by=TOMAS)
    assert models.calls == []


async def test_a_quote_and_an_answer_to_our_question_are_decided(
    group: GroupChat, models: Asked
) -> None:
    group = asks(group)
    report = await group.says(PRINTER, by=LUPITA, pause=42)
    await group.says("la terminal no pasa tarjetas", by=RAUL, pause=300)
    quoting = await group.says(EITHER, by=RAUL, quotes=report)
    answer = await group.says("la 45", by=RAUL)
    assert (await decided(group, quoting))[0] == "impresora de tickets"
    assert (await decided(group, answer))[0] == "terminal"
    assert models.calls == []
