"""The people of the portal: an email belongs to one of them, a phone may belong to many."""

from typing import Any

from sandbox.zoho.clock import iso
from sandbox.zoho.config import ZohoConfig
from sandbox.zoho.errors import FieldError, invalid_data, not_found
from sandbox.zoho.store import Store
from sandbox.zoho.validation import schema_errors
from sandbox.zoho.visit import Visit

_BLANK: dict[str, Any] = dict.fromkeys(
    (
        "firstName",
        "lastName",
        "phone",
        "mobile",
        "email",
        "secondaryEmail",
        "description",
        "type",
        "language",
        "accountId",
        "ownerId",
        "layoutId",
    )
)


class Contacts:
    """Creates, changes and finds contacts."""

    def __init__(self, config: ZohoConfig, store: Store) -> None:
        self._config = config
        self._store = store

    def create(self, visit: Visit, body: dict[str, Any]) -> dict[str, Any]:
        """A new contact; 422 for bad data or an email somebody already has."""
        self._require(schema_errors("contactCreate", body), body)
        now = iso()
        contact = {
            "id": self._store.next_id(),
            **_BLANK,
            **body,
            "cf": {**dict.fromkeys(self._config.custom_fields), **body.get("cf", {})},
            "createdTime": now,
            "modifiedTime": now,
            "isDeleted": False,
            "isEndUser": False,
        }
        self._store.put("contact", contact)
        self._note(visit.created, contact)
        return contact

    def update(self, visit: Visit, contact_id: str, body: dict[str, Any]) -> dict[str, Any]:
        """Change a contact; 404 for an unknown one."""
        old = self.one(contact_id)
        self._require(schema_errors("contactUpdate", body), body, besides=contact_id)
        cf = {**old["cf"], **body.get("cf", {})}
        contact = self._store.put("contact", {**old, **body, "cf": cf, "modifiedTime": iso()})
        self._note(visit.changed, contact)
        return contact

    def one(self, contact_id: str) -> dict[str, Any]:
        """The contact with this id, or 404."""
        contact = self._store.get("contact", contact_id)
        if contact is None:
            raise not_found()
        return contact

    def with_email(self, email: str) -> dict[str, Any] | None:
        """The contact who has this email, if any."""
        wanted = email.casefold()
        for contact in self._store.every("contact"):
            if (contact["email"] or "").casefold() == wanted:
                return contact
        return None

    def _require(
        self, errors: list[FieldError], body: dict[str, Any], besides: str | None = None
    ) -> None:
        cf = body.get("cf")
        for name in cf if isinstance(cf, dict) else ():
            if name not in self._config.custom_fields:
                errors.append(FieldError(f"/cf/{name}", "invalid"))
        email = body.get("email")
        if isinstance(email, str):
            owner = self.with_email(email)
            if owner is not None and owner["id"] != besides:
                errors.append(FieldError("/email", "duplicate"))
        if errors:
            raise invalid_data(errors)

    @staticmethod
    def _note(note: Any, contact: dict[str, Any]) -> None:
        names = ("id", "lastName", "phone", "mobile", "email")
        note("contact", **{name: contact[name] for name in names})
