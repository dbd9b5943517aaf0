"""A turn out of chat messages: what Studio and `langgraph_sdk` send instead of an inbox's turn."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from langchain_core.messages import HumanMessage

from domain.errors import MediaRefused
from domain.message import image_type
from domain.ports import Inspector, MediaStore
from graph.state import FileRef, IncidentState, Turn, TurnMessage

# Bytes of an image inside a message; larger ones come by a channel.
IMAGE_MAX = 8 * 1024 * 1024
SOMEBODY = "Usuario"
_DATA_URL = re.compile(r"data:(image/[\w.+-]+);base64,(.*)", re.DOTALL)


async def turn_from_chat(
    state: IncidentState,
    fresh: Sequence[HumanMessage],
    media: MediaStore | None,
    inspector: Inspector | None,
) -> Turn:
    """The next turn of an incident, made of these messages; their images go into the store.

    Without a store or an inspector an image is refused, like one that came by a link.
    """
    now = datetime.now(UTC)
    messages = [
        TurnMessage(
            id=str(message.id or uuid4()),
            at=now.isoformat(),
            local=f"{now:%Y-%m-%d %H:%M}",
            who="staff",
            name=message.name or SOMEBODY,
            person_id=f"chat:{message.name or SOMEBODY}",
            text=str(message.text),
            kind="text",
            files=[await _keep(block, media, inspector) for block in _images(message)],
        )
        for message in fresh
    ]
    number = state.get("last_turn", 0) + 1
    return Turn(number=number, kind="message", at=now.isoformat(), messages=messages)


def _images(message: HumanMessage) -> list[dict[str, Any]]:
    blocks = message.content if isinstance(message.content, list) else []
    return [b for b in blocks if isinstance(b, dict) and b.get("type") in ("image", "image_url")]


async def _keep(
    block: dict[str, Any], media: MediaStore | None, inspector: Inspector | None
) -> FileRef:
    """The image of one content block, as a file that was kept or refused."""
    file = FileRef(name="imagen.png", mimetype="image/png")
    try:
        if media is None or inspector is None:
            raise MediaRefused("aquí no se aceptan imágenes")
        image = _bytes(block)
        safe = await inspector.normalise_image(image)
        file["sha256"] = await media.put(image, _type(block))
        file["picture"] = await media.put(safe, "image/png")
    except MediaRefused as error:
        file["error"] = str(error)
    return file


def _url(block: dict[str, Any]) -> re.Match[str] | None:
    """The data URL of a block of OpenAI's shape."""
    url = block.get("image_url", block.get("url", ""))
    return _DATA_URL.match(str(url.get("url", "") if isinstance(url, dict) else url))


def _type(block: dict[str, Any]) -> str:
    found = _url(block)
    return image_type(str(block.get("mime_type") or (found[1] if found else "")))


def _bytes(block: dict[str, Any]) -> bytes:
    """The bytes inside a block of LangChain's or OpenAI's shape. Raises MediaRefused."""
    found = _url(block)
    encoded = str(block.get("base64") or block.get("data") or (found[2] if found else ""))
    if not encoded:
        raise MediaRefused("solo se aceptan imágenes incluidas en el mensaje")
    if len(encoded) > IMAGE_MAX * 4 // 3 + 4:
        raise MediaRefused(f"la imagen supera {IMAGE_MAX >> 20} MB")
    try:
        return base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise MediaRefused("la imagen no está en base64") from error
