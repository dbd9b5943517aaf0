"""Tells Recado what happened to a ticket: signed deliveries in the background, in order.

The signature names the organisation and the subscription but does not cover the body.
"""

import asyncio
import time
from contextlib import suppress
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from sandbox.zoho.config import ZohoConfig
from sandbox.zoho.errors import FieldError, invalid_data
from sandbox.zoho.faults import Faults
from sandbox.zoho.journal import Journal
from sandbox.zoho.store import Store
from sandbox.zoho.validation import require_valid
from sandbox.zoho.visit import Visit

ANSWER_SECONDS = 5.0
PAUSES_SECONDS = (0.2, 1.0)
"""The pauses between the tries; Zoho's own retry policy is not documented."""

_LIFE_SECONDS = 300
_DEFAULTS: dict[str, Any] = {"description": None, "isEnabled": True, "includeEventsFrom": []}


class Webhooks:
    """The subscriptions of the portal and the one queue of deliveries."""

    def __init__(self, config: ZohoConfig, store: Store, journal: Journal, faults: Faults) -> None:
        self._config = config
        self._store = store
        self._journal = journal
        self._faults = faults
        self._queue: asyncio.Queue[tuple[str, dict[str, Any]]] = asyncio.Queue()
        self._key = _signing_key(store)
        public = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        self._kid = str(public["n"])[:16]
        self.jwks = {"keys": [{**public, "kid": self._kid, "alg": "RS256", "use": "sig"}]}

    def subscribe_configured(self) -> None:
        """Keep the subscription given at start, to status changes and comments."""
        config = self._config
        if config.webhook_url is None:
            return
        self._store.put(
            "webhook",
            {
                "id": config.webhook_id,
                "name": "configured",
                **_DEFAULTS,
                "url": config.webhook_url,
                "subscriptions": {
                    "Ticket_Update": {"fields": ["status"], "includePrevState": True},
                    "Ticket_Comment_Add": None,
                },
            },
        )

    async def subscribe(self, visit: Visit, body: dict[str, Any]) -> dict[str, Any]:
        """A new subscription, once its address answers 200 to an unsigned GET or POST."""
        require_valid("webhookCreate", body)
        await self._require_answering(body["url"])
        webhook = {"id": self._store.next_id(), **_DEFAULTS, **body}
        self._store.put("webhook", webhook)
        visit.created("webhook", id=webhook["id"], url=webhook["url"])
        return webhook

    def every(self) -> list[dict[str, Any]]:
        """The subscriptions, oldest first."""
        return self._store.every("webhook")

    def announce(
        self,
        event: str,
        payload: dict[str, Any],
        *,
        department: str,
        before: dict[str, Any] | None = None,
    ) -> None:
        """Queue the event for every subscription that asked for it."""
        if self._faults.plan.lose_webhooks:
            return
        for webhook in self._store.every("webhook"):
            subscriptions = webhook["subscriptions"]
            if not webhook["isEnabled"] or event not in subscriptions:
                continue
            wanted = subscriptions[event] or {}
            fields = wanted.get("fields")
            if fields is not None and not set(fields) & set(before or {}):
                continue
            if department not in wanted.get("departmentIds", [department]):
                continue
            item: dict[str, Any] = {
                "eventType": event,
                "eventTime": str(int(time.time() * 1000)),
                "orgId": self._config.org_id,
                "payload": payload,
            }
            if before is not None and wanted.get("includePrevState"):
                item["prevState"] = before
            for _ in range(2 if self._faults.plan.repeat_webhooks else 1):
                self._queue.put_nowait((webhook["id"], item))

    async def deliver_for_ever(self) -> None:
        """Send what is queued, one after the other, until cancelled."""
        async with _client() as client:
            while True:
                webhook_id, item = await self._queue.get()
                await self._deliver(client, webhook_id, item)

    async def _deliver(
        self, client: httpx.AsyncClient, webhook_id: str, item: dict[str, Any]
    ) -> None:
        for attempt, pause in enumerate((*PAUSES_SECONDS, None), start=1):
            webhook = self._store.get("webhook", webhook_id)
            if webhook is None:
                return
            outcome: int | str
            try:
                answer = await client.post(
                    webhook["url"],
                    json=[item],
                    headers={"X-ZDesk-JWT": self._signature(webhook_id)},
                )
                outcome = answer.status_code
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                outcome = type(error).__name__
            self._journal.write(
                {
                    "webhook": webhook["url"],
                    "event": item["eventType"],
                    "id": item["payload"]["id"],
                    "attempt": attempt,
                    "outcome": outcome,
                }
            )
            if outcome == 410:
                self._store.remove("webhook", webhook_id)
            if outcome in (200, 410) or pause is None:
                return
            await asyncio.sleep(pause)

    def _signature(self, webhook_id: str) -> str:
        unit = 1000 if self._faults.plan.jwt_milliseconds else 1
        now = int(time.time())
        claims = {
            "iss": f"orgId:{self._config.org_id}",
            "aud": f"webhookId:{webhook_id}",
            "iat": now * unit,
            "exp": (now + _LIFE_SECONDS) * unit,
        }
        return jwt.encode(claims, self._key, algorithm="RS256", headers={"kid": self._kid})

    @staticmethod
    async def _require_answering(url: str) -> None:
        async with _client() as client:
            with suppress(httpx.HTTPError, httpx.InvalidURL):
                if (await client.get(url)).status_code == 200:
                    return
                if (await client.post(url, json={})).status_code == 200:
                    return
        raise invalid_data([FieldError("/url", "invalid")])


def _client() -> httpx.AsyncClient:
    return httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False)


def _signing_key(store: Store) -> rsa.RSAPrivateKey:
    """The portal's key; kept with the state, so that a restart does not change it."""
    kept = store.fact("signing_key")
    if kept is not None:
        key = serialization.load_pem_private_key(kept.encode(), password=None)
        assert isinstance(key, rsa.RSAPrivateKey)  # noqa: S101 (written below)
        return key
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    store.set_fact("signing_key", pem.decode())
    return key
