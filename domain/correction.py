"""What a person may change about where messages belong, and what that does to each ticket.

A correction is planned here from facts alone; whoever carries it out writes down the same plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from domain.errors import BadInput, OutOfPlace
from domain.incident import ENDED, Status


class CorrectionKind(StrEnum):
    """What a person asks for. A move without an incident to go to makes chatter of a message."""

    MOVE = "move"
    SPLIT = "split"
    MERGE = "merge"
    DISMISS = "dismiss"
    TAKE_UP = "take_up"
    ATTACH = "attach"
    DETACH = "detach"


class Part(StrEnum):
    """What a correction is to one incident: the name of the turn that tells it."""

    GAVE = "gave"
    TOOK = "took"
    MERGED = "merged"
    DISMISSED = "dismissed"
    TAKEN_UP = "taken_up"
    LINKED = "linked"
    UNLINKED = "unlinked"


class TicketFate(StrEnum):
    """What happens to an incident's ticket. A ticket that somebody works on is never withdrawn."""

    NONE = "none"
    NOTED = "noted"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    WHEN_COMPLETE = "when_complete"


@dataclass(frozen=True)
class Case:
    """What a correction may know of an incident.

    `messages` are the ids of what people said in it. `ticket_at` is when its ticket was opened, or
    planned while `ticket_number` is not there; None when there is none. `reports` counts the
    incidents that are another report of it.
    """

    id: str
    account: str
    chat: str
    status: Status
    opened_at: datetime
    messages: tuple[str, ...] = ()
    ticket_at: datetime | None = None
    ticket_number: str | None = None
    ticket_closed: bool = False
    parent: str | None = None
    reports: int = 0
    merged_into: str | None = None


@dataclass(frozen=True)
class Wish:
    """What a person asks for. `other` is where to: the incident to move to, to merge with, or the
    outage to attach to."""

    kind: CorrectionKind
    incident: str
    messages: tuple[str, ...] = ()
    other: str | None = None


@dataclass(frozen=True)
class Change:
    """What becomes of one incident; `incident` is None for the one that a split will make."""

    incident: str | None
    part: Part
    fate: TicketFate
    ticket_number: str | None = None


@dataclass(frozen=True)
class Plan:
    """A correction that is possible. `moved` are ids of messages that go from `source` to `target`;
    without a target they become chatter, or the incident that a split makes."""

    kind: CorrectionKind
    source: str
    target: str | None
    moved: tuple[str, ...]
    changes: tuple[Change, ...]


ASIDE = frozenset({Status.DISMISSED, Status.MERGED})


def plan_correction(
    wish: Wish, case: Case, other: Case | None, *, back: Sequence[str] = ()
) -> Plan:
    """What a wish comes to. Raises BadInput for one that makes no sense, OutOfPlace for one that
    what is there now does not allow.

    `back` are the messages that a merged incident gets back when it is taken up.
    """
    match wish.kind:
        case CorrectionKind.MOVE:
            return _move(wish, case, other)
        case CorrectionKind.SPLIT:
            return _split(wish, case)
        case CorrectionKind.MERGE:
            _check_present(case)
            return _merge(case, _named(other))
        case CorrectionKind.DISMISS:
            return _dismiss(case)
        case CorrectionKind.TAKE_UP:
            return _take_up(case, other, tuple(back))
        case CorrectionKind.ATTACH:
            return _attach(case, _named(other))
        case CorrectionKind.DETACH:
            return _detach(case, other)


def _move(wish: Wish, case: Case, other: Case | None) -> Plan:
    chosen = _chosen(wish, case)
    whole = len(chosen) == len(case.messages)
    if other is None:
        if whole:
            return _dismiss(case)
        changes = (_gives(case),)
        return Plan(CorrectionKind.MOVE, case.id, None, chosen, changes)
    _check_pair(case, other)
    if whole:
        return _merge(case, other)
    return Plan(CorrectionKind.MOVE, case.id, other.id, chosen, (_gives(case), _takes(other)))


def _split(wish: Wish, case: Case) -> Plan:
    chosen = _chosen(wish, case)
    if len(chosen) == len(case.messages):
        raise OutOfPlace(
            "these are all its messages: nothing would be left to split from", "nothing_left"
        )
    made = Change(None, Part.TOOK, TicketFate.WHEN_COMPLETE)
    return Plan(CorrectionKind.SPLIT, case.id, None, chosen, (_gives(case), made))


def _merge(case: Case, other: Case) -> Plan:
    """The later ticket is withdrawn, whichever of the two was named first."""
    _check_pair(case, other)
    gone, kept = sorted((case, other), key=_stays, reverse=True)
    gives = Change(gone.id, Part.MERGED, _withdrawal(gone), gone.ticket_number)
    return Plan(CorrectionKind.MERGE, gone.id, kept.id, gone.messages, (gives, _takes(kept)))


