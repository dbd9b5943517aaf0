"""Zoho Desk as our TicketDesk: what is opened can be found again, what is refused says why."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import structlog

from domain.errors import DeskRefused, OutcomeUnknown
from domain.ports import Contact, Ticket
from domain.ticket import TicketDraft
from tools.zoho.client import Body, ZohoClient
from tools.zoho.config import ZohoConfig
from tools.zoho.errors import INVALID_DATA, TOO_LARGE
from tools.zoho.mapping import (
    LIST_FIELDS,
    OPTIONAL,
    REF_FIELD,
    age_order,
    changes_body,
    contact_body,
    phone_number,
    ref_of,
    same_phone,
    tells_ref,
    ticket_body,
    to_ticket,
)
from tools.zoho.portal import PortalReader
from tools.zoho.texts import ends_in_mark, file_name, with_mark

COMMENT_MAX = 32_000
PAGE = 100
PAGES_MAX = 10
# How many tickets are opened one by one when the list does not show our field.
LOOK_INTO_MAX = 25
# Some portal answers show times of another clock; a range must not end too early.
AHEAD = timedelta(minutes=5)

log = structlog.get_logger(__name__)
_MISSING_FIELD = (
    f"The portal has no ticket field {REF_FIELD}: create a single-line text field with this API"
    " name in Zoho Desk (Setup, Layouts and Fields, Tickets) in the department's layout"
)


class ZohoDesk:
    """Implements domain.ports.TicketDesk on Zoho Desk REST v1."""

    def __init__(self, client: ZohoClient, config: ZohoConfig) -> None:
        self._client = client
        self._config = config
        self._portal = PortalReader(client)

    async def check(self) -> str:
        """The department's name, if we may work in it.

        Raises DeskRefused with a sentence that says what to mend, or RetryLater.
        """
        department = self._config.department_id
        for row in await self._pages("list_departments", "/departments", {}, size=200):
            if str(row["id"]) == department:
                portal = await self._portal.read()
                if portal.is_known and REF_FIELD not in portal.names:
                    raise DeskRefused(_MISSING_FIELD, INVALID_DATA, (f"/cf/{REF_FIELD}",))
                return str(row.get("name") or department)
        raise DeskRefused(
            f"Zoho Desk shows no department {department}: check ZOHO_DEPARTMENT_ID, and that the"
            " agent who granted access belongs to it",
            "FORBIDDEN",
        )

    async def ensure_contact(self, contact: Contact) -> str:
        """The desk's id of this person, found by phone or LID, or made."""
        found = await self._find_contact(contact)
        if found is not None:
            return found
        row = await self._client.post("create_contact", "/contacts", contact_body(contact))
        return _id(row, "create_contact")

    async def open_ticket(self, draft: TicketDraft, contact_id: str) -> Ticket:
        """Open one ticket. Optional fields that the portal refuses are left out, not fatal."""
        body = ticket_body(draft, contact_id, self._config, await self._portal.read())
        while True:
            try:
                row = await self._client.post("create_ticket", "/tickets", body)
            except DeskRefused as error:
                # A refusal is a definite no, so sending again cannot open a second ticket.
                body = _without_refused(body, error)
            else:
                _id(row, "create_ticket")
                return to_ticket(row)

    async def find_tickets(self, source_ref: str) -> list[Ticket]:
        """Tickets with this reference, oldest first.

        The newest list comes first, since it has no index lag; search finds the older ones.
        """
        if found := await self._in_list(source_ref, pages=1):
            return found
        params = {
            "departmentId": self._config.department_id,
            "customField1": f"{REF_FIELD}:{source_ref}",
        }
        try:
            rows = await self._pages("search_tickets", "/tickets/search", params)
        except DeskRefused as error:
            log.warning("zoho_search_refused", code=error.code)
            return await self._in_list(source_ref, pages=PAGES_MAX)
        return await self._with_ref(rows, source_ref)

    async def get_ticket(self, ticket_id: str) -> Ticket:
        """One ticket, now."""
        return to_ticket(await self._whole(ticket_id))

    async def changed_tickets(self, since: datetime) -> list[Ticket]:
        """Tickets of our department modified since then.

        Search runs behind by minutes: ask with overlap.
        """
        low = since.astimezone(UTC)
        params = {
            "departmentId": self._config.department_id,
            "modifiedTimeRange": f"{_iso(low)},{_iso(max(datetime.now(UTC), low) + AHEAD)}",
            "sortBy": "modifiedTime",
        }
        try:
            rows = await self._pages("search_tickets", "/tickets/search", params)
        except DeskRefused as error:
            log.warning("zoho_search_refused", code=error.code)
            rows = [row for row in await self._newest(PAGES_MAX) if _modified_since(row, low)]
        return [
            to_ticket(row if "statusType" in row else await self._whole(str(row["id"])))
            for row in rows
        ]

    async def update_ticket(self, ticket_id: str, changes: Mapping[str, str]) -> Ticket:
        """Change fields by the desk's names (status, priority, subject, description)."""
        body = changes_body(changes, await self._portal.read())
        row = await self._client.patch("update_ticket", _path(ticket_id), body)
        _id(row, "update_ticket")
        return to_ticket(row)

    async def add_comment(self, ticket_id: str, text: str, *, mark: str) -> str:
        """Add a private comment that ends in the line `[ref mark]`; its id."""
        body = {
            "content": with_mark(text, mark, COMMENT_MAX),
            "contentType": "plainText",
            "isPublic": False,
        }
        row = await self._client.post("add_comment", f"{_path(ticket_id)}/comments", body)
        return _id(row, "add_comment")

    async def find_comment(self, ticket_id: str, mark: str) -> str | None:
        """The comment with this mark, if it is there."""
        for row in await self._pages("list_comments", f"{_path(ticket_id)}/comments", {}):
            if ends_in_mark(str(row.get("content") or ""), mark):
                return str(row["id"])
        return None

    async def attach_file(self, ticket_id: str, name: str, mimetype: str, data: bytes) -> str:
        """Attach one file; its id. Raises DeskRefused with code RESOURCE_SIZE_EXCEEDED."""
        limit = self._config.attachment_max_bytes
        if len(data) > limit:
            raise DeskRefused(f"attach_file: {len(data)} bytes, limit {limit}", TOO_LARGE)
        row = await self._client.upload(
            "attach_file", f"{_path(ticket_id)}/attachments", file_name(name), mimetype, data
        )
        return _id(row, "attach_file")

    async def find_attachment(self, ticket_id: str, name: str) -> str | None:
        """The attachment of this name, if it is there."""
        wanted = file_name(name)
        for row in await self._pages("list_attachments", f"{_path(ticket_id)}/attachments", {}):
            if row.get("name") == wanted:
                return str(row["id"])
        return None

    async def _find_contact(self, contact: Contact) -> str | None:
        """Search is behind by minutes and may be refused: then a double is the lesser evil."""
        phone = phone_number(contact)
        lid = (contact.lid or "").partition("@")[0]
        params = {"phone": phone} if phone else {"_all": lid} if lid.isdigit() else None
        if params is None:
            return None
        try:
            answer = await self._client.get("search_contacts", "/contacts/search", params)
        except DeskRefused as error:
            log.warning("zoho_search_refused", code=error.code)
            return None
        for row in _rows(answer):
            told = str(row.get("description") or "")
            if same_phone(row, phone) if phone else lid in told:
                return str(row["id"])
        return None

    async def _whole(self, ticket_id: str) -> Body:
        row = await self._client.get("get_ticket", _path(ticket_id))
        if "id" not in row:
            raise DeskRefused(f"get_ticket: no ticket {ticket_id}", "URL_NOT_FOUND")
        return row

    async def _whole_or_nothing(self, ticket_id: str) -> Body:
        """A ticket that somebody may delete between a list and this look."""
        try:
            return await self._whole(ticket_id)
        except DeskRefused as error:
            if error.code != "URL_NOT_FOUND":
                raise
            return {}

    async def _in_list(self, source_ref: str, *, pages: int) -> list[Ticket]:
        return await self._with_ref(await self._newest(pages), source_ref)

    async def _with_ref(self, rows: list[Body], source_ref: str) -> list[Ticket]:
        """The rows with this reference; the newest of those that do not tell are looked into."""
        silent = [str(row["id"]) for row in rows if not tells_ref(row)][:LOOK_INTO_MAX]
        told = [row for row in rows if tells_ref(row)]
        looked_into = [await self._whole_or_nothing(ticket_id) for ticket_id in silent]
        whole = [*told, *looked_into]
        found = {str(row["id"]): row for row in whole if ref_of(row) == source_ref}
        return [to_ticket(row) for row in sorted(found.values(), key=age_order)]

    async def _newest(self, pages: int) -> list[Body]:
        params = {
            "departmentId": self._config.department_id,
            "sortBy": "-createdTime",
            "fields": LIST_FIELDS,
        }
        try:
            return await self._pages("list_tickets", "/tickets", params, pages=pages)
        except DeskRefused as error:
            if error.code != INVALID_DATA:
                raise
            log.warning("zoho_list_fields_refused", fields=error.fields)
        del params["fields"]
        return await self._pages("list_tickets", "/tickets", params, pages=pages)

    async def _pages(
        self,
        operation: str,
        path: str,
        params: Mapping[str, str],
        *,
        size: int = PAGE,
        pages: int = PAGES_MAX,
    ) -> list[Body]:
        """The rows of a list. Whether `from` counts from 0 or 1 is not sure: a row may come twice
        at the seam, never be missed, so rows are told apart by their id."""
        found: dict[str, Body] = {}
        for page in range(pages):
            start = {"from": str(page * size)} if page else {}
            rows = _rows(
                await self._client.get(operation, path, {**params, "limit": str(size), **start})
            )
            found |= {str(row["id"]): row for row in rows}
            if len(rows) < size:
                break
        return list(found.values())


