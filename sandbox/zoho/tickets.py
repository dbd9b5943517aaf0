"""Tickets with their comments and attachments, and the rules a portal holds them to."""

from pathlib import PurePath
from typing import Any

from sandbox.zoho.clock import iso
from sandbox.zoho.config import ZohoConfig
from sandbox.zoho.contacts import Contacts
from sandbox.zoho.errors import (
    FieldError,
    ZohoError,
    invalid_data,
    not_found,
    unsupported_media,
)
from sandbox.zoho.multipart import Upload
from sandbox.zoho.store import Store
from sandbox.zoho.validation import require_valid, schema_errors
from sandbox.zoho.visit import AGENTS, Visit
from sandbox.zoho.webhooks import Webhooks

_BLANK: dict[str, Any] = {
    **dict.fromkeys(
        (
            "description",
            "resolution",
            "priority",
            "category",
            "subCategory",
            "classification",
            "channel",
            "channelCode",
            "language",
            "phone",
            "email",
            "dueDate",
            "responseDueDate",
            "assigneeId",
            "teamId",
            "productId",
            "accountId",
            "layoutId",
            "closedTime",
        )
    ),
    "secondaryContacts": [],
    "sharedDepartments": [],
    "entitySkills": [],
    "isTrashed": False,
    "isDeleted": False,
    "isArchived": False,
    "isSpam": False,
    "threadCount": "0",
    "commentCount": "0",
    "attachmentCount": "0",
}


