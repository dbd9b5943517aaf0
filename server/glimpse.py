"""A look at photos that came without a word: one that shows the error of a device is a report.

Assignment knows words alone and is short; what it put nowhere is looked at here, beside it. A photo
that tells of a failure is assigned again once its sender has had time to say what it is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import structlog
from psycopg.types.json import Jsonb

from domain.errors import AskAHuman, MediaRefused, RetryLater
from domain.ports import Clock, MediaStore, Models
from domain.reading import ModelCall, reads_as_error
from graph.context import Context
from server.persistence.database import Pool
from server.persistence.turns import StoredTurn, unworded_turn
from server.turns import Batch, MediaFetcher

log = structlog.get_logger(__name__)

# How long the words of a photo may come after it before it speaks for itself.
WORDS_WAIT = timedelta(seconds=90)
# Of an album the first ones tell enough.
LOOKED_AT = 3


class Glimpse:
    """Looks at the photos of turns that went nowhere."""

    def __init__(
        self,
        pool: Pool,
        clock: Clock,
        media: MediaStore,
        fetcher: MediaFetcher,
        models: Models,
        context: Callable[[str], Context],
    ) -> None:
        self._pool = pool
        self._clock = clock
        self._media = media
        self._fetcher = fetcher
        self._models = models
        self._context = context

    async def look(self, turn: int) -> None:
        """Have a turn's photos assigned anew when one of them shows an error."""
        async with self._pool.connection() as conn:
            stored = await unworded_turn(conn, turn)
        if stored is None:
            return
        shown = await self._read(stored)
        if shown is None:
            return
        async with self._pool.connection() as conn:
            await conn.execute(
                """UPDATE turns SET state = 'shown', due_at = %s, data = data || %s,
                     updated_at = now() WHERE id = %s AND state = 'nothing'""",
                (stored.last_at + WORDS_WAIT, Jsonb(shown), turn),
            )

    async def _read(self, turn: StoredTurn) -> dict[str, str] | None:
        """What an error in the photos says, and of what; None when they show none."""
        fetched = await self._fetcher.fetch(Batch((turn,)))
        pictures = [
            str(file["picture"])
            for message in fetched.turns[0].messages
            for file in message.attachments
            if file.get("picture")
        ]
        context = self._context(turn.chat)
        call = ModelCall("", "describe_image", context.describe_image_prompt, (), 0)
        for picture in pictures[:LOOKED_AT]:
            try:
                data, mimetype = await self._media.get(picture)
                seen = await self._models.describe_image(call, data, mimetype)
            except (MediaRefused, AskAHuman, RetryLater) as error:
                log.warning("photo not looked at", reason=str(error))
                continue
            if reads_as_error(seen):
                return {"shown": seen.text, "shown_error": seen.error or ""}
        return None
