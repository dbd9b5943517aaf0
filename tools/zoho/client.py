"""One request to Zoho Desk: sent once, and its outcome told apart (facts/zoho-desk.md A10).

Certainly not done (DeskUnavailable, RateLimited), perhaps done (OutcomeUnknown), refused
(DeskRefused). Nothing is retried here but the one request that met an expired token.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal

import httpx

from domain.errors import DeskRefused, DeskUnavailable, OutcomeUnknown, RateLimited
from tools.zoho.config import ZohoConfig
from tools.zoho.errors import INVALID_OAUTH, TOO_LARGE
from tools.zoho.oauth import AccessTokens

Method = Literal["GET", "POST", "PATCH"]
Body = Mapping[str, Any]
Observe = Callable[[str, int, float], None]
"""Told of every answer: operation, HTTP status (0 when there was none), seconds."""

_ANSWER_MAX = 8 * 1024 * 1024
_DEFINITE_BY_STATUS: Mapping[int, str] = {
    405: "METHOD_NOT_ALLOWED",
    413: TOO_LARGE,
    415: "UNSUPPORTED_MEDIA_TYPE",
}


def open_http(config: ZohoConfig) -> httpx.AsyncClient:
    """The connection pool for Desk and Accounts; the caller closes it.

    Follows no redirect and retries nothing. A proxy of the environment is used, but never on
    the way to a stand-in on this machine.
    """
    return httpx.AsyncClient(
        timeout=httpx.Timeout(config.total_seconds, connect=config.connect_seconds),
        limits=httpx.Limits(max_connections=max(config.concurrency * 2, 4)),
        follow_redirects=False,
        trust_env=not config.addresses.on_loopback,
    )


class ZohoClient:
    """Sends requests with token and organisation, at most `concurrency` at once."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        tokens: AccessTokens,
        config: ZohoConfig,
        *,
        observe: Observe | None = None,
    ) -> None:
        self._http = http
        self._tokens = tokens
        self._config = config
        self._root = f"{config.addresses.desk}/api/v1"
        self._room = asyncio.Semaphore(config.concurrency)
        self._observe = observe

    async def get(self, operation: str, path: str, params: Mapping[str, str] | None = None) -> Body:
        """Read; an empty answer (204: zero results) is an empty mapping."""
        return await self._call(operation, "GET", path, {"params": dict(params or {})})

    async def post(self, operation: str, path: str, body: Body) -> Body:
        """Create. Raises OutcomeUnknown when it may have been done."""
        return await self._call(operation, "POST", path, {"json": body})

    async def patch(self, operation: str, path: str, body: Body) -> Body:
        """Change. Raises OutcomeUnknown when it may have been done."""
        return await self._call(operation, "PATCH", path, {"json": body})

    async def upload(
        self, operation: str, path: str, name: str, mimetype: str, data: bytes
    ) -> Body:
        """Send one file as the single part `file`, not public."""
        return await self._call(
            operation,
            "POST",
            path,
            {"params": {"isPublic": "false"}, "files": {"file": (name, data, mimetype)}},
            seconds=self._config.upload_seconds,
        )

    async def _call(
        self,
        operation: str,
        method: Method,
        path: str,
        content: Mapping[str, Any],
        *,
        seconds: float | None = None,
    ) -> Body:
        # Nothing leaves later than `last` and what left is given up after `seconds`, so that a
        # lease longer than both together cannot be outlived by a request.
        loop = asyncio.get_running_loop()
        last = loop.time() + self._config.total_seconds
        try:
            async with asyncio.timeout_at(last):
                await self._room.acquire()
        except TimeoutError as error:
            raise RateLimited(f"{operation}: too many requests under way", 1.0) from error
        try:
            token = await self._token(operation, last, rejected=None)
            response = await self._send(operation, method, path, content, token, seconds)
            if _is_invalid_oauth(response):
                token = await self._token(operation, last, rejected=token)
                response = await self._send(operation, method, path, content, token, seconds)
        finally:
            self._room.release()
        return _read(operation, method, response)

    async def _token(self, operation: str, last: float, *, rejected: str | None) -> str:
        try:
            async with asyncio.timeout_at(last):
                if rejected is not None:
                    return await self._tokens.after_rejection(rejected)
                return await self._tokens.current()
        except TimeoutError as error:
            raise DeskUnavailable(f"{operation}: no access token in time") from error

    async def _send(
        self,
        operation: str,
        method: Method,
        path: str,
        content: Mapping[str, Any],
        token: str,
        seconds: float | None,
    ) -> httpx.Response:
        headers = {
            "Authorization": f"Zoho-oauthtoken {token}",
            "orgId": self._config.org_id,
            "Accept": "application/json",
        }
        wait = seconds if seconds is not None else self._config.total_seconds
        timeout = httpx.Timeout(wait, connect=self._config.connect_seconds)
        begun = time.monotonic()
        status = 0
        try:
            async with asyncio.timeout(wait):
                response = await self._http.request(
                    method,
                    self._root + path,
                    headers=headers,
                    timeout=timeout,
                    follow_redirects=False,
                    **content,
                )
            status = response.status_code
        except (
            httpx.ConnectError,
            httpx.ConnectTimeout,
            httpx.PoolTimeout,
            httpx.ProxyError,
            httpx.UnsupportedProtocol,
        ) as error:
            raise DeskUnavailable(f"{operation}: {type(error).__name__}") from error
        except (httpx.RequestError, TimeoutError) as error:
            raise _lost(method, f"{operation}: {type(error).__name__}") from error
        finally:
            if self._observe is not None:
                self._observe(operation, status, time.monotonic() - begun)
        return response


