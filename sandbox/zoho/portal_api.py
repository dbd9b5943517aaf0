"""The other routes of Zoho's two hosts: tokens, contacts, the portal's set-up and webhooks."""

from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from sandbox.zoho.admission import admit
from sandbox.zoho.config import ZohoConfig
from sandbox.zoho.errors import FieldError, invalid_data
from sandbox.zoho.exchange import (
    answer,
    listing,
    read_changes,
    read_json,
    standin_of,
    visit_of,
)
from sandbox.zoho.search import found_contacts, listed_tickets, ordered, paged

accounts = APIRouter()
router = APIRouter(prefix="/api/v1", dependencies=[Depends(admit)])


@accounts.post("/oauth/v2/token")
async def mint_token(request: Request) -> Response:
    """An access token, or HTTP 200 with an `error`."""
    standin = standin_of(request)
    form = dict(request.query_params)
    form |= parse_qsl((await request.body()).decode("utf-8", "replace"))
    if standin.faults.denies_refresh():
        return answer(standin.tokens.denied())
    return answer(standin.tokens.answer(form, revoked=standin.faults.plan.revoked_token))


@accounts.get("/.well-known/jwks.json")
async def show_keys(request: Request) -> Response:
    """The public key of the webhook signatures."""
    return answer(standin_of(request).webhooks.jwks)


@router.get("/organizations")
async def list_organizations(request: Request) -> Response:
    """The one organisation; the only route that needs no orgId."""
    org = standin_of(request).config.org_id
    return listing([{"id": org, "companyName": "Sample Stores", "isDefault": True}])


@router.get("/departments")
async def list_departments(request: Request) -> Response:
    """The one department."""
    visit_of(request).weight = 3
    config, query = standin_of(request).config, request.query_params
    department = {
        "id": config.department_id,
        "name": config.department_name,
        "isEnabled": True,
        "isDefault": True,
    }
    named = query.get("searchStr", "").strip("*").casefold() in config.department_name.casefold()
    shown = named and query.get("isEnabled", "true") == "true"
    return listing(paged([department] if shown else [], query, most=200))


@router.get("/fields")
async def list_fields(request: Request) -> Response:
    """The fields of a module, with the values a picklist allows."""
    module = request.query_params.get("module")
    if module not in ("tickets", "contacts"):
        raise invalid_data([FieldError("/module", "missing" if module is None else "invalid")])
    return listing(_fields(standin_of(request).config, module))


@router.post("/contacts")
async def create_contact(request: Request) -> Response:
    """A new contact."""
    body = await read_json(request)
    return answer(standin_of(request).contacts.create(visit_of(request), body))


@router.get("/contacts")
async def list_contacts(request: Request) -> Response:
    """The contacts, oldest first unless asked otherwise."""
    visit_of(request).weight = 3
    rows, query = standin_of(request).store.every("contact"), request.query_params
    return listing(
        paged(ordered(rows, query, ("createdTime", "modifiedTime"), "createdTime"), query)
    )


@router.get("/contacts/search")
async def search_contacts(request: Request) -> Response:
    """Search an index that runs behind."""
    standin, query = standin_of(request), request.query_params
    visit_of(request).weight = 3
    rows = found_contacts(standin.store.indexed("contact", standin.faults.search_lag), query)
    return listing(paged(rows, query), count=len(rows))


@router.get("/contacts/{contact_id}")
async def get_contact(request: Request, contact_id: str) -> Response:
    """One contact."""
    return answer(standin_of(request).contacts.one(contact_id))


@router.patch("/contacts/{contact_id}")
async def update_contact(request: Request, contact_id: str) -> Response:
    """Change a contact."""
    body = await read_changes(request)
    return answer(standin_of(request).contacts.update(visit_of(request), contact_id, body))


@router.get("/contacts/{contact_id}/tickets")
async def list_contact_tickets(request: Request, contact_id: str) -> Response:
    """A contact's tickets, the newest first."""
    visit_of(request).weight = 3
    standin, query = standin_of(request), request.query_params
    person = standin.contacts.one(contact_id)["id"]
    own = [row for row in standin.store.every("ticket") if row["contactId"] == person]
    return listing(paged(listed_tickets(own, query), query))


@router.post("/webhooks")
async def create_webhook(request: Request) -> Response:
    """Subscribe an address to events."""
    body = await read_json(request)
    return answer(await standin_of(request).webhooks.subscribe(visit_of(request), body))


@router.get("/webhooks")
async def list_webhooks(request: Request) -> Response:
    """The subscriptions."""
    visit_of(request).weight = 3
    return listing(paged(standin_of(request).webhooks.every(), request.query_params))


def _fields(config: ZohoConfig, module: str) -> list[dict[str, Any]]:
    plain = [(name, "Text", True, ()) for name in config.custom_fields]
    if module == "tickets":
        picklists = {"status": tuple(config.statuses), **config.picklists}
        fields = [
            ("subject", "Text", False, ()),
            *((name, "Picklist", False, values) for name, values in picklists.items()),
            *plain,
        ]
    else:
        fields = [(name, "Text", False, ()) for name in ("lastName", "phone", "mobile", "email")]
        fields += plain
    return [
        {
            "id": str(189_200_000_000_000_401 + number),
            "apiName": name,
            "displayLabel": name.removeprefix("cf_").replace("_", " ").capitalize(),
            "type": kind,
            "isCustomField": custom,
            "isMandatory": name in ("subject", "lastName", "status"),
            "allowedValues": [{"value": value} for value in values],
        }
        for number, (name, kind, custom, values) in enumerate(fields)
    ]
