"""What a correction comes to, from facts alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.correction import (
    Case,
    CorrectionKind,
    Part,
    Plan,
    TicketFate,
    Wish,
    plan_correction,
)
from domain.errors import BadInput, OutOfPlace
from domain.incident import Status

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
A = Case("a", "default", "g1", Status.COLLECTING, NOON, ("m1", "m2"))
B = Case("b", "default", "g1", Status.COLLECTING, NOON + timedelta(hours=1), ("m3",))


def with_ticket(case: Case, number: str, hours: int, **more: Any) -> Case:
    opened = NOON + timedelta(hours=hours)
    known = replace(case, status=Status.TICKETED, ticket_at=opened, ticket_number=number)
    return replace(known, **more)


def plan(kind: str, case: Case, other: Case | None = None, *messages: str, back: str = "") -> Plan:
    named = other.id if other else None
    wish = Wish(CorrectionKind(kind), case.id, messages, named)
    return plan_correction(wish, case, other, back=tuple(back.split()))


def fates(made: Plan) -> dict[str | None, tuple[Part, TicketFate]]:
    return {change.incident: (change.part, change.fate) for change in made.changes}


def test_a_message_moves_and_both_tickets_say_so() -> None:
    made = plan("move", with_ticket(A, "1", 2), with_ticket(B, "2", 3), "m2")
    assert (made.source, made.target, made.moved) == ("a", "b", ("m2",))
    assert fates(made) == {
        "a": (Part.GAVE, TicketFate.NOTED),
        "b": (Part.TOOK, TicketFate.NOTED),
    }


def test_without_tickets_nothing_is_written_at_the_desk() -> None:
    assert fates(plan("move", A, B, "m1")) == {
        "a": (Part.GAVE, TicketFate.NONE),
        "b": (Part.TOOK, TicketFate.WHEN_COMPLETE),
    }


def test_messages_keep_the_order_in_which_they_were_said() -> None:
    three = replace(A, messages=("m1", "m2", "m3"))
    assert plan("split", three, None, "m3", "m1").moved == ("m1", "m3")


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (A, B, "a"),
        (A, with_ticket(B, "2", 3), "b"),
        (with_ticket(A, "9", 5), with_ticket(B, "2", 3), "b"),
        (with_ticket(A, "1", 2, ticket_closed=True), with_ticket(B, "2", 3), "b"),
        (with_ticket(A, "1", 2, ticket_number=None), with_ticket(B, "2", 3), "b"),
        (replace(A, status=Status.CLOSED), B, "b"),
        (replace(A, status=Status.ESCALATED), B, "a"),
    ],
    ids=["older", "ticket", "older ticket", "open one", "one that is there", "alive", "escalated"],
)
def test_of_two_that_are_merged_one_stays_whichever_was_named_first(
    first: Case, second: Case, kept: str
) -> None:
    assert plan("merge", first, second).target == kept
    assert plan("merge", second, first).target == kept


def test_the_ticket_that_goes_is_withdrawn_unless_it_is_closed_already() -> None:
    kept = with_ticket(A, "1", 2)
    gone = plan("merge", kept, with_ticket(B, "2", 3)).changes[0]
    assert (gone.part, gone.fate, gone.ticket_number) == (Part.MERGED, TicketFate.WITHDRAWN, "2")
    closed = with_ticket(B, "2", 3, ticket_closed=True)
    assert plan("merge", kept, closed).changes[0].fate is TicketFate.NOTED


def test_to_move_everything_is_to_merge_or_to_set_aside() -> None:
    assert plan("move", B, A, "m3").kind is CorrectionKind.MERGE
    assert plan("move", B, None, "m3").kind is CorrectionKind.DISMISS
    assert plan("move", A, None, "m1").kind is CorrectionKind.MOVE


def test_what_was_dismissed_goes_to_the_other_however_old_it_is() -> None:
    dismissed = replace(A, status=Status.DISMISSED)
    assert plan("move", dismissed, B, "m1", "m2").target == "b"


def test_what_was_merged_gets_its_messages_back() -> None:
    merged = replace(with_ticket(B, "2", 3), status=Status.MERGED, messages=(), merged_into="a")
    kept = replace(with_ticket(A, "1", 2), messages=("m1", "m2", "m3"))
    made = plan("take_up", merged, kept, back="m3")
    assert (made.source, made.target, made.moved) == ("a", "b", ("m3",))
    assert fates(made)["b"] == (Part.TAKEN_UP, TicketFate.REOPENED)
    with pytest.raises(OutOfPlace, match="nothing would be left"):
        plan("take_up", merged, replace(kept, messages=("m3",)), back="m3")
    with pytest.raises(OutOfPlace, match="none of its messages"):
        plan("take_up", merged, kept)


MERGED = replace(A, status=Status.MERGED, merged_into="b")
CLOSED = with_ticket(A, "1", 2, status=Status.CLOSED, ticket_closed=True)
CHILD = replace(A, parent="x")
OUTAGE = replace(A, reports=2)


@pytest.mark.parametrize(
    ("kind", "case", "other", "messages", "why"),
    [
        ("move", MERGED, B, ["m1"], "it was merged"),
        ("move", A, replace(B, status=Status.DISMISSED), ["m1"], "take it up first"),
        ("split", A, None, ["m1", "m2"], "all its messages"),
        ("merge", MERGED, B, [], "take it up first"),
        ("dismiss", OUTAGE, None, [], "detach them first"),
        ("take_up", A, None, [], "not set aside"),
        ("take_up", CLOSED, None, [], "reopen it there"),
        ("attach", OUTAGE, B, [], "detach them first"),
        ("attach", B, CHILD, [], "attach to that"),
        ("attach", replace(B, parent="a"), A, [], "already"),
        ("detach", A, None, [], "attached to no outage"),
    ],
)
def test_what_is_not_possible_now_is_said(
    kind: str, case: Case, other: Case | None, messages: list[str], why: str
) -> None:
    with pytest.raises(OutOfPlace, match=why):
        plan(kind, case, other, *messages)


@pytest.mark.parametrize(
    ("kind", "case", "other", "messages", "why"),
    [
        ("move", A, B, [], "at least one"),
        ("move", A, B, ["m3"], "nobody said"),
        ("merge", A, None, [], "name the other"),
        ("merge", A, A, [], "same incident"),
        ("merge", A, replace(B, chat="g2"), [], "different groups"),
        ("attach", A, replace(B, account="other"), [], "different accounts"),
        ("attach", A, A, [], "no report of itself"),
    ],
)
def test_nonsense_is_refused(
    kind: str, case: Case, other: Case | None, messages: list[str], why: str
) -> None:
    with pytest.raises(BadInput, match=why) as refused:
        plan(kind, case, other, *messages)
    assert not isinstance(refused.value, OutOfPlace)


def test_an_outage_reaches_across_groups() -> None:
    made = plan("attach", replace(B, chat="g2"), with_ticket(A, "1", 2))
    assert fates(made) == {
        "b": (Part.LINKED, TicketFate.NONE),
        "a": (Part.LINKED, TicketFate.NOTED),
    }
