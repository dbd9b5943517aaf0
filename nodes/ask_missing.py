"""Ask one question, about the one field that matters most, or ask it again."""

from __future__ import annotations

from datetime import datetime, timedelta

from langgraph.runtime import Runtime

import prompts
from domain.effect import Effect, EffectKind, Lane, ask_key
from domain.incident import Field, next_to_ask
from graph.context import Context
from graph.state import IncidentState, Timer, Update, closes_at, is_asked_once, missing, plan

# How many other texts ask again, in turn.
REWORDINGS = 3


async def ask_missing(state: IncidentState, runtime: Runtime[Context]) -> Update:
    """Plan the next asking and the timers that follow it."""
    context = runtime.context or Context()
    wanted = missing(state)
    # Where nothing is missing it is doubted that anything is wrong at all.
    field = (next_to_ask(wanted, state.get("refused", [])) or [*wanted, Field.PROBLEM][0]).value
    asked = state.get("asked", {})
    # Who says that something fails waits for the question: what it is. Others may wait a little.
    told = Field.PROBLEM not in wanted
    n = asked.get(field, 0) + 1
    if n > 1 and state["turn"].get("data", {}).get("early"):
        n -= 1  # It has hardly left, or waits for its person's other answer: it is no new one.
    reporter = state.get("reporter", {})
    person_id = reporter.get("id", "")
    text = prompts.load("ask_missing").say(
        f"{field}_{_wording(n, first=not asked)}", person=prompts.address(reporter.get("name", ""))
    )
    question = Effect(
        key=ask_key(state["incident_id"], field, n),
        lane=Lane.CHAT,
        kind=EffectKind.SAY,
        purpose="ask",
        payload={
            "text": text,
            "quote": first_line(state),
            "mentions": [],
            "field": field,
            "person_id": person_id,
            **({} if field == Field.SYSTEM and told else _doubted_since(state)),
        },
    )
    # What may be no incident is asked about once, and waits as long as the askings would take.
    waits = context.reask_seconds * (1 + context.max_reasks * is_asked_once(state))
    now = datetime.fromisoformat(state["turn"]["at"])
    return {
        **plan(state, question),
        "asked": {**state.get("asked", {}), field: n},
        "pending": {"field": field, "person_id": person_id, "question": text},
        "timers": [
            Timer(name="reask", due_at=_after(now, waits)),
            Timer(name="close", due_at=closes_at(state, context)),
        ],
    }


def _doubted_since(state: IncidentState) -> dict[str, str]:
    """When what may be no incident was last spoken of: the first question about it can wait."""
    first = not state.get("asked") and state["turn"]["kind"] == "message"
    return {"doubted_since": state["turn"]["at"]} if first and state.get("doubted") else {}


def _wording(n: int, *, first: bool) -> str:
    """Which text asks for the n-th time: never the one that asked before, and thanks come once."""
    if n == 1:
        return "1" if first else "next"
    return str(2 + (n - 2) % REWORDINGS)


def _after(start: datetime, seconds: float) -> str:
    return (start + timedelta(seconds=seconds)).isoformat()


def first_line(state: IncidentState) -> str | None:
    """The reporter's first message: what a question quotes, so that nobody wonders which."""
    reporter = state.get("reporter", {}).get("id")
    lines = state.get("lines", [])
    own = [line["id"] for line in lines if line.get("person_id") == reporter]
    return own[0] if own else None
