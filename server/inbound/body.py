"""Raw bodies within a limit, whatever their headers claim."""

from __future__ import annotations

from fastapi import Request

from server.problems import Problem


async def read_body(request: Request, limit: int) -> bytes:
    """The raw bytes of a request, at most `limit`. Raises 413 beyond, whatever was announced."""
    announced = request.headers.get("content-length", "")
    # Python reads no number of thousands of digits, and "²" is a digit but no number.
    if announced.isascii() and announced.isdigit() and int(announced[:20]) > limit:
        raise Problem(413, "too_large", f"the body is larger than {limit} bytes")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise Problem(413, "too_large", f"the body is larger than {limit} bytes")
    return bytes(body)
