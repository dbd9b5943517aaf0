"""The groups themselves: what people say and do in them, and what the bot sends."""

import asyncio
import mimetypes
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

from sandbox.waha.config import WahaConfig
from sandbox.waha.faults import Weather
from sandbox.waha.journal import Journal
from sandbox.waha.outbox import Outbox
from sandbox.waha.store import Store
from sandbox.waha.wire import (
    Json,
    Media,
    Message,
    envelope,
    message_id,
    message_payload,
    new_stanza,
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the webhook of one event is to be delivered."""

    times: int = 1
    delay_seconds: float = 0
    bad_signature: bool = False


class World:
    """Everything one running WAHA server holds, and what can happen in it."""

    def __init__(self, config: WahaConfig, base_url: str) -> None:
        self.config = config
        self.base_url = config.base_url or base_url
        self.store = Store(config.state)
        self.journal = Journal(config.log)
        self.outbox = Outbox(config, self.store, self.journal)
        self.weather = Weather(config.seed)
        self.session_status = "WORKING"
        self.ahead_seconds = 0.0
        self._watchers: set[asyncio.Queue[Json | None]] = set()

    @property
    def me(self) -> Json:
        """The bot's own contact."""
        return {"id": self.config.me, "pushName": self.config.me_name, "lid": self.config.me_lid}

    def now(self) -> float:
        """Seconds since 1970, by the clock that messages are stamped with."""
        return time.time() + self.ahead_seconds

    async def close(self) -> None:
        """Stop delivering and close what is open."""
        await self.outbox.stop()
        self.stop_watching()
        self.store.close()
        self.journal.close()

    def payload(self, message: Message, downloaded: bool = True) -> Json:
        """Return WAHA's message object."""
        quoted = self.store.message(message.chat, message.quote) if message.quote else None
        return message_payload(message, quoted, self.config.me, self.base_url, downloaded)

    async def say(
        self,
        message: Message,
        chat_name: str | None,
        media: bytes | None,
        delivery: Delivery,
    ) -> None:
        """A person says something; a stanza id already known is only delivered once more."""
        self.store.know_chat(message.chat, chat_name)
        self.store.know_person(message.chat, message.sender, message.name)
        if message.media is not None and media is not None:
            self.store.add_file(message.media, media)
        fresh = self.store.add(message)
        event = "message.any" if self.config.echo else "message"
        self._announce(event, message.chat, self.payload(message), delivery)
        await self.journal.write(
            "said", chat=message.chat, id=message.stanza, sender=message.sender, text=message.text
        )
        if fresh:
            self._show("message", message)

    async def edit(self, message: Message, text: str, delivery: Delivery) -> str:
        """The author gives a message a new text; returns the stanza id of the edit itself."""
        edited = replace(message, text=text, edited=True)
        self.store.change(edited)
        stanza = new_stanza()
        payload = self.payload(edited) | {
            "id": message_id(edited, stanza),
            "timestamp": int(self.now()),
            "editedMessageId": message.stanza,
        }
        await self.journal.write("edited", chat=message.chat, id=message.stanza, text=text)
        self._announce("message.edited", message.chat, payload, delivery)
        self._show("changed", edited)
        return stanza

    async def revoke(self, message: Message, by: str, delivery: Delivery) -> str:
        """Somebody deletes a message for everyone; returns the stanza id of the revoke itself."""
        self.store.change(replace(message, revoked=True))
        stanza = new_stanza()
        act = Message(
            chat=message.chat, stanza=stanza, sender=by, name="", text="", at=int(self.now())
        )
        payload = {
            "after": self.payload(act),
            "before": None,
            "revokedMessageId": message.stanza,
            "_data": {},
        }
        await self.journal.write("revoked", chat=message.chat, id=message.stanza, by=by)
        self._announce("message.revoked", message.chat, payload, delivery)
        self._show("changed", replace(message, revoked=True))
        return stanza

    async def react(self, message: Message, by: str, emoji: str, delivery: Delivery) -> str:
        """Somebody reacts; an empty emoji takes it back. Returns the reaction's stanza id."""
        reactions = {who: what for who, what in message.reactions.items() if who != by}
        if emoji:
            reactions[by] = emoji
        reacted = replace(message, reactions=reactions)
        self.store.change(reacted)
        stanza = new_stanza()
        act = Message(
            chat=message.chat, stanza=stanza, sender=by, name="", text="", at=int(self.now())
        )
        payload = {
            "id": message_id(act),
            "from": message.chat,
            "fromMe": False,
            "participant": by if message.chat.endswith("@g.us") else None,
            "to": self.config.me,
            "timestamp": act.at,
            "source": "app",
            "reaction": {"text": emoji, "messageId": message_id(message)},
        }
        await self.journal.write(
            "reacted", chat=message.chat, id=message.stanza, by=by, emoji=emoji
        )
        self._announce("message.reaction", message.chat, payload, delivery)
        self._show("changed", reacted)
        return stanza

    async def send(
        self, chat: str, text: str, quote: str | None, mentions: tuple[str, ...], answered: bool
    ) -> Message:
        """The bot posts a text; on return it is kept and in the log."""
        now = self.now()
        message = Message(
            chat=chat,
            stanza=new_stanza(),
            sender=self.config.me,
            name=self.config.me_name,
            text=text,
            at=int(now),
            from_me=True,
            quote=quote if quote and self.store.message(chat, quote) else None,
            mentions=mentions,
            accepted_at=now,
        )
        self.store.know_chat(chat, None)
        self.store.add(message)
        await self.journal.write(
            "sent",
            chat=chat,
            id=message.stanza,
            message_id=message_id(message),
            text=text,
            quote=message.quote,
            mentions=list(mentions),
            answered=answered,
        )
        if self.config.echo:
            self._announce("message.any", chat, self.payload(message), Delivery())
        self._show("message", message)
        return message

    async def change_session(self, status: str) -> None:
        """The session's status changes, and webhooks say so."""
        self.session_status = status
        now = int(time.time() * 1000)
        payload = {
            "name": self.config.session,
            "status": status,
            "statuses": [{"status": status, "timestamp": now}],
            "data": None,
        }
        await self.journal.write("session", status=status)
        self._announce("session.status", "", payload, Delivery())

    def shown(self, message: Message) -> Json:
        """Return a message as the page and the tests read it."""
        media: Json | None = None
        if message.media is not None:
            media = {
                "url": f"/sandbox/media/{message.media.name}",
                "mimetype": message.media.mimetype,
                "filename": message.media.filename,
            }
        return {
            "id": message.stanza,
            "from": message.sender,
            "name": message.name,
            "text": message.text,
            "at": message.at,
            "from_me": message.from_me,
            "quote": message.quote,
            "mentions": list(message.mentions),
            "media": media,
            "voice": message.voice,
            "edited": message.edited,
            "revoked": message.revoked,
            "reactions": message.reactions,
        }

    async def watch(self) -> AsyncIterator[Json | None]:
        """Yield what happens from now on; None every 15 s, so that dead readers are noticed."""
        queue: asyncio.Queue[Json | None] = asyncio.Queue()
        self._watchers.add(queue)
        try:
            while True:
                try:
                    news = await asyncio.wait_for(queue.get(), 15)
                except TimeoutError:
                    yield None
                    continue
                if news is None:
                    return
                yield news
        finally:
            self._watchers.discard(queue)

    def stop_watching(self) -> None:
        """End every `watch`."""
        for queue in self._watchers:
            queue.put_nowait(None)

    def _announce(self, event: str, chat: str, payload: Json, delivery: Delivery) -> None:
        event_id, body = envelope(event, payload, self.config.session, self.me)
        self.outbox.owe(
            chat,
            event,
            event_id,
            body,
            times=delivery.times,
            delay_seconds=delivery.delay_seconds,
            bad_signature=delivery.bad_signature,
        )

    def _show(self, kind: str, message: Message) -> None:
        news: dict[str, Any] = {
            "type": kind,
            "chat": message.chat,
            "message": self.shown(message),
        }
        for queue in self._watchers:
            queue.put_nowait(news)


def media_of(stanza: str, mimetype: str, filename: str | None) -> Media:
    """Name a file after its message, with the extension of its type."""
    extension = mimetypes.guess_extension(mimetype.partition(";")[0].strip()) or ".bin"
    return Media(name=f"{stanza}{extension}", mimetype=mimetype, filename=filename)
