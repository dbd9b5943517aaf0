"""Whatever is no report and no answer: more words, a fact of the desk, the closing timer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from langgraph.runtime import Runtime

import prompts
from domain.effect import Effect, EffectKind, notice_key, update_key
from domain.gist import Act
from domain.incident import HAS_TICKET, TICKETED, UNTICKETED, Status
from domain.ports import Models, ToolScope, ToolShop
from domain.sayings.asked_if_mended import only_asks_if_mended
from domain.sayings.mended import works_again
from domain.sayings.progress import asks_when_they_come
from domain.sayings.reopening import asks_to_reopen, denies_the_end, denies_the_visit
from domain.wording import addressed
from graph.amend import amend_ticket, tell_kept, tell_withdrawn
from graph.calls import model_call
from graph.context import Context
from graph.desk import (
    CHANGES,
    at_desk,
    carry_over,
    carry_what_matters,
    close_untouched,
    name_related,
    quote,
)
from graph.obey import obey, told_by
from graph.outage import FACTS as OUTAGE_FACTS
from graph.outage import hear_of_outage, how_far_back
from graph.replies import (
    STATUS_WORDS,
    answer_status,
    remember_told,
    say_notice,
    say_too_late,
)
from graph.state import (
    IncidentState,
    TurnMessage,
    Update,
    is_asked_once,
    is_attended,
    new_messages,
    plan,
    was_read_by,
)
from graph.withdrawal import take_back
from prompts import fill_known

ASIDE = frozenset({Status.MERGED, Status.DISMISSED})
FOR_THE_DESK = frozenset({"detail", "command", "fixed", "still_broken"})
TICKET_FACTS = frozenset({"ticket_opened", "ticket_changed", "ticket_kept"})
# Said of a ticket that was closed, these mean that it is broken again.
FAILS = frozenset({Act.REPORT, Act.SAME_PROBLEM, Act.STILL_BROKEN})


async def follow_up(
    state: IncidentState, runtime: Runtime[Context], *, models: Models, tools: ToolShop
) -> Update:
    """Decide what a turn means for an incident that is under way, and plan what follows."""
    turn = state["turn"]
    if turn["kind"] == "fact":
        return hear_of_outage(state) if turn["name"] in OUTAGE_FACTS else _learn(state)
    if turn["kind"] == "timer":
        asked_once = is_asked_once(state) and not is_attended(state)
        if asked_once and turn["name"] in ("reask", "close"):
            return _let_go(state)
        return _close(state) if turn["name"] == "close" else {}
    context = runtime.context or Context()
    if turn.get("taken_back"):
        return take_back(state)
    if all(m.get("kind") in CHANGES for m in new_messages(state)):
        return _changed(state) if state["status"] in HAS_TICKET else {}
    box = tools.open(_scope(state))
    if "order" in turn:
        return await obey(state, box, context.human_support)
    instructions = fill_known(context.follow_up_prompt, ticket=_known(state))
    call = model_call(state, "follow_up", instructions, context.follow_up_model)
    answer = await models.follow_up(call, box)
    act = _without_end(state, _meant(state, answer.act, context))
    if act == "still_broken" and _is_open(state):
        # It may have been closed a moment ago: then this speaks of that.
        await box.use("get_ticket_status", {})
    update, effects = _act(state, act, told_by(box), context)
    planned = box.planned if state.get("ticket") else ()
    return {
        **plan(state, *planned, *effects),
        **update,
        "act": act,
        "back": how_far_back(state, act),
        "readers": was_read_by(state, "follow_up"),
        "trace": [*state.get("trace", []), *({"tool": u.name} for u in box.uses)],
    }


def _scope(state: IncidentState) -> ToolScope:
    ticket = state.get("ticket") or {}
    files = any("sha256" in file for file in state.get("files", []))
    writes = {"update_ticket", *(["upload_attachment"] if files else [])}
    return ToolScope(
        incident_id=state["incident_id"],
        chat=state.get("chat", ""),
        person_id=state.get("reporter", {}).get("id", ""),
        ticket_id=ticket.get("id"),
        allowed=frozenset(writes) if ticket else frozenset(),
    )


def _meant(state: IncidentState, act: str, context: Context) -> str:
    """What a turn means where its words leave no choice, else what was made of them. Who asks
    whether it works again says nothing of it, and unless they reported it, asks who did."""
    if replied := state["turn"].get("replied"):
        return replied
    said = new_messages(state)
    text = "\n".join(message["text"] for message in said)
    if act == "status_question" and not text.strip():
        return "detail"  # a photo asks nothing; what was asked before it was answered
    reporter = state.get("reporter", {}).get("id")
    own = all(message.get("person_id") == reporter for message in said)
    if act in ("fixed", "still_broken", "status_question") and only_asks_if_mended(text):
        return "status_question" if own else "chatter"
    if own and Status(state["status"]) in TICKETED and asks_when_they_come(text):
        return "status_question"
    if act == "still_broken" or (act == "fixed" and works_again(text)):
        return act
    if any(message["who"] != "staff" for message in said):
        return act
    closed = bool((state.get("ticket") or {}).get("closed")) and _may_reopen(state, context)
    denies = asks_to_reopen(text) or ((closed or act == "fixed") and denies_the_end(text))
    denies = denies or (closed and denies_the_visit(text))
    return "still_broken" if denies else act


def _is_open(state: IncidentState) -> bool:
    """Whether there is a ticket of which nobody has told that it is closed."""
    ticket = state.get("ticket") or {}
    return bool(ticket.get("id")) and not ticket.get("closed") and state["status"] in HAS_TICKET


def _known(state: IncidentState) -> str:
    """What a model is told of the ticket."""
    ticket = state.get("ticket")
    if ticket is None:
        return "todavía no hay"
    facts = {key: ticket.get(key) for key in ("number", "status", "closed")}
    return json.dumps(facts, ensure_ascii=False)


def _changed(state: IncidentState) -> Update:
    """What was edited or deleted, for the ticket; a report of which nothing is left is taken back
    as long as nobody works on it."""
    effects = amend_ticket(state, carry_what_matters(state))
    said = any(line["who"] == "staff" for line in state.get("lines", []))
    if said or Status(state["status"]) is Status.RESOLVED:
        return plan(state, *effects)
    return {**plan(state, *effects, close_untouched(state, "withdraw")), "withdrawing": "deleted"}


# -- what people say ------------------------------------------------------------------------------


def _without_end(state: IncidentState, act: str) -> str:
    """The act that a model sees; an all-clear only where the words are one of this incident."""
    if act != Act.FIXED or not state["turn"].get("ends_nothing"):
        return act
    meant = state["turn"].get("act")
    return meant if meant in (Act.STATUS_QUESTION, Act.DETAIL) else Act.CHATTER.value


def _act(
    state: IncidentState, act: str, told: dict[str, Any], context: Context
) -> tuple[Update, Sequence[Effect]]:
    """What one act means here: how the incident changes, and what happens outside."""
    status, ticket = Status(state["status"]), state.get("ticket") or {}
    if act == "status_question" and _is_for_support(state):
        act = "chatter"
    if status in UNTICKETED:
        if act == "fixed" and state.get("owner") is None:
            return {"status": Status.WITHDRAWN.value, "pending": None, "timers": []}, []
        return {}, answer_status(state, told) if act == "status_question" else []
    if status not in HAS_TICKET:
        if act == "status_question" and status is Status.CLOSED and ticket:
            return {}, answer_status(state, told)
        # Closed for good, with its ticket: it takes nothing more, and says so.
        return {}, say_too_late(state) if act in FOR_THE_DESK else []
    if act == "status_question":
        answer = [*carry_what_matters(state), *answer_status(state, told)]
        return remember_told(state, told), answer
    if act not in FOR_THE_DESK:
        # Words that read as small talk and still put a field right go along.
        anew = bool(state.get("replaced")) and not _changes_words(state)
        corrects = state.get("learnt") and (state["turn"].get("corrects") or anew)
        carry = carry_over if corrects else None
        return {}, amend_ticket(state, carry(state) if carry else carry_what_matters(state))
    if act == "detail" and ticket.get("closed") and state["turn"].get("act") in FAILS:
        act = "still_broken"
    effects = amend_ticket(
        state, carry_over(state, {"fixed": _fixed, "still_broken": _broken}.get(act, quote))
    )
    # Closed at the desk, of which nobody has heard yet: to the group it stays open.
    unheard = bool(told.get("closed")) and not ticket.get("closed")
    if act != "still_broken" or not (ticket.get("closed") or unheard):
        # People had said that an outage was over; its ticket is still open.
        again = act == "still_broken" and status is Status.RESOLVED
        return {"status": Status.TICKETED.value} if again else {}, effects
    if not (unheard or _may_reopen(state, context)):
        return {"status": Status.CLOSED.value, "timers": []}, [*effects, *say_too_late(state)]
    ended = state["turn"]["at"] if unheard else ticket["changed_at"]
    key = update_key(state["incident_id"], f"reopen:{ended}")
    changes = {"changes": {"status": "Open"}}
    reopen = at_desk(state, key, changes, EffectKind.UPDATE_TICKET, "reopen")
    reopened = {**ticket, "closed": False, "reopened": True}
    return {"status": Status.TICKETED.value, "ticket": reopened}, [*effects, reopen]


def _changes_words(state: IncidentState) -> bool:
    return any(m.get("kind") in CHANGES for m in new_messages(state))


def _is_for_support(state: IncidentState) -> bool:
    """Whether a question is one of support, or calls by name who of them has written here."""
    said = new_messages(state)
    if not said or said[-1]["who"] == "support":
        return True
    helping = {line["name"] for line in state.get("lines", []) if line["who"] == "support"}
    return bool(addressed(said[-1]["text"], {name: name for name in helping}))


def _fixed(message: TurnMessage) -> str:
    return _reported(message, "says_fixed")


def _broken(message: TurnMessage) -> str:
    return _reported(message, "says_broken")


def _reported(message: TurnMessage, section: str) -> str:
    if not message["text"] or message["who"] != "staff":
        return quote(message)
    say = prompts.load("follow_up").say
    return say(section, person=message["name"], text=message["text"])


def _may_reopen(state: IncidentState, context: Context) -> bool:
    changed = (state.get("ticket") or {}).get("changed_at")
    if not changed:
        return False
    limit = datetime.fromisoformat(changed) + timedelta(seconds=context.reopen_within_seconds)
    return datetime.fromisoformat(state["turn"]["at"]) <= limit


# -- what the desk and the clock say --------------------------------------------------------------


def _learn(state: IncidentState) -> Update:
    """Take in a fact: our ticket was opened, or it changed at the desk."""
    turn = state["turn"]
    data, before = turn.get("data", {}), state.get("ticket") or {}
    if turn["name"] not in TICKET_FACTS:
        return {}
    if state["status"] in ASIDE:
        return {"ticket": {**before, **data}}
    changed = data.get("status") != before.get("status") or "changed_at" not in before
    ticket = {**before, **data, "changed_at": turn["at"] if changed else before["changed_at"]}
    if turn["name"] == "ticket_opened":
        ticket.setdefault("opened_as", data.get("status"))
    closed = bool(ticket.get("closed"))
    if state["status"] == Status.WITHDRAWN:
        # Taken back: it stays so, unless the desk keeps the ticket because somebody works on it.
        kept = turn["name"] == "ticket_kept" and not closed
        return {"ticket": ticket, **({"status": Status.TICKETED.value} if kept else {})}
    if turn["name"] == "ticket_kept":
        return {**tell_kept(state), "ticket": ticket}
    if closed and state.get("withdrawing"):
        return {**tell_withdrawn(state, ticket), "ticket": ticket}
    over = closed and state["status"] == Status.CLOSED
    status = Status.CLOSED if over else Status.RESOLVED if closed else Status.TICKETED
    update: Update = {"ticket": ticket, "status": status.value, "pending": None, "timers": []}
    if turn["name"] == "ticket_opened":
        return {**plan(state, *name_related(state)), **update}
    # What we asked the desk for ourselves is no news; an older look at it does not use that up.
    expected = data.get("status") == ticket.get("expected")
    if expected:
        ticket.pop("expected")
    # Of what people said to be over the group has read that it is.
    read = closed and state["status"] == Status.RESOLVED
    # Nor is what an answer told of it.
    heard = ticket.pop("told", None) == data.get("status")
    again = ticket.pop("reopened", False) or bool(before.get("closed"))
    if expected or heard or not changed or read or state.get("owner") is not None:
        return update
    section, slots = "resolved", {"ticket_number": str(ticket.get("number", ""))}
    if not closed and again and data.get("status") == "Open":
        section = "reopened"
    elif not closed:
        said = str(data.get("status"))
        section, slots = "status_changed", {**slots, "status": STATUS_WORDS.get(said, said)}
    key = notice_key(state["incident_id"], f"status:{turn['number']}:{data.get('status')}")
    return {
        **plan(state, say_notice(key, prompts.load("follow_up").say(section, **slots))),
        **update,
    }


def _let_go(state: IncidentState) -> Update:
    """Nobody answered what may be no incident at all: it ends without another word."""
    if state["status"] != Status.COLLECTING or state.get("owner") is not None:
        return _close(state) if state["turn"]["name"] == "close" else {}
    return {"status": Status.CLOSED.value, "pending": None, "timers": []}


def _close(state: IncidentState) -> Update:
    """Close what nobody completed; the closing word only where no person has the incident. What
    support has written into is theirs: it ends for nobody unseen, and waits among what needs a
    person."""
    if state["status"] not in UNTICKETED:
        return {}
    update: Update = {"status": Status.CLOSED.value, "pending": None, "timers": []}
    if state.get("owner") is not None:
        return update
    if is_attended(state):
        return {**update, "status": Status.ESCALATED.value, "handed_over": True}
    key = notice_key(state["incident_id"], "closed")
    return {**plan(state, say_notice(key, prompts.load("follow_up").say("closed"))), **update}
