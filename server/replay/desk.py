"""A help desk that opens nothing: it makes up numbers and keeps what it was asked to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from domain.errors import DeskRefused
from domain.ports import Contact, Ticket
from domain.ticket import TicketDraft


class RecordingDesk:
    """Implements domain.ports.TicketDesk without a desk: tickets stay open, nothing fails."""

    def __init__(self) -> None:
        self.drafts: dict[str, TicketDraft] = {}
        self._tickets: dict[str, Ticket] = {}
        self._notes: dict[tuple[str, str], str] = {}

    async def ensure_contact(self, contact: Contact) -> str:
        """The person's own id: there is nobody else's."""
        return contact.person_id

    async def open_ticket(self, draft: TicketDraft, contact_id: str) -> Ticket:
        """A ticket that exists only here, with the next number."""
        number = str(len(self._tickets) + 1)
        ticket = Ticket(number, number, "Open", closed=False, source_ref=draft.source_ref)
        self._tickets[ticket.id] = ticket
        self.drafts[ticket.id] = draft
        return ticket

    async def find_tickets(self, source_ref: str) -> list[Ticket]:
        """The tickets with this reference, oldest first."""
        return [one for one in self._tickets.values() if one.source_ref == source_ref]

    async def get_ticket(self, ticket_id: str) -> Ticket:
        """The ticket as it is. Raises DeskRefused for one that is not there."""
        if ticket_id not in self._tickets:
            raise DeskRefused(f"no ticket {ticket_id}", "URL_NOT_FOUND")
        return self._tickets[ticket_id]

    async def changed_tickets(self, since: datetime) -> list[Ticket]:
        """None: nobody works on these tickets."""
        return []

    async def update_ticket(self, ticket_id: str, changes: Mapping[str, str]) -> Ticket:
        """Take a new status over; other changes are not shown in a ticket."""
        ticket = await self.get_ticket(ticket_id)
        self._tickets[ticket_id] = replace(ticket, status=changes.get("status", ticket.status))
        return self._tickets[ticket_id]

    async def add_comment(self, ticket_id: str, text: str, *, mark: str) -> str:
        """Keep its mark; the words are in the chat."""
        return self._note(ticket_id, mark)

    async def find_comment(self, ticket_id: str, mark: str) -> str | None:
        """The comment with this mark, if it was added."""
        return self._notes.get((ticket_id, mark))

    async def attach_file(self, ticket_id: str, name: str, mimetype: str, data: bytes) -> str:
        """Keep its name; the bytes are in the export."""
        return self._note(ticket_id, name)

    async def find_attachment(self, ticket_id: str, name: str) -> str | None:
        """The attachment of this name, if it was attached."""
        return self._notes.get((ticket_id, name))

    def _note(self, ticket_id: str, name: str) -> str:
        return self._notes.setdefault((ticket_id, name), f"note-{len(self._notes) + 1}")
