"""The map: which node follows which, and why. Rules live in `domain`; routers only ask them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from langgraph.errors import NodeError
from langgraph.graph import START, StateGraph
from langgraph.runtime import Runtime
from langgraph.types import Command, RetryPolicy, TimeoutPolicy

from domain.errors import RetryLater
from domain.gist import Act
from domain.incident import Category, Status, missing_fields, needs_human
from domain.ports import KnowledgeBase, MediaStore, Models, ToolShop
from graph.context import Context
from graph.state import IncidentInput, IncidentState, Update, required, unread_images
from nodes.ask_missing import ask_missing
from nodes.classify import classify
from nodes.describe_image import describe_image
from nodes.escalate import escalate
from nodes.extract import extract
from nodes.follow_up import follow_up
from nodes.open_ticket import open_ticket
from nodes.receive import receive

ENDED = frozenset({Status.CLOSED, Status.DISMISSED, Status.WITHDRAWN, Status.MERGED})


@dataclass(frozen=True)
class Ports:
    """What the nodes reach the outside with."""

    models: Models
    media: MediaStore
    knowledge: KnowledgeBase
    tools: ToolShop


def _next_reader(state: IncidentState) -> Literal["classify", "extract", "follow_up"]:
    """Who reads people's messages at this point of an incident's life."""
    status = Status(state["status"])
    if status is Status.CANDIDATE:
        return "classify"
    gone = state["turn"].get("act") in (Act.FIXED, Act.STATUS_QUESTION)
    return "extract" if status is Status.COLLECTING and not gone else "follow_up"


def after_receive(
    state: IncidentState, runtime: Runtime[Context]
) -> Literal["describe_image", "classify", "extract", "ask_missing", "escalate", "follow_up"]:
    """Messages are read, a re-ask timer asks or hands over, everything else is followed up."""
    turn = state["turn"]
    if turn["kind"] == "message":
        return "describe_image" if unread_images(state) else _next_reader(state)
    asking = turn["kind"] == "timer" and turn["name"] == "reask"
    if asking and state["status"] == Status.COLLECTING:
        return "escalate" if _needs_human(state, runtime) else "ask_missing"
    return "follow_up"


def after_describe_image(state: IncidentState) -> Literal["classify", "extract", "follow_up"]:
    """Images first, so that whoever reads the texts knows what the photos show."""
    return _next_reader(state)


def after_classify(state: IncidentState) -> Literal["extract", "escalate", "__end__"]:
    """No incident, no conversation; danger or a wish for a person goes straight to one."""
    if state["status"] == Status.DISMISSED:
        return "__end__"
    wants_person = (state.get("classification") or {}).get("requires_human_escalation")
    return "escalate" if wants_person else "extract"


def after_extract(
    state: IncidentState, runtime: Runtime[Context]
) -> Literal["ask_missing", "open_ticket", "escalate", "receive"]:
    """Complete: a ticket. A question already out: wait for its timer. Else ask, or hand over."""
    missing = _missing(state, runtime)
    if not missing:
        return "open_ticket"
    if _needs_human(state, runtime):
        return "escalate"
    pending = state.get("pending")
    asked_already = pending is not None and pending["field"] == missing[0].value
    return "receive" if asked_already else "ask_missing"


def after_follow_up(state: IncidentState) -> Literal["receive", "__end__"]:
    """What is over is over; what has no ticket yet goes on waiting."""
    return "__end__" if Status(state["status"]) in ENDED else "receive"


def _missing(state: IncidentState, runtime: Runtime[Context]) -> list[Any]:
    context = runtime.context or Context()
    return missing_fields(Category(state["category"]), state.get("fields", {}), required(context))


def _needs_human(state: IncidentState, runtime: Runtime[Context]) -> bool:
    context = runtime.context or Context()
    return needs_human(
        _missing(state, runtime),
        state.get("asked", {}),
        state.get("refused", []),
        context.max_reasks,
    )


async def hand_over(state: IncidentState, error: NodeError) -> Command[Literal["escalate"]]:
    """A node that failed for good ends in a person and not in silence."""
    update: Update = {"failure": f"{error.node}: {type(error.error).__name__}: {error.error}"}
    return Command(update=update, goto="escalate")


def build(ports: Ports, *, node_timeout: float = 60.0) -> StateGraph[Any, Any, Any, Any]:
    """The graph of one incident, not compiled: the caller brings the checkpointer.

    `node_timeout` in seconds, for each try of a node; a try that may help is made three times.
    """
    graph = StateGraph(IncidentState, context_schema=Context, input_schema=IncidentInput)
    graph.set_node_defaults(
        retry_policy=RetryPolicy(max_attempts=3, retry_on=RetryLater),
        timeout=TimeoutPolicy(run_timeout=node_timeout),
    )
    models, media, tools = ports.models, ports.media, ports.tools
    # receive waits for people, so no clock runs against it.
    graph.add_node("receive", receive, timeout=None)
    graph.add_node("classify", partial(classify, models=models), error_handler=hand_over)
    graph.add_node(
        "describe_image",
        partial(describe_image, models=models, media=media),
        error_handler=hand_over,
    )
    graph.add_node("extract", partial(extract, models=models, tools=tools), error_handler=hand_over)
    graph.add_node("ask_missing", ask_missing)
    graph.add_node("open_ticket", partial(open_ticket, knowledge=ports.knowledge))
    graph.add_node(
        "follow_up", partial(follow_up, models=models, tools=tools), error_handler=hand_over
    )
    graph.add_node("escalate", escalate)

    graph.add_edge(START, "receive")
    graph.add_conditional_edges("receive", after_receive)
    graph.add_conditional_edges("describe_image", after_describe_image)
    graph.add_conditional_edges("classify", after_classify)
    graph.add_conditional_edges("extract", after_extract)
    graph.add_edge("ask_missing", "receive")
    graph.add_edge("open_ticket", "receive")
    graph.add_edge("escalate", "receive")
    graph.add_conditional_edges("follow_up", after_follow_up)
    return graph
