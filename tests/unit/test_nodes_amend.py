"""What a correction does to one incident's graph: its words, its fields, its question, its desk."""

from __future__ import annotations

from typing import Any

import pytest

from domain.reading import Extraction
from graph.state import Turn
from tests.unit.story import NO_STORE, Story, keep, ticketed


async def corrects(story: Story, part: str, *messages: Any, **data: Any) -> None:
    """A correction of Marta's reaches the incident."""
    told = {"correction": 7, "author": "Marta", "why": "", "other": None, "other_number": None}
    turn = Turn(
        number=story.number + 1,
        kind="correction",
        name=part,
        at=story.now.isoformat(),
        messages=list(messages),
        data=told | data,
        owner=story.owner,
    )
    await story.takes(turn)


def line_ids(story: Story) -> list[str]:
    return [line["id"] for line in story.state["lines"]]


async def test_what_goes_takes_its_fields_and_is_asked_for_in_its_turn() -> None:
    story = Story()
    await story.says("urgente, no funciona", id="m1")
    assert story.state["pending"]["field"] == "system"  # type: ignore[index]
    await story.says("tienda 45", id="m2", act="detail")
    assert story.state["fields"]["store"] == "45"
    await corrects(story, "gave", messages=["m2"], text="«tienda 45»", status="collecting")
    assert "store" not in story.state["fields"]
    assert line_ids(story) == ["m1"]
    assert story.said == []
    await story.says("la impresora", id="m3")
    assert story.state["pending"]["field"] == "store"  # type: ignore[index]
    assert len(story.said) == 1


async def test_a_question_to_somebody_who_has_left_is_asked_of_who_is_there() -> None:
    story = Story()
    await story.says(NO_STORE, id="m1")
    assert story.state["pending"]
    await story.says("aquí tampoco", id="m2", person_id="p2", name="Raúl", act="detail")
    await corrects(story, "gave", messages=["m1"], text="«x»", status="collecting", other="b")
    assert story.state["reporter"] == {"id": "p2", "name": "Raúl"}
    assert line_ids(story) == ["m2"]
    assert story.state["pending"] is not None
    assert story.state["pending"]["person_id"] == "p2"


async def test_what_comes_stands_where_it_was_said() -> None:
    story = Story()
    early = story.message("antes de todo", id="m0")
    story.passes(minutes=5)
    await story.says(NO_STORE, id="m5")
    await corrects(story, "took", early)
    assert line_ids(story) == ["m0", "m5"]


@pytest.mark.parametrize(("earlier", "store"), [(True, "45"), (False, "12")])
async def test_of_two_stores_the_one_that_was_said_later_counts(earlier: bool, store: str) -> None:
    story = Story(required_fields={"technical": ["store", "error"]})
    before = story.message("en la 12", id="m0")
    story.passes(minutes=5)
    await story.says("no funciona la impresora de la tienda 45", id="m5")
    story.passes(minutes=5)
    after = story.message("en la 12", id="m8")
    brought = before if earlier else after
    fields = {"store": {"value": "12", "message": brought["id"]}}
    await corrects(story, "took", brought, fields=fields)
    assert story.state["fields"]["store"] == store


async def test_what_is_known_is_not_read_anew_out_of_what_comes() -> None:
    story = Story()
    early = story.message("por cierto", id="m0")
    story.passes(minutes=5)
    await story.says("la caja 2 no abre", id="m5")
    assert story.state["pending"]["field"] == "store"  # type: ignore[index]
    system = story.state["fields"]["system"]
    more = {"error": None, "affected": None, "refused": False}
    told = Extraction(problem="otra cosa", system="otro", store="45", **more)
    story.models.script("extract", told)
    await corrects(story, "took", early)
    fields = story.state["fields"]
    assert (fields["system"], fields["store"]) == (system, "45")


async def test_to_a_ticket_it_is_one_comment_with_its_files_and_no_word() -> None:
    story = await ticketed()
    file = await keep(story, b"foto")
    photo = story.message("miren", id="m8", files=[file])
    await corrects(story, "took", photo, other="b", other_number="102", why="era de aquí")
    assert story.keys == ["comment:correction:7", f"attach:{file['sha256']}"]
    text = story.effect("comment:")["payload"]["text"]
    for part in ("Marta", "#102", "era de aquí", "miren"):
        assert part in text
    assert story.said == []


async def test_a_merged_incident_is_silent_whatever_its_ticket_does() -> None:
    story = await ticketed()
    await corrects(story, "merged", other="b", other_number="101")
    assert story.keys == ["comment:correction:7", "update:withdraw:7"]
    assert story.effect("update:")["payload"]["only_if"] == "untouched"
    await story.fact("ticket_changed", status="Closed", closed=True)
    assert (story.said, story.state["status"]) == ([], "merged")
    assert story.state["ticket"]["closed"] is True  # type: ignore[index]


async def test_the_number_of_a_ticket_that_is_not_there_yet_is_filled_in_later() -> None:
    story = await ticketed()
    await corrects(story, "merged", other="b")
    payload = story.effect("comment:")["payload"]
    assert "#{other_number}" in payload["text"]
    assert (payload["other"], payload["wait"]) == ("b", True)


async def test_taken_up_again_its_ticket_is_opened_and_the_group_not_told() -> None:
    story = await ticketed()
    await corrects(story, "dismissed")
    await story.fact("ticket_changed", status="Closed", closed=True)
    await corrects(story, "taken_up")
    assert story.state["status"] == "ticketed"
    await story.fact("ticket_changed", status="Open", closed=False)
    assert story.said == []
    await story.fact("ticket_changed", status="On Hold", closed=False)
    assert len(story.said) == 1


async def test_urgency_is_kept_by_what_is_left() -> None:
    story = await ticketed()
    assert story.state["priority"] == "normal"
    moved = story.message("no podemos vender", id="m8")
    await corrects(story, "took", moved, priority="urgent", other="b")
    assert story.state["priority"] == "urgent"
    assert "update:urgent" in story.keys


async def test_a_turn_that_comes_twice_is_taken_once() -> None:
    story = await ticketed()
    moved = story.message("ya la reiniciamos", id="m8")
    await corrects(story, "took", moved, other="b")
    story.number -= 1
    lines = line_ids(story)
    await corrects(story, "took", moved, other="b")
    assert (line_ids(story), story.new) == (lines, [])


async def test_what_only_the_outage_told_goes_with_it() -> None:
    story = Story()
    await story.says(NO_STORE, id="m1")
    outage = {"system": "red", "problem": "no hay red", "priority": "urgent"}
    await corrects(story, "linked", outage={**outage, "category": "technical"}, child=True)
    assert story.state["outage"]["system"] == "red"  # type: ignore[index]
    fields = dict(story.state["fields"])
    await corrects(story, "unlinked", outage=None, child=True)
    assert story.state["outage"] is None
    assert story.state["fields"] == fields


async def test_a_report_of_an_outage_names_no_other_thing_and_is_as_urgent_as_it_gets() -> None:
    story = Story()
    outage = {"system": "red", "problem": "no hay red", "category": "technical"}
    await story.says("aquí tampoco hay", id="m1", act="same_problem")
    await corrects(story, "linked", outage={**outage, "priority": "normal"}, child=True)
    await story.says("y hay fila, no funciona la impresora", id="m2", act="detail")
    assert story.state["fields"]["system"] == "red"
    assert story.state["priority"] == "normal"
    await corrects(story, "linked", outage={**outage, "priority": "urgent"}, child=True)
    await story.says("tienda 45", id="m3", act="detail")
    assert story.state["priority"] == "urgent"
