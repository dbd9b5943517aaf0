"""What models are asked and what they answer: plain data, whichever model answers.

Field descriptions are part of what a model sees, so they are written for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Who = Literal["staff", "support", "bot"]


@dataclass(frozen=True)
class Line:
    """One line of a conversation. `at` is an ISO time with offset."""

    id: str
    at: str
    who: Who
    name: str
    text: str


@dataclass(frozen=True)
class ModelCall:
    """One question to a model.

    `instructions` is the rendered prompt; `conversation` the whole incident so far, `new` how
    many of its last lines nobody has read yet; `known` the fields so far; `pending` the field
    we asked for last, if its answer is due; `model` is `provider:name` or None for the default.
    `where` is what the group's or sender's name says of the store.
    """

    incident_id: str
    node: str
    instructions: str
    conversation: tuple[Line, ...]
    new: int
    known: dict[str, str] = field(default_factory=dict)
    pending: str | None = None
    model: str | None = None
    images: tuple[str, ...] = ()
    group_name: str = ""
    where: str | None = None


class Answer(BaseModel):
    """Base of the structured outputs: nothing but the named keys."""

    model_config = ConfigDict(extra="forbid")


class Classification(Answer):
    """Whether a conversation is an incident, and of which kind."""

    is_incident: bool = Field(description="Someone reports that something does not work")
    confidence: float = Field(ge=0, le=1, description="0 to 1")
    category: Literal["technical", "operational"] = Field(
        description="technical: devices, software, network, payments; "
        "operational: opening, access, supplies, facilities, staff, process"
    )
    priority: Literal["urgent", "normal"] = Field(
        description="urgent only when the store cannot sell or operate, or someone is in danger"
    )
    trigger_words: list[str] = Field(description="Words of the text that signal the incident")
    sentiment: Literal["negative", "neutral", "positive"]
    summary: str = Field(description="One short sentence in Spanish")
    requires_human_escalation: bool = Field(description="A person must take over at once")
    suggested_articles: list[str] = Field(description="Titles of articles that may help; or none")
    estimated_resolution_minutes: int | None = Field(description="Estimate, or null")


class Extraction(Answer):
    """What the conversation says about the incident. Null when it does not say."""

    problem: str | None = Field(description="What happens, in a few words of the reporter's own")
    system: str | None = Field(description="The affected device or system, a short noun")
    store: str | None = Field(description="The store: its number in digits, or its name")
    error: str | None = Field(description="Error code or message, exactly as given")
    affected: str | None = Field(description="Who is affected, when it is not the reporter")
    refused: bool = Field(description="They said they do not know what we asked for")


class ImageDescription(Answer):
    """What can be read in an image."""

    readable: bool = Field(description="False when no text can be read with confidence")
    text: str = Field(description="The text in the image, exactly; empty when not readable")
    error: str | None = Field(description="Error code or message shown, or null")
    system: str | None = Field(description="The device or system shown, or null")


class FollowUp(Answer):
    """What a message means once the ticket is planned or open."""

    act: Literal[
        "detail", "ack", "fixed", "still_broken", "status_question", "command", "chatter"
    ] = Field(
        description="detail adds something support should know; ack is thanks or understood; "
        "fixed and still_broken speak of the incident; chatter is about something else"
    )
    reply: str | None = Field(
        description="One formal Spanish sentence that answers a status question; else null"
    )
