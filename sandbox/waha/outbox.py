"""Delivers the owed webhooks: signed, in order within a chat, again and again until taken."""

import asyncio
import contextlib
import secrets
import time

import httpx

from sandbox.waha.config import WahaConfig
from sandbox.waha.journal import Journal
from sandbox.waha.store import Owed, Store
from sandbox.waha.wire import sign


class Outbox:
    """One lane per chat; a webhook that is being retried holds back those behind it."""

    def __init__(self, config: WahaConfig, store: Store, journal: Journal) -> None:
        self.webhook_url = config.webhook_url
        self._config = config
        self._store = store
        self._journal = journal
        self._lanes: dict[str, asyncio.Task[None]] = {}
        self._wakes: dict[str, asyncio.Event] = {}
        self._client: httpx.AsyncClient | None = None

    def start(self) -> None:
        """Open the client and take up what a former life still owed."""
        self._client = httpx.AsyncClient(
            timeout=self._config.timeout_seconds, trust_env=False, follow_redirects=False
        )
        for chat in self._store.lanes():
            self._wake(chat)

    async def stop(self) -> None:
        """Stop trying; what is owed stays owed."""
        for task in self._lanes.values():
            task.cancel()
        await asyncio.gather(*self._lanes.values(), return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()

    def owe(
        self,
        chat: str,
        event: str,
        event_id: str,
        body: bytes,
        *,
        times: int = 1,
        delay_seconds: float = 0,
        bad_signature: bool = False,
    ) -> None:
        """Owe the receiver this body, `times` over; a delayed one does not hold back its lane."""
        if self.webhook_url is None:
            return
        ready_at = time.time() + delay_seconds
        for _ in range(times):
            self._store.owe(chat, event, event_id, body, ready_at, bad_signature=bad_signature)
        self._wake(chat)

    def flush(self) -> None:
        """Try every waiting webhook now."""
        self._store.hurry()
        for chat in self._store.lanes():
            self._wake(chat)

    async def post(
        self, body: bytes, *, bad_signature: bool, extra: dict[str, str] | None = None
    ) -> tuple[int | None, str | None]:
        """Post one body once; returns the status, or None and the name of the failure."""
        if self._client is None or self.webhook_url is None:
            return None, "no webhook url"
        key = secrets.token_hex(16) if bad_signature else self._config.hmac_key
        headers = {
            "content-type": "application/json",
            "user-agent": "WAHA/sandbox",
            "x-webhook-request-id": secrets.token_hex(16),
            "x-webhook-timestamp": str(int(time.time() * 1000)),
            "x-webhook-hmac": sign(key, body),
            "x-webhook-hmac-algorithm": "sha512",
            **(extra or {}),
        }
        try:
            answer = await self._client.post(self.webhook_url, content=body, headers=headers)
        except httpx.HTTPError as error:
            return None, type(error).__name__
        return answer.status_code, None

    def _wake(self, chat: str) -> None:
        self._wakes.setdefault(chat, asyncio.Event()).set()
        task = self._lanes.get(chat)
        if task is None or task.done():
            self._lanes[chat] = asyncio.create_task(self._run(chat))

    async def _run(self, chat: str) -> None:
        """Empty one lane, then end; the next `_wake` starts it again."""
        wake = self._wakes[chat]
        while True:
            wake.clear()
            now = time.time()
            owed = self._store.next_owed(chat, now)
            if owed is None:
                return
            wait = max(owed.ready_at, owed.next_at) - now
            if wait > 0:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(wake.wait(), wait)
                continue
            await self._attempt(owed)

    async def _attempt(self, owed: Owed) -> None:
        status, error = await self.post(owed.body, bad_signature=owed.bad_signature)
        attempt = owed.attempts + 1
        taken = status is not None and 200 <= status < 300
        # A forged signature is never taken: retrying it would only block the chat.
        last = owed.bad_signature or attempt >= self._config.retry_attempts
        outcome = "delivered" if taken else "given_up" if last else "pending"
        self._store.tried(owed.seq, outcome, time.time() + self._config.retry_seconds)
        await self._journal.write(
            "delivery",
            event=owed.event,
            event_id=owed.event_id,
            chat=owed.chat,
            attempt=attempt,
            status=status,
            error=error,
            outcome=outcome,
        )
