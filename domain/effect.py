"""What must happen outside, and its key made of facts, never of model text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Lane(StrEnum):
    """Each incident has two ordered lanes."""

    DESK = "desk"
    CHAT = "chat"


class EffectKind(StrEnum):
    """What a sender can do."""

    OPEN_TICKET = "open_ticket"
    ADD_COMMENT = "add_comment"
    ATTACH_FILE = "attach_file"
    UPDATE_TICKET = "update_ticket"
    SAY = "say"


@dataclass(frozen=True)
class Effect:
    """One thing to happen outside, once.

    `key` is unique in the outbox; `needs` names another effect whose outcome fills the text
    ({ticket_number}) and before which this one is not sent. `purpose` is for people: ask,
    notice, reply, ticket, comment. Payload is plain JSON.
    """

    key: str
    lane: Lane
    kind: EffectKind
    purpose: str
    payload: Mapping[str, object] = field(default_factory=dict)
    needs: str | None = None


def ticket_key(incident: str) -> str:
    """Key of the one ticket of an incident."""
    return f"ticket:{incident}"


def comment_key(incident: str, message: str) -> str:
    """Key of the comment that carries one message to the ticket."""
    return f"comment:{incident}:{message}"


def attach_key(incident: str, media: str) -> str:
    """Key of the attachment of one file, by its sha256."""
    return f"attach:{incident}:{media}"


def update_key(incident: str, what: str) -> str:
    """Key of one change of the ticket, such as a rise in priority."""
    return f"update:{incident}:{what}"


def ask_key(incident: str, field_name: str, n: int) -> str:
    """Key of the n-th asking of a field, n from 1."""
    return f"ask:{incident}:{field_name}:{n}"


def notice_key(incident: str, kind: str) -> str:
    """Key of a notice to the group: created, waiting, escalated, closed, status:<status>."""
    return f"notice:{incident}:{kind}"


def reply_key(incident: str, message: str) -> str:
    """Key of the answer to a message that addressed us."""
    return f"reply:{incident}:{message}"
