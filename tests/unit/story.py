"""One incident's graph over scripted models: turns go in as `server/run.py` feeds them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.types import Command

from domain.ports import Contact
from domain.ticket import TicketDraft
from graph.build import Ports, build
from graph.context import Context
from graph.state import FileRef, IncidentState, Turn, TurnMessage
from tests.fakes.desk import FakeDesk
from tests.fakes.knowledge import MemoryKnowledge
from tests.fakes.media import MemoryMedia, TrustingInspector
from tests.fakes.models import ScriptedModels
from tools.desk_tools import DeskToolShop

START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
INCIDENT = "0b7c1c9e-0000-4000-8000-000000000001"
COMPLETE = "No funciona la impresora de la tienda 45"
NO_STORE = "No funciona la impresora"


class NoHistory:
    """Nobody has reported anything before."""

    async def person_history(self, person_id: str, limit: int = 5) -> list[Mapping[str, str]]:
        """Nothing."""
        return []


class Story:
    """Tell turns one after the other; every effect is kept by its key, as an outbox does."""

    def __init__(self, *, node_timeout: float = 30.0, **knobs: Any) -> None:
        self.models = ScriptedModels()
        self.media = MemoryMedia()
        self.desk = FakeDesk()
        self.knowledge = MemoryKnowledge()
        self.context = Context(**knobs)
        self.now = START
        self.number = 0
        self.owner: str | None = None
        self.where: str | None = None
        self.outbox: dict[str, dict[str, Any]] = {}
        tools = DeskToolShop(self.desk, self.knowledge, NoHistory(), 0.5)
        ports = Ports(self.models, self.media, self.knowledge, tools, TrustingInspector())
        self.graph = build(ports, node_timeout=node_timeout).compile(checkpointer=InMemorySaver())
        self.config: RunnableConfig = {"configurable": {"thread_id": INCIDENT}}
        self.state = IncidentState()
        self.new: list[dict[str, Any]] = []

    # -- what happens -----------------------------------------------------------------------------

    async def says(self, text: str = "", *, act: str | None = None, **more: Any) -> str:
        """Somebody writes; the message's id. `files`, `kind`, `target`, `name`, `who`, `id`."""
        message = self.message(text, **more)
        await self.hears([message], act=act)
        return message["id"]

    def message(self, text: str, **more: Any) -> TurnMessage:
        """A message of the next turn."""
        made = TurnMessage(
            id=f"m{self.number + 1}",
            at=self.now.isoformat(),
            local=f"{self.now:%Y-%m-%d %H:%M}",
            who="staff",
            name="Lupita",
            person_id="p1",
            text=text,
            kind="text",
            target="",
            files=[],
        )
        return cast(TurnMessage, {**made, **more})

    async def hears(self, messages: list[TurnMessage], *, act: str | None = None) -> None:
        """One turn of several messages."""
        turn = self._turn("message", messages=messages)
        if act is not None:
            turn["act"] = act
        await self.takes(turn)

    async def timer(self, name: str, due_at: str | None = None) -> None:
        """The timer of this name fires, at its time if it is set; `due_at` is another time."""
        due = due_at or self.due(name)
        if due:
            self.now = max(self.now, datetime.fromisoformat(due))
        await self.takes(self._turn("timer", name=name, data={"due_at": due} if due else {}))

    def due(self, name: str) -> str | None:
        """When the timer of this name is due, if it is set."""
        due = [t["due_at"] for t in self.state.get("timers", []) if t["name"] == name]
        return due[0] if due else None

    async def fact(self, name: str, **data: Any) -> None:
        """The sender or the desk tells something."""
        await self.takes(self._turn("fact", name=name, data=data))

    async def takes(self, turn: Turn) -> None:
        """Run or resume the graph with a turn, as the server does."""
        snapshot = await self.graph.aget_state(self.config)
        given: Any = Command(resume=turn)
        if not snapshot.interrupts:
            given = {
                "incoming": turn,
                "incident_id": INCIDENT,
                "chat": "g1",
                "group_name": "Tiendas Norte",
                "where": self.where,
                "reporter": {"id": "p1", "name": "Lupita"},
            }
        await self._run(given)
        self.number = turn["number"]
        self.owner = self.owner or self.state.get("owner")

    async def chats(self, given: Any) -> None:
        """Feed the graph what Studio would: an input with messages, or a Command."""
        await self._run(given)

    async def opens_ticket(self) -> None:
        """The desk opens the ticket that was planned, and says so."""
        plan = self.effect("ticket:")["payload"]
        draft = TicketDraft(incident_id=INCIDENT, **plan)
        contact = await self.desk.ensure_contact(Contact("p1", "Lupita", phone="5215500000001"))
        ticket = await self.desk.open_ticket(draft, contact)
        seen = {"id": ticket.id, "number": ticket.number, "status": ticket.status}
        await self.fact("ticket_opened", **seen, closed=False)

    def passes(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    # -- what came of it --------------------------------------------------------------------------

    @property
    def said(self) -> list[str]:
        """What the newest run says to the group."""
        return [e["payload"]["text"] for e in self.new if e["lane"] == "chat"]

    @property
    def keys(self) -> list[str]:
        """The keys of the newest run's effects, without the incident."""
        return [e["key"].replace(f":{INCIDENT}", "") for e in self.new]

    def effect(self, start: str) -> dict[str, Any]:
        """The only effect ever planned whose key starts so."""
        [found] = [e for key, e in self.outbox.items() if key.startswith(start)]
        return found

    async def _run(self, given: Any) -> None:
        self.state = cast(
            IncidentState,
            await self.graph.ainvoke(given, self.config, context=self.context, durability="exit"),
        )
        planned = self.state["effects"]
        self.new = [e for e in planned if e["key"] not in self.outbox]
        self.outbox |= {e["key"]: e for e in self.new}

    def _turn(self, kind: str, **more: Any) -> Turn:
        base = Turn(number=self.number + 1, kind=kind, at=self.now.isoformat(), owner=self.owner)
        return cast(Turn, {**base, **more})


async def ticketed(**knobs: Any) -> Story:
    """A story whose ticket is open."""
    story = Story(**knobs)
    await story.says(COMPLETE)
    await story.opens_ticket()
    return story


async def keep(story: Story, data: bytes, mimetype: str = "image/png") -> FileRef:
    """An image of a message, in the store as it came and as a safe copy."""
    sha256 = await story.media.put(b"as it came: " + data, mimetype)
    picture = await story.media.put(data, "image/png")
    return FileRef(sha256=sha256, picture=picture, name="foto.png", mimetype=mimetype)
