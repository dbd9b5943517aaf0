"""Hand over to a person, in words the group understands, and never in silence."""

from __future__ import annotations

from langgraph.runtime import Runtime

import prompts
from domain.effect import Effect, EffectKind, Lane, notice_key
from domain.incident import HAS_TICKET, Status
from graph.context import Context
from graph.desk import carry_over
from graph.replies import FIELD_WORDS, mention
from graph.routes import is_for_a_person
from graph.state import IncidentState, Timer, Update, closes_at, missing, plan


async def escalate(state: IncidentState, runtime: Runtime[Context]) -> Update:
    """Plan the hand-over.

    With a ticket the desk is told, and the group only of danger; where a person has it, nobody is.
    """
    context = runtime.context or Context()
    no_ticket = state["turn"].get("name") == "ticket_refused"
    has_ticket = state["status"] in HAS_TICKET and not no_ticket
    # What opened its ticket in this very run is in there already.
    to_desk = carry_over(state) if has_ticket and "extract" not in state.get("readers", []) else []
    if has_ticket and not is_for_a_person(state):
        return plan(state, *to_desk)
    support = [s.strip() for s in context.human_support.split(",") if s.strip()]
    owned = state.get("owner") is not None
    notice = Effect(
        key=notice_key(state["incident_id"], "ticket_refused" if no_ticket else "escalated"),
        lane=Lane.CHAT,
        kind=EffectKind.SAY,
        purpose="escalation",
        payload={
            "text": _words(state, support, no_ticket=no_ticket),
            "quote": None,
            "mentions": support,
            "with_ticket": has_ticket,
        },
    )
    # What nobody was asked about lacks nothing that its group could say.
    waits = no_ticket or has_ticket or not state.get("asked")
    return {
        **plan(state, *to_desk, *([] if owned else [notice])),
        "status": state["status"] if has_ticket else Status.ESCALATED.value,
        "handed_over": True,
        "owner": state.get("owner") or ",".join(support) or None,
        "pending": None,
        # And what the desk refused is complete: both wait for a person however long that takes.
        "timers": [] if waits else [Timer(name="close", due_at=closes_at(state, context))],
    }


def _words(state: IncidentState, support: list[str], *, no_ticket: bool) -> str:
    """What the group is told: who is asked for help, for whom, and what is still not known."""
    texts = prompts.load("escalate")
    person = prompts.address(state.get("reporter", {}).get("name", ""))
    slots = {"person": person}
    if support:
        slots["mention"] = " ".join(map(mention, support))
    section = "to_person_now" if support else "needs_person"
    wanted = missing(state)
    if no_ticket:
        section = "refused_to_person" if support else "refused"
    elif wanted and state.get("asked"):
        # What nobody took is closed a day later: nobody is promised an answer.
        section = "to_person" if support else "needs_person_missing"
        slots["missing"] = ", ".join(FIELD_WORDS[m.value] for m in wanted)
    return texts.say(section, **slots)
