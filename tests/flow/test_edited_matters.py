"""An edit that takes one of two problems out of a message, or puts another one in.

Lupita:  no prende el horno de la 12 y aparte la puerta del baño no cierra      -> two tickets
Lupita (edits): no prende el horno de la 12
Recado:  El ticket #102 se retiró ...
"""

from __future__ import annotations

import pytest

from domain.message import MessageKind
from tests.flow.chat import GroupChat

EDIT, REVOKE = MessageKind.EDIT, MessageKind.REVOKE
OVEN, DOOR = "no prende el horno de la 12", "la puerta del baño no cierra"
BOTH = f"{OVEN} y aparte {DOOR}"


def open_subjects(group: GroupChat) -> list[str]:
    return [t.subject for t in group.tickets if t.status == "Open"]


@pytest.mark.parametrize(("left", "gone"), [(OVEN, "puerta"), (f"{DOOR} en la 12", "horno")])
async def test_what_an_edit_leaves_out_is_taken_back(
    group: GroupChat, left: str, gone: str
) -> None:
    said = await group.says(BOTH, pause=90)
    assert len(group.tickets) == 2
    await group.says(left, kind=EDIT, target=said, pause=200)
    [subject] = open_subjects(group)
    assert gone not in subject.lower()
    [closed] = [t for t in group.tickets if t.status == "Closed"]
    assert gone in closed.subject.lower()
    assert len(group.sent) == 3
    assert "se retiró" in group.replies[2]
    # And what is deleted then is the other.
    await group.says(kind=REVOKE, target=said, pause=200)
    assert open_subjects(group) == []


async def test_what_is_worked_on_is_only_told(group: GroupChat) -> None:
    said = await group.says(BOTH, pause=90)
    group.tickets[1].assigned = True
    await group.says(OVEN, kind=EDIT, target=said, pause=200)
    assert ["horno" in s.lower() for s in open_subjects(group)] == [True, False]
    assert "eliminó" in group.tickets[1].comments[-1].text
    assert len(group.sent) == 2


@pytest.mark.parametrize(
    "words", [f"{BOTH} por favor", f"{OVEN} ni cierra la puerta del baño", "ya quedó, gracias"]
)
async def test_an_edit_that_leaves_nothing_out_takes_nothing_back(
    group: GroupChat, words: str
) -> None:
    said = await group.says(BOTH, pause=90)
    await group.says(words, kind=EDIT, target=said, pause=200)
    assert len(open_subjects(group)) == len(group.tickets) == 2


async def test_before_there_is_a_ticket_it_ends_quietly(group: GroupChat) -> None:
    said = await group.says("no prende el horno y aparte la puerta del baño no cierra", pause=60)
    await group.says("no prende el horno", kind=EDIT, target=said, pause=60)
    await group.says("la 12", pause=4000)
    assert [t.subject for t in group.tickets] == ["No prende el horno, tienda 12"]
    assert ["tienda se trata" in r for r in group.replies] == [True, False]


async def test_what_an_edit_adds_is_a_report_of_its_own(group: GroupChat) -> None:
    said = await group.says(OVEN, pause=60)
    await group.says(BOTH, kind=EDIT, target=said, pause=120)
    assert ["horno" in s.lower() for s in open_subjects(group)] == [True, False]
    assert all(s.endswith("12") for s in open_subjects(group))
    # Edited once more it is no third.
    await group.says(f"{BOTH}!", kind=EDIT, target=said, version=2, pause=120)
    assert len(group.tickets) == 2


@pytest.mark.parametrize(
    "words",
    [
        f"{OVEN}, ya lo desconectamos y nada",
        f"{OVEN} ni calienta, y la perilla tampoco gira",
        f"{OVEN} y huele a gas",
    ],
)
async def test_more_of_the_same_is_no_other_report(group: GroupChat, words: str) -> None:
    said = await group.says(OVEN, pause=60)
    await group.says(words, kind=EDIT, target=said, pause=120)
    assert len(group.tickets) == 1


async def test_what_was_left_out_and_comes_back_is_reported_anew(group: GroupChat) -> None:
    said = await group.says(BOTH, pause=90)
    await group.says(OVEN, kind=EDIT, target=said, version=1, pause=90)
    assert len(open_subjects(group)) == 1
    await group.says(BOTH, kind=EDIT, target=said, version=2, pause=120)
    assert ["horno" in s.lower() for s in open_subjects(group)] == [True, False]
