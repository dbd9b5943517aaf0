"""A timer acts once, at its own time, however often and however late it fires."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.unit.story import NO_STORE, Story
from tests.unit.test_nodes_collecting import read


async def test_a_timer_that_fires_twice_asks_once() -> None:
    story = Story()
    await story.says(NO_STORE)
    first = story.due("reask")
    await story.timer("reask")
    assert story.keys == ["ask:store:2"]
    timers = story.state["timers"]
    # The database may write the same moment in another time zone.
    again = datetime.fromisoformat(first or "").astimezone(ZoneInfo("America/Mexico_City"))
    for due_at in (first, again.isoformat()):
        await story.timer("reask", due_at)
        assert story.new == []
        assert story.state["timers"] == timers
        assert story.state["asked"] == {"store": 2}
    await story.timer("reask")
    assert story.keys == ["ask:store:3"]


async def test_the_timer_of_an_answered_question_asks_nothing() -> None:
    story = Story()
    story.models.script("extract", read(problem="no jala"))
    await story.says("urgente, no jala")
    old = story.due("reask")
    story.passes(minutes=29)
    story.models.script("extract", read(system="la caja"))
    await story.says("la caja", act="answer")
    assert story.keys == ["ask:store:1"]
    new = story.due("reask")
    await story.timer("reask", old)
    assert (story.new, story.due("reask")) == ([], new)


async def test_an_overtaken_timer_leaves_the_thread_waiting() -> None:
    story = Story()
    await story.says(NO_STORE)
    first = story.due("reask")
    await story.timer("reask")
    await story.timer("reask", first)
    snapshot = await story.graph.aget_state(story.config)
    assert [i.value["waiting_for"] for i in snapshot.interrupts] == ["store"]
    await story.says("tienda 45", act="answer")
    await story.timer("close", first)
    assert (story.state["status"], story.new) == ("queued", [])
