"""A help desk in memory: the twin of tools.zoho.desk.ZohoDesk, held to the same contract suite."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from domain.errors import DeskRefused, DeskUnavailable, OutcomeUnknown, RateLimited
from domain.ports import Contact, Ticket
from domain.ticket import TicketDraft

Operation = Literal[
    "ensure_contact",
    "open_ticket",
    "find_tickets",
    "get_ticket",
    "changed_tickets",
    "update_ticket",
    "add_comment",
    "find_comment",
    "attach_file",
    "find_attachment",
]
Failure = Literal["unavailable", "rate_limited", "unknown", "unknown_after_commit", "refused"]

STATUSES: Mapping[str, bool] = {
    "Open": False,
    "On Hold": False,
    "Escalated": False,
    "Closed": True,
    "Resolved in store": True,
}
"""Status name to closed; the last is a custom one, so a name alone proves nothing."""


@dataclass(frozen=True)
class FakeComment:
    """A private comment and the mark it ends in."""

    id: str
    text: str
    mark: str


@dataclass(frozen=True)
class FakeAttachment:
    """A file on a ticket."""

    id: str
    name: str
    mimetype: str
    data: bytes


@dataclass
class FakeTicket:
    """A ticket as a person at the desk sees it."""

    id: str
    number: str
    contact_id: str
    subject: str
    description: str
    priority: str
    category: str
    source_ref: str
    modified_at: datetime
    status: str = "Open"
    resolution: str | None = None
    assigned: bool = False
    comments: list[FakeComment] = field(default_factory=list)
    attachments: list[FakeAttachment] = field(default_factory=list)

    def seen(self) -> Ticket:
        """The ticket as the port tells it."""
        return Ticket(
            id=self.id,
            number=self.number,
            status=self.status,
            closed=STATUSES[self.status],
            source_ref=self.source_ref,
            url=f"https://desk.example/tickets/{self.id}",
            modified_at=self.modified_at.isoformat(),
            resolution=self.resolution,
            subject=self.subject,
            priority=self.priority,
            description=self.description,
            assigned=self.assigned,
        )


@dataclass
class _Script:
    operation: Operation | None
    failure: Failure
    code: str
    retry_after: float | None


class FakeDesk:
    """Tickets in a dict by id, in the order in which they were opened."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        attachment_max_bytes: int = 20 * 1024 * 1024,
    ) -> None:
        self.tickets: dict[str, FakeTicket] = {}
        self.contacts: dict[str, Contact] = {}
        self._now = now
        self._attachment_max_bytes = attachment_max_bytes
        self._scripts: list[_Script] = []
        self._ids = 1000
        self._down = False

    # -- what a test does -------------------------------------------------------------------------

    def fail_next(
        self,
        operation: Operation | None,
        failure: Failure,
        *,
        times: int = 1,
        code: str = "INVALID_DATA",
        retry_after: float | None = None,
    ) -> None:
        """Let the next `times` calls of an operation (None: of any) end so.

        `unknown_after_commit` does the work and loses the answer; `unknown` loses the request.
        """
        self._scripts += [_Script(operation, failure, code, retry_after) for _ in range(times)]

    def go_down(self) -> None:
        """Refuse every connection until `come_back`."""
        self._down = True

    def come_back(self) -> None:
        """Answer again."""
        self._down = False

    def set_status(self, ticket_id: str, status: str, resolution: str | None = None) -> None:
        """Change a ticket as an agent would."""
        ticket = self.tickets[ticket_id]
        if status not in STATUSES:
            raise ValueError(f"the fake desk has no status {status!r}")
        ticket.status = status
        ticket.resolution = resolution if resolution is not None else ticket.resolution
        ticket.modified_at = self._now()

    # -- domain.ports.TicketDesk ------------------------------------------------------------------

    async def ensure_contact(self, contact: Contact) -> str:
        lost = self._enter("ensure_contact")
        known = next((i for i, c in self.contacts.items() if _same_person(c, contact)), None)
        contact_id = known or self._next_id()
        self.contacts.setdefault(contact_id, contact)
        self._leave("ensure_contact", lost)
        return contact_id

    async def open_ticket(self, draft: TicketDraft, contact_id: str) -> Ticket:
        lost = self._enter("open_ticket")
        if contact_id not in self.contacts:
            raise DeskRefused("open_ticket: no such contact", "INVALID_DATA", ("/contactId",))
        ticket = FakeTicket(
            id=self._next_id(),
            number=str(100 + len(self.tickets) + 1),
            contact_id=contact_id,
            subject=draft.subject,
            description=draft.description,
            priority=draft.priority,
            category=draft.category,
            source_ref=draft.source_ref,
            modified_at=self._now(),
        )
        self.tickets[ticket.id] = ticket
        self._leave("open_ticket", lost)
        return ticket.seen()

    async def find_tickets(self, source_ref: str) -> list[Ticket]:
        self._enter("find_tickets")
        return [t.seen() for t in self.tickets.values() if t.source_ref == source_ref]

    async def get_ticket(self, ticket_id: str) -> Ticket:
        self._enter("get_ticket")
        return self._ticket(ticket_id).seen()

    async def changed_tickets(self, since: datetime) -> list[Ticket]:
        self._enter("changed_tickets")
        changed = [t for t in self.tickets.values() if t.modified_at >= since]
        return [t.seen() for t in sorted(changed, key=lambda t: t.modified_at)]

    async def update_ticket(self, ticket_id: str, changes: Mapping[str, str]) -> Ticket:
        lost = self._enter("update_ticket")
        ticket = self._ticket(ticket_id)
        unknown = set(changes) - {"status", "priority", "subject", "description"}
        if unknown or changes.get("status", "Open") not in STATUSES:
            wrong = tuple(f"/{name}" for name in sorted(unknown)) or ("/status",)
            raise DeskRefused("update_ticket: 422", "INVALID_DATA", wrong)
        for name, value in changes.items():
            setattr(ticket, name, value)
        ticket.modified_at = self._now()
        self._leave("update_ticket", lost)
        return ticket.seen()

    async def add_comment(self, ticket_id: str, text: str, *, mark: str) -> str:
        lost = self._enter("add_comment")
        comment = FakeComment(self._next_id(), text, mark)
        self._changed(ticket_id).comments.append(comment)
        self._leave("add_comment", lost)
        return comment.id

    async def find_comment(self, ticket_id: str, mark: str) -> str | None:
        self._enter("find_comment")
        return next((c.id for c in self._ticket(ticket_id).comments if c.mark == mark), None)

    async def attach_file(self, ticket_id: str, name: str, mimetype: str, data: bytes) -> str:
        lost = self._enter("attach_file")
        if len(data) > self._attachment_max_bytes:
            raise DeskRefused("attach_file: 413", "RESOURCE_SIZE_EXCEEDED")
        attachment = FakeAttachment(self._next_id(), name, mimetype, data)
        self._changed(ticket_id).attachments.append(attachment)
        self._leave("attach_file", lost)
        return attachment.id

    async def find_attachment(self, ticket_id: str, name: str) -> str | None:
        self._enter("find_attachment")
        attachments = self._ticket(ticket_id).attachments
        return next((a.id for a in attachments if a.name == name), None)

    # -- inside -----------------------------------------------------------------------------------

    def _enter(self, operation: Operation) -> bool:
        """Fail before anything is done, or say whether the answer is to be lost."""
        if self._down:
            raise DeskUnavailable(f"{operation}: the fake desk is down")
        script = next((s for s in self._scripts if s.operation in (None, operation)), None)
        if script is None:
            return False
        self._scripts.remove(script)
        match script.failure:
            case "unavailable":
                raise DeskUnavailable(f"{operation}: scripted")
            case "rate_limited":
                raise RateLimited(f"{operation}: scripted", script.retry_after)
            case "unknown":
                raise OutcomeUnknown(f"{operation}: scripted, not done")
            case "refused":
                raise DeskRefused(f"{operation}: scripted", script.code)
            case "unknown_after_commit":
                return True

    def _leave(self, operation: Operation, lost: bool) -> None:
        if lost:
            raise OutcomeUnknown(f"{operation}: scripted, done")

    def _next_id(self) -> str:
        self._ids += 1
        return str(self._ids)

    def _ticket(self, ticket_id: str) -> FakeTicket:
        if ticket_id not in self.tickets:
            raise DeskRefused(f"no ticket {ticket_id}", "URL_NOT_FOUND")
        return self.tickets[ticket_id]

    def _changed(self, ticket_id: str) -> FakeTicket:
        ticket = self._ticket(ticket_id)
        ticket.modified_at = self._now()
        return ticket


def _same_person(known: Contact, contact: Contact) -> bool:
    if known.phone or contact.phone:
        return known.phone == contact.phone
    return known.lid is not None and known.lid == contact.lid
