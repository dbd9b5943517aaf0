"""The control routes under /sandbox: for a test, a human or the page to act as the group."""

import base64
import binascii
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from sandbox.waha.api import WorldDep
from sandbox.waha.faults import Faults
from sandbox.waha.wire import Json, Message, chat_jid, new_stanza, person_jid, stanza_of
from sandbox.waha.world import Delivery, World, media_of

router = APIRouter(prefix="/sandbox")


class _Delivered(BaseModel):
    """How often, when and how well signed the webhook of an act goes out."""

    model_config = ConfigDict(extra="forbid")

    times: Annotated[int, Field(ge=0, le=100)] = 1
    delay_seconds: Annotated[float, Field(ge=0)] = 0
    bad_signature: bool = False

    def delivery(self) -> Delivery:
        """Return the same for the world."""
        return Delivery(self.times, self.delay_seconds, self.bad_signature)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    base64: str
    mimetype: str
    filename: str | None = None


class _Say(_Delivered):
    """Something a person says; `from` is a LID, a phone or a whole id."""

    chat: Annotated[str, Field(min_length=1)]
    chat_name: str | None = None
    sender: Annotated[str, Field(alias="from", min_length=1)]
    name: str = ""
    text: str = ""
    quote: str | None = None
    media: _File | None = None
    mentions: list[str] = []
    at: float | None = None
    id: Annotated[str | None, Field(pattern=r"^[A-Za-z0-9]+$")] = None
    voice: bool = False
    phone: str | None = None


class _Act(_Delivered):
    """Something done to the message `id` (its stanza id), by its author unless `from` is told."""

    chat: Annotated[str, Field(min_length=1)]
    id: str
    sender: Annotated[str | None, Field(alias="from")] = None


class _Edit(_Act):
    text: str


class _Reaction(_Act):
    emoji: str


class _Raw(BaseModel):
    model_config = ConfigDict(extra="forbid")

    body: str | dict[str, Any]
    bad_signature: bool = False
    times: Annotated[int, Field(ge=1, le=100)] = 1
    headers: dict[str, str] = {}


class _Target(BaseModel):
    url: Annotated[str | None, Field(pattern=r"^https?://")]


class _Clock(BaseModel):
    ahead_seconds: Annotated[float, Field(ge=0)]


class _Status(BaseModel):
    status: Literal["WORKING", "STARTING", "STOPPED", "SCAN_QR_CODE", "FAILED"]


def _bare(stanza: str | None) -> str | None:
    """Accept WAHA's whole message id where a stanza id is meant."""
    return (stanza_of(stanza) or stanza) if stanza else None


@router.post("/say")
async def say(body: _Say, world: WorldDep) -> Json:
    """A person says something; returns {id}, the stanza id."""
    stanza = body.id or new_stanza()
    content: bytes | None = None
    if body.media is not None:
        try:
            content = base64.b64decode(body.media.base64, validate=True)
        except binascii.Error as error:
            raise HTTPException(422, "media.base64 is not base64") from error
    media = media_of(stanza, body.media.mimetype, body.media.filename) if body.media else None
    now = world.now()
    message = Message(
        chat=chat_jid(body.chat),
        stanza=stanza,
        sender=person_jid(body.sender),
        name=body.name,
        text=body.text,
        at=int(now if body.at is None else body.at),
        quote=_bare(body.quote),
        mentions=tuple(person_jid(person) for person in body.mentions),
        media=media,
        voice=body.voice,
        phone=person_jid(body.phone) if body.phone else None,
        accepted_at=now,
    )
    await world.say(message, body.chat_name, content, body.delivery())
    return {"id": stanza}


def _target(world: World, body: _Act) -> tuple[Message, str]:
    """Return the message and who acts on it; 404 when there is none."""
    message = world.store.message(chat_jid(body.chat), _bare(body.id) or "")
    if message is None:
        raise HTTPException(404, f"no message {body.id} in {body.chat}")
    return message, person_jid(body.sender) if body.sender else message.sender


@router.post("/edit")
async def edit(body: _Edit, world: WorldDep) -> Json:
    """The author changes the text; returns {id} of the edit."""
    message, _ = _target(world, body)
    return {"id": await world.edit(message, body.text, body.delivery())}


@router.post("/revoke")
async def revoke(body: _Act, world: WorldDep) -> Json:
    """The author, or an admin told as `from`, deletes it; returns {id} of the revoke."""
    message, by = _target(world, body)
    return {"id": await world.revoke(message, by, body.delivery())}


@router.post("/react")
async def react(body: _Reaction, world: WorldDep) -> Json:
    """Somebody reacts with an emoji; an empty one takes it back."""
    message, by = _target(world, body)
    return {"id": await world.react(message, by, body.emoji, body.delivery())}


