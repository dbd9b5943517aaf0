"""The family of an outage: who speaks, who hears what, who is next, and when it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.outage import (
    Member,
    Outage,
    heir,
    is_back,
    may_speak_of_all,
    news_of,
    speaker,
    speaks_of_all,
)

START = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def member(name: str, chat: str = "north", minutes: int = 0, **more: object) -> Member:
    at = START + timedelta(minutes=minutes)
    base = Member(name, chat, "ticketed", at, store=name)
    return replace(base, **more)  # type: ignore[arg-type]


HEAD = member("head", told=True)
OUTAGE = Outage(
    HEAD,
    (
        member("a", minutes=1),
        member("b", "south", 2, told=True),
        member("c", "south", 3),
        member("d", "east", 4, status="collecting", store=None),
    ),
)


def with_head(**more: object) -> Outage:
    return replace(OUTAGE, head=replace(HEAD, **more))  # type: ignore[arg-type]


def test_the_head_hears_of_every_complete_report_and_that_it_is_urgent() -> None:
    heard = news_of(OUTAGE, urgent_stores=4)
    assert {n.key for n in heard} == {"grew:a", "grew:b", "grew:c", "urgent"}
    assert {n.member for n in heard} == {"head"}
    assert "urgent" not in {n.key for n in news_of(OUTAGE, urgent_stores=5)}


def test_one_speaks_for_each_group() -> None:
    speaking = [speaker(OUTAGE, chat) for chat in ("north", "south", "east", "west")]
    assert [one and one.id for one in speaking] == ["head", "b", "d", None]


def test_everybody_who_is_open_ends_with_the_head_and_one_a_group_says_so() -> None:
    over = replace(with_head(status="resolved"), over_at=START + timedelta(minutes=30))
    endings = news_of(over)
    assert {n.member: n.data["speak"] for n in endings} == {
        "a": False,
        "b": True,
        "c": False,
        "d": True,
    }


@pytest.mark.parametrize(
    "spared", [{"minutes": 40}, {"owner": "Marta"}, {"ended": True}, {"status": "closed"}]
)
def test_who_came_later_or_is_a_persons_or_fails_again_is_not_ended(
    spared: dict[str, object],
) -> None:
    child = member("a", **spared)  # type: ignore[arg-type]
    over = START + timedelta(minutes=30)
    outage = Outage(replace(HEAD, status="resolved"), (child,), over)
    assert news_of(outage) == []


def test_one_store_that_is_back_is_not_the_outage() -> None:
    one = with_head(back=True)
    assert not is_back(one)
    children = tuple(replace(c, back=c.id in ("a", "b")) for c in OUTAGE.children)
    assert is_back(replace(one, children=children))
    assert is_back(with_head(back=True, back_everywhere=True))


def test_no_half_of_the_stores_ends_it_for_one_where_it_goes_on() -> None:
    children = tuple(
        replace(c, back=c.id in ("a", "b"), still=c.id == "c") for c in OUTAGE.children
    )
    outage = replace(with_head(back=True), children=children)
    assert not is_back(outage)
    assert is_back(replace(outage, head=replace(HEAD, back=True, back_everywhere=True)))
    closed = tuple(replace(c, status="closed") if c.still else c for c in children)
    assert is_back(replace(outage, children=closed))


def test_the_oldest_that_is_open_is_the_next_head() -> None:
    children = (replace(OUTAGE.children[0], status="withdrawn"), *OUTAGE.children[1:])
    next_head = heir(replace(OUTAGE, children=children))
    assert next_head is not None
    assert next_head.id == "b"


@pytest.mark.parametrize(
    ("text", "of_all"),
    [
        ("ya quedó el sistema en todas las tiendas", True),
        ("ya volvió en general", True),
        ("servicio restablecido a nivel nacional", True),
        ("ya quedó aquí en la 45", False),
        ("ya funcionan todas las cajas", False),
        ("nos pasó a todos", True),
        ("ya les funciona a todos", True),
        ("ya regresó para todos", True),
        # Whom they greet or thank, and whom a system of theirs puts out.
        ("hola a todos, se quemaron los focos del aparador", False),
        ("buenos días a todos no funciona la impresora", False),
        ("Buen día a todos, el internet está caído", False),
        ("muy buenas tardes a todos: no abre la caja", False),
        ("saludos a todos, no hay luz en la 45", False),
        ("el sistema nos saca a todos y no deja volver a entrar", False),
        ("muchas gracias a todos, ya quedó", False),
    ],
)
def test_who_speaks_of_all_stores(text: str, of_all: bool) -> None:
    assert speaks_of_all(text) is of_all


@pytest.mark.parametrize(
    ("text", "perhaps"),
    [
        ("se cayó en toda la plaza", True),
        ("ya quedó el sistema en todas las tiendas", True),
        ("nadie puede cobrar", True),
        ("es masivo", True),
        ("la caja 2 no prende", False),
    ],
)
def test_who_perhaps_speaks_of_all_stores(text: str, perhaps: bool) -> None:
    assert may_speak_of_all(text) is perhaps
