"""Follow what a person corrected: the incident's life, its question, and its ticket.

Nothing is said to the group here: a correction is between the operators and the desk.
"""

from __future__ import annotations

from typing import Any

import prompts
from domain.effect import Effect, EffectKind, comment_key, update_key
from domain.incident import HAS_TICKET, Priority, Status
from domain.ticket import PRIORITY_NAMES
from graph.correction import quotes
from graph.desk import at_desk, attachment, close_untouched
from graph.state import IncidentState, Update, missing, new_messages, plan

# An ended report without a ticket starts anew when something is brought to it.
REVIVED = frozenset({Status.CLOSED, Status.DISMISSED, Status.WITHDRAWN})
KNOWN = "known"


async def amend(state: IncidentState) -> Update:
    """Plan what a correction asks for here; a re-run plans the same."""
    turn = state["turn"]
    data, part = turn.get("data", {}), turn["name"]
    parts = {
        "gave": _gave,
        "took": _took,
        "merged": _merged,
        "dismissed": _dismissed,
        "taken_up": _taken_up,
        "linked": _linked,
        "unlinked": _linked,
    }
    update, effects = parts[part](state, data)
    kept = {"id": data["correction"], "part": part}
    return {**plan(state, *effects), **update, "correction": kept}


Amended = tuple[Update, list[Effect]]


def _gave(state: IncidentState, data: dict[str, Any]) -> Amended:
    update = _relate(state, data)
    if not state.get("lines") and not state.get("ticket"):
        # Of what was dismissed and forgotten there is nothing left to go on with.
        return {**update, "status": data["status"], "pending": None, "timers": []}, []
    pending = state.get("pending")
    if pending and pending["field"] not in missing(state):
        update["pending"] = None
    section = "gave" if data.get("other") else "gave_chatter"
    return update, _note(state, data, section, text=data.get("text", ""))


def _took(state: IncidentState, data: dict[str, Any]) -> Amended:
    update = {**_relate(state, data), "told": bool(data.get("told"))}
    effects: list[Effect] = []
    if state["status"] in REVIVED and not state.get("ticket"):
        update["status"] = Status.CANDIDATE.value
    if _has_ticket(state):
        effects = _note(state, data, "took", text=quotes(state, new_messages(state)))
        files = [file for m in new_messages(state) for file in m.get("files", [])]
        effects += [attachment(state["incident_id"], f) for f in files if "sha256" in f]
    if data.get("priority") == Priority.URGENT != state.get("priority"):
        update["priority"] = Priority.URGENT.value
        key = update_key(state["incident_id"], "urgent")
        changes = {"changes": {"priority": PRIORITY_NAMES[Priority.URGENT]}}
        if _has_ticket(state):
            effects.append(at_desk(state, key, changes, EffectKind.UPDATE_TICKET, "raise"))
    return update, effects


def _merged(state: IncidentState, data: dict[str, Any]) -> Amended:
    over: Update = {"status": Status.MERGED.value, "pending": None, "timers": []}
    return over, [*_note(state, data, "merged", wait=True), *_withdraw(state, data)]


def _dismissed(state: IncidentState, data: dict[str, Any]) -> Amended:
    over: Update = {"status": Status.DISMISSED.value, "pending": None, "timers": []}
    return over, [*_note(state, data, "dismissed"), *_withdraw(state, data)]


def _taken_up(state: IncidentState, data: dict[str, Any]) -> Amended:
    ticket = state.get("ticket")
    if not ticket:
        return {"status": Status.CANDIDATE.value, "pending": None, "timers": []}, []
    key = update_key(state["incident_id"], f"reopen:correction:{data['correction']}")
    changes = {"changes": {"status": "Open"}, "only_if": "closed"}
    reopen = at_desk(state, key, changes, EffectKind.UPDATE_TICKET, "reopen")
    # The group need not hear that its ticket is what it always was to them.
    again: Update = {
        "status": Status.TICKETED.value,
        "ticket": {**ticket, "closed": False, "expected": "Open"},
    }
    return again, [*_note(state, data, "taken_up"), reopen]


def _linked(state: IncidentState, data: dict[str, Any]) -> Amended:
    """Attached to an outage or detached from one; to the outage itself it is only a note."""
    if state["turn"]["name"] == "linked":
        section = "linked_child" if data["child"] else "linked_parent"
        return {"outage": data["outage"]}, _note(state, data, section)
    if not data.get("child", True):
        return {}, _note(state, data, "unlinked_parent")
    # What only the outage told is not known of it.
    sources = state.get("sources", {})
    told = {name for name in ("system", "problem") if sources.get(name) == KNOWN}
    alone: Update = {
        "outage": None,
        "fields": {f: v for f, v in state.get("fields", {}).items() if f not in told},
        "sources": {f: s for f, s in sources.items() if f not in told},
    }
    return (alone if not _has_ticket(state) else {"outage": None}), _note(state, data, "unlinked")


def _relate(state: IncidentState, data: dict[str, Any]) -> Update:
    """Remember what was split off from it, or from what: their tickets name each other."""
    if not data.get("made"):
        return {}
    return {"related": [*state.get("related", []), data["other"]]}


def _withdraw(state: IncidentState, data: dict[str, Any]) -> list[Effect]:
    if not _has_ticket(state):
        return []
    return [close_untouched(state, f"withdraw:{data['correction']}")]


def _note(
    state: IncidentState, data: dict[str, Any], section: str, *, wait: bool = False, **slots: str
) -> list[Effect]:
    """The comment that says on the ticket what was corrected, by whom and why."""
    if not _has_ticket(state):
        return []
    texts = prompts.load("amend")
    number = data.get("other_number")
    waits = wait and number is None
    slots |= {"author": data["author"], "why": _why(data)}
    if "{other}" in texts.sections[section]:
        told = texts.say("other_ticket", number=number or "{other_number}")
        slots["other"] = told if number or waits else texts.say("other_incident")
    payload: dict[str, Any] = {"text": texts.say(section, **slots).strip()}
    if waits:
        # The other ticket is on its way: its number is filled in when it is there.
        payload |= {"other": data["other"], "wait": True}
    key = comment_key(state["incident_id"], f"correction:{data['correction']}")
    return [at_desk(state, key, payload)]


def _why(data: dict[str, Any]) -> str:
    return " " + prompts.load("amend").say("why", why=data["why"]) if data.get("why") else ""


def _has_ticket(state: IncidentState) -> bool:
    return state["status"] in HAS_TICKET or bool(state.get("ticket"))
