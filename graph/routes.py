"""Who reads or acts next: pure questions to the state, and to the rules in `domain`.

A router takes the state alone: with a `runtime` besides, LangGraph's `update_state` fails.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from domain.gist import Act
from domain.incident import (
    ENDED,
    HAS_TICKET,
    TICKETED,
    Field,
    Priority,
    Status,
    needs_human,
    next_to_ask,
)
from graph.context import Context
from graph.correction import CORRECTION
from graph.state import (
    IncidentState,
    is_asked_once,
    is_attended,
    lacks_its_answer,
    missing,
    rules_of,
    unread_images,
)

# No more than an answer that is given anew.
BARE_WORDS = 5
Reader = Literal["classify", "extract", "follow_up"]
# What somebody may do besides answering; the local reader is trusted with it before a field is.
SPEAKS_OF_IT = frozenset({Act.FIXED, Act.STATUS_QUESTION})
# With these a ticket that was not urgent may turn out to be.
MAY_BE_WORSE = frozenset({Act.REPORT, Act.DETAIL, Act.SAME_PROBLEM, Act.STILL_BROKEN})
# What adds nothing to a report.
POLITE = frozenset({Act.ACK, Act.CHATTER})
# What a follow-up may turn out to be that still holds an answer.
MAY_ANSWER = frozenset({Act.DETAIL, Act.STILL_BROKEN, Act.COMMAND})


def after_receive(
    state: IncidentState,
) -> Literal[
    "describe_image",
    "classify",
    "extract",
    "ask_missing",
    "open_ticket",
    "escalate",
    "follow_up",
    "amend",
    "__end__",
]:
    """Messages are read; a re-ask timer asks or hands over; the rest is followed up."""
    turn, status = state["turn"], Status(state["status"])
    if turn["kind"] == "seen":
        return "__end__"
    if turn["kind"] == CORRECTION:
        return "amend"
    if turn["kind"] == "message":
        if status in ENDED and not state.get("ticket"):
            return "__end__"
        if "order" in turn:
            return "escalate" if _orders_person(state) else "follow_up"
        return "describe_image" if unread_images(state) else _next_reader(state)
    if turn["kind"] == "fact":
        if turn["name"] == "set_aside":
            return "escalate"
        if turn["name"] == "told" and status in (Status.COLLECTING, Status.ESCALATED):
            return "extract"
        refused = turn["name"] == "ticket_refused" and not state.get("ticket")
        return "escalate" if refused and status not in ENDED else "follow_up"
    if turn["name"] == "reask" and status is Status.COLLECTING and state.get("owner") is None:
        wanted = missing(state)
        if not wanted and not state.get("doubted"):
            return "open_ticket"
        early = turn.get("data", {}).get("early", False)
        if (is_asked_once(state) and not early) or is_attended(state):
            return "follow_up"
        # Of a day that was slept through, the other questions are not asked after it.
        calls = _needs_human(state, wanted) or _closes_too(state)
        return "escalate" if calls and not early else "ask_missing"
    return "follow_up"


def after_describe_image(state: IncidentState) -> Reader:
    """Images first, so that whoever reads the texts knows what the photos show."""
    return _next_reader(state)


def after_classify(
    state: IncidentState,
) -> Literal["extract", "open_ticket", "escalate", "follow_up", "__end__"]:
    """No incident, no conversation. What already has its ticket was only looked at for its
    priority; what was classified anew because its report is complete goes on to its ticket.
    """
    if state["status"] == Status.DISMISSED:
        return "__end__"
    if Status(state["status"]) in TICKETED:
        return "escalate" if is_for_a_person(state) else "follow_up"
    return "open_ticket" if "extract" in state.get("readers", []) else "extract"


def after_extract(
    state: IncidentState,
) -> Literal["classify", "ask_missing", "open_ticket", "escalate", "follow_up", "receive"]:
    """Complete: a ticket. A question is out: wait for its timer. Else ask, or hand over.

    Where a person has the incident, nothing is asked; nor is anybody who may be in danger.
    """
    if state["status"] in HAS_TICKET:
        # What a person corrected is planned already; what people put right, the ticket is told.
        return "receive" if state["turn"]["kind"] == CORRECTION else "follow_up"
    wanted = missing(state)
    if not wanted and state.get("doubted") and state.get("owner") is None:
        return "receive" if state.get("asked") else "ask_missing"
    # Nobody took it: a late answer still makes a ticket. So does it where danger was handed over,
    # whoever has it; else whoever does knows what was answered, and decides.
    owned = state.get("owner") is not None and not _wants_person(state)
    if not wanted and owned and state["status"] == Status.ESCALATED:
        return "receive"
    if not wanted:
        return "classify" if _may_be_worse_by_now(state) else "open_ticket"
    if is_for_a_person(state):
        return "escalate"
    if state["status"] == Status.ESCALATED or state.get("owner") is not None:
        return "receive"
    pending = state.get("pending")
    field = next_to_ask(wanted, state.get("refused", []))
    if pending is not None and field is not None and pending["field"] == field.value:
        return "follow_up" if _said_something_else(state) else "receive"
    return "escalate" if _needs_human(state, wanted) else "ask_missing"


def after_amend(
    state: IncidentState,
) -> Literal["describe_image", "classify", "extract", "receive", "__end__"]:
    """What a person changed is read like a report, except that nobody is answered."""
    status = Status(state["status"])
    if status in ENDED:
        return "__end__"
    if status in (Status.CANDIDATE, Status.COLLECTING) and unread_images(state):
        return "describe_image"
    if status is Status.CANDIDATE:
        return "classify"
    if status is Status.ESCALATED:
        # As with a late answer: what nobody took, and the desk has not refused, may be complete.
        waits = state.get("owner") is None and "category" in state and "subject" not in state
        return "extract" if waits else "receive"
    return "extract" if missing(state) or status is Status.COLLECTING else "receive"


def after_open_ticket(state: IncidentState) -> Literal["escalate", "receive"]:
    """Danger has its ticket, and goes to a person as well."""
    return "escalate" if is_for_a_person(state) else "receive"


def is_for_a_person(state: IncidentState) -> bool:
    """Whether somebody is in danger, or asks for a person, and no person has heard of it."""
    return _wants_person(state) and state.get("owner") is None and not state.get("handed_over")


def after_follow_up(state: IncidentState) -> Literal["extract", "receive", "__end__"]:
    """What is over is over; what may hold an answer is searched for it; the rest waits."""
    if Status(state["status"]) in ENDED:
        return "__end__"
    unread = "extract" not in state.get("readers", [])
    if state["status"] == Status.COLLECTING and state.get("act") in MAY_ANSWER and unread:
        return "extract"
    return "receive"


def _next_reader(state: IncidentState) -> Reader:
    """Who reads people's messages at this point of an incident's life."""
    status = Status(state["status"])
    if state["turn"].get("taken_back"):
        return "follow_up"
    if status is Status.CANDIDATE:
        return "classify"
    act = state["turn"].get("act")
    if act in SPEAKS_OF_IT:
        return "follow_up"
    danger = state["turn"].get("danger", False) and not state.get("handed_over")
    if status in TICKETED and danger:
        return "classify"
    if status in TICKETED and _puts_right(state):
        return "extract"
    if status in TICKETED and act in MAY_BE_WORSE and state.get("priority") != Priority.URGENT:
        return "classify"
    if status is Status.COLLECTING:
        return "classify" if is_asked_once(state) else "extract"
    # What was handed over for lack of a field still takes a late answer.
    late = status is Status.ESCALATED and "category" in state
    return "extract" if late and act not in POLITE and missing(state) else "follow_up"


def _wants_person(state: IncidentState) -> bool:
    danger = (state.get("classification") or {}).get("requires_human_escalation")
    return bool(danger or state["turn"].get("wants_person"))


def _closes_too(state: IncidentState) -> bool:
    """Whether it is time to close as well, after a long sleep: a person is called before that."""
    now = datetime.fromisoformat(state["turn"]["at"])
    timers = state.get("timers", [])
    return any(t["name"] == "close" and datetime.fromisoformat(t["due_at"]) <= now for t in timers)


def _orders_person(state: IncidentState) -> bool:
    """Whether an order hands over what no person has and no ticket carries."""
    status = Status(state["status"])
    open_still = status in (Status.CANDIDATE, Status.COLLECTING)
    return state["turn"].get("order") == "person" and open_still and state.get("owner") is None


def _puts_right(state: IncidentState) -> bool:
    """Whether somebody corrects what a ticket was opened with: in words, by an edit, or by writing
    anew what they delete, or have deleted."""
    turn = state["turn"]
    messages = turn.get("messages", [])
    kinds = {str(m.get("kind")) for m in messages}
    if turn.get("corrects", False) or "edit" in kinds or ("revoke" in kinds and len(kinds) > 1):
        return True
    own = all(m.get("person_id") == state.get("reporter", {}).get("id") for m in messages)
    words = sum(len(m["text"].split()) for m in messages)
    return own and 0 < words <= BARE_WORDS and lacks_its_answer(state)


def _said_something_else(state: IncidentState) -> bool:
    """Whether a turn that answered nothing may mean the problem is gone, or ask how it goes."""
    if state.get("learnt") or "follow_up" in state.get("readers", []):
        return False
    return state["turn"]["kind"] == "message" and state["turn"].get("act") not in POLITE


def _may_be_worse_by_now(state: IncidentState) -> bool:
    """Whether more was said since the priority was judged, and it can still rise."""
    later = state.get("classified_turn", 0) < state["last_turn"]
    return later and state.get("priority") != Priority.URGENT


def _needs_human(state: IncidentState, wanted: list[Field]) -> bool:
    rules = state.get("rules") or rules_of(Context())
    asked, refused = state.get("asked", {}), state.get("refused", [])
    return needs_human(wanted, asked, refused, rules["max_reasks"])
