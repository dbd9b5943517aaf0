"""What labelled and simulated chats share on their way down the path of live traffic: photos that
show what their label says, and where each message went."""

from __future__ import annotations

from domain.errors import MediaRefused
from domain.ports import Models, Toolbox
from domain.reading import (
    Classification,
    Extraction,
    FollowUp,
    ImageDescription,
    ModelCall,
    PlaceChoice,
)
from server.persistence.database import Pool
from tools.models.local.engine import describe_text


class CaptionedEyes:
    """Implements domain.ports.Models: `inner`, but a picture shows what its label says."""

    def __init__(self, inner: Models) -> None:
        self._inner = inner

    async def classify(self, call: ModelCall) -> Classification:
        return await self._inner.classify(call)

    async def extract(self, call: ModelCall, tools: Toolbox | None = None) -> Extraction:
        return await self._inner.extract(call, tools)

    async def describe_image(
        self, call: ModelCall, image: bytes, mimetype: str
    ) -> ImageDescription:
        return describe_text(image.decode().partition("\n")[2])

    async def follow_up(self, call: ModelCall, tools: Toolbox | None = None) -> FollowUp:
        return await self._inner.follow_up(call, tools)

    async def assign(self, call: ModelCall) -> PlaceChoice:
        return await self._inner.assign(call)


class Unlooked:
    """Implements domain.ports.Inspector: the bytes are the label, and pass."""

    async def normalise_image(self, data: bytes) -> bytes:
        if not data:
            raise MediaRefused("empty")
        return data


async def where_messages_went(pool: Pool) -> dict[str, tuple[str | None, str]]:
    """The incident of each message, and why."""
    async with pool.connection() as conn:
        rows = await (
            await conn.execute(
                """SELECT m.message_id, m.incident_id, a.reason FROM messages m
                   LEFT JOIN LATERAL (
                     SELECT reason FROM assignments a
                     WHERE a.turn_id = m.turn_id AND a.message_id = m.message_id
                     ORDER BY a.id DESC LIMIT 1) a ON true
                   WHERE NOT m.from_me"""
            )
        ).fetchall()
    return {
        row["message_id"]: (
            str(row["incident_id"]) if row["incident_id"] else None,
            row["reason"] or "",
        )
        for row in rows
    }
