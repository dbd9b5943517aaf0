"""Zoho's webhooks: is a delivery signed for us, and which tickets does it hint at?

The signature does not cover the body, so a body is only ever a hint to look at a ticket.
"""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import jwt

from domain.errors import BadInput, DeskUnavailable
from tools.zoho.config import ZohoConfig
from tools.zoho.errors import NotSigned

TOKEN_MAX = 8192
LEEWAY_SECONDS = 60.0
KEYS_SECONDS = 3600.0
REFETCH_SECONDS = 60.0
# A failed fetch is not repeated for every delivery that waits for it.
RETRY_SECONDS = 5.0
# Seconds since 1970 are below this for 3,000 years; what is above counts milliseconds.
_MILLISECONDS_FROM = 1e11


class WebhookVerifier:
    """Checks X-ZDesk-JWT against the desk's own keys."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        config: ZohoConfig,
        *,
        now: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._http = http
        self._url = f"{config.addresses.desk}/.well-known/jwks.json"
        self._seconds = config.connect_seconds
        self._issuer = f"orgId:{config.org_id}"
        self._webhook_id = config.webhook_id
        self._now = now
        self._monotonic = monotonic
        self._keys: Mapping[str, jwt.PyJWK] = {}
        self._fetched_at = -math.inf
        self._failed_at = -math.inf
        self._turn = asyncio.Lock()

    async def verify(self, token: str | None) -> None:
        """Return if this delivery was signed for our organisation and webhook, and is not old.

        Raises NotSigned (answer 401) or DeskUnavailable when the keys cannot be fetched (503).
        """
        if not token or len(token) > TOKEN_MAX:
            raise NotSigned("X-ZDesk-JWT is missing")
        try:
            header = jwt.get_unverified_header(token)
        except (jwt.PyJWTError, ValueError, RecursionError) as error:
            raise NotSigned("X-ZDesk-JWT is no JWT") from error
        kid = header.get("kid")
        if header.get("alg") != "RS256" or not isinstance(kid, str) or "crit" in header:
            raise NotSigned("X-ZDesk-JWT is not RS256 with a key id")
        key = await self._key(kid)
        try:
            claims = jwt.decode(
                token,
                key,
                algorithms=["RS256"],
                # The times may be in milliseconds and aud is matched below.
                options={
                    "require": ["exp", "iss", "aud"],
                    "verify_exp": False,
                    "verify_iat": False,
                    "verify_nbf": False,
                    "verify_aud": False,
                    "verify_sub": False,
                    "verify_jti": False,
                },
            )
        except (jwt.PyJWTError, ValueError, RecursionError) as error:
            raise NotSigned(f"X-ZDesk-JWT: {type(error).__name__}") from error
        self._check(claims)

    def _check(self, claims: Mapping[str, Any]) -> None:
        if claims.get("iss") != self._issuer:
            raise NotSigned("X-ZDesk-JWT is of another organisation")
        audience = claims.get("aud")
        audiences = audience if isinstance(audience, list) else [audience]
        if not any(self._is_ours(one) for one in audiences):
            raise NotSigned("X-ZDesk-JWT is for another webhook")
        now = self._now()
        if now > _seconds(claims["exp"]) + LEEWAY_SECONDS:
            raise NotSigned("X-ZDesk-JWT has expired")
        for name in ("iat", "nbf"):
            if name in claims and now < _seconds(claims[name]) - LEEWAY_SECONDS:
                raise NotSigned(f"X-ZDesk-JWT is not valid yet ({name})")

    def _is_ours(self, audience: object) -> bool:
        if not isinstance(audience, str):
            return False
        if self._webhook_id is None:
            return audience.startswith("webhookId:")
        return audience == f"webhookId:{self._webhook_id}"

    async def _key(self, kid: str) -> jwt.PyJWK:
        """The key of this id; an unknown one makes us fetch again, at most once a minute."""
        async with self._turn:
            unknown = kid not in self._keys
            age = self._monotonic() - self._fetched_at
            if age > KEYS_SECONDS or (unknown and age > REFETCH_SECONDS):
                try:
                    self._keys = await self._fetch()
                    self._fetched_at = self._monotonic()
                except DeskUnavailable:
                    if unknown:
                        raise
            if kid not in self._keys:
                raise NotSigned("X-ZDesk-JWT is signed with an unknown key")
            return self._keys[kid]

    async def _fetch(self) -> Mapping[str, jwt.PyJWK]:
        if self._monotonic() - self._failed_at < RETRY_SECONDS:
            raise DeskUnavailable("Zoho's webhook keys could not be fetched a moment ago")
        self._failed_at = self._monotonic()
        try:
            async with asyncio.timeout(self._seconds):
                response = await self._http.get(self._url, follow_redirects=False)
            if response.status_code != 200:
                raise DeskUnavailable(f"Zoho's webhook keys: answered {response.status_code}")
            keys = jwt.PyJWKSet.from_dict(response.json()).keys
        except (httpx.RequestError, TimeoutError) as error:
            raise DeskUnavailable(f"Zoho's webhook keys: {type(error).__name__}") from error
        except (jwt.PyJWTError, ValueError, TypeError, AttributeError) as error:
            raise DeskUnavailable("Zoho's webhook keys cannot be read") from error
        self._failed_at = -math.inf
        return {key.key_id: key for key in keys if key.key_id and key.key_type == "RSA"}


@dataclass(frozen=True)
class TicketHint:
    """Something happened to a ticket; what it was is looked up there, so twice does no harm."""

    ticket_id: str
    event: str


def parse_events(body: bytes) -> list[TicketHint]:
    """The tickets a delivery hints at: an array of events, or one event.

    What names no ticket is left out. Raises BadInput for what is no JSON array or object.
    """
    if not body.strip():
        return []
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadInput("Zoho's delivery is no JSON") from error
    if isinstance(data, dict):
        data = [data]
    if not isinstance(data, list):
        raise BadInput("Zoho's delivery is no list of events")
    return [hint for item in data if isinstance(item, dict) if (hint := _hint(item)) is not None]


def _hint(item: Mapping[str, Any]) -> TicketHint | None:
    event, payload = item.get("eventType"), item.get("payload")
    if not isinstance(event, str) or not isinstance(payload, dict):
        return None
    # The payload of a comment or an attachment has an id of its own.
    about_ticket = event in ("Ticket_Add", "Ticket_Update", "Ticket_Delete")
    value = payload.get("ticketId") or (payload.get("id") if about_ticket else None)
    ticket_id = str(value) if isinstance(value, str | int) else ""
    if not (ticket_id.isascii() and ticket_id.isdigit() and len(ticket_id) <= 20):
        return None
    return TicketHint(ticket_id, event[:100])


def _seconds(value: object) -> float:
    try:
        number = float(value) if isinstance(value, int | float | str) else float("nan")
    except (ValueError, OverflowError) as error:
        raise NotSigned("X-ZDesk-JWT has a time that is none") from error
    if number != number:
        raise NotSigned("X-ZDesk-JWT has a time that is none")
    return number / 1000 if number > _MILLISECONDS_FROM else number
