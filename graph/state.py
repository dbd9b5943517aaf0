"""What an incident remembers between turns: plain JSON, so that any version can read it.

Each field says who writes it. Adding a field is safe; renaming one needs a migration of open
threads. `effects` and `timers` are what the newest run decided: `server/run.py` records them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Annotated, Any

from langchain_core.messages import AIMessage, AnyMessage
from langgraph.graph.message import add_messages
from typing_extensions import TypedDict  # pydantic draws no schema of typing's before 3.12

from domain.effect import Effect, EffectKind, Lane
from domain.incident import (
    HAS_TICKET,
    REQUIRED_BY_DEFAULT,
    Category,
    Field,
    Status,
    missing_fields,
)
from graph.context import Context

# A conversation longer than this is cut at its old end; the messages stay in Postgres.
LINES_KEPT = 60
# Where a value that nobody had to say comes from: a name, a setting, the outage it is part of; or
# what the sender or the group was of before, which the next word of it may overrule.
KNOWN, LEARNT = "known", "learnt"


class FileRef(TypedDict, total=False):
    """A file of a message. `sha256` is missing when it was refused; then `error` says why.

    `sha256` is of the bytes as they came, which nobody but the desk is given; `picture` of the safe
    copy of an image, for whoever looks into it. `message` is the id of its message; `receive` fills
    it in.
    """

    sha256: str
    picture: str
    name: str
    mimetype: str
    error: str
    message: str


class TurnMessage(TypedDict, total=False):
    """One message of a turn, as a node needs it. `local` is the time for a reader.

    `target` is the id of the message that an `edit` or `revoke` changes; `receive` puts into `was`
    what that message said before.
    """

    id: str
    at: str
    local: str
    who: str
    name: str
    person_id: str
    text: str
    kind: str
    target: str
    was: str
    files: list[FileRef]


class Turn(TypedDict, total=False):
    """What wakes an incident: people's messages, a timer, or a fact the sender learnt.

    `number` counts the turns of an incident from 1; `name` is the timer's or fact's name (of a
    timer that is no longer wanted: `overtaken`) and `data` what it says; `act` is what the local
    reader makes of the messages, `danger` whether it reads danger in them, `corrects` whether they
    put something right, `ends_nothing` whether they only ask for what works, or tell of another's,
    `besides` whether they plainly tell of a failure beside what was open, `as_before` what happens
    to a thing that fails as another one does, `as_thing` what a colleague had asked for, `replied`
    whether a bare answer to who asked says that it is `fixed` or `still_broken`, `order` what the
    bot is asked to do, `wants_person` whether a report asks for one, `vouched` whether whoever
    helps has taken it up, and `taken_back` why the reporter takes the report back, if they do;
    `owner` is the person who owns the incident then, if one does.
    """

    number: int
    kind: str
    at: str
    messages: list[TurnMessage]
    name: str
    data: dict[str, Any]
    act: str
    danger: bool
    taken_back: str
    corrects: bool
    ends_nothing: bool
    besides: bool
    as_before: str
    as_thing: str
    replied: str
    order: str
    wants_person: bool
    vouched: bool
    owner: str | None


class Timer(TypedDict):
    """A wake-up wanted at `due_at` (ISO, business time)."""

    name: str
    due_at: str


class IncidentInput(TypedDict, total=False):
    """What may be put in. Studio and programmers send `messages`; the server sends `incoming`."""

    messages: Annotated[list[AnyMessage], add_messages]
    incoming: Turn | None
    incident_id: str
    chat: str
    group_name: str
    where: str | None
    where_from: str
    reporter: dict[str, str]
    outage: dict[str, str | None] | None
    follows: dict[str, str] | None


class IncidentState(IncidentInput, total=False):
    """The whole memory of an incident."""

    # what was put in is as above
    # receive
    turn: Turn
    last_turn: int
    messages_seen: int
    opened_at: str
    # receive empties it for each turn; classify, extract and follow_up add what they did
    readers: list[str]
    lines: list[dict[str, str]]
    files: list[FileRef]
    owner: str | None
    rules: dict[str, Any]
    # receive: who else has said to have it, name by person
    shared_by: dict[str, str]
    # classify
    classification: dict[str, Any] | None
    category: str
    priority: str
    confidence: float
    classified_turn: int
    # classify doubts that it is an incident; extract and follow_up take an answer for a yes
    doubted: bool
    # classify is not sure enough of it to ask more than once; the same end it
    asked_once: bool
    # describe_image
    images: dict[str, dict[str, Any]]
    # extract
    fields: dict[str, str]
    sources: dict[str, str]
    refused: list[str]
    learnt: list[str]
    replaced: dict[str, str]
    # ask_missing; receive, open_ticket, escalate and follow_up clear `pending`
    asked: dict[str, int]
    pending: dict[str, str] | None
    # follow_up
    act: str | None
    withdrawing: str | None
    back: str | None
    # open_ticket, follow_up
    subject: str
    ticket: dict[str, Any] | None
    # amend: the newest correction, what was split off and from what, and whether the group has
    # heard of a ticket for these words already
    correction: dict[str, Any] | None
    related: list[str]
    told: bool
    # every node
    status: str
    effects: list[dict[str, Any]]
    timers: list[Timer]
    failure: str | None
    trace: list[dict[str, Any]]
    # escalate
    handed_over: bool


Update = dict[str, Any]


def effect_to_json(effect: Effect) -> dict[str, Any]:
    """An effect as the state keeps it."""
    return {**asdict(effect), "lane": effect.lane.value, "kind": effect.kind.value}


def effect_from_json(value: Mapping[str, Any]) -> Effect:
    """An effect out of the state. Raises ValueError, KeyError for one that is none."""
    return Effect(
        key=value["key"],
        lane=Lane(value["lane"]),
        kind=EffectKind(value["kind"]),
        purpose=value["purpose"],
        payload=value["payload"],
        needs=value["needs"],
    )


def plan(state: IncidentState, *effects: Effect) -> Update:
    """The run's effects so far, and these; a thread that came in by `messages` reads them there.

    A message's id is its effect's key, so that planning twice shows once.
    """
    update: Update = {"effects": [*state.get("effects", []), *map(effect_to_json, effects)]}
    if effects and state.get("messages"):
        update["messages"] = [AIMessage(shown(e), id=e.key, name=e.lane.value) for e in effects]
    return update


def shown(effect: Effect) -> str:
    """An effect as somebody reads it in Studio's chat, where nothing is ever sent."""
    payload = effect.payload
    if effect.kind is EffectKind.SAY:
        return str(payload["text"]).replace("{ticket_number}", "(por asignar)")
    if effect.kind is EffectKind.OPEN_TICKET:
        head = f"[Zoho Desk] {payload['subject']} ({payload['priority']}, {payload['category']})"
        return f"{head}\n\n{payload['description']}"
    rest = payload.get("text") or payload.get("name") or payload.get("changes") or effect.key
    return f"[Zoho Desk, {effect.purpose}] {rest}"


