"""A chat in memory: the twin of the WAHA channel, with its failures on demand."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from domain.errors import MediaRefused
from domain.message import Attachment
from domain.ports import Channel, GroupDirectory

Operation = Literal["send_text", "find_sent", "fetch", "group_name"]


@dataclass(frozen=True)
class Sent:
    """One text that really stands in a chat."""

    chat: str
    text: str
    id: str
    at: datetime
    effect_key: str = ""
    quote: str | None = None
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Failure:
    error: BaseException
    done: bool


@dataclass
class FakeChannel(Channel, GroupDirectory):
    """Keeps what was said. `sent` is what the caller knows of, `transcript` what the group sees.

    They differ by the sends whose answer got lost. `knows_history` False is a channel that cannot
    be asked for what it sent.
    """

    media: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    transcript: list[Sent] = field(default_factory=list)
    knows_history: bool = True
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    _failures: dict[str, deque[_Failure]] = field(default_factory=dict)

    def fail_next(
        self,
        *errors: BaseException,
        operation: Operation = "send_text",
        done: bool = False,
    ) -> None:
        """Raise these in the next calls, in order; `done`: the text is posted all the same."""
        queue = self._failures.setdefault(operation, deque())
        queue.extend(_Failure(error, done) for error in errors)

    def said(self, chat: str | None = None) -> list[str]:
        """The texts that stand in a chat, or in all of them, oldest first."""
        return [one.text for one in self.transcript if chat is None or one.chat == chat]

    def _next_failure(self, operation: Operation) -> _Failure | None:
        queue = self._failures.get(operation)
        return queue.popleft() if queue else None

    async def send_text(
        self,
        chat: str,
        text: str,
        *,
        quote: str | None = None,
        mentions: Sequence[str] = (),
        effect_key: str,
    ) -> str:
        """Post the text, unless told to fail before it."""
        failure = self._next_failure("send_text")
        if failure and not failure.done:
            raise failure.error
        one = Sent(
            chat=chat,
            text=text,
            id=f"3EB0{len(self.transcript) + 1:018X}",
            at=self.now(),
            effect_key=effect_key,
            quote=quote,
            mentions=tuple(mentions),
        )
        self.transcript.append(one)
        if failure:
            raise failure.error
        self.sent.append(one)
        return one.id

    async def find_sent(
        self,
        chat: str,
        text: str,
        since: datetime,
        *,
        quote: str | None = None,
        others: Collection[str] = (),
    ) -> str | None:
        """Look in the transcript; five seconds before `since` still count."""
        failure = self._next_failure("find_sent")
        if failure:
            raise failure.error
        if not self.knows_history:
            raise NotImplementedError("this channel keeps no history")
        found = [
            one
            for one in self.transcript
            if one.chat == chat
            and one.text.strip() == text.strip()
            and one.quote == quote
            and one.id not in others
            and one.at >= since - timedelta(seconds=5)
        ]
        return min(found, key=lambda one: abs(one.at - since)).id if found else None

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        """The bytes put into `media` under the attachment's URL."""
        failure = self._next_failure("fetch")
        if failure:
            raise failure.error
        if not attachment.url:
            raise MediaRefused(attachment.error or "not downloaded")
        if attachment.url not in self.media:
            raise MediaRefused("not found")
        data = self.media[attachment.url]
        if len(data) > limit:
            raise MediaRefused(f"bigger than {limit} bytes")
        return data

    async def group_name(self, chat: str) -> str | None:
        """The name of a group, unless told to fail."""
        if failure := self._next_failure("group_name"):
            raise failure.error
        return self.names.get(chat)
