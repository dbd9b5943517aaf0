"""Zoho Desk's way of saying no: a status, an errorCode and, for bad data, the fields at fault."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, order=True)
class FieldError:
    """One field at fault; `field` is a JSON pointer such as /cf/cf_x."""

    field: str
    kind: Literal["invalid", "missing", "duplicate"]


class ZohoError(Exception):
    """An answer other than 2xx, in the shape the API gives it."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        *,
        errors: Iterable[FieldError] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self.errors = tuple(errors)
        self.headers = dict(headers or {})

    def body(self) -> dict[str, Any]:
        """The JSON body; `errors` is there for INVALID_DATA only."""
        body: dict[str, Any] = {"errorCode": self.code, "message": self.message}
        if self.errors:
            body["errors"] = [
                {"fieldName": error.field, "errorType": error.kind, "errorMessage": ""}
                for error in self.errors
            ]
        return body


def invalid_data(errors: Iterable[FieldError]) -> ZohoError:
    """422 for a body or a query that breaks the rules."""
    return ZohoError(
        422,
        "INVALID_DATA",
        "The data does not comply to the validation restrictions defined.",
        errors=sorted(set(errors)),
    )


def not_found() -> ZohoError:
    """404 for a path or an id nobody knows."""
    return ZohoError(404, "URL_NOT_FOUND", "The URL given is invalid.")


def unsupported_media() -> ZohoError:
    """415 for a body of the wrong kind or a file type the portal blocks."""
    return ZohoError(415, "UNSUPPORTED_MEDIA_TYPE", "The media type is not supported.")


def method_not_allowed() -> ZohoError:
    """405 for a known path asked the wrong way."""
    return ZohoError(405, "METHOD_NOT_ALLOWED", "The method is not allowed for this URL.")


def too_many(code: str, retry_after_seconds: int | None) -> ZohoError:
    """429; Zoho sends Retry-After only when the day's credits are spent."""
    headers = {} if retry_after_seconds is None else {"Retry-After": str(retry_after_seconds)}
    return ZohoError(429, code, "The API rate limit has been exceeded.", headers=headers)
