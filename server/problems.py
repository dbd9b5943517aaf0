"""Errors of the API as RFC 9457 has them, with our trace id and a `code`: the sentence is for
programmers, the code for programs, such as the page that says it in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException as AnyHTTPException

from server.logs import new_trace_id


class ProblemView(BaseModel):
    """An error as it is sent. `detail` is for programmers; `code` stays, and `reason`, where there
    is one, is what another side said or which field it is about."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    reason: str | None = None
    trace_id: str


class Problem(HTTPException):
    """An error with a `code` that stays when its sentence changes; `reason` is what another side
    said about it, or which field it is about."""

    def __init__(self, status: int, code: str, detail: str, reason: str | None = None) -> None:
        super().__init__(status, detail)
        self.code = code
        self.reason = reason


async def tell_problem(request: Request, error: Exception) -> Response:
    """The answer to an HTTPException; one that is none of ours has its status's name as code."""
    assert isinstance(error, AnyHTTPException)  # noqa: S101 - registered for this class alone
    code, reason = code_of(error.status_code), None
    if isinstance(error, Problem):
        code, reason = error.code, error.reason
    return as_problem(error.status_code, code, str(error.detail), reason, error.headers)


async def tell_invalid(request: Request, error: Exception) -> Response:
    """The answer to a request that is not as OpenAPI says: the first thing that is wrong."""
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class alone
    first = error.errors()[0]
    where = [str(part) for part in first["loc"]]
    # What was sent may itself be what cannot be sent back.
    told = f"{'.'.join(where)}: {first['msg']}".encode(errors="replace").decode()
    field = ".".join(where[1:]).encode(errors="replace").decode()
    return as_problem(422, "invalid", told, field or where[0])


def code_of(status: int) -> str:
    """The code of an error that has no name of its own, such as `method_not_allowed`."""
    return HTTPStatus(status).phrase.lower().replace(" ", "_").replace("-", "_")


def as_problem(
    status: int,
    code: str,
    detail: str,
    reason: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """An error body as RFC 9457 has it."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        "trace_id": new_trace_id(),
    }
    if reason is not None:
        body["reason"] = reason
    return JSONResponse(body, status, headers, media_type="application/problem+json")
