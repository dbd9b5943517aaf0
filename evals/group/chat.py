"""A labelled group chat: what people wrote, and what a careful reader says of each message.

The format is JSON lines: the group and its incidents first, then a line a message.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from domain.errors import BadInput

Kind = Literal[
    "report",
    "detail",
    "answer",
    "same_problem",
    "ack",
    "fixed",
    "still_broken",
    "status_question",
    "command",
    "chatter",
]


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class GoldIncident(_Line):
    """What is true of one incident. `parent` names the incident that it is another report of."""

    store: str | None = None
    system: str | None = None
    category: Literal["technical", "operational"] | None = None
    priority: Literal["urgent", "normal"] | None = None
    error: str | None = None
    parent: str | None = None


class Medium(_Line):
    """A file of a message; `text` is what can be read in it."""

    type: str = "image"
    text: str | None = None


class Gold(_Line):
    """What one message does, and in which incident."""

    kind: Kind
    incident: str | None = None


class Said(_Line):
    """One message. `edits` and `revokes` name the message that this one changes or takes back."""

    id: str
    at: datetime
    sender: str = Field(alias="from")
    name: str = ""
    text: str | None = ""
    quotes: str | None = None
    media: list[Medium] | None = None
    edits: str | None = None
    revokes: str | None = None
    gold: Gold


class _Head(_Line):
    group: str
    country: str | None = None
    incidents: dict[str, GoldIncident] = {}


@dataclass(frozen=True)
class LabelledChat:
    """One chat with its labels, the messages in the order of the file."""

    source: str
    group: str
    country: str
    incidents: Mapping[str, GoldIncident]
    messages: tuple[Said, ...]

    def family(self, incident: str) -> str:
        """The incident at the head of the outage that this one belongs to."""
        return self.incidents[incident].parent or incident


def read_chat(path: Path) -> LabelledChat:
    """One labelled chat. Raises BadInput, which names the line that is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{path}: cannot be read: {error}") from error
    return parse_chat(text.splitlines(), str(path))


def parse_chat(lines: Iterable[str], source: str) -> LabelledChat:
    """One labelled chat out of its lines. Raises BadInput."""
    head: _Head | None = None
    messages: list[Said] = []
    known: set[str] = set()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{source}, line {number}"
        try:
            value = json.loads(line)
            if head is None:
                head = _Head.model_validate(value)
                _check_head(head, where)
                continue
            said = Said.model_validate(value)
        except json.JSONDecodeError as error:
            raise BadInput(f"{where}: not JSON: {error.msg}") from error
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise BadInput(f"{where}: {place or 'line'}: {first['msg']}") from error
        _check(said, head, known, where)
        known.add(said.id)
        messages.append(said)
    if head is None:
        raise BadInput(f"{source}: the first line, which names the group, is missing")
    return LabelledChat(source, head.group, head.country or "", head.incidents, tuple(messages))


def _check_head(head: _Head, where: str) -> None:
    for name, incident in head.incidents.items():
        if incident.parent is None:
            continue
        if incident.parent not in head.incidents:
            raise BadInput(f"{where}: the parent of {name}, {incident.parent}, is no incident")
        if head.incidents[incident.parent].parent is not None:
            raise BadInput(f"{where}: {incident.parent}, the parent of {name}, is a child itself")


def _check(said: Said, head: _Head, known: set[str], where: str) -> None:
    if said.id in known:
        raise BadInput(f"{where}: the id {said.id} is there twice")
    if said.at.tzinfo is None:
        raise BadInput(f"{where}: at has no offset")
    if said.gold.incident is not None and said.gold.incident not in head.incidents:
        raise BadInput(
            f"{where}: {said.gold.incident} is not among the incidents of the first line"
        )
    for name, target in (("edits", said.edits), ("revokes", said.revokes)):
        if target is not None and target not in known:
            raise BadInput(f"{where}: {name} names {target}, which is no earlier message")
