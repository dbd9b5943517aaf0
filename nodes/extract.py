"""Which fields do we have, and from which message?"""

from __future__ import annotations

from collections.abc import Sequence

from langgraph.runtime import Runtime

from domain.gist import Act
from domain.incident import Field
from domain.ports import Models, ToolScope, ToolShop
from domain.sayings.everywhere import EVERY_STORE, is_everywhere
from domain.sayings.own_thing import own_problem, own_thing
from domain.ticket import without_store
from graph.calls import group_line, model_call
from graph.context import Context
from graph.correction import CORRECTION
from graph.state import (
    KNOWN,
    LEARNT,
    IncidentState,
    TurnMessage,
    Update,
    new_messages,
    waited_for,
    was_read_by,
)
from prompts import fill_known

# So little does it say that it answers no question of whether anything is wrong.
SMALL_TALK = frozenset({Act.ACK, Act.CHATTER, Act.FIXED})
FAILS = frozenset({Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN})


async def extract(
    state: IncidentState, runtime: Runtime[Context], *, models: Models, tools: ToolShop
) -> Update:
    """Merge what the conversation says into the fields; the newest word wins."""
    context = runtime.context or Context()
    pending = waited_for(state)
    instructions = fill_known(
        context.extract_prompt, group_name=group_line(state), pending=pending or "nada"
    )
    box = tools.open(
        ToolScope(
            incident_id=state["incident_id"],
            chat=state.get("chat", ""),
            person_id=state.get("reporter", {}).get("id", ""),
        )
    )
    call = model_call(state, "extract", instructions, context.extract_model)
    answer = await models.extract(call, box)
    said = {
        Field.PROBLEM: answer.problem,
        Field.SYSTEM: answer.system,
        Field.STORE: answer.store,
        Field.ERROR: answer.error,
    }
    outage = state.get("outage") or {}
    if outage.get(Field.SYSTEM) and not state["turn"].get("corrects"):
        said[Field.SYSTEM] = own_thing(answer.problem, answer.system)
        said[Field.PROBLEM] = own_problem(answer.problem, answer.store)
    messages = new_messages(state)
    fields, sources = dict(state.get("fields", {})), dict(state.get("sources", {}))
    # The first telling of a problem is the report, later ones are details of it: it changes only
    # when it was asked for, or its message was edited or is written anew.
    settled = Field.PROBLEM in fields and pending != Field.PROBLEM and not _is_edited(messages)
    settled = settled and not _is_deleted(sources.get(Field.PROBLEM), messages)
    # A correction changes nothing that is known: it fills what is not.
    corrected = state["turn"]["kind"] == CORRECTION
    for name, value in said.items():
        value = (value or "").strip()
        if not value or (corrected and name in fields) or (name is Field.PROBLEM and settled):
            continue
        if value != fields.get(name) or sources.get(name) == LEARNT:
            fields[name.value] = value
            sources[name.value] = source_of(value, messages or _said(state))
    where = state.get("where")
    if where and Field.STORE not in fields:
        fields[Field.STORE.value] = where
        sources[Field.STORE.value] = LEARNT if state.get("where_from") == LEARNT else KNOWN
    asked = pending == Field.STORE
    if Field.STORE not in fields and not outage and _of_every_store(messages, asked=asked):
        fields[Field.STORE.value], sources[Field.STORE.value] = EVERY_STORE, KNOWN
    for field in (Field.SYSTEM, Field.PROBLEM):
        # Of an outage only the store is asked: what it is was told by its first report.
        if field not in fields and (told := outage.get(field)):
            fields[field.value] = told
            sources[field.value] = KNOWN
    for field in (Field.SYSTEM, Field.PROBLEM, Field.STORE):
        if field not in fields and (before_it := (state.get("follows") or {}).get(field)):
            fields[field.value] = before_it
            sources[field.value] = KNOWN
    answers = "as_thing" in state["turn"]  # whose words tell nothing by themselves
    if like := state["turn"].get("as_before") if answers or Field.PROBLEM not in fields else None:
        fields[Field.PROBLEM.value] = like
        sources[Field.PROBLEM.value] = KNOWN
    if Field.SYSTEM not in fields and (thing := state["turn"].get("as_thing")):
        fields[Field.SYSTEM.value] = thing
        sources[Field.SYSTEM.value] = KNOWN
    refused = list(state.get("refused", []))
    if answer.refused and pending and pending not in [*refused, *fields]:
        refused.append(pending)
    before = state.get("fields", {})
    learnt = [name for name, value in fields.items() if before.get(name) != value]
    confirmed = corrected or _answers(state, learnt)
    replaced = {n: v for n, v in before.items() if n in fields and fields[n] != v}
    if Field.PROBLEM not in learnt and (wrong := replaced.get(Field.STORE)):
        fields[Field.PROBLEM.value] = without_store(fields.get(Field.PROBLEM, ""), wrong)
    return {
        "doubted": state.get("doubted", False) and not confirmed,
        "asked_once": state.get("asked_once", False) and not confirmed,
        "fields": fields,
        "sources": sources,
        "refused": refused,
        "learnt": learnt,
        "replaced": replaced,
        "readers": was_read_by(state, "extract"),
        "trace": [*state.get("trace", []), *({"tool": u.name} for u in box.uses)],
    }


def source_of(value: str, messages: Sequence[TurnMessage]) -> str:
    """The message that says a value: the newest that has the words, else the newest of all."""
    ids = [m.get("target") or m["id"] for m in messages if m.get("kind") != "revoke"]
    told = [
        m.get("target") or m["id"] for m in messages if value.casefold() in m["text"].casefold()
    ]
    return [*ids, *told][-1] if ids else ""


def _answers(state: IncidentState, learnt: Sequence[str]) -> bool:
    """Whether somebody answers our question: so there is something to it.

    Any words answer what is wrong: only such as tell of a failure are taken for an answer.
    """
    pending, act = (state.get("pending") or {}).get("field"), state["turn"].get("act")
    if pending is None or act in SMALL_TALK:
        return False
    if pending == Field.PROBLEM:
        return act in FAILS
    return pending in learnt or act == Act.REFUSAL


def _of_every_store(messages: Sequence[TurnMessage], *, asked: bool) -> bool:
    return any(is_everywhere(m["text"], answering=asked) for m in messages)


def _said(state: IncidentState) -> list[TurnMessage]:
    """The whole conversation, where a turn brings no message of its own."""
    return [
        TurnMessage(id=line["id"], text=line["text"])
        for line in state.get("lines", [])
        if line["who"] == "staff"
    ]


def _is_edited(messages: Sequence[TurnMessage]) -> bool:
    return any(m.get("kind") == "edit" for m in messages)


def _is_deleted(source: str | None, messages: Sequence[TurnMessage]) -> bool:
    return any(m.get("kind") == "revoke" and m.get("target") == source for m in messages)
