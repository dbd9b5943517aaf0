"""What assignment may know: a turn, the incidents that can take it, what the chat lately said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from domain.deciding.sense import Sense
from domain.gist import Gist

Alike = Callable[[str | None, str | None], bool]


@dataclass(frozen=True)
class OpenIncident:
    """What assignment may know of an incident that can still take messages."""

    id: str
    status: str
    reporter_id: str
    participants: frozenset[str]
    last_at: datetime
    store: str | None = None
    system: str | None = None
    error: str | None = None
    meaning: tuple[float, ...] = ()
    asked_person: str | None = None
    pending_field: str | None = None
    parent: str | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    # Nobody said its store: it was known, or learnt from earlier reports.
    assumed: bool = False
    # What its reporter first said of it, where it is of another chat.
    words: str = ""


@dataclass(frozen=True)
class TurnFacts:
    """What assignment may know of a turn. `quoted_incident` is the incident of the quoted message.

    `quotes_something` is True when a message was quoted, known to us or not. `home_store` is the
    store of the writer, else of the group. `shows_error` says that there are no words but a photo
    on which the error of a device can be read. `quote_unreadable`: what was quoted is not among
    our messages. `numbered`: the incident is not quoted but its ticket is named by number.
    `mentioned` are the people whom it names with an @.
    """

    person_id: str
    at: datetime
    gist: Gist
    quoted_incident: str | None = None
    quotes_something: bool = False
    quotes_bot: bool = False
    mentions_bot: bool = False
    quote_unreadable: bool = False
    has_media: bool = False
    home_store: str | None = None
    from_support: bool = False
    message_ids: tuple[str, ...] = ()
    numbered: bool = False
    mentioned: frozenset[str] = frozenset()
    shows_error: bool = False


@dataclass(frozen=True)
class Remark:
    """An earlier message of the chat, and where it went. `sense` is that of its whole turn."""

    id: str
    person_id: str
    name: str
    at: datetime
    text: str
    incident_id: str | None = None
    act: str = ""
    sense: Sense = ()


@dataclass(frozen=True)
class Room:
    """What was lately said in the chat, oldest first, and who is in it.

    `earlier` is what the writer of the turn said before that.
    """

    remarks: Sequence[Remark] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    earlier: Sequence[Remark] = ()
