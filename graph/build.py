"""The map: which node follows which, and why. The routers' rules are in `graph.routes`."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any, Literal

from langgraph.errors import NodeError, NodeTimeoutError
from langgraph.graph import START, StateGraph
from langgraph.types import Command, RetryPolicy, TimeoutPolicy

from domain.errors import RetryLater
from domain.ports import Inspector, KnowledgeBase, MediaStore, Models, ToolShop
from graph import routes
from graph.context import Context
from graph.state import IncidentInput, IncidentState, Update, unread_images
from nodes.amend import amend
from nodes.ask_missing import ask_missing
from nodes.classify import classify
from nodes.describe_image import describe_image
from nodes.escalate import escalate
from nodes.extract import extract
from nodes.follow_up import follow_up
from nodes.open_ticket import open_ticket
from nodes.receive import receive

Route = Callable[[IncidentState], str]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ports:
    """What the nodes reach the outside with.

    `inspector` looks into images that come inside chat messages; without it they are refused.
    """

    models: Models
    media: MediaStore
    knowledge: KnowledgeBase
    tools: ToolShop
    inspector: Inspector | None = None


async def hand_over(
    state: IncidentState, error: NodeError
) -> Command[Literal["escalate", "open_ticket"]]:
    """A node that failed for good ends in a person and not in silence.

    A complete report whose priority could not be judged anew keeps it, and gets its ticket.
    """
    log.error("node %s failed", error.node, exc_info=error.error)
    update: Update = {"failure": f"{error.node}: {type(error.error).__name__}: {error.error}"}
    complete = error.node == "classify" and "extract" in state.get("readers", [])
    return Command(update=update, goto="open_ticket" if complete else "escalate")


async def go_on_unseen(
    state: IncidentState, error: NodeError
) -> Command[Literal["classify", "extract", "follow_up"]]:
    """An image that no model can read now is attached unread; the texts are read all the same."""
    log.warning("images were not read", exc_info=error.error)
    why = {"readable": False, "text": "", "error": None, "why": str(error.error)}
    unread = dict.fromkeys(unread_images(state), why)
    update: Update = {"images": {**state.get("images", {}), **unread}}
    return Command(update=update, goto=routes.after_describe_image(state))


def at_once(route: Route) -> Callable[[IncidentState], Awaitable[str]]:
    """A router as LangGraph calls it without a thread, which it gives to whatever may block."""

    @wraps(route)
    async def routed(state: IncidentState) -> str:
        return route(state)

    return routed


def build(ports: Ports, *, node_timeout: float = 60.0) -> StateGraph[Any, Any, Any, Any]:
    """The graph of one incident, not compiled: the caller brings the checkpointer.

    `node_timeout` in seconds, for each try of a node; a try that may help is made three times.
    """
    graph = StateGraph(IncidentState, context_schema=Context, input_schema=IncidentInput)
    graph.set_node_defaults(
        retry_policy=RetryPolicy(max_attempts=3, retry_on=(RetryLater, NodeTimeoutError)),
        timeout=TimeoutPolicy(run_timeout=node_timeout),
    )
    # LangGraph's types know no handler that takes the error, which it does hand over.
    to_a_person: Any = hand_over
    unseen: Any = go_on_unseen
    models, media, tools = ports.models, ports.media, ports.tools
    graph.add_node("receive", partial(receive, media=media, inspector=ports.inspector))
    graph.add_node("classify", partial(classify, models=models), error_handler=to_a_person)
    graph.add_node(
        "describe_image",
        partial(describe_image, models=models, media=media),
        error_handler=unseen,
    )
    graph.add_node(
        "extract", partial(extract, models=models, tools=tools), error_handler=to_a_person
    )
    graph.add_node("amend", amend, error_handler=to_a_person)
    graph.add_node("ask_missing", ask_missing, error_handler=to_a_person)
    graph.add_node(
        "open_ticket",
        partial(open_ticket, knowledge=ports.knowledge),
        error_handler=to_a_person,
    )
    graph.add_node(
        "follow_up", partial(follow_up, models=models, tools=tools), error_handler=to_a_person
    )
    # Nobody is left to hand over to: when this fails, the run fails and is made again.
    graph.add_node("escalate", escalate)

    graph.add_edge(START, "receive")
    graph.add_conditional_edges("receive", at_once(routes.after_receive))
    graph.add_conditional_edges("describe_image", at_once(routes.after_describe_image))
    graph.add_conditional_edges("classify", at_once(routes.after_classify))
    graph.add_conditional_edges("extract", at_once(routes.after_extract))
    graph.add_conditional_edges("amend", at_once(routes.after_amend))
    graph.add_conditional_edges("follow_up", at_once(routes.after_follow_up))
    graph.add_edge("ask_missing", "receive")
    graph.add_conditional_edges("open_ticket", at_once(routes.after_open_ticket))
    graph.add_edge("escalate", "receive")
    return graph
