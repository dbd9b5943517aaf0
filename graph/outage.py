"""What a member of an outage does with what it hears of the others."""

from __future__ import annotations

import prompts
from domain.effect import EffectKind, comment_key, notice_key, update_key
from domain.incident import TICKETED, UNTICKETED, Priority, Status
from domain.outage import speaks_of_all
from domain.ticket import PRIORITY_NAMES
from graph.desk import at_desk
from graph.replies import say_notice
from graph.state import IncidentState, Update, new_messages, plan

FACTS = frozenset({"outage_grew", "outage_urgent", "outage_back", "outage_over"})


def hear_of_outage(state: IncidentState) -> Update:
    """Take in one fact of the outage."""
    fact = state["turn"]["name"]
    if fact == "outage_over":
        return _end(state)
    if Status(state["status"]) not in TICKETED:
        return {}
    return {"outage_grew": _grow, "outage_urgent": _raise, "outage_back": _be_back}[fact](state)


def how_far_back(state: IncidentState, act: str) -> str | None:
    """What a turn says of the whole outage: that it works again everywhere, or here, or still
    fails; None."""
    if act != "fixed":
        return "still" if act == "still_broken" else state.get("back")
    messages = new_messages(state)
    helped = any(m["who"] == "support" for m in messages)
    everywhere = helped or any(speaks_of_all(m["text"]) for m in messages)
    return "everywhere" if everywhere else "here"


def _grow(state: IncidentState) -> Update:
    """Another store has it: the ticket is told, the group is not."""
    data = state["turn"]["data"]
    where = data.get("where")
    text = prompts.load("follow_up").say(
        "outage_grew",
        store=str(data.get("store") or "sin indicar"),
        group=f" ({where})" if where else "",
        stores=str(data.get("stores", "")),
    )
    key = comment_key(state["incident_id"], f"turn:{state['turn']['number']}")
    return plan(state, at_desk(state, key, {"text": text}))


def _raise(state: IncidentState) -> Update:
    """So many stores have it that it is urgent."""
    if state.get("priority") == Priority.URGENT:
        return {}
    key = update_key(state["incident_id"], "urgent")
    changes = {"changes": {"priority": PRIORITY_NAMES[Priority.URGENT]}}
    raised = at_desk(state, key, changes, EffectKind.UPDATE_TICKET, "raise")
    return {**plan(state, raised), "priority": Priority.URGENT.value}


def _be_back(state: IncidentState) -> Update:
    """People say that it works again: one all-clear; a person at the desk closes the ticket."""
    say, number = prompts.load("follow_up").say, state["turn"]["number"]
    stores = str(state["turn"]["data"].get("stores", ""))
    comment = at_desk(
        state,
        comment_key(state["incident_id"], f"turn:{number}"),
        {"text": say("outage_says_back", stores=stores)},
    )
    notice = say_notice(notice_key(state["incident_id"], f"over:{number}"), say("outage_back"))
    return {**plan(state, comment, notice), **_over(), "status": Status.RESOLVED.value}


def _end(state: IncidentState) -> Update:
    """The outage is over, and its reports with it; whoever speaks for the group says so."""
    status, turn = Status(state["status"]), state["turn"]
    if status not in UNTICKETED | TICKETED or state.get("owner") is not None:
        return {}
    say = prompts.load("follow_up").say
    notice = say_notice(
        notice_key(state["incident_id"], f"over:{turn['number']}"), say("outage_back")
    )
    spoken = [notice] if turn["data"].get("speak") else []
    if status in UNTICKETED:
        return {**plan(state, *spoken), **_over(), "status": Status.CLOSED.value}
    comment = at_desk(
        state,
        comment_key(state["incident_id"], f"turn:{turn['number']}"),
        {"text": say("outage_over")},
    )
    close = at_desk(
        state,
        update_key(state["incident_id"], f"over:{turn['number']}"),
        {"changes": {"status": "Closed"}},
        EffectKind.UPDATE_TICKET,
        "close",
    )
    ticket = {**(state.get("ticket") or {}), "status": "Closed", "closed": True}
    ticket["changed_at"] = turn["at"]
    return {
        **plan(state, comment, close, *spoken),
        **_over(),
        "ticket": ticket if state.get("ticket") else None,
        "status": Status.RESOLVED.value,
    }


def _over() -> Update:
    return {"pending": None, "timers": []}
