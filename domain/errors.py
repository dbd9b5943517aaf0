"""One tree of errors, split by what to do about them.

RecadoError
├── RetryLater            certainly not done; may be sent again
│   ├── DeskUnavailable
│   ├── ChannelUnavailable
│   ├── ModelUnavailable
│   └── RateLimited       (retry_after seconds, if the other side said so)
├── OutcomeUnknown        perhaps done; look before sending again
├── Refused               the other side said no for good; a person must look
│   ├── DeskRefused       (error code and fields)
│   └── ChannelRefused
├── AskAHuman             we cannot decide; hand over
│   ├── ModelFailed
│   └── NotAllowed        a model asked for a tool or an argument it may not use
└── BadInput              what came in cannot be used
    ├── MediaRefused
    └── OutOfPlace        what is there now does not allow it
"""

from __future__ import annotations


class RecadoError(Exception):
    """Root of everything Recado raises on purpose."""


class RetryLater(RecadoError):
    """Certainly not done; may be sent again."""


class DeskUnavailable(RetryLater):
    """Zoho Desk could not be reached."""


class ChannelUnavailable(RetryLater):
    """The chat gateway could not be reached."""


class ModelUnavailable(RetryLater):
    """A model provider could not be reached or is over its limits."""


class RateLimited(RetryLater):
    """The other side asked to slow down; `retry_after` in seconds when it said how long."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class OutcomeUnknown(RecadoError):
    """Perhaps done, perhaps not; look before sending again."""


class Refused(RecadoError):
    """The other side said no for good."""


class DeskRefused(Refused):
    """Zoho Desk refused a request. `code` is Zoho's errorCode, `fields` its JSON pointers."""

    def __init__(self, message: str, code: str, fields: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.fields = fields


class ChannelRefused(Refused):
    """The chat gateway refused a message."""


class AskAHuman(RecadoError):
    """It cannot be decided here; a person must."""


class ModelFailed(AskAHuman):
    """A model answered something that cannot be used, after every retry."""


class NotAllowed(AskAHuman):
    """A model asked for a tool or an argument that this incident does not allow."""


class BadInput(RecadoError):
    """What came in cannot be used; the message says why, `code` says it to a program."""

    def __init__(self, message: str, code: str = "bad_input") -> None:
        super().__init__(message)
        self.code = code


class MediaRefused(BadInput):
    """A file was not taken: too big, not fetched, not what it says, or a bomb."""


class OutOfPlace(BadInput):
    """What a person asks for is not possible as things are now; the message says why."""
