"""Write down exactly one ticket to open, its files, and what to tell the group."""

from __future__ import annotations

import asyncio

from langgraph.runtime import Runtime

import prompts
from domain.effect import Effect, EffectKind, Lane, comment_key, notice_key, ticket_key
from domain.errors import RetryLater
from domain.incident import Priority, Status
from domain.ports import KnowledgeBase, Similar
from domain.ticket import what_happens
from graph.context import Context
from graph.desk import at_desk, attachment, link_to_old
from graph.draft import draft_of
from graph.state import IncidentState, Update, plan

PRIORITY_WORDS = {Priority.URGENT: "urgente", Priority.NORMAL: "normal"}
SIMILAR_MAX = 5
# Characters of a similar incident that its line shows.
SUBJECT_SHOWN, SOLUTION_SHOWN = 160, 300
# Seconds for the search of similar incidents: a ticket does not wait for its neighbours.
SEARCH_SECONDS = 8.0


async def open_ticket(
    state: IncidentState, runtime: Runtime[Context], *, knowledge: KnowledgeBase
) -> Update:
    """Plan one ticket for this incident; a re-run plans the same one."""
    context = runtime.context or Context()
    incident, files = state["incident_id"], state.get("files", [])
    draft = draft_of(state)
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
    attachments = [attachment(incident, file) for file in files if "sha256" in file]
    similar = await _similar(state, context.similarity_threshold, knowledge)
    # Of an outage one notice a group leaves: whoever sends it knows what the others said.
    told = state.get("told", False)
    notice = (
        []
        if told or state.get("owner") is not None
        else [_notice(incident, draft.subject, Priority(state["priority"]))]
    )
    return {
        **plan(state, ticket, *attachments, *similar, *link_to_old(state), *notice),
        "status": Status.QUEUED.value,
        "subject": draft.subject,
        "pending": None,
        "timers": [],
    }


def _notice(incident: str, subject: str, priority: Priority) -> Effect:
    # The ticket's number is known only once the desk has answered: the sender fills it in.
    text = prompts.load("open_ticket").say(
        "created",
        ticket_number="{ticket_number}",
        priority=PRIORITY_WORDS[priority],
        subject=subject.replace("{", "(").replace("}", ")"),
    )
    return Effect(
        key=notice_key(incident, "created"),
        lane=Lane.CHAT,
        kind=EffectKind.SAY,
        purpose="notice",
        payload={"text": text, "quote": None, "mentions": []},
        needs=ticket_key(incident),
    )


async def _similar(
    state: IncidentState, threshold: float, knowledge: KnowledgeBase
) -> list[Effect]:
    """A private comment that names similar incidents, only above the fitted similarity."""
    incident, fields = state["incident_id"], state.get("fields", {})
    try:
        async with asyncio.timeout(SEARCH_SECONDS):
            # One more than is shown: our own ticket may be among them.
            found = await knowledge.search(
                what_happens(fields), limit=SIMILAR_MAX + 1, type="ticket"
            )
    except (RetryLater, TimeoutError):
        return []  # A ticket without its neighbours is better than no ticket.
    near = [
        _named(one)
        for one in found
        if one.similarity >= threshold
        and one.document.metadata.get("incident") != incident
        # One that has no number yet cannot be named.
        and "ticket_number" in one.document.metadata
    ][:SIMILAR_MAX]
    if not near:
        return []
    text = prompts.load("open_ticket").say("similar", items="\n".join(near))
    return [at_desk(state, comment_key(incident, "similar"), {"text": text})]


def _named(one: Similar) -> str:
    """One line about a similar incident: its number, its subject, and what solved it."""
    say, known = prompts.load("open_ticket").say, one.document.metadata
    line = say(
        "similar_item",
        ticket_number=str(known["ticket_number"]),
        subject=one.document.content[:SUBJECT_SHOWN],
    )
    solution = " ".join(str(known.get("solution", "")).split())[:SOLUTION_SHOWN]
    return line + (" " + say("similar_solved", solution=solution) if solution else "")
