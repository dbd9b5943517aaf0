"""A turn: what one sender said in one group until they paused, and when that burst is ripe."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from domain.message import MessageKind


def due_at(first: datetime, last: datetime, quiet: float, longest: float) -> datetime:
    """When a burst is ripe: `quiet` seconds after its last message, `longest` after its first."""
    return min(last + timedelta(seconds=quiet), first + timedelta(seconds=longest))


class Written(Protocol):
    """A message as far as its words go; `target` is what an edit or a revoke changes."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def target(self) -> str | None: ...
    @property
    def text(self) -> str: ...


def words_left(messages: Sequence[Written]) -> str:
    """What a turn says once its own edits and deletions are done, a line a message."""
    texts: dict[str, str] = {}
    for message in messages:
        if message.kind == MessageKind.REVOKE:
            texts.pop(message.target or "", None)
        elif message.kind == MessageKind.EDIT:
            texts[message.target or message.id] = message.text
        else:
            texts.setdefault(message.id, message.text)  # an edit may have come before it
    return "\n".join(text for text in texts.values() if text)
