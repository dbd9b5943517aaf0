"""Two problems that were taken for one: a person splits them, and each has its own ticket.

Lupita:  la impresora no imprime, tienda 45                -> ticket 101
Lupita:  ah y no hay internet desde ayer                   -> a comment on 101
Marta splits it off                                        -> ticket 102; both name each other
"""

from __future__ import annotations

from domain.correction import CorrectionKind
from tests.flow.chat import LUPITA, RAUL, GroupChat
from tests.flow.operator import Operator

SPLIT = CorrectionKind.SPLIT
PRINTER = "la impresora de tickets no imprime, tienda 45"


async def glued(group: GroupChat, first: str, second: str) -> str:
    """Both texts in one incident; the id of the second message."""
    said = await group.says(first, by=LUPITA, pause=60)
    return await group.says(second, by=LUPITA, quotes=said)


async def test_each_has_its_ticket_and_they_name_each_other(group: GroupChat) -> None:
    operator = Operator(group)
    other = await glued(group, PRINTER, "ah y no hay internet desde ayer")
    [incident] = await operator.incidents()
    told = len(group.sent)
    await operator.does(SPLIT, incident, other, why="son dos cosas")
    assert len(group.tickets) == 2
    printer, internet = group.tickets
    # Who reported both speaks of one store, and is not asked for it again.
    assert "tienda 45" in internet.subject
    assert "internet" in internet.subject
    assert internet.contact_id == printer.contact_id
    assert "Marta movió de aquí" in printer.comments[-2].text
    link = f"#{printer.number} y #{internet.number}"
    assert [link in comments[-1].text for comments in (printer.comments, internet.comments)] == [
        True,
        True,
    ]
    # The group has heard of a ticket for these words.
    await group.passes(2000)
    assert len(group.sent) == told
    rows = await group.rows("SELECT status FROM incidents ORDER BY opened_at")
    assert [row["status"] for row in rows] == ["ticketed", "ticketed"]


async def test_the_new_one_asks_for_what_it_misses_and_opens_when_it_has_it(
    group: GroupChat,
) -> None:
    operator = Operator(group)
    printed = await group.says(PRINTER, by=LUPITA, pause=60)
    other = await group.says("tampoco hay internet", by=RAUL, quotes=printed)
    [incident] = await operator.incidents()
    told = len(group.sent)
    await operator.does(SPLIT, incident, other)
    assert len(group.tickets) == 1
    assert len(group.sent) == told + 1
    assert "tienda" in group.replies[-1]
    await group.says("en la 12", by=RAUL, quotes=group.sent[-1].id)
    printer, internet = group.tickets
    assert "tienda 12" in internet.subject
    assert f"#{internet.number}" in printer.comments[-1].text


async def test_before_any_ticket_both_are_told_of(group: GroupChat) -> None:
    operator = Operator(group)
    other = await glued(group, "la impresora de tickets no imprime", "y no hay internet")
    [incident] = await operator.incidents()
    assert group.tickets == []
    await operator.does(SPLIT, incident, other)
    # One question at a time: who reported both answers the first one first.
    [first] = group.sent
    assert "tienda" in first.text
    await group.says("en la 45", quotes=first.id, pause=60)
    await group.passes(60)
    second = [sent for sent in group.sent if sent.text.count("?")][-1]
    assert second.quote != first.quote
    await group.says("en la 45", quotes=second.id, pause=60)
    assert len(group.tickets) == 2
    assert [any(t.number in r for r in group.replies) for t in group.tickets] == [True, True]
    named = [[c.text for c in t.comments if "vienen de una misma" in c.text] for t in group.tickets]
    assert [len(one) for one in named] == [1, 1]


async def test_who_goes_with_what_they_said(group: GroupChat) -> None:
    operator = Operator(group)
    printed = await group.says(PRINTER, by=LUPITA, pause=60)
    other = await group.says("no hay internet en la tienda 12", by=RAUL, quotes=printed)
    [incident] = await operator.incidents()
    await operator.does(SPLIT, incident, other)
    old, new = [await operator.row(one) for one in await operator.incidents()]
    assert len(old["participants"]) == len(new["participants"]) == 1
    assert old["reporter_id"] != new["reporter_id"]
    assert new["store"] == "12"
    await group.says("el internet sigue igual", by=RAUL)
    assert "sigue igual" in group.tickets[1].comments[-1].text
