"""A chat in which nothing is said: it keeps what would be, and gives files out of the export."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from domain.errors import BadInput, MediaRefused
from domain.message import Attachment
from tools.channels.export.source import MediaLoader


class RecordingChannel:
    """Implements domain.ports.Channel on an exported chat. `said` holds the texts by effect key."""

    def __init__(self, media: Mapping[str, MediaLoader]) -> None:
        self.said: dict[str, str] = {}
        self._media = media

    async def send_text(
        self,
        chat: str,
        text: str,
        *,
        quote: str | None = None,
        mentions: Sequence[str] = (),
        effect_key: str,
    ) -> str:
        """Keep the text; its made-up stanza id."""
        self.said[effect_key] = text
        return f"replay-{len(self.said)}"

    async def find_sent(
        self,
        chat: str,
        text: str,
        since: datetime,
        *,
        quote: str | None = None,
        others: Collection[str] = (),
    ) -> str | None:
        """Nothing was ever sent."""
        return None

    async def fetch(self, attachment: Attachment, limit: int) -> bytes:
        """The bytes of a file of the export. Raises MediaRefused."""
        load = self._media.get(attachment.filename or "")
        if load is None:
            raise MediaRefused(attachment.error or "not in the export")
        if (attachment.size or 0) > limit:
            raise MediaRefused(f"bigger than {limit} bytes")
        try:
            data = await asyncio.to_thread(load)
        except BadInput as error:
            raise MediaRefused(str(error)) from error
        if len(data) > limit:
            raise MediaRefused(f"bigger than {limit} bytes")
        return data