def _dismiss(case: Case) -> Plan:
    _check_present(case)
    if case.reports:
        raise OutOfPlace(
            "other incidents are reports of this outage: detach them first", "has_reports"
        )
    change = Change(case.id, Part.DISMISSED, _withdrawal(case), case.ticket_number)
    return Plan(CorrectionKind.DISMISS, case.id, None, (), (change,))


def _take_up(case: Case, other: Case | None, back: tuple[str, ...]) -> Plan:
    if case.status not in ENDED:
        raise OutOfPlace("it is not set aside", "not_set_aside")
    if case.status is Status.CLOSED and case.ticket_at is not None:
        raise OutOfPlace("its ticket was closed at the desk: reopen it there", "closed_at_desk")
    fate = TicketFate.WHEN_COMPLETE if case.ticket_at is None else TicketFate.REOPENED
    change = Change(case.id, Part.TAKEN_UP, fate, case.ticket_number)
    if case.merged_into is None:
        return Plan(CorrectionKind.TAKE_UP, case.id, None, (), (change,))
    kept = _named(other)
    _check_present(kept)
    if not back:
        raise OutOfPlace("none of its messages is where they were merged to", "moved_on")
    if set(kept.messages) <= set(back):
        raise OutOfPlace("nothing would be left of the incident it was merged into", "nothing_left")
    return Plan(CorrectionKind.TAKE_UP, kept.id, case.id, back, (_gives(kept), change))


def _attach(case: Case, outage: Case) -> Plan:
    _check_present(case)
    _check_present(outage)
    if case.id == outage.id:
        raise BadInput("an incident is no report of itself", "same_incident")
    if case.account != outage.account:
        raise BadInput("the two belong to different accounts", "other_account")
    if case.parent == outage.id:
        raise OutOfPlace("it is attached to this outage already", "attached_already")
    if outage.parent is not None:
        raise OutOfPlace(
            "the outage is itself a report of another one: attach to that", "is_a_report"
        )
    if case.reports:
        raise OutOfPlace(
            "other incidents are reports of this one: detach them first", "has_reports"
        )
    linked = Change(case.id, Part.LINKED, _note(case), case.ticket_number)
    told = Change(outage.id, Part.LINKED, _note(outage), outage.ticket_number)
    return Plan(CorrectionKind.ATTACH, case.id, outage.id, (), (linked, told))


def _detach(case: Case, outage: Case | None) -> Plan:
    if outage is None:
        raise OutOfPlace("it is attached to no outage", "not_attached")
    alone = Change(case.id, Part.UNLINKED, _note(case), case.ticket_number)
    told = Change(outage.id, Part.UNLINKED, _note(outage), outage.ticket_number)
    return Plan(CorrectionKind.DETACH, case.id, outage.id, (), (alone, told))


def _chosen(wish: Wish, case: Case) -> tuple[str, ...]:
    """The messages of a wish in the order of the incident."""
    if case.status is Status.MERGED:
        raise OutOfPlace("it was merged: its messages are in the other incident", "was_merged")
    if not wish.messages:
        raise BadInput("name at least one message", "no_messages")
    unknown = sorted(set(wish.messages) - set(case.messages))
    if unknown:
        raise BadInput(
            f"nobody said this in the incident: {', '.join(unknown)}", "not_its_messages"
        )
    return tuple(one for one in case.messages if one in set(wish.messages))


def _named(other: Case | None) -> Case:
    if other is None:
        raise BadInput("name the other incident", "no_other")
    return other


def _check_pair(case: Case, other: Case) -> None:
    """Whether messages may go from one to the other: their answers go to one group."""
    if case.id == other.id:
        raise BadInput("the two are the same incident", "same_incident")
    if (case.account, case.chat) != (other.account, other.chat):
        raise BadInput(
            "the two are of different groups: attach one to the other as an outage", "other_group"
        )
    _check_present(other)


def _check_present(case: Case) -> None:
    if case.status in ASIDE:
        raise OutOfPlace(f"the incident is {case.status.value}: take it up first", "is_aside")


def _stays(case: Case) -> tuple[bool, bool, bool, bool, bool, datetime, datetime, str]:
    """What sorts the incident that is kept first: who has a ticket, an open one, the older one; of
    those without a ticket one that has not ended."""
    return (
        case.status in ASIDE,
        case.ticket_at is None,
        case.ticket_at is None and case.status in ENDED,
        case.ticket_closed,
        case.ticket_number is None,
        case.ticket_at or datetime.max.replace(tzinfo=UTC),
        case.opened_at,
        case.id,
    )


def _gives(case: Case) -> Change:
    return Change(case.id, Part.GAVE, _note(case), case.ticket_number)


def _takes(case: Case) -> Change:
    fate = TicketFate.WHEN_COMPLETE if case.ticket_at is None else TicketFate.NOTED
    return Change(case.id, Part.TOOK, fate, case.ticket_number)


def _withdrawal(case: Case) -> TicketFate:
    return TicketFate.WITHDRAWN if case.ticket_at and not case.ticket_closed else _note(case)


def _note(case: Case) -> TicketFate:
    return TicketFate.NONE if case.ticket_at is None else TicketFate.NOTED
