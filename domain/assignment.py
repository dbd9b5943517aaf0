"""Which open incident a turn belongs to: signals, score, confidence, and the reason in words.

Pure: it sees facts and open incidents, and decides. The order of evidence is that of field.md:
quote, then who was asked, then the same sender, then store and system, then meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from domain.gist import Gist


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


@dataclass(frozen=True)
class TurnFacts:
    """What assignment may know of a turn. `quoted_incident` is the incident of the quoted message.

    `quotes_something` is True when a message was quoted, known to us or not.
    """

    person_id: str
    at: datetime
    gist: Gist
    quoted_incident: str | None = None
    quotes_something: bool = False
    quotes_bot: bool = False
    mentions_bot: bool = False
    has_media: bool = False
    home_store: str | None = None
    from_support: bool = False


Outcome = Literal["join", "new", "none"]


@dataclass(frozen=True)
class Decision:
    """Where a turn goes. `confidence` is 0 to 1; `close` marks a call that a model may decide."""

    outcome: Outcome
    incident_id: str | None
    confidence: float
    reason: str
    close: bool = False
    evidence: dict[str, float] = field(default_factory=dict)


def assign(turn: TurnFacts, incidents: Sequence[OpenIncident]) -> Decision:
    """Decide for one turn. An empty list of incidents gives `new` or `none`."""
    raise NotImplementedError
