"""Stored turns as the graph takes them: batched, with their files fetched and looked into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from psycopg.types.json import Jsonb

from domain.errors import MediaRefused, RetryLater
from domain.gist import Act
from domain.message import Attachment, MessageKind, image_type
from domain.person import bare_id
from domain.ports import Channel, Inspector, MediaStore
from domain.ticket import without_store
from graph.state import Turn, TurnMessage
from server.files import file_ref
from server.persistence.database import Pool
from server.persistence.matters import LEFT_OUT
from server.persistence.turns import StoredMessage, StoredTurn

log = structlog.get_logger(__name__)
FETCH_TRIES = 3


@dataclass(frozen=True)
class Batch:
    """Turns that one run takes: several message turns in a row, or one timer or fact."""

    turns: tuple[StoredTurn, ...]

    @property
    def number(self) -> int:
        """The number of its last turn."""
        return self.turns[-1].number or 0

    @property
    def kind(self) -> str:
        return self.turns[-1].kind


def batches(waiting: Sequence[StoredTurn]) -> list[Batch]:
    """Message turns next to each other are one run; timers and facts are runs of their own, and
    so are orders, and what has failed before, lest it take its neighbours with it."""
    found: list[list[StoredTurn]] = []
    for turn in waiting:
        last = found[-1][-1] if found else turn
        ordered = "order" in last.data or "order" in turn.data
        together = last.kind == turn.kind == "message" and not last.setbacks + turn.setbacks
        together = together and not ordered
        if found and together:
            found[-1].append(turn)
        else:
            found.append([turn])
    return [Batch(tuple(turns)) for turns in found]


def to_turn(batch: Batch, row: Mapping[str, Any], zone: ZoneInfo, now: datetime) -> Turn:
    """One `Turn` of the graph's state. `row` is the incident's; `now` is business time."""
    last = batch.turns[-1]
    turn = Turn(
        number=batch.number,
        kind=last.kind,
        at=now.isoformat(),
        messages=[
            _message(m, zone, t.data.get("who", "staff"), gone=bool(t.data.get(LEFT_OUT)))
            for t in batch.turns
            for m in t.messages
        ],
        name=last.name,
        data=last.data if last.kind != "message" else {},
        owner=row["owner"],
    )
    if act := last.data.get("act"):
        turn["act"] = act
    if any(t.data.get("danger") for t in batch.turns):
        turn["danger"] = True
    if taken_back := last.data.get("taken_back"):
        turn["taken_back"] = taken_back
    if any(t.data.get("corrects") for t in batch.turns):
        turn["corrects"] = True
    if any(t.data.get("ends_nothing") for t in batch.turns):
        # Another turn of the same run may still tell that it is over.
        turn["ends_nothing"] = all(t.data.get("act") != Act.FIXED for t in batch.turns)
    if replied := last.data.get("replied"):
        turn["replied"] = replied
    if any(t.data.get("besides") for t in batch.turns):
        turn["besides"] = True
    if before := next((t.data["as_before"] for t in batch.turns if "as_before" in t.data), None):
        turn["as_before"] = before
    if thing := next((t.data["as_thing"] for t in batch.turns if "as_thing" in t.data), None):
        turn["as_thing"] = thing
    if any(t.data.get("wants_person") for t in batch.turns):
        turn["wants_person"] = True
    if any(t.data.get("vouched") for t in batch.turns):
        turn["vouched"] = True
    if order := last.data.get("order"):
        turn["order"] = order
    return turn


def known_outage(row: Mapping[str, Any]) -> dict[str, str | None] | None:
    """What is known of the outage that this incident belongs to; None when it is in none."""
    if row["parent"] is None:
        return None
    names = ("system", "problem", "priority", "category", "ticket_number")
    known = {name: row[f"outage_{name}"] for name in names}
    if problem := known["problem"]:
        known["problem"] = without_store(problem, row["outage_store"])
    return known


def followed(row: Mapping[str, Any]) -> dict[str, str] | None:
    """What is known of the incident that this one goes on with; None when it is a new matter."""
    if row["follows"] is None or not row["followed_number"]:
        return None
    known = {name: row["followed_fields"].get(name) for name in ("system", "problem", "store")}
    told = {name: value for name, value in known.items() if value}
    return {**told, "incident": str(row["follows"]), "number": row["followed_number"]}


def _message(message: StoredMessage, zone: ZoneInfo, who: str, *, gone: bool) -> TurnMessage:
    """A message as the graph takes it; one that is `gone` by an edit is as good as deleted."""
    return TurnMessage(
        id=message.id,
        at=message.sent_at.isoformat(),
        local=message.sent_at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
        who=who,
        name=message.name,
        person_id=str(message.person_id or ""),
        text=message.text,
        kind=MessageKind.REVOKE.value if gone else message.kind,
        target=message.target or "",
        files=[file_ref(a) for a in message.attachments],
    )


class MediaFetcher:
    """Fetches the files of a turn before it is run; a file that is refused says why."""

    def __init__(
        self,
        pool: Pool,
        channels: Mapping[str, Channel],
        media: MediaStore,
        inspector: Inspector,
        max_bytes: int,
    ) -> None:
        self._pool = pool
        self._channels = channels
        self._media = media
        self._inspector = inspector
        self._max_bytes = max_bytes

    async def fetch(self, batch: Batch) -> Batch:
        """The same batch with each attachment fetched (sha256) or refused (error)."""
        return Batch(tuple([await self._of_turn(turn) for turn in batch.turns]))

    async def _of_turn(self, turn: StoredTurn) -> StoredTurn:
        messages = [await self._of_message(turn.channel, m) for m in turn.messages]
        return replace(turn, messages=messages)

    async def _of_message(self, channel: str, message: StoredMessage) -> StoredMessage:
        todo = [a for a in message.attachments if not a.get("sha256") and not a.get("error")]
        if not todo:
            return message
        done = [
            await self._take(channel, Attachment(**a)) if a in todo else a
            for a in message.attachments
        ]
        async with self._pool.connection() as conn:
            await conn.execute(
                "UPDATE messages SET attachments = %s WHERE id = %s", (Jsonb(done), message.row)
            )
        return replace(message, attachments=done)

    async def _take(self, channel: str, attachment: Attachment) -> dict[str, Any]:
        sha256, picture, error = None, None, None
        try:
            data = await self._fetch(channel, attachment)
            mimetype = attachment.mimetype
            if attachment.is_image:
                # The desk gets the bytes as they came; whoever looks into them, a safe copy.
                safe, mimetype = await self._inspector.normalise_image(data), image_type(mimetype)
                picture = await self._media.put(safe, "image/png")
            sha256 = await self._media.put(data, mimetype)
            attachment = replace(attachment, mimetype=mimetype, size=len(data))
        except (MediaRefused, RetryLater) as refusal:
            error = str(refusal) or type(refusal).__name__
            log.warning("attachment refused", channel=channel, reason=error)
        return {
            "mimetype": attachment.mimetype,
            "filename": attachment.filename,
            "url": attachment.url,
            "sha256": sha256,
            "picture": picture,
            "size": attachment.size,
            "error": error,
        }

    async def _fetch(self, channel: str, attachment: Attachment) -> bytes:
        for attempt in range(1, FETCH_TRIES + 1):
            try:
                return await self._channels[channel].fetch(attachment, self._max_bytes)
            except RetryLater:
                if attempt == FETCH_TRIES:
                    raise
        raise MediaRefused("not fetched")


def staff_ids(values: Sequence[str]) -> frozenset[str]:
    """Support people by setting, as comparable ids."""
    return frozenset(bare_id(value) for value in values)