def _without_refused(body: Mapping[str, Any], error: DeskRefused) -> dict[str, Any]:
    """The body without the optional fields that were named, or the refusal, told better."""
    named = {pointer.strip("/").partition("/")[0] for pointer in error.fields}
    if any(pointer.endswith(REF_FIELD) for pointer in error.fields):
        raise DeskRefused(_MISSING_FIELD, error.code, error.fields) from error
    droppable = {name for name in named if name in OPTIONAL and name in body}
    if error.code != INVALID_DATA or not named or droppable != named:
        raise error
    log.info("zoho_fields_left_out", fields=sorted(droppable))
    return {name: value for name, value in body.items() if name not in droppable}


def _path(ticket_id: str) -> str:
    return f"/tickets/{quote(ticket_id, safe='')}"


def _id(row: Body, operation: str) -> str:
    value = row.get("id")
    if not isinstance(value, str | int) or not str(value).isdigit():
        raise OutcomeUnknown(f"{operation}: answered without an id")
    return str(value)


def _rows(answer: Body) -> list[Body]:
    data = answer.get("data")
    rows = data if isinstance(data, list) else []
    return [row for row in rows if isinstance(row, dict) and "id" in row]


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def _modified_since(row: Body, since: datetime) -> bool:
    try:
        return datetime.fromisoformat(str(row.get("modifiedTime"))) >= since
    except (ValueError, TypeError):
        return True
