"""The graph for LangGraph Studio and `langgraph dev`: a dry run that reaches no desk and no chat.

`langgraph.json` points here. The would-be ticket and texts are shown in the state (`effects`) and
in the chat (`messages`). Nothing is opened before Studio asks for the graph.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from functools import cache
from typing import Any

import structlog
from langgraph.graph.state import CompiledStateGraph

import prompts
from domain.errors import DeskUnavailable
from domain.ports import Contact, Document, DocumentType, KnowledgeBase, Similar, Ticket
from domain.reading import Line, ModelCall
from domain.ticket import TicketDraft
from graph.build import Ports, build
from server.metrics import Metrics
from server.settings import Settings, SettingsError, load_settings, tell_langsmith
from server.wiring import FITTED_SIMILARITY, choose_knowledge, choose_models
from tools.desk_tools import DeskToolShop
from tools.media.disk import DiskMedia
from tools.media.inspect import ChildInspector
from tools.models.local.engine import LocalModels

log = structlog.get_logger(__name__)
SPOKEN_PROMPTS = ("ask_missing", "open_ticket", "escalate", "follow_up")


async def graph() -> CompiledStateGraph[Any, Any, Any, Any]:
    """The compiled graph; made once, in a thread, since making it reads files and models."""
    return await asyncio.to_thread(_compiled)


@cache
def _compiled() -> CompiledStateGraph[Any, Any, Any, Any]:
    settings = _settings()
    tell_langsmith(settings)
    # Its clients live as long as the process: Studio has no lifespan of ours to close them in.
    stack = AsyncExitStack()
    knowledge: KnowledgeBase = EmptyKnowledge()
    if settings.chroma_url:
        knowledge = choose_knowledge(settings, stack)
    ports = Ports(
        models=choose_models(settings, Metrics(), stack),
        media=DiskMedia(settings.media_dir),
        knowledge=knowledge,
        tools=DeskToolShop(
            DryDesk(), knowledge, NoHistory(), settings.similarity_threshold or FITTED_SIMILARITY
        ),
        inspector=ThreadedInspector(),
    )
    _warm_up()
    return build(ports, node_timeout=settings.node_timeout_seconds).compile(name="recado")


def _settings() -> Settings:
    """The settings as far as they can be used: a dry run needs no desk and no channel."""
    try:
        return load_settings()
    except SettingsError as error:
        log.warning("settings are not complete", problems=error.problems)
        return error.settings or Settings()


def _warm_up() -> None:
    """Read every text and weight now: `langgraph dev` forbids reading files in its event loop."""
    for name in SPOKEN_PROMPTS:
        prompts.load(name)
    line = Line("m1", "2026-01-01T00:00:00+00:00", "staff", "Ana", "no sirve la caja, tienda 45")
    call = ModelCall("", "", "", (line,), new=1)

    async def read_once() -> None:
        local = LocalModels()
        await local.classify(call)
        await local.extract(call)
        await local.follow_up(call)

    asyncio.run(read_once())


class ThreadedInspector:
    """Implements domain.ports.Inspector with the child started outside Studio's event loop."""

    async def normalise_image(self, data: bytes) -> bytes:
        """The image re-encoded. Raises MediaRefused."""

        async def inspect() -> bytes:
            return await ChildInspector().normalise_image(data)

        return await asyncio.to_thread(lambda: asyncio.run(inspect()))


class EmptyKnowledge:
    """Implements domain.ports.KnowledgeBase: knows nothing and learns nothing."""

    async def add(self, documents: Sequence[Document]) -> None:
        """Forget them at once."""

    async def search(
        self,
        text: str,
        *,
        limit: int = 5,
        type: DocumentType | None = None,
        where: Mapping[str, str | int | float | bool] | None = None,
    ) -> list[Similar]:
        """Nothing is similar."""
        return []

    async def clear(self) -> None:
        """There is nothing to clear."""

    async def count(self) -> int:
        """None."""
        return 0


class NoHistory:
    """Implements domain.ports.HistoryReader: nobody has reported anything before."""

    async def person_history(self, person_id: str, limit: int = 5) -> list[Mapping[str, str]]:
        """Nothing."""
        return []


class DryDesk:
    """Implements domain.ports.TicketDesk: never reached, so nothing is ever done there."""

    async def ensure_contact(self, contact: Contact) -> str:
        raise _dry()

    async def open_ticket(self, draft: TicketDraft, contact_id: str) -> Ticket:
        raise _dry()

    async def find_tickets(self, source_ref: str) -> list[Ticket]:
        raise _dry()

    async def get_ticket(self, ticket_id: str) -> Ticket:
        raise _dry()

    async def changed_tickets(self, since: datetime) -> list[Ticket]:
        raise _dry()

    async def update_ticket(self, ticket_id: str, changes: Mapping[str, str]) -> Ticket:
        raise _dry()

    async def add_comment(self, ticket_id: str, text: str, *, mark: str) -> str:
        raise _dry()

    async def find_comment(self, ticket_id: str, mark: str) -> str | None:
        raise _dry()

    async def attach_file(self, ticket_id: str, name: str, mimetype: str, data: bytes) -> str:
        raise _dry()

    async def find_attachment(self, ticket_id: str, name: str) -> str | None:
        raise _dry()


def _dry() -> DeskUnavailable:
    return DeskUnavailable("this is a dry run: there is no desk")
