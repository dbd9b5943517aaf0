"""Protocols of the outside. Each adapter in `tools/` implements one; tests have in-memory twins."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, runtime_checkable

from domain.effect import Effect
from domain.gist import Gist
from domain.message import Attachment
from domain.reading import (
    Classification,
    Extraction,
    FollowUp,
    ImageDescription,
    ModelCall,
    PlaceChoice,
)
from domain.ticket import TicketDraft


class Clock(Protocol):
    """Business time: due times are compared with it. Leases use the database's clock instead."""

    def now(self) -> datetime:
        """The present, aware, in UTC."""
        ...


# -- desk -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Contact:
    """A person as the desk should know them; a phone, a LID, or both."""

    person_id: str
    name: str
    phone: str | None = None
    lid: str | None = None


@dataclass(frozen=True)
class Ticket:
    """A ticket as the desk has it. `closed` is decided on the desk's statusType, never its name.

    What a list of tickets leaves out is None: the description is told of one ticket alone.
    """

    id: str
    number: str
    status: str
    closed: bool
    source_ref: str | None = None
    url: str | None = None
    modified_at: str | None = None
    resolution: str | None = None
    subject: str | None = None
    priority: str | None = None
    description: str | None = None
    assigned: bool = False


class TicketDesk(Protocol):
    """A help desk without idempotency keys.

    Every method raises DeskUnavailable or RateLimited (certainly not done), OutcomeUnknown
    (perhaps done), or DeskRefused (never will be).
    """

    async def ensure_contact(self, contact: Contact) -> str:
        """The desk's id of this person, found or made."""
        ...

    async def open_ticket(self, draft: TicketDraft, contact_id: str) -> Ticket:
        """Open one ticket. Optional fields that the portal refuses are left out, not fatal."""
        ...

    async def find_tickets(self, source_ref: str) -> list[Ticket]:
        """Tickets with this reference, oldest first: the newest list first, then search."""
        ...

    async def get_ticket(self, ticket_id: str) -> Ticket:
        """One ticket, now."""
        ...

    async def changed_tickets(self, since: datetime) -> list[Ticket]:
        """Tickets of our department modified since then."""
        ...

    async def update_ticket(self, ticket_id: str, changes: Mapping[str, str]) -> Ticket:
        """Change fields by the desk's names (status, priority, subject, description)."""
        ...

    async def add_comment(self, ticket_id: str, text: str, *, mark: str) -> str:
        """Add a private comment that ends in the hidden `mark`; its id."""
        ...

    async def find_comment(self, ticket_id: str, mark: str) -> str | None:
        """The comment with this mark, if it is there."""
        ...

    async def attach_file(self, ticket_id: str, name: str, mimetype: str, data: bytes) -> str:
        """Attach one file; its id. Raises DeskRefused with code RESOURCE_SIZE_EXCEEDED."""
        ...

    async def find_attachment(self, ticket_id: str, name: str) -> str | None:
        """The attachment of this name, if it is there."""
        ...


# -- chat -----------------------------------------------------------------------------------------


class Channel(Protocol):
    """A way to speak in a chat.

    Raises ChannelUnavailable or RateLimited (not done), OutcomeUnknown, ChannelRefused.
    """

    async def send_text(
        self,
        chat: str,
        text: str,
        *,
        quote: str | None = None,
        mentions: Sequence[str] = (),
        effect_key: str,
    ) -> str:
        """Say something; the stanza id of what was sent."""
        ...

    async def find_sent(
        self,
        chat: str,
        text: str,
        since: datetime,
        *,
        quote: str | None = None,
        others: Collection[str] = (),
    ) -> str | None:
        """Our own message with exactly this text since then, or None when it is not there.

        It quotes what we quoted (a wire id), as far as the channel tells; `others` are stanza ids
        that are known to be of other sends.
        Raises NotImplementedError where the channel cannot be asked; then nothing is repeated.
        """
        ...

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        """The bytes of an attachment, at most `limit`. Raises MediaRefused or RetryLater."""
        ...


@runtime_checkable
class GroupDirectory(Protocol):
    """A channel that knows what its groups are called."""

    async def group_name(self, chat: str) -> str | None:
        """The name of a group, now; None for a chat that has none or is not known.

        Raises ChannelUnavailable, RateLimited or ChannelRefused.
        """
        ...


# -- models ---------------------------------------------------------------------------------------


