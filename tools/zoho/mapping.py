"""Our drafts and people as Zoho's bodies, and Zoho's rows as our tickets. No I/O."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from domain.likeness import same
from domain.ports import Contact, Ticket
from domain.ticket import PRIORITY_NAMES, TicketDraft
from tools.zoho.config import ZohoConfig
from tools.zoho.portal import Portal
from tools.zoho.texts import clean, one_line, to_html, to_plain

REF_FIELD = "cf_source_ref"
# Limits of facts/zoho-desk.md A3 and A6; Zoho does not say how long a name may be.
SUBJECT_MAX = 1000
HTML_MAX = 65_000
NAME_MAX = 80
PHONE_MAX = 50

LIST_FIELDS = ",".join(
    (REF_FIELD, "ticketNumber", "status", "statusType", "webUrl", "createdTime", "modifiedTime")
)
OPTIONAL = ("priority", "category", "classification", "channel", "language")
"""Fields that a ticket can do without when the portal does not like them."""

# What a portal may call the same thing; the first that it has is sent.
_URGENT = ("High", "Urgent", "Alta", "Urgente", "Crítica")
_NORMAL = ("Medium", "Normal", "Media")
_PRIORITIES: Mapping[str, tuple[str, ...]] = dict(
    zip(PRIORITY_NAMES.values(), (_URGENT, _NORMAL), strict=True)
)
_CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "technical": ("Technical", "Técnica", "Técnico", "Tecnica", "Technical Support"),
    "operational": ("Operational", "Operativa", "Operativo", "Operations", "Operación"),
}
_CLASSIFICATIONS = ("Problem", "Problema", "Incident", "Incidente", "Incidencia")
_DIGITS = re.compile(r"\D+")


def ticket_body(
    draft: TicketDraft, contact_id: str, config: ZohoConfig, portal: Portal
) -> dict[str, Any]:
    """The body of POST /tickets. A portal that did not tell its picklists gets only a priority."""
    body: dict[str, Any] = {
        "subject": one_line(draft.subject, SUBJECT_MAX, otherwise="Incidencia"),
        "departmentId": config.department_id,
        "contactId": contact_id,
        "description": to_html(draft.description, HTML_MAX),
        "cf": {REF_FIELD: draft.source_ref},
    }
    if (priority := priority_name(draft.priority, portal)) is not None:
        body["priority"] = priority
    for name, wanted in (
        ("category", _CATEGORIES.get(draft.category, (draft.category,))),
        ("classification", _CLASSIFICATIONS),
        ("channel", (config.channel,)),
        ("language", (config.language,)),
    ):
        if (value := portal.allows(name, wanted)) is not None:
            body[name] = value
    if portal.is_known and "language" not in portal.picklists and config.language:
        body["language"] = config.language
    return body


def priority_name(priority: str, portal: Portal) -> str | None:
    """Our priority in the portal's words; None when it has no such thing."""
    if not portal.picklists.get("priority"):
        return priority
    return portal.allows("priority", _PRIORITIES.get(priority, (priority,)))


def changes_body(changes: Mapping[str, str], portal: Portal) -> dict[str, Any]:
    """The body of PATCH /tickets/{id} for changes by the desk's names."""
    body: dict[str, Any] = {}
    for name, value in changes.items():
        if name == "description":
            body[name] = to_html(value, HTML_MAX)
        elif name == "subject":
            body[name] = one_line(value, SUBJECT_MAX, otherwise="Incidencia")
        elif name == "priority":
            body[name] = priority_name(value, portal) or value
        else:
            body[name] = value
    return body


def contact_body(contact: Contact) -> dict[str, Any]:
    """The body of POST /contacts: a phone only if there is one, a LID only in the description."""
    body: dict[str, Any] = {"lastName": one_line(contact.name, NAME_MAX, otherwise="WhatsApp user")}
    if (phone := phone_number(contact)) is not None:
        body["phone"] = phone
    if contact.lid:
        body["description"] = f"WhatsApp LID: {clean(contact.lid)}"
    return body


def phone_number(contact: Contact) -> str | None:
    """The phone as it is written at the desk, +525512345678, or None. A LID is never a phone."""
    if not contact.phone or contact.phone.strip().lower().endswith("@lid"):
        return None
    digits = _DIGITS.sub("", contact.phone.partition("@")[0].partition(":")[0])
    return f"+{digits}"[:PHONE_MAX] if digits else None


def same_phone(row: Mapping[str, Any], phone: str) -> bool:
    """Whether a contact of the desk has this number, however it is written there."""
    wanted = _DIGITS.sub("", phone)
    return any(
        _DIGITS.sub("", value) == wanted
        for value in (row.get("phone"), row.get("mobile"))
        if isinstance(value, str)
    )


def to_ticket(row: Mapping[str, Any]) -> Ticket:
    """A ticket of the desk. Closed is decided on statusType, which Zoho spells in two ways."""
    return Ticket(
        id=str(row["id"]),
        number=str(row.get("ticketNumber") or ""),
        status=str(row.get("status") or ""),
        closed=same(str(row.get("statusType") or ""), "closed"),
        source_ref=ref_of(row),
        url=_text_or_none(row.get("webUrl")),
        modified_at=_text_or_none(row.get("modifiedTime")),
        resolution=_plain_or_none(row.get("resolution")),
        subject=_text_or_none(row.get("subject")),
        priority=_text_or_none(row.get("priority")),
        description=_plain_or_none(row.get("description")),
        assigned=bool(row.get("assigneeId")),
    )


def tells_ref(row: Mapping[str, Any]) -> bool:
    """Whether a row says anything of our field, be it that it is empty."""
    cf = row.get("cf")
    return REF_FIELD in row or (isinstance(cf, dict) and REF_FIELD in cf)


def ref_of(row: Mapping[str, Any]) -> str | None:
    """Our reference of a row, in `cf` or at the top level."""
    cf = row.get("cf")
    value = cf.get(REF_FIELD) if isinstance(cf, dict) else None
    return _text_or_none(value if value is not None else row.get(REF_FIELD))


def age_order(row: Mapping[str, Any]) -> tuple[str, int, str]:
    """Sorts rows oldest first."""
    number = str(row["id"])
    return str(row.get("createdTime") or ""), len(number), number


def _plain_or_none(value: object) -> str | None:
    """The text of what the desk keeps as HTML."""
    return to_plain(value) or None if isinstance(value, str) else None


def _text_or_none(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