def required(context: Context) -> Mapping[Category, frozenset[Field]]:
    """Required fields by category, as this run's settings say."""
    chosen = {Category(c): frozenset(map(Field, fs)) for c, fs in context.required_fields.items()}
    return {**REQUIRED_BY_DEFAULT, **chosen}


def rules_of(context: Context) -> dict[str, Any]:
    """What the routers need of a run's settings; `receive` puts it into the state."""
    wanted = {category.value: sorted(fields) for category, fields in required(context).items()}
    return {
        "required": {c: [field.value for field in fields] for c, fields in wanted.items()},
        "max_reasks": context.max_reasks,
    }


def is_asked_once(state: IncidentState) -> bool:
    """Whether it is too little sure of to be asked about again, or to call anybody for."""
    return state.get("doubted", False) or state.get("asked_once", False)


def is_attended(state: IncidentState) -> bool:
    """Whether somebody of support has written into it: then they ask, and say how it goes."""
    return any(line["who"] == "support" for line in state.get("lines", []))


def missing(state: IncidentState) -> list[Field]:
    """The required fields that are not known yet, the one to ask first in front."""
    rules = state.get("rules") or rules_of(Context())
    category = Category(state.get("category", Category.TECHNICAL))
    needed = frozenset(map(Field, rules["required"][category.value]))
    if state.get("outage"):
        # What an outage is was told by its first report: of the others only where is asked.
        needed &= {Field.STORE}
    wanted = {category: needed}
    return missing_fields(category, state.get("fields", {}), wanted)


def closes_at(state: IncidentState, context: Context) -> str:
    """When an incident that nobody completes is closed, as an ISO time: so long after it was
    opened, not counting what its timers were late for, such as a machine that was off."""
    due = datetime.fromisoformat(state["opened_at"]) + timedelta(
        seconds=context.close_after_seconds
    )
    set_before = [t["due_at"] for t in state.get("timers", []) if t["name"] == "close"]
    if set_before:
        due = datetime.fromisoformat(set_before[0])
    turn = state["turn"]
    if turn["kind"] == "timer" and (was_due := turn.get("data", {}).get("due_at")):
        due += datetime.fromisoformat(turn["at"]) - datetime.fromisoformat(was_due)
    return due.isoformat()


def waited_for(state: IncidentState) -> str | None:
    """The field whose answer may still come: what an answer said that is edited now, or was
    deleted; what was asked for last; and what was handed over because nobody answered still waits
    for it."""
    if said := _answer_edited(state):
        return said
    if lacks_its_answer(state):
        return Field.STORE.value
    if pending := state.get("pending"):
        return pending["field"]
    if state.get("status") != Status.ESCALATED or "category" not in state:
        return None
    return next((f.value for f in missing(state) if f.value in state.get("asked", {})), None)


def _answer_edited(state: IncidentState) -> str | None:
    """The field that was said by a message which this turn edits, and which told no problem."""
    edited = {m.get("target") for m in new_messages(state) if m.get("kind") == "edit"}
    sources = state.get("sources", {})
    said = [field for field, source in sources.items() if source in edited]
    return None if Field.PROBLEM in said else next(iter(said), None)


def lacks_its_answer(state: IncidentState) -> bool:
    """Whether a ticket keeps a store whose answer was deleted since: it may be given anew."""
    source, lines = state.get("sources", {}).get(Field.STORE), state.get("lines", [])
    if state.get("status") not in HAS_TICKET or not source or source in (KNOWN, LEARNT):
        return False
    return len(lines) < LINES_KEPT and all(line["id"] != source for line in lines)


def is_assumed(state: IncidentState, field: Field) -> bool:
    """Whether nobody has said this field: it was known, or learnt from earlier reports."""
    return state.get("sources", {}).get(field.value) in (KNOWN, LEARNT)


def new_messages(state: IncidentState) -> Sequence[TurnMessage]:
    """The messages of the turn that is being read."""
    return state["turn"].get("messages", [])


def was_read_by(state: IncidentState, node: str) -> list[str]:
    """The readers of this turn so far, and `node`."""
    return [*state.get("readers", []), node]


def unread_images(state: IncidentState) -> dict[str, str]:
    """Hashes of the images of this turn that nobody has read yet, each with its safe copy's."""
    known = state.get("images", {})
    return {
        sha256: picture
        for message in new_messages(state)
        for file in message.get("files", [])
        if (sha256 := file.get("sha256")) and (picture := file.get("picture"))
        if sha256 not in known
    }