@router.post("/deliver")
async def deliver(body: _Raw, world: WorldDep) -> list[Json]:
    """Sign and post an arbitrary body at once, without retries; returns each attempt's status."""
    raw = body.body if isinstance(body.body, str) else json.dumps(body.body)
    attempts = []
    for _ in range(body.times):
        status, error = await world.outbox.post(
            raw.encode(), bad_signature=body.bad_signature, extra=body.headers
        )
        await world.journal.write("raw_delivery", status=status, error=error)
        attempts.append({"status": status, "error": error})
    return attempts


@router.get("/chats")
async def chats(world: WorldDep) -> list[Json]:
    """Return every chat with the people who have spoken in it."""
    return [
        {
            "chat": chat,
            "name": name,
            "people": [{"id": who, "name": called} for who, called in world.store.people(chat)],
        }
        for chat, name in world.store.chats()
    ]


@router.get("/chats/{chat}")
async def transcript(chat: str, world: WorldDep) -> Json:
    """Return the whole transcript, oldest first."""
    jid = chat_jid(chat)
    found = world.store.newest(jid, limit=1_000_000)
    name = dict(world.store.chats()).get(jid, jid)
    return {
        "chat": jid,
        "name": name,
        "messages": [world.shown(message) for message in reversed(found)],
    }


@router.get("/sent")
async def sent(world: WorldDep) -> list[Json]:
    """Return every accepted sendText, oldest first, those with a lost answer too."""
    return [
        {
            "id": message.stanza,
            "chat": message.chat,
            "text": message.text,
            "quote": message.quote,
            "mentions": list(message.mentions),
            "at": message.accepted_at,
        }
        for message in world.store.sent()
    ]


@router.get("/log")
async def log(world: WorldDep) -> list[Json]:
    """Return the newest lines of the log, oldest first."""
    return list(world.journal.recent)


@router.get("/outbox")
async def outbox(world: WorldDep) -> Json:
    """Return how many webhooks are pending, delivered and given up."""
    return world.store.outbox_counts()


@router.post("/flush")
async def flush(world: WorldDep) -> Json:
    """Retry everything pending now instead of after the delay."""
    world.outbox.flush()
    return world.store.outbox_counts()


@router.post("/reset")
async def reset(world: WorldDep) -> Json:
    """Forget chats, media, sends and owed webhooks, and end all faults; the log file stays."""
    world.store.clear()
    world.journal.recent.clear()
    world.weather.set(Faults())
    world.session_status = "WORKING"
    return {"ok": True}


@router.get("/faults")
async def faults(world: WorldDep) -> Faults:
    """Return the faults in force."""
    return world.weather.faults


@router.put("/faults")
async def set_faults(body: Faults, world: WorldDep) -> Faults:
    """Replace all faults (`{}` ends them) and start the dice afresh."""
    world.weather.set(body)
    return world.weather.faults


@router.put("/webhook")
async def set_webhook(body: _Target, world: WorldDep) -> Json:
    """Deliver to another address from now on; null: nowhere."""
    world.outbox.webhook_url = body.url
    return {"url": body.url}


@router.put("/clock")
async def set_clock(body: _Clock, world: WorldDep) -> Json:
    """Stamp messages so far ahead of the machine's clock from now on."""
    world.ahead_seconds = body.ahead_seconds
    return {"now": world.now()}


@router.put("/session")
async def set_session(body: _Status, world: WorldDep) -> Json:
    """Change the session's status; sendText works only while it is WORKING."""
    await world.change_session(body.status)
    return {"status": world.session_status}


@router.get("/events")
async def events(request: Request, world: WorldDep) -> StreamingResponse:
    """Stream {type: message | changed, chat, message} as server-sent events."""

    async def stream() -> AsyncIterator[str]:
        yield ": listening\n\n"
        async for news in world.watch():
            yield ": still here\n\n" if news is None else f"data: {json.dumps(news)}\n\n"

    headers = {"cache-control": "no-store"}
    return StreamingResponse(stream(), media_type="text/event-stream", headers=headers)


_SHOWN = ("image/jpeg", "image/png", "image/webp", "image/gif", "audio/", "video/")


@router.get("/media/{name}")
async def media(name: str, world: WorldDep) -> Response:
    """Return a media file to the page; what a browser could run is only offered to be saved."""
    found = world.store.file(name)
    if found is None:
        raise HTTPException(404, "no such file")
    headers = {"x-content-type-options": "nosniff"}
    if not found[0].startswith(_SHOWN):
        headers["content-disposition"] = "attachment"
    return Response(found[1], media_type=found[0], headers=headers)
