"""A message that went to the wrong incident: a person moves it, and its fields go with it.

Lupita:  la impresora no imprime, tienda 45                -> ticket 101
Raúl:    no hay internet                                   -> which store?
Raúl:    en la 12 (moved by Marta from 101 to his report)  -> ticket 102
"""

from __future__ import annotations

import pytest

from domain.correction import CorrectionKind
from domain.errors import BadInput, OutOfPlace
from domain.message import MessageKind
from graph.context import Context
from tests.flow.chat import LUPITA, RAUL, GroupChat
from tests.flow.operator import Operator

MOVE = CorrectionKind.MOVE
PRINTER = "la impresora de tickets no imprime, tienda 45"


async def with_a_stray_message(group: GroupChat, stray: str, report: str) -> tuple[str, str, str]:
    """A ticket with a comment that belongs to Raúl's report: both incidents and the message."""
    printed = await group.says(PRINTER, by=LUPITA, pause=60)
    await group.says(report, by=RAUL, pause=60)
    moved = await group.says(stray, by=RAUL, quotes=printed)
    first, second = await Operator(group).incidents()
    return first, second, moved


async def test_the_field_that_it_says_goes_with_it(group: GroupChat) -> None:
    operator = Operator(group)
    first, second, moved = await with_a_stray_message(
        group, "es en la tienda 12", "no hay internet"
    )
    assert [len(group.tickets), len(group.sent)] == [1, 2]
    await operator.does(MOVE, first, moved, other=second, why="hablaba del internet")
    [printer, internet] = group.tickets
    assert "tienda 12" in internet.subject
    assert "es en la tienda 12" in internet.description
    assert "Marta movió de aquí" in printer.comments[-1].text
    assert (await operator.row(first))["fields"]["store"] == "45"
    # Its report is finished now, and the group hears of its ticket as of any other.
    assert len(group.sent) == 3
    assert internet.number in group.replies[-1]


async def test_a_detail_becomes_a_comment_of_the_other_ticket_and_no_word(
    group: GroupChat,
) -> None:
    operator = Operator(group)
    first, second, moved = await with_a_stray_message(
        group, "ya reiniciamos el módem y sigue igual", "no hay internet en la tienda 12"
    )
    told = len(group.sent)
    await operator.does(MOVE, first, moved, other=second)
    printer, internet = group.tickets
    assert "reiniciamos el módem" in internet.comments[-1].text
    assert f"#{printer.number}" in internet.comments[-1].text
    assert f"#{internet.number}" in printer.comments[-1].text
    assert len(group.sent) == told
    await group.passes(4000)
    assert len(group.sent) == told
    decided = await group.rows(
        "SELECT decided_by, replaces FROM assignments WHERE outcome = 'moved'"
    )
    assert [row["decided_by"] for row in decided] == ["Marta"]
    assert decided[0]["replaces"] is not None


async def test_a_question_that_is_really_missing_now_is_asked(group: GroupChat) -> None:
    operator = Operator(group)
    await group.says("la impresora de tickets no imprime", by=LUPITA, pause=60)
    answer = await group.says("en la 45", by=LUPITA, pause=2)
    await group.says("ups, eso no era", by=LUPITA)
    [only] = await operator.incidents()
    assert len(group.tickets) == 1
    # With a ticket nothing is asked, whatever is unknown again.
    await operator.does(MOVE, only, answer)
    await group.passes(4000)
    assert len(group.sent) == 2
    assert "Marta quitó" in group.tickets[0].comments[-1].text


async def test_the_question_comes_back_while_there_is_no_ticket(group: GroupChat) -> None:
    operator = Operator(group)
    await group.says("no funciona, tienda 45", by=LUPITA, pause=60)
    [only] = await operator.incidents()
    asked = len(group.sent)
    assert asked == 1
    said = await group.says("es en la 54", by=LUPITA, pause=60)
    row = await operator.row(only)
    assert row["status"] == "collecting"
    await operator.does(MOVE, only, said)
    assert (await operator.row(only))["pending"]["field"] == row["pending"]["field"]
    assert len(group.sent) == len(group.replies) == asked


async def test_what_was_handed_over_for_lack_of_a_field_gets_its_ticket(group: GroupChat) -> None:
    operator = Operator(group)
    group.knobs.context = Context(max_reasks=0)
    printed = await group.says(PRINTER, by=LUPITA, pause=60)
    await group.says("no hay internet", by=RAUL, pause=60)
    await group.passes(1900)
    assert await group.status() == ["ticketed", "escalated"]
    moved = await group.says("es en la tienda 12", by=RAUL, quotes=printed)
    first, second = await operator.incidents()
    await operator.does(MOVE, first, moved, other=second)
    assert await group.status() == ["ticketed", "ticketed"]
    assert "tienda 12" in group.tickets[1].subject


async def test_with_all_its_messages_it_is_a_merging(group: GroupChat) -> None:
    operator = Operator(group)
    await group.says(PRINTER, by=LUPITA, pause=120)
    stray = await group.says("la báscula no prende en la tienda 45", by=RAUL)
    first, second = await operator.incidents()
    made = await operator.does(MOVE, second, stray, other=first)
    assert made["kind"] == "merge"
    assert [ticket.status for ticket in group.tickets] == ["Open", "Closed"]


async def test_to_nothing_with_all_its_messages_it_is_set_aside(group: GroupChat) -> None:
    operator = Operator(group)
    said = await group.says(PRINTER)
    [only] = await operator.incidents()
    made = await operator.does(MOVE, only, said)
    assert made["kind"] == "dismiss"
    assert group.tickets[0].status == "Closed"


async def test_an_edit_goes_with_what_it_changes(group: GroupChat) -> None:
    operator = Operator(group)
    first, second, moved = await with_a_stray_message(
        group, "es en la tienda 21", "no hay internet"
    )
    await group.says("es en la tienda 12", kind=MessageKind.EDIT, target=moved, by=RAUL)
    await operator.does(MOVE, first, moved, other=second)
    assert "tienda 12" in group.tickets[1].subject
    assert await operator.said_in(first) == [PRINTER]


async def test_a_photo_goes_along(group: GroupChat) -> None:
    operator = Operator(group)
    printed = await group.says(PRINTER, by=LUPITA, pause=60)
    await group.says("no hay internet en la tienda 12", by=RAUL, pause=60)
    photo = await group.says("miren el módem", by=RAUL, photo=b"foto", quotes=printed)
    first, second = await operator.incidents()
    await operator.does(MOVE, first, photo, other=second)
    assert len(group.tickets[1].attachments) == 1


async def test_what_makes_no_sense_is_refused(group: GroupChat) -> None:
    operator = Operator(group)
    said = await group.says(PRINTER)
    [only] = await operator.incidents()
    with pytest.raises(BadInput, match="at least one"):
        await operator.does(MOVE, only, other=only)
    with pytest.raises(BadInput, match="nobody said"):
        await operator.does(MOVE, only, "NOTTHERE")
    with pytest.raises(OutOfPlace, match="all its messages"):
        await operator.does(CorrectionKind.SPLIT, only, said)
    assert await group.rows("SELECT 1 FROM corrections") == []
