"""Incidents as the API shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from domain.correction import CorrectionKind, Part, TicketFate


class Timer(BaseModel):
    """A wake-up of an incident."""

    name: str
    due_at: datetime


class IncidentRow(BaseModel):
    """One line of the list. `next_timer` is when it wakes up by itself; `words` how it began;
    `parent` the outage that it is another report of."""

    id: UUID
    chat: str
    chat_name: str
    reporter: str
    status: str
    owner: str | None
    category: str | None
    priority: str | None
    store: str | None
    system: str | None
    error: str | None
    subject: str | None
    words: str
    ticket_id: str | None
    ticket_number: str | None
    ticket_status: str | None
    failure: str | None
    opened_at: datetime
    last_at: datetime
    parent: UUID | None
    merged_into: UUID | None
    next_timer: Timer | None


class MessageView(BaseModel):
    """One message of an incident; `why` says how it came here, and `confidence` how surely."""

    message_id: str
    kind: str
    name: str
    text: str
    sent_at: datetime
    from_me: bool
    quotes: str | None
    files: list[str]


class AskedView(BaseModel):
    """What a model was asked of a close call, and what came of it: `kept` and `moved` are its
    decisions, all others those of our own rules. `model` is None when none answered."""

    outcome: str | None
    model: str | None
    prompt_version: int | None
    input_tokens: int
    output_tokens: int
    usd: float | None
    seconds: float
    places: list[dict[str, Any]]
    answer: dict[str, Any] | None
    local: dict[str, Any]
    failure: str | None


class AssignmentView(BaseModel):
    """Why a message is here; `asked` when the call was close and a model was asked."""

    message_id: str | None
    outcome: str
    confidence: float
    reason: str
    decided_by: str
    evidence: dict[str, Any]
    at: datetime
    asked: AskedView | None


class KnownField(BaseModel):
    """One field of the ticket; `message_id` names the message that said it, where one did."""

    name: str
    value: str
    message_id: str | None
    source: str | None


class StepView(BaseModel):
    """What one node did in one run."""

    turn: int
    node: str
    model: str | None
    prompt_version: int | None
    remembered: bool
    input_tokens: int
    output_tokens: int
    usd: float | None
    seconds: float
    learnt: dict[str, Any]
    at: datetime


class EffectView(BaseModel):
    """Something that must happen outside, and how far it is."""

    id: int
    effect_key: str
    incident_id: UUID
    lane: str
    kind: str
    purpose: str
    state: str
    attempts: int
    reason: str | None
    text: str | None
    payload: dict[str, Any]
    remote: dict[str, Any] | None
    not_before: datetime | None
    created_at: datetime
    done_at: datetime | None


class ChangeView(BaseModel):
    """What a correction does to one incident and its ticket; no `incident` where a split will make
    it."""

    incident: UUID | None
    part: Part
    fate: TicketFate
    ticket_number: str | None


class CorrectionView(BaseModel):
    """What a person changed: `moved` messages went from `source` to `target`, if anywhere."""

    id: int
    kind: CorrectionKind
    author: str
    why: str
    source: UUID
    target: UUID | None
    moved: list[str]
    changes: list[ChangeView]
    at: datetime


class IncidentFull(IncidentRow):
    """Everything about one incident. `pending` is the question that waits for an answer."""

    messages: list[MessageView]
    assignments: list[AssignmentView]
    known: list[KnownField]
    missing: list[str]
    pending: dict[str, Any] | None
    asked: dict[str, int]
    steps: list[StepView]
    effects: list[EffectView]
    timers: list[Timer]
    corrections: list[CorrectionView]
    trace_id: str | None
    usd: float


class Edge(BaseModel):
    """One way through the map; `conditional` when a router chooses it."""

    source: str
    target: str
    conditional: bool


class GraphView(BaseModel):
    """The map that every incident is run on."""

    nodes: list[str]
    edges: list[Edge]
