"""What a turn's messages become at the desk once there is a ticket: comments and attachments."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import prompts
from domain.effect import Effect, EffectKind, Lane, attach_key, comment_key, ticket_key, update_key
from graph.state import FileRef, IncidentState, TurnMessage, new_messages

CHANGES = frozenset({"edit", "revoke"})


def quote(message: TurnMessage) -> str:
    """A message as a comment: who wrote what; empty when nothing was written."""
    return f"{message['name']}: {message['text']}" if message["text"] else ""


def carry_over(state: IncidentState, word: Callable[[TurnMessage], str] = quote) -> list[Effect]:
    """Every message of this turn for the ticket, with its files; `word` puts its text."""
    return [e for message in new_messages(state) for e in _to_desk(state, message, word)]


def carry_what_matters(state: IncidentState) -> list[Effect]:
    """What goes to the ticket even out of small talk: files, corrections and deletions."""
    matters = [m for m in new_messages(state) if m.get("files") or m.get("kind") in CHANGES]
    return [e for message in matters for e in _to_desk(state, message, quote)]


def _to_desk(
    state: IncidentState, message: TurnMessage, word: Callable[[TurnMessage], str]
) -> list[Effect]:
    if message.get("kind") in CHANGES:
        return [amend(state, message)]
    return [*_comment(state, message, word(message)), *_attachments(state, message)]


def amend(state: IncidentState, message: TurnMessage) -> Effect:
    """The comment of one edit or revoke; an edit may share its message's id, so its time counts."""
    say = prompts.load("follow_up").say
    name, was = message["name"], message.get("was", "")
    if message["kind"] == "edit":
        key, text = f"{message['id']}:edit:{message['at']}", message["text"]
        if was and was != text:
            text = say("corrected_before", person=name, text=text, was=was)
        else:
            text = say("corrected", person=name, text=text)
    else:
        key = f"{message['id']}:revoke"
        text = say("deleted", person=name, text=f": «{was}»" if was else "")
    return at_desk(state, comment_key(state["incident_id"], key), {"text": text})


def at_desk(
    state: IncidentState,
    key: str,
    payload: dict[str, Any],
    kind: EffectKind = EffectKind.ADD_COMMENT,
    purpose: str = "comment",
) -> Effect:
    """One effect on this incident's ticket, once that is there."""
    needs = ticket_key(state["incident_id"])
    return Effect(key, Lane.DESK, kind, purpose, payload, needs)


def close_untouched(state: IncidentState, ending: str, purpose: str = "withdraw") -> Effect:
    """Close the ticket, unless somebody at the desk works on it by then; `ending` is its key's."""
    key = update_key(state["incident_id"], ending)
    payload = {"changes": {"status": "Closed"}, "only_if": "untouched"}
    return at_desk(state, key, payload, EffectKind.UPDATE_TICKET, purpose)


def name_related(state: IncidentState) -> list[Effect]:
    """Comments that name each other on the tickets of what a person split.

    Planned when either ticket is opened; the earlier one's are dropped, the later one's go.
    """
    incident, say = state["incident_id"], prompts.load("amend").say
    numbers = {"ticket_number": "{ticket_number}", "other_number": "{other_number}"}
    found: list[Effect] = []
    for other in state.get("related", []):
        here = {"text": say("split", **numbers), "other": other}
        keys = (
            comment_key(incident, f"link:{other}"),
            comment_key(incident, f"link:{other}:there"),
        )
        found += [at_desk(state, keys[0], here), at_desk(state, keys[1], {**here, "on": other})]
    return found


def attachment(incident: str, file: FileRef) -> Effect:
    """One file for the ticket, once, by its hash."""
    payload = {key: value for key, value in file.items() if key not in ("message", "picture")}
    return Effect(
        key=attach_key(incident, file["sha256"]),
        lane=Lane.DESK,
        kind=EffectKind.ATTACH_FILE,
        purpose="attachment",
        payload=payload,
        needs=ticket_key(incident),
    )


def link_to_old(state: IncidentState) -> list[Effect]:
    """The word on the closed ticket that this one goes on with, where it goes on."""
    old = state.get("follows")
    if not old:
        return []
    text = prompts.load("follow_up").say("continued_in", ticket_number="{ticket_number}")
    key = comment_key(state["incident_id"], "continues")
    return [at_desk(state, key, {"text": text, "on": old["incident"]})]


def refusal(file: FileRef) -> str:
    """How the ticket says that a file was not taken."""
    say = prompts.load("open_ticket").say
    return say("refused_file", name=file.get("name", "archivo"), reason=file["error"])


def _comment(state: IncidentState, message: TurnMessage, text: str) -> list[Effect]:
    say, images = prompts.load("open_ticket").say, state.get("images", {})
    files = message.get("files", [])
    seen = [images.get(file.get("sha256", ""), {}).get("text") for file in files]
    parts = [
        text,
        *(say("photo_text", text=words) for words in seen if words),
        *(refusal(file) for file in files if "error" in file),
    ]
    whole = "\n".join(part for part in parts if part)
    key = comment_key(state["incident_id"], message["id"])
    return [at_desk(state, key, {"text": whole})] if whole else []


def _attachments(state: IncidentState, message: TurnMessage) -> list[Effect]:
    files = [file for file in message.get("files", []) if "sha256" in file]
    return [attachment(state["incident_id"], file) for file in files]