class Tickets:
    """Creates, changes and finds tickets; tells the webhooks."""

    def __init__(
        self, config: ZohoConfig, store: Store, contacts: Contacts, webhooks: Webhooks
    ) -> None:
        self._config = config
        self._store = store
        self._contacts = contacts
        self._webhooks = webhooks

    def create(self, visit: Visit, body: dict[str, Any]) -> dict[str, Any]:
        """A new ticket, for a known contact or for a nested one with email and lastName."""
        errors = schema_errors("ticketCreate", body)
        if "contactId" not in body and "contact" not in body:
            errors.append(FieldError("/contactId", "missing"))
        self._require(errors, body)
        with self._store.transaction():
            rest = {key: value for key, value in body.items() if key != "contact"}
            if "contactId" not in body:
                known = self._contacts.with_email(body["contact"]["email"])
                person = known or self._contacts.create(visit, body["contact"])
                rest["contactId"] = person["id"]
            now, id_ = iso(), self._store.next_id()
            status = rest.get("status", "Open")
            kind = self._config.statuses[status]
            ticket = {
                "id": id_,
                "ticketNumber": self._store.next_number(),
                **_BLANK,
                "webUrl": f"https://desk.zoho.example/agent/tickets/{id_}",
                **rest,
                "status": status,
                "statusType": kind,
                "cf": {**dict.fromkeys(self._config.custom_fields), **rest.get("cf", {})},
                "createdTime": now,
                "modifiedTime": now,
                "closedTime": now if kind == "Closed" else None,
                "createdBy": visit.agent_id,
                "source": {"type": "SYSTEM", "extId": None, "permalink": None},
            }
            self._store.put("ticket", ticket)
        _note(visit.created, ticket)
        self._webhooks.announce("Ticket_Add", ticket, department=ticket["departmentId"])
        return ticket

    def update(self, visit: Visit, ticket_id: str, body: dict[str, Any]) -> dict[str, Any]:
        """Change a ticket; 422 UNPROCESSABLE_ENTITY for one in the trash."""
        old = self.one(ticket_id)
        self._require(schema_errors("ticketUpdate", body), body)
        if old["isTrashed"]:
            raise ZohoError(422, "UNPROCESSABLE_ENTITY", "The ticket is in the trash.")
        new = {**old, **body, "cf": {**old["cf"], **body.get("cf", {})}, "modifiedTime": iso()}
        new["statusType"] = self._config.statuses[new["status"]]
        if new["statusType"] != "Closed":
            new["closedTime"] = None
        elif old["statusType"] != "Closed":
            new["closedTime"] = new["modifiedTime"]
        changed = {key for key in body if new[key] != old[key]}
        self._store.put("ticket", new)
        _note(visit.changed, new)
        if changed:
            before = {key: old[key] for key in changed}
            if "status" in changed:
                before["statusType"] = old["statusType"]
            self._webhooks.announce(
                "Ticket_Update", new, department=new["departmentId"], before=before
            )
        return new

    def close(self, visit: Visit, body: dict[str, Any]) -> None:
        """Close every ticket named; 422 if one is unknown, and then none is closed."""
        for ticket_id in self._known(body):
            self.update(visit, ticket_id, {"status": "Closed"})

    def trash(self, visit: Visit, body: dict[str, Any]) -> None:
        """Move every ticket named to the trash; 422 if one is unknown, and then none moves."""
        for ticket_id in self._known(body):
            ticket = {**self.one(ticket_id), "isTrashed": True, "modifiedTime": iso()}
            self._store.put("ticket", ticket)
            visit.changed("ticket", id=ticket_id, isTrashed=True)
            self._webhooks.announce(
                "Ticket_Delete", {"id": ticket_id}, department=ticket["departmentId"]
            )

    def one(self, ticket_id: str) -> dict[str, Any]:
        """The ticket with this id, or 404."""
        ticket = self._store.get("ticket", ticket_id)
        if ticket is None:
            raise not_found()
        return ticket

    def comment(self, visit: Visit, ticket_id: str, body: dict[str, Any]) -> dict[str, Any]:
        """A note on the ticket, with attachments the ticket already has."""
        ticket = self.one(ticket_id)
        require_valid("commentCreate", body)
        attached = [
            attachment
            for attachment in self._store.children("attachment", ticket_id)
            if attachment["id"] in body.get("attachmentIds", [])
        ]
        if len(attached) != len(set(body.get("attachmentIds", []))):
            raise invalid_data([FieldError("/attachmentIds", "invalid")])
        now = iso()
        comment = {
            "id": self._store.next_id(),
            "content": body["content"],
            "contentType": body.get("contentType", "plainText"),
            "isPublic": body.get("isPublic", False),
            "commentedTime": now,
            "modifiedTime": None,
            "commenterId": visit.agent_id,
            "commenter": {"id": visit.agent_id, "name": AGENTS[visit.agent_id], "type": "AGENT"},
            "attachments": attached,
        }
        with self._store.transaction():
            self._store.put("comment", comment, parent=ticket_id)
            self._recount(ticket, "commentCount")
        visit.created("comment", id=comment["id"], ticketId=ticket_id, content=comment["content"])
        self._webhooks.announce(
            "Ticket_Comment_Add",
            {**comment, "ticketId": ticket_id},
            department=ticket["departmentId"],
        )
        return comment

    def attach(
        self, visit: Visit, ticket_id: str, upload: Upload, *, public: bool, origin: str
    ) -> dict[str, Any]:
        """Keep a file with the ticket; 413 above the limit, 415 for a blocked type."""
        ticket = self.one(ticket_id)
        if len(upload.content) > self._config.attachment_limit_bytes:
            raise ZohoError(413, "RESOURCE_SIZE_EXCEEDED", "The file is too large.")
        if PurePath(upload.name).suffix.lower() in self._config.blocked_extensions:
            raise unsupported_media()
        if not 0 < len(upload.name) <= 100:
            raise invalid_data([FieldError("/name", "invalid")])
        id_ = self._store.next_id()
        attachment = {
            "id": id_,
            "name": upload.name,
            "size": str(len(upload.content)),
            "creatorId": visit.agent_id,
            "createdTime": iso(),
            "isPublic": public,
            "href": f"{origin}/api/v1/tickets/{ticket_id}/attachments/{id_}/content",
            "previewurl": None,
        }
        with self._store.transaction():
            self._store.put("attachment", attachment, parent=ticket_id, content=upload.content)
            self._recount(ticket, "attachmentCount")
        visit.created(
            "attachment", id=id_, ticketId=ticket_id, name=upload.name, size=attachment["size"]
        )
        return attachment

    def comments(self, ticket_id: str) -> list[dict[str, Any]]:
        """The ticket's comments, oldest first."""
        return self._store.children("comment", self.one(ticket_id)["id"])

    def attachments(self, ticket_id: str) -> list[dict[str, Any]]:
        """The ticket's attachments, oldest first."""
        return self._store.children("attachment", self.one(ticket_id)["id"])

    def content(self, ticket_id: str, attachment_id: str) -> tuple[str, bytes]:
        """An attachment's name and bytes, or 404."""
        for attachment in self.attachments(ticket_id):
            if attachment["id"] == attachment_id:
                return attachment["name"], self._store.content(attachment_id)
        raise not_found()

    def _recount(self, ticket: dict[str, Any], count: str) -> None:
        counted = str(int(ticket[count]) + 1)
        self._store.put("ticket", {**ticket, count: counted, "modifiedTime": iso()})

    def _known(self, body: dict[str, Any]) -> list[str]:
        require_valid("ids", body)
        ids: list[str] = body["ids"]
        if any(self._store.get("ticket", id_) is None for id_ in ids):
            raise invalid_data([FieldError("/ids", "invalid")])
        return ids

    def _require(self, errors: list[FieldError], body: dict[str, Any]) -> None:
        def refuse(name: str) -> None:
            errors.append(FieldError(f"/{name}", "invalid"))

        for name, allowed in self._config.picklists.items():
            value = body.get(name)
            if isinstance(value, str) and value not in allowed:
                refuse(name)
        status = body.get("status")
        if isinstance(status, str) and status not in self._config.statuses:
            refuse("status")
        department = body.get("departmentId")
        if isinstance(department, str) and department != self._config.department_id:
            refuse("departmentId")
        contact = body.get("contactId")
        if isinstance(contact, str) and self._store.get("contact", contact) is None:
            refuse("contactId")
        if body.get("uploads"):  # this portal has no POST /uploads, so no upload is known
            refuse("uploads")
        cf = body.get("cf")
        for name in cf if isinstance(cf, dict) else ():
            if name not in self._config.custom_fields:
                refuse(f"cf/{name}")
        if errors:
            raise invalid_data(errors)


def _note(note: Any, ticket: dict[str, Any]) -> None:
    names = ("id", "ticketNumber", "subject", "status", "statusType")
    facts = {name: ticket[name] for name in names}
    note("ticket", cf_source_ref=ticket["cf"].get("cf_source_ref"), **facts)