def _lost(method: Method, message: str) -> DeskUnavailable | OutcomeUnknown:
    """No usable answer: harmless for a reading, unknown for a writing."""
    return DeskUnavailable(message) if method == "GET" else OutcomeUnknown(message)


def _read(operation: str, method: Method, response: httpx.Response) -> Body:
    status = response.status_code
    if status == 429:
        raise RateLimited(
            f"{operation}: {_code(_json(response)) or '429'}",
            _retry_after(response.headers.get("Retry-After")),
        )
    if status >= 500 or 300 <= status < 400 or status == 408:
        raise _lost(method, f"{operation}: answered {status}")
    if status == 204 or (status < 300 and not response.content):
        return {}
    body = _json(response)
    if status < 300:
        if body is None:
            raise _lost(method, f"{operation}: answered {status}, no JSON object")
        return body
    code = _code(body) or _DEFINITE_BY_STATUS.get(status)
    if code is None:
        # Some proxy's page, not Zoho's word.
        raise _lost(method, f"{operation}: answered {status}, no errorCode")
    fields = _fields(body)
    named = f" ({', '.join(fields)})" if fields else ""
    raise DeskRefused(f"{operation}: {status} {code}{named}", code, fields)


def _is_invalid_oauth(response: httpx.Response) -> bool:
    return response.status_code in (401, 403) and _code(_json(response)) == INVALID_OAUTH


def _json(response: httpx.Response) -> dict[str, Any] | None:
    if len(response.content) > _ANSWER_MAX:
        return None
    try:
        body = response.json()
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _code(body: Body | None) -> str | None:
    code = (body or {}).get("errorCode")
    return code if isinstance(code, str) and code else None


def _fields(body: Body | None) -> tuple[str, ...]:
    errors = (body or {}).get("errors")
    if not isinstance(errors, list):
        return ()
    names = (error.get("fieldName") for error in errors if isinstance(error, dict))
    return tuple(name for name in names if isinstance(name, str))


def _retry_after(value: str | None) -> float | None:
    """Seconds of a Retry-After header, which is a number or a date."""
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        at = parsedate_to_datetime(value)
    except ValueError:
        return None
    at = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return max(0.0, (at - datetime.now(UTC)).total_seconds())
