"""An incomplete report is asked for what is missing, and becomes exactly one ticket."""

from __future__ import annotations

from tests.flow.chat import RAUL, GroupChat


async def test_asks_for_the_store_then_opens_one_ticket(group: GroupChat) -> None:
    report = await group.says("Buenos días, la impresora de tickets no funciona")
    assert len(group.sent) == 1
    assert "tienda" in group.replies[0]
    assert group.sent[0].quote == report
    assert group.tickets == []
    await group.says("tienda 45")
    await group.says(redelivered=True)
    assert len(group.tickets) == 1
    ticket = group.tickets[0]
    assert "45" in ticket.subject
    assert "la impresora de tickets no funciona" in ticket.description
    assert len(group.sent) == 2
    assert ticket.number in group.replies[1]


async def test_a_complete_report_is_not_asked_anything(group: GroupChat) -> None:
    await group.says("En la tienda 12 no sirve la terminal de cobro, marca error E-51")
    assert [t.number in group.replies[0] for t in group.tickets] == [True]
    assert len(group.sent) == 1


async def test_three_short_texts_are_one_report(group: GroupChat) -> None:
    await group.says("hola", pause=4)
    await group.says("no tenemos internet", pause=5)
    await group.says("tienda 7", pause=30)
    assert len(group.tickets) == 1
    assert len(group.sent) == 1


async def test_chatter_leaves_nothing(group: GroupChat) -> None:
    await group.says("buenos días a todos, bonito día", by=RAUL)
    await group.says("gracias!! 🙌", by=RAUL)
    await group.says("quién trae el pastel para el cumple de Ana?")
    assert group.sent == []
    assert await group.rows("SELECT 1 FROM incidents") == []
    assert await group.rows("SELECT 1 FROM checkpoints") == []
    assert len(await group.rows("SELECT 1 FROM documents WHERE type = 'message'")) >= 1


async def test_asks_three_times_more_then_hands_over(group: GroupChat) -> None:
    await group.says("se trabó la caja y no podemos cobrar")
    await group.passes(1900)
    assert len(group.sent) == 2
    await group.passes(1900)
    await group.passes(1900)
    assert len(group.sent) == 4
    await group.passes(1900)
    assert len(group.sent) == 5
    assert await group.status() == ["escalated"]
    await group.passes(90_000)
    assert "falta de información" in group.replies[-1]
    assert await group.status() == ["closed"]
    assert group.tickets == []
