"""WAHA's own API: sending, reading a chat back, sessions, groups and media files."""

import hmac
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, ValidationError

from sandbox.waha.listener import drop
from sandbox.waha.wire import Json, is_chat, stanza_of
from sandbox.waha.world import World

_LONGEST_TEXT = 65_536


class _SendText(BaseModel):
    """Body of POST /api/sendText; WAHA ignores fields it does not know."""

    chatId: str
    text: Annotated[str, Field(min_length=1)]
    session: str
    reply_to: str | None = None
    mentions: list[str] = []
    linkPreview: bool = True
    linkPreviewHighQuality: bool = False


class _ChatAct(BaseModel):
    """Body of the calls that only show something to the group."""

    chatId: str
    session: str


_Body = TypeVar("_Body", bound=BaseModel)


def _refusal(status: int, message: str | list[str]) -> HTTPException:
    """Return WAHA's (NestJS's) error body."""
    return HTTPException(status, detail=message)


def _parse(model: type[_Body], raw: bytes) -> _Body:
    try:
        return model.model_validate_json(raw, strict=True)
    except ValidationError as error:
        told = [
            f"{'.'.join(map(str, found['loc'])) or 'body'}: {found['msg']}"
            for found in error.errors()
        ]
        raise _refusal(400, told) from error


def _world(request: Request) -> World:
    world: World = request.app.state.world
    return world


WorldDep = Annotated[World, Depends(_world)]


def _authorised(
    request: Request, world: WorldDep, key: Annotated[str | None, Query(alias="x-api-key")] = None
) -> None:
    given = request.headers.get("x-api-key") or key or ""
    if not hmac.compare_digest(given.encode(), world.config.api_key.encode()):
        raise _refusal(401, "Unauthorized")


router = APIRouter(prefix="/api", dependencies=[Depends(_authorised)])


def _check_target(world: World, session: str, chat: str) -> None:
    """Raise 422 where WAHA could not send."""
    if session != world.config.session:
        raise _refusal(422, f'Session "{session}" does not exist')
    if world.session_status != "WORKING":
        raise _refusal(
            422,
            "Session status is not as expected. Try again later or restart the session: "
            f"status {world.session_status}, expected WORKING",
        )
    if not is_chat(chat):
        raise _refusal(422, f'chatId "{chat}" is not a chat id')


@router.post("/sendText")
async def send_text(request: Request, world: WorldDep) -> Response:
    """Post a text as the bot; 201 with the message object."""
    body = _parse(_SendText, await request.body())
    _check_target(world, body.session, body.chatId)
    if len(body.text) > _LONGEST_TEXT:
        raise _refusal(422, "text is too long")
    quote = stanza_of(body.reply_to) if body.reply_to else None
    if body.reply_to and quote is None:
        raise _refusal(
            422, f'reply_to "{body.reply_to}" is not {{fromMe}}_{{chat}}_{{id}}[_{{participant}}]'
        )
    for person in body.mentions:
        if person != "all" and not is_chat(person):
            raise _refusal(422, f'mention "{person}" is not a contact id')
    lost = world.weather.loses_answer()
    message = await world.send(
        body.chatId, body.text, quote, tuple(body.mentions), answered=not lost
    )
    if lost:
        return await drop(request)
    return JSONResponse(world.payload(message), status_code=201)


@router.post("/sendSeen")
@router.post("/startTyping")
@router.post("/stopTyping")
async def show_presence(request: Request, world: WorldDep) -> Response:
    """Accept, and do nothing."""
    body = _parse(_ChatAct, await request.body())
    _check_target(world, body.session, body.chatId)
    return JSONResponse({"result": True}, status_code=201)


def _check_session(world: World, session: str) -> None:
    if session != world.config.session:
        raise _refusal(404, f'Session "{session}" does not exist')


@router.get("/{session}/chats/{chat}/messages")
async def messages(
    session: str,
    chat: str,
    world: WorldDep,
    limit: Annotated[int, Query(ge=1, le=10_000)] = 10,
    offset: Annotated[int, Query(ge=0)] = 0,
    downloadMedia: bool = True,
    since: Annotated[int | None, Query(alias="filter.timestamp.gte")] = None,
    until: Annotated[int | None, Query(alias="filter.timestamp.lte")] = None,
    from_me: Annotated[bool | None, Query(alias="filter.fromMe")] = None,
) -> list[Json]:
    """Return a chat's messages, newest first; an unknown chat has none."""
    _check_session(world, session)
    found = world.store.newest(chat, limit, offset, since=since, until=until, from_me=from_me)
    return [world.payload(message, downloadMedia) for message in found]


def _session_info(world: World) -> Json:
    return {
        "name": world.config.session,
        "status": world.session_status,
        "config": {},
        "me": world.me if world.session_status == "WORKING" else None,
        "engine": {"engine": "NOWEB"},
    }


@router.get("/sessions")
async def sessions(world: WorldDep) -> list[Json]:
    """Return the one session."""
    return [_session_info(world)]


@router.get("/sessions/{name}")
async def session_info(name: str, world: WorldDep) -> Json:
    """Return the session by its name."""
    _check_session(world, name)
    return _session_info(world)


def _group(world: World, chat: str, name: str) -> Json:
    people: list[dict[str, Any]] = [
        {"id": person, "admin": None} for person, _ in world.store.people(chat)
    ]
    people.append({"id": world.config.me_lid, "admin": None})
    return {
        "id": chat,
        "addressingMode": "lid",
        "subject": name,
        "participants": people,
        "size": len(people),
    }


@router.get("/{session}/groups")
async def groups(session: str, world: WorldDep) -> list[Json]:
    """Return every group with its subject and participants."""
    _check_session(world, session)
    return [
        _group(world, chat, name) for chat, name in world.store.chats() if chat.endswith("@g.us")
    ]


@router.get("/{session}/groups/{group}")
async def group(session: str, group: str, world: WorldDep) -> Json:
    """Return one group."""
    _check_session(world, session)
    name = dict(world.store.chats()).get(group)
    if name is None:
        raise _refusal(404, f"Group {group} not found")
    return _group(world, group, name)


@router.get("/files/{name}")
async def media_file(name: str, world: WorldDep) -> Response:
    """Return the bytes of a media file."""
    found = None if world.weather.faults.media_404 else world.store.file(name)
    if found is None:
        raise _refusal(404, "File not found")
    return Response(found[1], media_type=found[0], headers={"x-content-type-options": "nosniff"})
