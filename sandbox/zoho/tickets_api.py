"""The routes of Zoho Desk REST v1 that concern tickets, comments and attachments."""

from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from sandbox.zoho.admission import admit
from sandbox.zoho.exchange import (
    answer,
    listing,
    nothing,
    read_changes,
    read_json,
    standin_of,
    visit_of,
)
from sandbox.zoho.multipart import read_upload
from sandbox.zoho.search import found_tickets, listed_tickets, ordered, paged, with_fields

router = APIRouter(prefix="/api/v1", dependencies=[Depends(admit)])


@router.post("/tickets")
async def create_ticket(request: Request) -> Response:
    """Open a ticket."""
    body = await read_json(request)
    return answer(standin_of(request).tickets.create(visit_of(request), body))


@router.get("/tickets")
async def list_tickets(request: Request) -> Response:
    """The newest tickets first; known here the moment they are made."""
    standin, query = standin_of(request), request.query_params
    visit_of(request).weight = 3
    rows = paged(listed_tickets(standin.store.every("ticket"), query), query)
    return listing(with_fields(rows, query, standin.config.custom_fields))


@router.get("/tickets/search")
async def search_tickets(request: Request) -> Response:
    """Search an index that runs behind."""
    standin, query = standin_of(request), request.query_params
    visit_of(request).weight = 3
    rows = found_tickets(standin.store.indexed("ticket", standin.faults.search_lag), query)
    return listing(paged(rows, query), count=len(rows))


@router.post("/closeTickets")
async def close_tickets(request: Request) -> Response:
    """Close many tickets."""
    body = await read_json(request)
    standin_of(request).tickets.close(visit_of(request), body)
    return nothing()


@router.post("/tickets/moveToTrash")
async def trash_tickets(request: Request) -> Response:
    """Move many tickets to the trash."""
    body = await read_json(request)
    standin_of(request).tickets.trash(visit_of(request), body)
    return nothing()


@router.get("/tickets/{ticket_id}")
async def get_ticket(request: Request, ticket_id: str) -> Response:
    """One ticket, with what `include` asks for."""
    standin = standin_of(request)
    ticket = dict(standin.tickets.one(ticket_id))
    wanted = {name.strip() for name in request.query_params.get("include", "").split(",")}
    if "contacts" in wanted:
        ticket["contact"] = standin.contacts.one(ticket["contactId"])
    if "departments" in wanted:
        config = standin.config
        ticket["department"] = {"id": config.department_id, "name": config.department_name}
    ticket |= {name: None for name in ("assignee", "team", "product") if name in wanted}
    return answer(ticket)


@router.patch("/tickets/{ticket_id}")
async def update_ticket(request: Request, ticket_id: str) -> Response:
    """Change a ticket."""
    body = await read_changes(request)
    return answer(standin_of(request).tickets.update(visit_of(request), ticket_id, body))


@router.post("/tickets/{ticket_id}/comments")
async def add_comment(request: Request, ticket_id: str) -> Response:
    """Note something on a ticket."""
    body = await read_json(request)
    return answer(standin_of(request).tickets.comment(visit_of(request), ticket_id, body))


@router.get("/tickets/{ticket_id}/comments")
async def list_comments(request: Request, ticket_id: str) -> Response:
    """A ticket's comments, oldest first unless asked otherwise."""
    visit_of(request).weight = 3
    query = request.query_params
    rows = standin_of(request).tickets.comments(ticket_id)
    return listing(paged(ordered(rows, query, ("commentedTime",), "commentedTime"), query))


@router.post("/tickets/{ticket_id}/attachments")
async def add_attachment(request: Request, ticket_id: str) -> Response:
    """Keep a file with a ticket."""
    upload = read_upload(request.headers.get("content-type", ""), await request.body())
    attachment = standin_of(request).tickets.attach(
        visit_of(request),
        ticket_id,
        upload,
        public=request.query_params.get("isPublic") == "true",
        origin=str(request.base_url).rstrip("/"),
    )
    return answer(attachment)


@router.get("/tickets/{ticket_id}/attachments")
async def list_attachments(request: Request, ticket_id: str) -> Response:
    """A ticket's attachments, oldest first unless asked otherwise."""
    visit_of(request).weight = 3
    query = request.query_params
    rows = standin_of(request).tickets.attachments(ticket_id)
    return listing(paged(ordered(rows, query, ("createdTime",), "createdTime"), query))


@router.get("/tickets/{ticket_id}/attachments/{attachment_id}/content")
async def get_content(request: Request, ticket_id: str, attachment_id: str) -> Response:
    """The bytes of an attachment."""
    name, content = standin_of(request).tickets.content(ticket_id, attachment_id)
    disposition = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(
        content,
        media_type="application/octet-stream",
        headers={"Content-Disposition": disposition},
    )
