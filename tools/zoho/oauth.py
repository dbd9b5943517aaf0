"""Zoho's access token: one refresh at a time across all workers, since ten in ten minutes block.

The token is kept in a TokenStore that the workers share; what is here decides when to renew it.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import httpx

from domain.errors import DeskRefused, DeskUnavailable, RateLimited
from tools.zoho.config import ZohoConfig
from tools.zoho.errors import INVALID_OAUTH

EARLY = timedelta(minutes=5)
# Zoho allows 10 new tokens in 10 minutes; half of them is what one worker may use on a 401.
REJECTIONS_MAX = 5
REJECTIONS_WINDOW = timedelta(minutes=10)
# After a refusal the same question is not asked again for so long.
PAUSE_AFTER_REFUSAL = timedelta(seconds=10)

_TRANSIENT = frozenset({"server_error", "temporarily_unavailable", "general_error"})


@dataclass(frozen=True)
class StoredToken:
    """An access token and when it was made and ends, aware, in UTC.

    `grant` is a digest of the client and refresh token that it was made with: a token of an
    earlier connection is not used.
    """

    access_token: str = field(repr=False)
    issued_at: datetime
    expires_at: datetime
    grant: str

    def is_fresh(self, now: datetime) -> bool:
        """Whether it need not be renewed: five minutes are left, or a tenth of its life."""
        early = min(EARLY, (self.expires_at - self.issued_at) / 10)
        return now < self.expires_at - early


class HeldTokens(Protocol):
    """The stored token while we hold the lock."""

    async def read(self) -> StoredToken | None: ...

    async def write(self, token: StoredToken) -> None: ...


class TokenStore(Protocol):
    """One stored token, shared by every worker of this installation."""

    async def read(self) -> StoredToken | None:
        """The token, without waiting for anyone who renews it."""
        ...

    def exclusive(self) -> AbstractAsyncContextManager[HeldTokens]:
        """Hold the lock across processes; what was written is visible once it is left.

        The lock must end with the process that holds it.
        """
        ...


def utc_now() -> datetime:
    """Real time: a token ends by Zoho's clock, not by the business clock."""
    return datetime.now(UTC)


def grant_digest(config: ZohoConfig) -> str:
    """Names the connection that a token belongs to, without telling its secrets."""
    facts = f"{config.addresses.accounts}\n{config.client_id}\n{config.refresh_token}"
    return hashlib.sha256(facts.encode()).hexdigest()[:16]


class AccessTokens:
    """Gives out a valid access token, renewing it in single flight."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        config: ZohoConfig,
        store: TokenStore,
        *,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._http = http
        self._config = config
        self._url = f"{config.addresses.accounts}/oauth/v2/token"
        self._grant = grant_digest(config)
        self._store = store
        self._now = now
        self._turn = asyncio.Lock()
        self._known: StoredToken | None = None
        self._rejections: deque[datetime] = deque()
        self._refusal: tuple[datetime, DeskRefused | RateLimited] | None = None

    async def current(self) -> str:
        """A token to send. Raises DeskUnavailable, RateLimited, or DeskRefused (INVALID_OAUTH)."""
        if (token := self._usable(self._known)) is not None:
            return token.access_token
        async with self._turn:
            token = self._usable(self._known) or self._usable(await self._store.read())
            if token is None:
                token = await self._renew(rejected=None)
            self._known = token
            return token.access_token

    async def after_rejection(self, rejected: str) -> str:
        """Another token than the one Zoho just refused: somebody else's newer one, or a new one."""
        async with self._turn:
            known = self._usable(self._known)
            if known is None or known.access_token == rejected:
                known = await self._renew(rejected=rejected)
            self._known = known
            return known.access_token

    def _usable(self, token: StoredToken | None) -> StoredToken | None:
        mine = token is not None and token.grant == self._grant
        return token if token and mine and token.is_fresh(self._now()) else None

    async def _renew(self, rejected: str | None) -> StoredToken:
        async with self._store.exclusive() as held:
            stored = await held.read()
            usable = self._usable(stored)
            if usable is not None and usable.access_token != rejected:
                return usable
            if rejected is not None:
                self._count_rejection()
            try:
                token = await self._refresh()
            except DeskUnavailable:
                if rejected is None and stored and self._still_valid(stored):
                    return stored
                raise
            await held.write(token)
            return token

    def _still_valid(self, token: StoredToken) -> bool:
        return token.grant == self._grant and self._now() < token.expires_at

    def _count_rejection(self) -> None:
        now = self._now()
        while self._rejections and self._rejections[0] <= now - REJECTIONS_WINDOW:
            self._rejections.popleft()
        if len(self._rejections) >= REJECTIONS_MAX:
            raise DeskRefused(
                "Zoho refuses every new access token: check ZOHO_DC and ZOHO_ORG_ID, then run"
                " `recado zoho connect` again",
                INVALID_OAUTH,
            )
        self._rejections.append(now)

    async def _refresh(self) -> StoredToken:
        if self._refusal is not None and self._now() < self._refusal[0]:
            raise _again(self._refusal[1])
        form = {
            "grant_type": "refresh_token",
            "client_id": self._config.client_id,
            "client_secret": self._config.client_secret,
            "refresh_token": self._config.refresh_token,
        }
        asked_at = self._now()
        try:
            answer = await _ask(self._http, self._url, form, self._config.total_seconds)
        except (DeskRefused, RateLimited) as error:
            self._refusal = (self._now() + PAUSE_AFTER_REFUSAL, error)
            raise
        self._refusal = None
        return StoredToken(
            access_token=_text(answer, "access_token"),
            issued_at=asked_at,
            expires_at=asked_at + timedelta(seconds=_seconds(answer)),
            grant=self._grant,
        )


