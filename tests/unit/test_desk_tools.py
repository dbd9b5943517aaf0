"""A model sees one incident, plans and never acts, and whatever it tries ends as a text."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from domain.effect import EffectKind
from domain.incident import Category, Priority
from domain.ports import Contact, Document, Toolbox, ToolScope, ToolShop
from domain.ticket import draft_ticket
from tests.fakes.desk import FakeDesk
from tests.fakes.knowledge import MemoryKnowledge
from tools.desk_tools import DeskToolShop

WRITING = frozenset({"create_ticket", "update_ticket", "upload_attachment"})
READING = {"get_ticket_status", "search_similar_tickets", "get_person_history"}
SHA = "ab" * 32


class Records:
    """Our own records of a test."""

    async def person_history(self, person_id: str, limit: int = 5) -> list[Mapping[str, str]]:
        rows: list[Mapping[str, str]] = [{"of": person_id, "problem": "x" * 5000}]
        return rows[:limit]

    async def files_of(self, incident_id: str) -> Sequence[Mapping[str, object]]:
        files = {"i1": [{"sha256": SHA, "name": "foto.jpg", "mimetype": "image/jpeg"}]}
        return files.get(incident_id, [])


class Setting:
    """A shop on the fakes, with one open ticket."""

    def __init__(self) -> None:
        self.desk = FakeDesk()
        self.knowledge = MemoryKnowledge()
        records = Records()
        self.shop: ToolShop = DeskToolShop(
            self.desk, self.knowledge, records, 0.5, files_of=records.files_of
        )

    async def open_ticket(self) -> str:
        draft = draft_ticket(
            "i1",
            Category.TECHNICAL,
            Priority.NORMAL,
            {},
            [],
            reporter_id="p1",
            reporter_name="Ana",
            group_name="",
        )
        contact = await self.desk.ensure_contact(Contact("p1", "Ana", phone="5255"))
        return (await self.desk.open_ticket(draft, contact)).id

    def box(self, ticket: str | None = None, allowed: frozenset[str] = frozenset()) -> Toolbox:
        return self.shop.open(ToolScope("i1", "g1", "p1", ticket, allowed))


async def used(box: Toolbox, name: str, **arguments: object) -> Any:
    return json.loads(await box.use(name, arguments))


async def test_reads_the_status_of_its_own_ticket() -> None:
    setting = Setting()
    assert (await used(setting.box(), "get_ticket_status"))["ticket_number"] is None
    ticket = await setting.open_ticket()
    setting.desk.set_status(ticket, "Resolved in store")
    box = setting.box(ticket)
    assert await used(box, "get_ticket_status") == {
        "ticket_number": "101",
        "status": "Resolved in store",
        "closed": True,
    }
    [use] = box.uses
    assert (use.name, use.refused, box.planned) == ("get_ticket_status", False, ())


async def test_searches_tickets_and_solutions_above_the_similarity() -> None:
    setting = Setting()
    near = [
        Document(f"t{n}", "ticket", f"impresora sin papel {n}", {"ticket_number": str(n)})
        for n in range(6)
    ]
    await setting.knowledge.add(
        [
            *near,
            Document("s1", "solution", "impresora sin papel: cargar papel", {"person": "secret"}),
            Document("m1", "message", "impresora sin papel"),
            Document("t9", "ticket", "wifi"),
        ]
    )
    found = await used(setting.box(), "search_similar_tickets", query="impresora sin papel")
    assert len(found) == 5
    assert {one["type"] for one in found} <= {"ticket", "solution"}
    assert all(one["similarity"] >= 0.5 for one in found)
    assert "secret" not in json.dumps(found)
    setting.knowledge.broken = True
    lost = await used(setting.box(), "search_similar_tickets", query="impresora")
    assert "not available" in lost["error"]


async def test_reads_the_history_of_who_writes_and_of_nobody_else() -> None:
    box = Setting().box()
    [row] = await used(box, "get_person_history")
    assert row["of"] == "p1"
    assert len(row["problem"]) < 1000
    assert "error" in await used(box, "get_person_history", person_id="p2")


async def test_shows_writing_tools_only_where_they_are_allowed() -> None:
    setting = Setting()
    assert {tool.name for tool in setting.box().tools} == READING
    everything = setting.box(allowed=WRITING)
    assert {tool.name for tool in everything.tools} == READING | WRITING
    for tool in everything.tools:
        schema = tool.tool_call_schema
        assert isinstance(schema, type)
        assert issubclass(schema, BaseModel)
        names = set(schema.model_json_schema().get("properties", {}))
        assert not {n for n in names if n.endswith("id") or n in ("incident", "ticket", "person")}


async def test_writing_tools_plan_and_touch_nothing() -> None:
    setting = Setting()
    ticket = await setting.open_ticket()
    box = setting.box(ticket, WRITING)
    assert await used(box, "update_ticket", priority="urgent") == {"planned": "update_ticket"}
    assert await used(box, "update_ticket", priority="urgent") == {"planned": "update_ticket"}
    assert await used(box, "upload_attachment", file=1) == {"planned": "attach_file"}
    update, attach = box.planned
    assert (update.key, update.payload) == (
        "update:i1:priority:urgent",
        {"changes": {"priority": "High"}},
    )
    assert (attach.key, attach.payload["name"]) == (f"attach:i1:{SHA}", "foto.jpg")
    assert {update.needs, attach.needs} == {"ticket:i1"}
    assert setting.desk.tickets[ticket].priority == "Medium"
    assert setting.desk.tickets[ticket].attachments == []


async def test_plans_one_ticket_of_the_scope() -> None:
    setting = Setting()
    box = setting.box(allowed=WRITING)
    asked = {"system": "red", "problem": "no hay red", "store": "45", "category": "technical"}
    for priority in ("urgent", "normal"):
        await used(box, "create_ticket", **asked, priority=priority)
    [effect] = box.planned
    assert (effect.key, effect.kind) == ("ticket:i1", EffectKind.OPEN_TICKET)
    assert (effect.payload["priority"], effect.payload["reporter_id"]) == ("High", "p1")
    json.dumps(dict(effect.payload))
    assert setting.desk.tickets == {}


@pytest.mark.parametrize(
    ("name", "arguments", "ticket", "allowed"),
    [
        ("update_ticket", {"priority": "urgent"}, True, frozenset[str]()),
        ("update_ticket", {"priority": "urgent"}, False, WRITING),
        ("update_ticket", {"priority": "closed"}, True, WRITING),
        ("update_ticket", {"priority": "urgent", "ticket_id": "7"}, True, WRITING),
        ("update_ticket", {}, True, WRITING),
        ("upload_attachment", {"file": 2}, True, WRITING),
        ("upload_attachment", {"file": 0}, True, WRITING),
        ("upload_attachment", {"file": 1}, False, WRITING),
        ("create_ticket", {"system": "x"}, False, WRITING),
        ("delete_ticket", {}, True, WRITING | {"delete_ticket"}),
        ("search_similar_tickets", {"query": ["a"]}, False, frozenset[str]()),
        ("search_similar_tickets", {"query": "x" * 501}, False, frozenset[str]()),
    ],
)
async def test_what_is_not_allowed_is_a_refused_text(
    name: str, arguments: dict[str, object], ticket: bool, allowed: frozenset[str]
) -> None:
    setting = Setting()
    box = setting.box(await setting.open_ticket() if ticket else None, allowed)
    assert "error" in await used(box, name, **arguments)
    [use] = box.uses
    assert use.refused
    assert box.planned == ()


async def test_a_desk_that_is_away_is_a_text_without_its_words() -> None:
    setting = Setting()
    ticket = await setting.open_ticket()
    setting.desk.go_down()
    box = setting.box(ticket)
    assert await used(box, "get_ticket_status") == {"error": "not available now; go on without it"}
    assert [use.refused for use in box.uses] == [False]


async def test_only_so_many_uses() -> None:
    box = Setting().box()
    results = await asyncio.gather(*(used(box, "get_ticket_status") for _ in range(6)))
    assert sum("error" in result for result in results) == 2
    assert [use.refused for use in box.uses] == [False] * 4 + [True] * 2


async def test_a_tool_called_by_itself_is_held_to_the_same_rules() -> None:
    setting = Setting()
    box = setting.box(await setting.open_ticket(), WRITING)
    tools = {tool.name: tool for tool in box.tools}
    assert json.loads(str(await tools["get_ticket_status"].ainvoke({})))["status"] == "Open"
    await tools["update_ticket"].ainvoke({"priority": "urgent"})
    assert [effect.key for effect in box.planned] == ["update:i1:priority:urgent"]
    assert "error" in str(await tools["update_ticket"].ainvoke({"priority": "now"}))
    assert "error" in str(await tools["upload_attachment"].ainvoke({}))
    assert "no more" in str(await tools["get_ticket_status"].ainvoke({}))
    assert [use.refused for use in box.uses] == [False, False, True, True, True]


_ARGUMENTS = st.dictionaries(
    st.sampled_from(["priority", "file", "query", "ticket_id", "incident_id", "store"]) | st.text(),
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["urgent", "i2"]),
    max_size=4,
)
_CALLS = st.lists(st.tuples(st.sampled_from([*READING, *WRITING, "rm"]), _ARGUMENTS), max_size=6)


@given(_CALLS)
async def test_a_captured_model_reaches_nothing(calls: list[tuple[str, dict[str, Any]]]) -> None:
    setting = Setting()
    ticket = await setting.open_ticket()
    before = setting.desk.tickets[ticket].seen()
    box = setting.box(ticket, frozenset({"update_ticket"}))
    for name, arguments in calls:
        json.loads(await box.use(name, arguments))
    assert {e.key for e in box.planned} <= {
        "update:i1:priority:urgent",
        "update:i1:priority:normal",
    }
    assert setting.desk.tickets[ticket].seen() == before
    assert len(setting.desk.tickets) == 1
    assert len(box.uses) == len(calls)
