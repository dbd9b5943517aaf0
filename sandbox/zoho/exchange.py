"""Reading requests and writing answers, the way Zoho Desk does both."""

import json
from typing import Any, cast

from fastapi import Request
from starlette.responses import Response

from sandbox.zoho.errors import ZohoError, unsupported_media
from sandbox.zoho.standin import StandIn
from sandbox.zoho.visit import Visit

JSON = "application/json;charset=UTF-8"


def standin_of(request: Request) -> StandIn:
    """The portal this request is for."""
    return cast(StandIn, request.app.state.standin)


def visit_of(request: Request) -> Visit:
    """The request's entry for the log."""
    return cast(Visit, request.state.visit)


async def read_json(request: Request) -> dict[str, Any]:
    """The body as an object; 415 for another media type, 400 when it is empty or broken."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    raw = await request.body()
    if not raw:
        raise ZohoError(400, "EMPTY_PAYLOAD", "The payload is empty.")
    if kind != "application/json":
        raise unsupported_media()
    try:
        body = json.loads(raw)
        json.dumps(body, ensure_ascii=False).encode()  # a lone surrogate is not text
    except (ValueError, RecursionError) as error:
        raise ZohoError(400, "BAD_REQUEST", "The request is not valid JSON.") from error
    if not isinstance(body, dict):
        raise ZohoError(400, "BAD_REQUEST", "The request is not a JSON object.")
    return body


async def read_changes(request: Request) -> dict[str, Any]:
    """The body of a PATCH, which has to change something."""
    body = await read_json(request)
    if not body:
        raise ZohoError(400, "EMPTY_PAYLOAD", "The payload is empty.")
    return body


def answer(body: Any, status: int = 200) -> Response:
    """A JSON answer."""
    return Response(json.dumps(body), status, media_type=JSON)


def listing(rows: list[dict[str, Any]], **extra: Any) -> Response:
    """A list as {"data": [...]}, or 204 without a body when there is nothing to list."""
    return answer({"data": rows, **extra}) if rows else nothing()


def nothing() -> Response:
    """204 No Content."""
    return Response(status_code=204)


def refusal(error: ZohoError) -> Response:
    """An error as the API words it."""
    return Response(json.dumps(error.body()), error.status, error.headers, media_type=JSON)
