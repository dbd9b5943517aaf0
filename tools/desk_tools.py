"""What a model may do with the desk: read one incident's surroundings, and plan, never act.

A model names no incident, ticket or person: those come from the scope. Writing tools add a planned
effect, and only where the scope allows them.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, TypeVar

from langchain_core.tools import StructuredTool
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.effect import Effect, EffectKind, Lane, attach_key, ticket_key, update_key
from domain.errors import NotAllowed, RecadoError
from domain.incident import Category, Priority
from domain.ports import (
    HistoryReader,
    KnowledgeBase,
    Similar,
    TicketDesk,
    Tool,
    Toolbox,
    ToolScope,
    ToolUse,
)
from domain.ticket import PRIORITY_NAMES, draft_ticket

MAX_USES = 4
SIMILAR_MAX = 5
HISTORY_MAX = 5
EXCERPT_MAX = 600

FilesOf = Callable[[str], Awaitable[Sequence[Mapping[str, object]]]]
"""An incident's files in the order in which they came; each has at least its `sha256`."""


class _Arguments(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class CreateTicketArguments(_Arguments):
    """Request one ticket for this conversation."""

    system: str = Field(min_length=1, max_length=200, description="The affected device or system")
    problem: str = Field(min_length=1, max_length=500, description="What happens, in their words")
    store: str = Field(min_length=1, max_length=100, description="The store, as it was said")
    error: str | None = Field(None, max_length=200, description="An error message, if one is shown")
    category: Literal["technical", "operational"]
    priority: Literal["urgent", "normal"] = Field(
        description="urgent: the store cannot sell or operate, or someone is in danger"
    )


class UpdateTicketArguments(_Arguments):
    """Change the ticket of this conversation."""

    priority: Literal["urgent", "normal"] = Field(
        description="urgent: the store cannot sell or operate, or someone is in danger"
    )


class SearchArguments(_Arguments):
    """Search earlier tickets and what solved them."""

    query: str = Field(min_length=3, max_length=500, description="The problem in a few words")


class UploadArguments(_Arguments):
    """Attach a file that somebody sent in this conversation to its ticket."""

    file: int = Field(ge=1, le=100, description="Which one of the files sent here, 1 is the first")


class NoArguments(_Arguments):
    """Takes nothing: it is always about this conversation."""


A = TypeVar("A", bound=_Arguments)


@dataclass(frozen=True)
class _Offer:
    """A tool as the toolbox keeps it: its arguments, what it does, whether it plans a change."""

    description: str
    arguments: type[_Arguments]
    run: Callable[[Mapping[str, object]], Awaitable[str]]
    writes: bool = False


@dataclass(frozen=True)
class _Outside:
    """What the tools reach, the same for every scope."""

    desk: TicketDesk
    knowledge: KnowledgeBase
    history: HistoryReader
    min_similarity: float
    files_of: FilesOf | None


class DeskToolShop:
    """Implements domain.ports.ToolShop on the desk, the knowledge base and our own records.

    `files_of` tells an incident's files; without it nothing can be attached.
    """

    def __init__(
        self,
        desk: TicketDesk,
        knowledge: KnowledgeBase,
        history: HistoryReader,
        min_similarity: float,
        *,
        files_of: FilesOf | None = None,
        max_uses: int = MAX_USES,
    ) -> None:
        self._outside = _Outside(desk, knowledge, history, min_similarity, files_of)
        self._max_uses = max_uses

    def open(self, scope: ToolScope) -> Toolbox:
        """A toolbox that sees one incident and may be used `max_uses` times."""
        return DeskToolbox(self._outside, scope, self._max_uses)


class DeskToolbox:
    """The tools of one call. Whatever a model does with them ends as a text, never an error."""

    def __init__(self, outside: _Outside, scope: ToolScope, max_uses: int) -> None:
        self._outside = outside
        self._scope = scope
        self._left = max_uses
        self._planned: dict[str, Effect] = {}
        self._uses: list[ToolUse] = []
        self._offers = self._all_offers()
        self._tools = [
            _BoundTool(
                name=name,
                description=offer.description,
                args_schema=offer.arguments,
                coroutine=self._by_name(name),
                handle_validation_error=self._refuse_direct(name),
            )
            for name, offer in self._offers.items()
            if not offer.writes or name in scope.allowed
        ]

    @property
    def tools(self) -> Sequence[Tool]:
        """What a model is shown: all reading tools, and the writing ones that are allowed."""
        return self._tools

    @property
    def planned(self) -> Sequence[Effect]:
        """The effects that were asked for, each once."""
        return tuple(self._planned.values())

    @property
    def uses(self) -> Sequence[ToolUse]:
        """Every use so far, refused ones too."""
        return tuple(self._uses)

    async def use(self, name: str, arguments: Mapping[str, object]) -> str:
        """Run one tool and return its result as JSON text; a refusal is {"error": "..."}."""
        refused = False
        try:
            result = await self._run(name, arguments)
        except NotAllowed as error:
            refused, result = True, _json({"error": str(error)})
        except RecadoError:
            # Its words may hold ids and addresses; a model needs neither.
            result = _json({"error": "not available now; go on without it"})
        self._uses.append(ToolUse(name, dict(arguments), result, refused))
        return result

    async def _run(self, name: str, arguments: Mapping[str, object]) -> str:
        if self._left <= 0:
            raise NotAllowed("no more tools may be used; answer with what you know")
        self._left -= 1
        offer = self._offers.get(name)
        if offer is None:
            raise NotAllowed("there is no such tool")
        if offer.writes and name not in self._scope.allowed:
            raise NotAllowed(f"{name} is not allowed here")
        return await offer.run(arguments)

    def _by_name(self, name: str) -> Callable[..., Awaitable[str]]:
        async def run(**arguments: object) -> str:
            return await self.use(name, arguments)

        return run

    def _refuse_direct(self, name: str) -> Callable[[object], str]:
        """For who calls the tool itself with arguments that do not fit."""

        def refuse(error: object) -> str:
            wrong = _what_is_wrong(error) if isinstance(error, ValidationError) else "invalid"
            result = _json({"error": wrong})
            self._left -= 1
            self._uses.append(ToolUse(name, {}, result, refused=True))
            return result

        return refuse

    def _all_offers(self) -> Mapping[str, _Offer]:
        return {
            "create_ticket": _offer(
                "Request the support ticket of this conversation, once everything is known.",
                CreateTicketArguments,
                self._create_ticket,
                writes=True,
            ),
            "update_ticket": _offer(
                "Change the priority of this conversation's ticket.",
                UpdateTicketArguments,
                self._update_ticket,
                writes=True,
            ),
            "upload_attachment": _offer(
                "Attach a file that was sent in this conversation to its ticket.",
                UploadArguments,
                self._upload_attachment,
                writes=True,
            ),
            "get_ticket_status": _offer(
                "Read the number and the present status of this conversation's ticket.",
                NoArguments,
                self._get_ticket_status,
            ),
            "search_similar_tickets": _offer(
                "Search earlier tickets like this one, and what solved them.",
                SearchArguments,
                self._search_similar_tickets,
            ),
            "get_person_history": _offer(
                "Read what the person who writes has reported before.",
                NoArguments,
                self._get_person_history,
            ),
        }

    # -- reading ----------------------------------------------------------------------------------

    async def _get_ticket_status(self, _: NoArguments) -> str:
        if self._scope.ticket_id is None:
            return _json({"ticket_number": None, "status": None, "closed": None})
        ticket = await self._outside.desk.get_ticket(self._scope.ticket_id)
        return _json(
            {"ticket_number": ticket.number, "status": ticket.status, "closed": ticket.closed}
        )

    async def _search_similar_tickets(self, asked: SearchArguments) -> str:
        query = asked.query
        # What people said in other groups (type message) is not for this one.
        found: list[Similar] = [
            *await self._outside.knowledge.search(query, limit=SIMILAR_MAX, type="ticket"),
            *await self._outside.knowledge.search(query, limit=SIMILAR_MAX, type="solution"),
        ]
        near = [one for one in found if one.similarity >= self._outside.min_similarity]
        near.sort(key=lambda one: one.similarity, reverse=True)
        return _json([_shown(one) for one in near[:SIMILAR_MAX]])

    async def _get_person_history(self, _: NoArguments) -> str:
        rows = await self._outside.history.person_history(self._scope.person_id, limit=HISTORY_MAX)
        return _json([{key: value[:EXCERPT_MAX] for key, value in row.items()} for row in rows])

    # -- planning ---------------------------------------------------------------------------------

    async def _create_ticket(self, asked: CreateTicketArguments) -> str:
        if self._scope.ticket_id is not None:
            raise NotAllowed("this conversation has a ticket already")
        fields = {"system": asked.system, "problem": asked.problem, "store": asked.store}
        draft = draft_ticket(
            self._scope.incident_id,
            Category(asked.category),
            Priority(asked.priority),
            fields | ({"error": asked.error} if asked.error else {}),
            said=(),
            reporter_id=self._scope.person_id,
            reporter_name="no indicado",
            group_name=self._scope.chat,
        )
        payload = {name: value for name, value in asdict(draft).items() if name != "incident_id"}
        return self._plan(
            ticket_key(draft.incident_id), EffectKind.OPEN_TICKET, "ticket", payload, needs=None
        )

    async def _update_ticket(self, asked: UpdateTicketArguments) -> str:
        priority = Priority(asked.priority)
        self._require_ticket()
        return self._plan(
            update_key(self._scope.incident_id, f"priority:{priority.value}"),
            EffectKind.UPDATE_TICKET,
            "update",
            {"changes": {"priority": PRIORITY_NAMES[priority]}},
            needs=ticket_key(self._scope.incident_id),
        )

    async def _upload_attachment(self, asked: UploadArguments) -> str:
        self._require_ticket()
        incident = self._scope.incident_id
        files = await self._outside.files_of(incident) if self._outside.files_of is not None else ()
        if asked.file > len(files):
            raise NotAllowed(f"this conversation has {len(files)} files")
        file = files[asked.file - 1]
        return self._plan(
            attach_key(incident, str(file["sha256"])),
            EffectKind.ATTACH_FILE,
            "attachment",
            file,
            needs=ticket_key(incident),
        )

    def _require_ticket(self) -> None:
        if self._scope.ticket_id is None:
            raise NotAllowed("this conversation has no ticket yet")

    def _plan(
        self,
        key: str,
        kind: EffectKind,
        purpose: str,
        payload: Mapping[str, object],
        *,
        needs: str | None,
    ) -> str:
        effect = Effect(key, Lane.DESK, kind, purpose, dict(payload), needs)
        self._planned.setdefault(key, effect)
        return _json({"planned": kind.value})


class _BoundTool(StructuredTool):
    """A LangChain tool that is a domain.ports.Tool too: whatever it is called with is checked."""

    async def ainvoke(self, input: object, config: object = None, **kwargs: object) -> object:
        """Run it; a refusal is a text."""
        return await super().ainvoke(input, config, **kwargs)  # type: ignore[arg-type]  # wider than ours


def _offer(
    description: str,
    arguments: type[A],
    run: Callable[[A], Awaitable[str]],
    *,
    writes: bool = False,
) -> _Offer:
    """Put the check of the arguments in front of a tool's work."""

    async def checked(given: Mapping[str, object]) -> str:
        try:
            asked = arguments.model_validate(dict(given))
        except ValidationError as error:
            raise NotAllowed(_what_is_wrong(error)) from error
        return await run(asked)

    return _Offer(description, arguments, checked, writes)


def _shown(one: Similar) -> Mapping[str, object]:
    document = one.document
    shown: dict[str, object] = {
        "type": document.type,
        "text": document.content[:EXCERPT_MAX],
        "similarity": round(one.similarity, 3),
    }
    for key in ("ticket_number", "classification", "resolved"):
        if key in document.metadata:
            shown[key] = document.metadata[key]
    return shown


def _what_is_wrong(error: ValidationError) -> str:
    """Names the arguments at fault, without what a model put into them."""
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    named = [f"{'.'.join(str(p) for p in e['loc'])[:60]}: {e['msg']}" for e in problems[:5]]
    return "arguments are wrong: " + "; ".join(named)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
