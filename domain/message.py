"""The one normalised message, whatever channel it came by."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class MessageKind(StrEnum):
    """What came in. Only the first eight carry something a person said."""

    TEXT = "text"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    DOCUMENT = "document"
    LOCATION = "location"
    CONTACT = "contact"
    POLL = "poll"
    STICKER = "sticker"
    EDIT = "edit"
    REVOKE = "revoke"
    REACTION = "reaction"
    PLACEHOLDER = "placeholder"
    REVOKED_UNSEEN = "revoked_unseen"
    SYSTEM = "system"


# How the bot itself is called among the mentions of a message, whatever its number is.
OURSELVES = "me"

# What a browser shows and does not run.
_SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
PLAIN_BYTES = "application/octet-stream"

SAYS_SOMETHING = frozenset(
    {
        MessageKind.TEXT,
        MessageKind.IMAGE,
        MessageKind.VIDEO,
        MessageKind.AUDIO,
        MessageKind.DOCUMENT,
        MessageKind.LOCATION,
        MessageKind.CONTACT,
        MessageKind.POLL,
    }
)


@dataclass(frozen=True)
class Sender:
    """Who wrote, by every id the channel gave; a group member may have no phone number."""

    lid: str | None = None
    phone: str | None = None
    name: str | None = None

    def ids(self) -> tuple[tuple[str, str], ...]:
        """(kind, value) pairs, the most stable first; empty when the channel hides the author."""
        found = (("lid", self.lid), ("phone", self.phone))
        return tuple((kind, value) for kind, value in found if value)


@dataclass(frozen=True)
class Attachment:
    """A file that came with a message. `error` says why its bytes were refused, if they were."""

    mimetype: str
    filename: str | None = None
    url: str | None = None
    sha256: str | None = None
    size: int | None = None
    error: str | None = None

    @property
    def is_image(self) -> bool:
        return self.mimetype.startswith("image/")


def image_type(claimed: str) -> str:
    """The type of an image that its sender claims, if it can do no harm; else plain bytes."""
    bare = claimed.partition(";")[0].strip().lower().replace("image/jpg", "image/jpeg")
    return bare if bare in _SHOWN else PLAIN_BYTES


@dataclass(frozen=True)
class Message:
    """One message of a chat.

    `chat` is the chat under one id; `id` is the channel's stanza id; `version` is 0 or, for an
    edit, the provider's edit time, so that (account, chat, id, kind, version) is the inbox key.
    """

    channel: str
    account: str
    chat: str
    id: str
    kind: MessageKind
    sender: Sender
    sent_at: datetime
    text: str = ""
    quotes: str | None = None
    quoted_text: str | None = None
    mentions: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    target: str | None = None
    version: int = 0
    from_me: bool = False
    chat_name: str | None = None
    wire_id: str | None = None
    raw: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    @property
    def key(self) -> tuple[str, str, str, str, int]:
        """The inbox key. The sender is never in it: one message may come under two sender ids."""
        return (self.account, self.chat, self.id, self.kind.value, self.version)