class Tool(Protocol):
    """A tool that a model may call; langchain_core's BaseTool is one.

    `args_schema` is a pydantic model class; `ainvoke` validates its arguments against it.
    """

    name: str
    description: str

    @property
    def tool_call_schema(self) -> object: ...

    async def ainvoke(self, input: object) -> object: ...


@dataclass(frozen=True)
class ToolScope:
    """What the tools of one call may see and touch: one incident, its group, its ticket."""

    incident_id: str
    chat: str
    person_id: str
    ticket_id: str | None = None
    # Names of writing tools that this incident allows now; reading ones are always allowed.
    allowed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ToolUse:
    """One use of a tool, for the trace: what was asked, what came back, or why it was refused."""

    name: str
    arguments: Mapping[str, object]
    result: str
    refused: bool = False


class Toolbox(Protocol):
    """The tools of one call. Writing tools act on nothing: they add to `planned`."""

    @property
    def tools(self) -> Sequence[Tool]: ...

    @property
    def planned(self) -> Sequence[Effect]: ...

    @property
    def uses(self) -> Sequence[ToolUse]: ...

    async def use(self, name: str, arguments: Mapping[str, object]) -> str:
        """Run one tool and return its result as text; a refusal is a text too, and a ToolUse."""
        ...


class ToolShop(Protocol):
    """Makes a toolbox for one scope."""

    def open(self, scope: ToolScope) -> Toolbox: ...


class Models(Protocol):
    """The models behind the nodes. Raises ModelUnavailable (try again) or ModelFailed."""

    async def classify(self, call: ModelCall) -> Classification: ...

    async def extract(self, call: ModelCall, tools: Toolbox | None = None) -> Extraction: ...

    async def describe_image(
        self, call: ModelCall, image: bytes, mimetype: str
    ) -> ImageDescription: ...

    async def follow_up(self, call: ModelCall, tools: Toolbox | None = None) -> FollowUp: ...

    async def assign(self, call: ModelCall) -> PlaceChoice:
        """Which of `call.places` its new lines belong to; never another one."""
        ...


class Reader(Protocol):
    """Reads texts without any LLM, in milliseconds: the gate, and the evidence of assignment."""

    def read(self, text: str, *, group_name: str = "", sender_name: str = "") -> Gist: ...


# -- search and files -----------------------------------------------------------------------------

DocumentType = Literal["message", "ticket", "solution"]


@dataclass(frozen=True)
class Document:
    """One thing that can be searched (brief.md, vector documents). Metadata is plain scalars.

    `content` is shown; it is found by its metadata's `about`, when it has one.
    """

    id: str
    type: DocumentType
    content: str
    metadata: Mapping[str, str | int | float | bool] = field(default_factory=dict)

    @property
    def found_by(self) -> str:
        """The text whose meaning is searched."""
        return str(self.metadata.get("about", self.content))


@dataclass(frozen=True)
class Similar:
    """A document found, with its cosine similarity, -1 to 1."""

    document: Document
    similarity: float


class KnowledgeBase(Protocol):
    """Vector search. It may be lost at any time: Postgres can rebuild it."""

    async def add(self, documents: Sequence[Document]) -> None: ...

    async def search(
        self,
        text: str,
        *,
        limit: int = 5,
        type: DocumentType | None = None,
        where: Mapping[str, str | int | float | bool] | None = None,
    ) -> list[Similar]:
        """The most similar documents, best first, whatever their similarity."""
        ...

    async def clear(self) -> None: ...

    async def count(self) -> int: ...


class MediaStore(Protocol):
    """Files by the sha256 of their bytes."""

    async def put(self, data: bytes, mimetype: str) -> str:
        """Keep the bytes; their sha256 in hex. Keeping the same bytes twice is once."""
        ...

    async def get(self, sha256: str) -> tuple[bytes, str]:
        """The bytes and their mimetype. Raises MediaRefused when they are not there."""
        ...


class Inspector(Protocol):
    """Looks into untrusted files in a limited child process."""

    async def normalise_image(self, data: bytes) -> bytes:
        """The image re-encoded as PNG, upright, at most 12.5 Mpx. Raises MediaRefused."""
        ...


class HistoryReader(Protocol):
    """What our own records say of a person, for tools."""

    async def person_history(self, person_id: str, limit: int = 5) -> list[Mapping[str, str]]: ...
