"""WhatsApp and Zoho as the simulated groups know them: what is said to them is seen and kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.errors import MediaRefused
from domain.message import Attachment
from domain.ports import Ticket
from domain.ticket import TicketDraft
from server.clock import ManualClock
from server.replay.desk import RecordingDesk


@dataclass(frozen=True)
class BotMessage:
    """One text of the bot as the group reads it. `quote` is a stanza id."""

    id: str
    at: datetime
    group: str
    text: str
    quote: str | None = None


class PlayedChannel:
    """Implements domain.ports.Channel and GroupDirectory: `on_said` hears what the bot says."""

    def __init__(self, clock: ManualClock, names: Mapping[str, str]) -> None:
        self.said: list[BotMessage] = []
        self.files: dict[str, bytes] = {}
        self.on_said: Callable[[BotMessage], None] = lambda message: None
        self._clock, self._names = clock, names

    async def send_text(
        self,
        chat: str,
        text: str,
        *,
        quote: str | None = None,
        mentions: Sequence[str] = (),
        effect_key: str,
    ) -> str:
        """Post it; the group reads it at once."""
        stanza = f"3EB0B07{len(self.said) + 1:09d}"
        # A quoted id comes as WAHA's: `{fromMe}_{chat}_{stanza}_{participant}`.
        parts = (quote or "").split("_")
        quoted = parts[2] if len(parts) > 2 else quote
        message = BotMessage(stanza, self._clock.now(), chat, text, quoted)
        self.said.append(message)
        self.on_said(message)
        return stanza

    async def find_sent(
        self,
        chat: str,
        text: str,
        since: datetime,
        *,
        quote: str | None = None,
        others: Collection[str] = (),
    ) -> str | None:
        """Our own message with this text since then."""
        found = [m.id for m in self.said if m.group == chat and m.text == text and m.at >= since]
        return next((one for one in found if one not in others), None)

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        """The bytes of a file that was sent to a group. Raises MediaRefused."""
        name = (attachment.url or "").rpartition("/")[2]
        if name not in self.files:
            raise MediaRefused("no such file")
        return self.files[name]

    async def group_name(self, chat: str) -> str | None:
        """What the group is called."""
        return self._names.get(chat)


@dataclass(frozen=True)
class OpenedTicket:
    """A ticket as the desk was asked to open it."""

    id: str
    at: datetime
    draft: TicketDraft


class PlayedDesk(RecordingDesk):
    """A desk whose agents work: every ticket, comment and change of status is kept with its time.

    `on_opened` hears of new tickets, `on_amended` of new descriptions.
    """

    def __init__(self, clock: ManualClock) -> None:
        super().__init__()
        self.opened: list[OpenedTicket] = []
        self.comments: dict[str, list[str]] = defaultdict(list)
        self.changes: list[tuple[datetime, str, str]] = []
        self.priorities: dict[str, str] = {}
        self.on_opened: Callable[[OpenedTicket], None] = lambda ticket: None
        self.on_amended: Callable[[str, str], None] = lambda ticket, description: None
        self._clock = clock

    async def open_ticket(self, draft: TicketDraft, contact_id: str) -> Ticket:
        """One more ticket, even when it is of an incident that has one."""
        ticket = await super().open_ticket(draft, contact_id)
        self.opened.append(OpenedTicket(ticket.id, self._clock.now(), draft))
        self.priorities[ticket.id] = draft.priority
        self.on_opened(self.opened[-1])
        return ticket

    async def update_ticket(self, ticket_id: str, changes: Mapping[str, str]) -> Ticket:
        """Take over a new status, priority or description."""
        if "description" in changes:
            self.on_amended(ticket_id, changes["description"])
        if "priority" in changes:
            self.priorities[ticket_id] = changes["priority"]
        return await super().update_ticket(ticket_id, changes)

    async def add_comment(self, ticket_id: str, text: str, *, mark: str) -> str:
        """Keep its words."""
        self.comments[ticket_id].append(text)
        return await super().add_comment(ticket_id, text, mark=mark)

    def set_status(self, ticket_id: str, status: str) -> None:
        """An agent changes a ticket."""
        ticket = self._tickets[ticket_id]
        self._tickets[ticket_id] = replace(ticket, status=status, closed=status == "Closed")
        self.changes.append((self._clock.now(), ticket_id, status))
