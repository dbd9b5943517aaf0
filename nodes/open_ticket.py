"""Write down exactly one ticket to open, its files, and what to tell the group."""

from __future__ import annotations

from langgraph.runtime import Runtime

import prompts
from domain.effect import (
    Effect,
    EffectKind,
    Lane,
    attach_key,
    comment_key,
    notice_key,
    ticket_key,
)
from domain.errors import RetryLater
from domain.incident import Category, Priority, Status
from domain.ports import KnowledgeBase
from domain.ticket import Said, draft_ticket
from graph.context import Context
from graph.state import FileRef, IncidentState, Update, plan

PRIORITY_WORDS = {Priority.URGENT: "urgente", Priority.NORMAL: "normal"}


async def open_ticket(
    state: IncidentState, runtime: Runtime[Context], *, knowledge: KnowledgeBase
) -> Update:
    """Plan one ticket for this incident; a re-run plans the same one."""
    context = runtime.context or Context()
    incident = state["incident_id"]
    priority = Priority(state["priority"])
    files = state.get("files", [])
    say = prompts.load("open_ticket").say
    draft = draft_ticket(
        incident,
        Category(state["category"]),
        priority,
        state.get("fields", {}),
        [
            Said(line.get("local", line["at"]), line["name"], line["text"])
            for line in state.get("lines", [])
            if line["text"]
        ],
        reporter_id=state.get("reporter", {}).get("id", ""),
        reporter_name=state.get("reporter", {}).get("name", ""),
        group_name=state.get("group_name", ""),
        notes=[
            *(f"Texto en la foto: {i['text']}" for i in _read_images(state)),
            *(
                say("refused_file", name=f.get("name", "archivo"), reason=f["error"])
                for f in files
                if f.get("error")
            ),
        ],
    )
    ticket = Effect(
        key=ticket_key(incident),
        lane=Lane.DESK,
        kind=EffectKind.OPEN_TICKET,
        purpose="ticket",
        payload={
            "subject": draft.subject,
            "description": draft.description,
            "priority": draft.priority,
            "category": draft.category,
            "reporter_id": draft.reporter_id,
            "reporter_name": draft.reporter_name,
            "fields": dict(draft.fields),
        },
    )
    notice = Effect(
        key=notice_key(incident, "created"),
        lane=Lane.CHAT,
        kind=EffectKind.SAY,
        purpose="notice",
        payload={
            # The ticket's number is known only once the desk has answered: the sender fills it.
            "text": say(
                "created",
                ticket_number="{ticket_number}",
                priority=PRIORITY_WORDS[priority],
                subject=draft.subject.replace("{", "(").replace("}", ")"),
            ),
            "quote": None,
            "mentions": [],
        },
        needs=ticket.key,
    )
    extra = [plan_attachment(incident, file) for file in files if "sha256" in file]
    similar = await _similar(draft.subject, context.similarity_threshold, incident, knowledge)
    return {
        "status": Status.QUEUED.value,
        "subject": draft.subject,
        "pending": None,
        "timers": [],
        "effects": plan(state, ticket, *extra, *similar, notice),
    }


def plan_attachment(incident: str, file: FileRef) -> Effect:
    """Plan to attach one file to the ticket, once, by its hash."""
    return Effect(
        key=attach_key(incident, file["sha256"]),
        lane=Lane.DESK,
        kind=EffectKind.ATTACH_FILE,
        purpose="attachment",
        payload=dict(file),
        needs=ticket_key(incident),
    )


async def _similar(
    subject: str, threshold: float, incident: str, knowledge: KnowledgeBase
) -> list[Effect]:
    """A private comment that names similar incidents, only above the fitted similarity."""
    try:
        found = await knowledge.search(subject, limit=6)
    except RetryLater:
        return []  # A ticket without its neighbours is better than no ticket.
    near = [
        f"- {s.document.metadata.get('ticket_number', s.document.id)}: {s.document.content[:160]}"
        for s in found
        if s.similarity >= threshold
        and s.document.type in ("ticket", "solution")
        and s.document.metadata.get("incident") != incident
    ][:5]
    if not near:
        return []
    text = prompts.load("open_ticket").say("similar", items="\n".join(near))
    return [
        Effect(
            key=comment_key(incident, "similar"),
            lane=Lane.DESK,
            kind=EffectKind.ADD_COMMENT,
            purpose="comment",
            payload={"text": text},
            needs=ticket_key(incident),
        )
    ]


def _read_images(state: IncidentState) -> list[dict[str, str]]:
    return [i for i in state.get("images", {}).values() if i.get("text")]
