"""The shapes of WAHA's webhooks, validated where they come in, and their odd ways with time.

What a message cannot do without is strict. The rest differs by engine and version: a field of a
wrong type counts as absent there, since losing a report over its trimmings would be worse.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

T = TypeVar("T")


def _or_none(value: object, handler: ValidatorFunctionWrapHandler) -> object:
    try:
        return handler(value)
    except ValidationError:
        return None


Lenient = Annotated[T | None, WrapValidator(_or_none)]
Tree = dict[Any, Any]


class Shape(BaseModel):
    """A JSON object of WAHA's; fields that we do not know are left out."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class Media(Shape):
    """A file; `url` is null when WAHA did not download it."""

    url: Lenient[str] = None
    mimetype: Lenient[str] = None
    filename: Lenient[str] = None
    error: object = None


class Reply(Shape):
    """The message that is answered; any of it may be missing."""

    id: object = None
    body: Lenient[str] = None


Degrees = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]


class Location(Shape):
    """A place; coordinates come as numbers or strings."""

    latitude: Lenient[Degrees] = None
    longitude: Lenient[Degrees] = None
    description: Lenient[str] = None
    name: Lenient[str] = None
    title: Lenient[str] = None
    address: Lenient[str] = None


class Reaction(Shape):
    """An emoji on a message; an empty text takes it back."""

    text: str | None = None
    messageId: object = None


class Group(Shape):
    """A group as group events carry it."""

    id: object = None
    subject: Lenient[str] = None
    name: Lenient[str] = None


class Me(Shape):
    """The account itself."""

    id: object = None
    lid: object = None
    pushName: Lenient[str] = None


class Payload(Shape):
    """What one event is about, all kinds in one: each uses some of it."""

    id: object = None
    timestamp: object = None
    from_: object = Field(default=None, alias="from")
    to: object = None
    participant: object = None
    author: object = None
    participantAlt: object = None
    fromMe: Lenient[bool] = None
    body: str | None = None
    hasMedia: Lenient[bool] = None
    media: Lenient[Media] = None
    mediaUrl: Lenient[str] = None
    replyTo: Lenient[Reply] = None
    location: Lenient[Location] = None
    vCards: Lenient[list[str]] = None
    mentions: Lenient[list[Any]] = None
    reaction: Reaction | None = None
    editedMessageId: object = None
    revokedMessageId: object = None
    after: Lenient[Tree] = None
    before: Lenient[Tree] = None
    group: Lenient[Group] = None
    pushName: Lenient[str] = None
    notifyName: Lenient[str] = None
    chatName: Lenient[str] = None
    groupName: Lenient[str] = None
    data: Lenient[Tree] = Field(default=None, alias="_data")


class Envelope(Shape):
    """One webhook event."""

    event: Annotated[str, Field(min_length=1, max_length=200)]
    session: Annotated[str, Field(min_length=1, max_length=200)]
    id: Lenient[str] = None
    timestamp: object = None
    engine: Lenient[str] = None
    me: Lenient[Me] = None
    payload: Tree


def dig(tree: object, *path: str) -> object:
    """What lies at a path of keys in untrusted JSON; None when any of it is missing."""
    for key in path:
        if not isinstance(tree, dict):
            return None
        tree = tree.get(key)
    return tree


def words(value: object, cap: int = 200) -> str | None:
    """A text with something in it, at most `cap` characters; else None."""
    return (value.strip()[:cap] or None) if isinstance(value, str) else None


# -- time -----------------------------------------------------------------------------------------

_WHATSAPP_EXISTS = datetime(2009, 1, 1, tzinfo=UTC).timestamp()
_TWO_DAYS = 2 * 86_400
_NUMERIC = re.compile(r"^\d{1,18}(\.\d{1,9})?$", re.ASCII)


def _long(value: Tree) -> int | None:
    """A protobuf Long: {low, high, unsigned}, each half 32 bits."""
    low, high = value.get("low"), value.get("high", 0)
    if type(low) is not int or type(high) is not int:
        return None
    return (high << 32) + (low & 0xFFFFFFFF)


def seconds(value: object, now: datetime) -> float | None:
    """Seconds since 1970 from seconds, milliseconds, a numeric string or a Long.

    None when it is no time, before 2009 or more than two days after `now`.
    """
    if isinstance(value, dict):
        value = _long(value)
    if isinstance(value, str) and _NUMERIC.match(value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not 0 < value < 1e15:  # also false for NaN
        return None
    found = value / 1000 if value > 1e11 else float(value)
    return found if _WHATSAPP_EXISTS <= found <= now.timestamp() + _TWO_DAYS else None
