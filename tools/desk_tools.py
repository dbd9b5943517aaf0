"""What a model may do with the desk: read one incident's surroundings, and plan, never act.

A model names no incident, ticket or person: those come from the scope. Writing tools add a planned
effect, and only where the scope allows them.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
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
from domain.ticket import PRIORITY_NAMES

MAX_USES = 4
SIMILAR_MAX = 5
HISTORY_MAX = 5
EXCERPT_MAX = 600

MediaOf = Callable[[str], Awaitable[Sequence[str]]]
"""The sha256 of an incident's files, in the order in which they came."""


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


class DeskToolShop:
    """Implements domain.ports.ToolShop on the desk, the knowledge base and our own records.

    `media_of` tells an incident's files; without it nothing can be attached.
    """

    def __init__(
        self,
        desk: TicketDesk,
        knowledge: KnowledgeBase,
        history: HistoryReader,
        min_similarity: float,
        *,
        media_of: MediaOf | None = None,
        max_uses: int = MAX_USES,
    ) -> None:
        self._desk = desk
        self._knowledge = knowledge
        self._history = history
        self._min_similarity = min_similarity
        self._media_of = media_of
        self._max_uses = max_uses

    def open(self, scope: ToolScope) -> Toolbox:
        """A toolbox that sees one incident and may be used `max_uses` times."""
        return DeskToolbox(
            self._desk,
            self._knowledge,
            self._history,
            self._min_similarity,
            scope=scope,
            media_of=self._media_of,
            max_uses=self._max_uses,
        )


class DeskToolbox:
    """The tools of one call. Whatever a model does with them ends as a text, never an error."""

    def __init__(
        self,
        desk: TicketDesk,
        knowledge: KnowledgeBase,
        history: HistoryReader,
        min_similarity: float,
        *,
        scope: ToolScope,
        media_of: MediaOf | None = None,
        max_uses: int = MAX_USES,
    ) -> None:
        self._desk = desk
        self._knowledge = knowledge
        self._history = history
        self._min_similarity = min_similarity
        self._scope = scope
        self._media_of = media_of
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
        ticket = await self._desk.get_ticket(self._scope.ticket_id)
        return _json(
            {"ticket_number": ticket.number, "status": ticket.status, "closed": ticket.closed}
        )

    async def _search_similar_tickets(self, asked: SearchArguments) -> str:
        query = asked.query
        # What people said in other groups (type message) is not for this one.
        found: list[Similar] = [
            *await self._knowledge.search(query, limit=SIMILAR_MAX, type="ticket"),
            *await self._knowledge.search(query, limit=SIMILAR_MAX, type="solution"),
        ]
        near = [one for one in found if one.similarity >= self._min_similarity]
        near.sort(key=lambda one: one.similarity, reverse=True)
        return _json([_shown(one) for one in near[:SIMILAR_MAX]])

    async def _get_person_history(self, _: NoArguments) -> str:
        rows = await self._history.person_history(self._scope.person_id, limit=HISTORY_MAX)
        return _json([{key: value[:EXCERPT_MAX] for key, value in row.items()} for row in rows])

    # -- planning ---------------------------------------------------------------------------------

    async def _create_ticket(self, asked: CreateTicketArguments) -> str:
        if self._scope.ticket_id is not None:
            raise NotAllowed("this conversation has a ticket already")
        fields = {"system": asked.system, "problem": asked.problem, "store": asked.store}
        return self._plan(
            Effect(
                key=ticket_key(self._scope.incident_id),
                lane=Lane.DESK,
                kind=EffectKind.OPEN_TICKET,
                purpose="ticket",
                payload={
                    "incident_id": self._scope.incident_id,
                    "category": Category(asked.category).value,
                    "priority": Priority(asked.priority).value,
                    "fields": fields | ({"error": asked.error} if asked.error else {}),
                },
            )
        )

    async def _update_ticket(self, asked: UpdateTicketArguments) -> str:
        priority = Priority(asked.priority)
        return self._plan(
            Effect(
                key=update_key(self._scope.incident_id, f"priority:{priority.value}"),
                lane=Lane.DESK,
                kind=EffectKind.UPDATE_TICKET,
                purpose="update",
                payload={
                    "ticket_id": self._require_ticket(),
                    "changes": {"priority": PRIORITY_NAMES[priority]},
                },
            )
        )

    async def _upload_attachment(self, asked: UploadArguments) -> str:
        ticket_id = self._require_ticket()
        incident = self._scope.incident_id
        files = await self._media_of(incident) if self._media_of is not None else ()
        if asked.file > len(files):
            raise NotAllowed(f"this conversation has {len(files)} files")
        sha256 = files[asked.file - 1]
        return self._plan(
            Effect(
                key=attach_key(incident, sha256),
                lane=Lane.DESK,
                kind=EffectKind.ATTACH_FILE,
                purpose="attachment",
                payload={"ticket_id": ticket_id, "sha256": sha256},
            )
        )

    def _require_ticket(self) -> str:
        if self._scope.ticket_id is None:
            raise NotAllowed("this conversation has no ticket yet")
        return self._scope.ticket_id

    def _plan(self, effect: Effect) -> str:
        self._planned.setdefault(effect.key, effect)
        return _json({"planned": effect.kind.value})


class _BoundTool(StructuredTool):
    """A LangChain tool that is a domain.ports.Tool too: whatever it is called with is checked."""

    async def ainvoke(self, input: object, config: object = None, **kwargs: object) -> object:
        """Run it; a refusal is a text."""
        return await super().ainvoke(input, config, **kwargs)  # type: ignore[arg-type]


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