@dataclass(frozen=True)
class Grant:
    """What a grant code was exchanged for; the refresh token is for ZOHO_REFRESH_TOKEN."""

    refresh_token: str = field(repr=False)
    access_token: str = field(repr=False)


async def exchange_grant_code(
    http: httpx.AsyncClient,
    accounts: str,
    *,
    client_id: str,
    client_secret: str,
    code: str,
    redirect_uri: str | None = None,
    seconds: float = 15.0,
) -> Grant:
    """Turn a grant code (valid for minutes, once) into a refresh token.

    Raises DeskRefused with a sentence for the person at the terminal, or DeskUnavailable.
    """
    form = {
        "grant_type": "authorization_code",
        "client_id": client_id,
        "client_secret": client_secret,
        "code": code,
    }
    if redirect_uri is not None:
        form["redirect_uri"] = redirect_uri
    answer = await _ask(http, f"{accounts}/oauth/v2/token", form, seconds)
    if not answer.get("refresh_token"):
        raise DeskRefused(
            "Zoho gave no refresh token: ask for the code with access_type=offline"
            " (a Self Client does so by itself)",
            INVALID_OAUTH,
        )
    return Grant(
        refresh_token=_text(answer, "refresh_token"), access_token=_text(answer, "access_token")
    )


async def _ask(
    http: httpx.AsyncClient, url: str, form: Mapping[str, str], seconds: float
) -> Mapping[str, Any]:
    """POST a form to the token endpoint, which may say no with status 200."""
    try:
        async with asyncio.timeout(seconds):
            response = await http.post(url, data=dict(form))
    except (httpx.RequestError, TimeoutError) as error:
        raise DeskUnavailable(f"Zoho Accounts did not answer: {type(error).__name__}") from error
    if response.status_code == 429:
        raise RateLimited("Zoho Accounts asks to slow down")
    try:
        body = response.json()
    except ValueError as error:
        raise DeskUnavailable(f"Zoho Accounts answered {response.status_code}, no JSON") from error
    if not isinstance(body, dict):
        raise DeskUnavailable(f"Zoho Accounts answered {response.status_code}, no JSON object")
    if problem := body.get("error"):
        raise _refusal(str(problem), response.status_code)
    if response.status_code != 200 or not body.get("access_token"):
        raise DeskUnavailable(f"Zoho Accounts answered {response.status_code} without a token")
    return body


def _refusal(problem: str, status: int) -> DeskRefused | DeskUnavailable | RateLimited:
    shown = "".join(c for c in problem if c.isprintable())[:80]
    if problem.lower() == "access denied":
        # Too many tokens: creation is blocked for the rest of ten minutes.
        return RateLimited("Zoho makes no more access tokens for now (Access Denied)")
    if status >= 500 or problem in _TRANSIENT:
        return DeskUnavailable(f"Zoho Accounts cannot answer now ({shown})")
    return DeskRefused(
        f"Zoho Accounts refused our credentials ({shown}): check ZOHO_CLIENT_ID,"
        " ZOHO_CLIENT_SECRET and ZOHO_DC, then run `recado zoho connect`",
        INVALID_OAUTH,
    )


def _again(error: DeskRefused | RateLimited) -> DeskRefused | RateLimited:
    """The same refusal as a new exception, so that tracebacks do not grow on a shared one."""
    if isinstance(error, DeskRefused):
        return DeskRefused(str(error), error.code, error.fields)
    return RateLimited(str(error), error.retry_after)


def _text(answer: Mapping[str, Any], key: str) -> str:
    value = answer.get(key)
    if not isinstance(value, str) or not value.isascii() or not value.isprintable():
        raise DeskUnavailable(f"Zoho Accounts answered with an unusable {key}")
    return value


def _seconds(answer: Mapping[str, Any]) -> float:
    try:
        return max(1.0, min(float(answer.get("expires_in", 3600)), 86400.0))
    except (TypeError, ValueError):
        return 3600.0
