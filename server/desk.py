"""How effects of the desk lane reach the desk: contact, ticket, comments, files, changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import structlog

from domain.effect import ticket_key
from domain.errors import DeskRefused, MediaRefused
from domain.ports import Contact, MediaStore, Ticket, TicketDesk
from domain.ticket import TicketDraft, source_ref
from server.persistence import outbox
from server.persistence.database import Pool
from server.persistence.outbox import Row

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Learnt:
    """What an attempt or a look found out; `fact` names what the incident should be told."""

    remote: Mapping[str, Any] = field(default_factory=dict)
    fact: str | None = None


def mark_of(key: str) -> str:
    """The hidden mark of a comment: short, and the same for the same effect."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]


class DeskHand:
    """Acts on the desk for one effect, and looks whether it was done."""

    def __init__(
        self,
        desk: TicketDesk,
        pool: Pool,
        media: MediaStore,
        settings_errors: Callable[[DeskRefused], bool],
    ) -> None:
        self._desk = desk
        self._pool = pool
        self._media = media
        self.is_settings_error = settings_errors

    async def act(self, row: Row) -> Learnt:
        """Do it. Raises what the desk raises."""
        if row.kind == "open_ticket":
            return await self._open(row)
        ticket = await self._ticket_of(row)
        if row.kind == "add_comment":
            text = str(row.text or row.payload["text"])
            comment = await self._desk.add_comment(ticket, text, mark=mark_of(row.effect_key))
            return Learnt({"id": comment})
        if row.kind == "attach_file":
            return await self._attach(row, ticket)
        changes = {str(k): str(v) for k, v in row.payload["changes"].items()}
        if condition := row.payload.get("only_if"):
            return await self._change_if(row, ticket, changes, str(condition))
        changed = await self._desk.update_ticket(ticket, changes)
        return Learnt(_as_json(changed))

    async def find(self, row: Row) -> Learnt | None:
        """Whether it was done after all; None when the desk knows nothing of it."""
        if row.kind == "open_ticket":
            return await self._find_ticket(row)
        ticket = await self._ticket_of(row)
        if row.kind == "add_comment":
            comment = await self._desk.find_comment(ticket, mark_of(row.effect_key))
            return None if comment is None else Learnt({"id": comment})
        if row.kind == "attach_file":
            file = await self._desk.find_attachment(ticket, _file_name(row))
            if file is None:  # refused, perhaps, and that was what we were saying
                file = await self._desk.find_comment(ticket, mark_of(row.effect_key))
            return None if file is None else Learnt({"id": file})
        return None  # A change of fields may simply be sent again: it is the same change.

    async def _change_if(
        self, row: Row, ticket: str, changes: dict[str, str], condition: str
    ) -> Learnt:
        """Change a ticket only while it is `closed`, or `untouched`: open, in the status and with
        the assignee that it was opened with. Otherwise it is left as it is, which is remembered;
        the incident of one that is not `untouched` is told."""
        now = await self._desk.get_ticket(ticket)
        async with self._pool.connection() as conn:
            opened = await outbox.find_effect(conn, ticket_key(str(row.incident_id)))
        before = (opened or {}).get("remote") or {}
        taken = now.assigned and not before.get("assigned")
        untouched = not now.closed and not taken and now.status == before.get("status")
        if not (now.closed if condition == "closed" else untouched):
            kept = "ticket_changed" if now.closed else "ticket_kept"
            left = {**_as_json(now), "left": now.status}
            return Learnt(left, None if condition == "closed" else kept)
        changed = await self._desk.update_ticket(ticket, changes)
        return Learnt(_as_json(changed), "ticket_changed")

    async def _open(self, row: Row) -> Learnt:
        payload = row.payload
        draft = TicketDraft(
            incident_id=str(row.incident_id),
            subject=payload["subject"],
            description=payload["description"],
            priority=payload["priority"],
            category=payload["category"],
            reporter_id=payload["reporter_id"],
            reporter_name=payload["reporter_name"],
            fields=payload["fields"],
        )
        contact = await self._contact(row)
        return Learnt(_as_json(await self._desk.open_ticket(draft, contact)), "ticket_opened")

    async def _find_ticket(self, row: Row) -> Learnt | None:
        found = await self._desk.find_tickets(source_ref(str(row.incident_id)))
        if not found:
            return None
        for extra in found[1:]:
            log.error("duplicate ticket", incident=str(row.incident_id), ticket=extra.number)
            await self._desk.update_ticket(extra.id, {"status": "Closed"})
        return Learnt(_as_json(found[0]), "ticket_opened")

    async def _attach(self, row: Row, ticket: str) -> Learnt:
        name = _file_name(row)
        try:
            data, mimetype = await self._media.get(str(row.payload["sha256"]))
            return Learnt({"id": await self._desk.attach_file(ticket, name, mimetype, data)})
        except (MediaRefused, DeskRefused) as refusal:
            # The ticket must not fail for a file: a person reads why it is not there.
            text = f"Adjunto rechazado: {name} ({refusal})"
            comment = await self._desk.add_comment(ticket, text, mark=mark_of(row.effect_key))
            return Learnt({"id": comment, "refused": str(refusal)})

    async def _contact(self, row: Row) -> str:
        """The desk's id of the reporter, asked once and kept."""
        person = UUID(row.payload["reporter_id"])
        async with self._pool.connection() as conn:
            rows = await (
                await conn.execute(
                    """SELECT p.id, p.contact_id, p.name, i.kind, i.value FROM persons known
                       JOIN persons p ON p.id = coalesce(known.merged_into, known.id)
                       LEFT JOIN person_ids i ON i.person_id = p.id WHERE known.id = %s""",
                    (person,),
                )
            ).fetchall()
        if rows and rows[0]["contact_id"]:
            return str(rows[0]["contact_id"])
        person = rows[0]["id"] if rows else person
        ids = {r["kind"]: r["value"] for r in rows if r["kind"]}
        contact = await self._desk.ensure_contact(
            Contact(
                person_id=str(person),
                name=rows[0]["name"] if rows else row.payload["reporter_name"],
                phone=ids.get("phone"),
                lid=ids.get("lid"),
            )
        )
        async with self._pool.connection() as conn:
            kept = await (
                await conn.execute(
                    """UPDATE persons SET contact_id = coalesce(contact_id, %s) WHERE id = (
                         SELECT coalesce(merged_into, id) FROM persons WHERE id = %s)
                       RETURNING contact_id""",
                    (contact, person),
                )
            ).fetchone()
        # Somebody may have been quicker, or they may have turned out to be somebody known.
        return str(kept["contact_id"]) if kept else contact

    async def _ticket_of(self, row: Row) -> str:
        async with self._pool.connection() as conn:
            holder = str(row.payload.get("on", row.incident_id))
            needed = await outbox.find_effect(conn, ticket_key(holder))
        if needed is None or not needed["remote"]:
            raise DeskRefused("the incident has no ticket", "NO_TICKET")
        return str(needed["remote"]["id"])


def _file_name(row: Row) -> str:
    """A name that is the same for the same file: a piece of its hash in front."""
    return f"{str(row.payload['sha256'])[:8]}-{row.payload.get('name') or 'archivo'}"


def _as_json(ticket: Ticket) -> dict[str, Any]:
    return {
        "id": ticket.id,
        "number": ticket.number,
        "status": ticket.status,
        "closed": ticket.closed,
        "url": ticket.url,
        "assigned": ticket.assigned,
    }
