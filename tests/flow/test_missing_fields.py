"""An incomplete report is asked for what is missing, and becomes exactly one ticket.

Lupita: Buenos días, la impresora de tickets no funciona
Recado: ¿De qué tienda se trata?
Lupita: tienda 45                                    -> ticket 101
Recado: se creó el ticket #101

Lupita: se trabó la caja y no podemos cobrar
Recado: ¿De qué tienda se trata?                     (again after 30, 60 and 90 minutes)
Recado: a person takes over                          (and a day later it is closed)
"""

from __future__ import annotations

from datetime import timedelta

from graph.context import Context
from server.queue import RUN
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
    # What a day later is closed for lack of the store promised nobody an answer.
    assert "sin saber la tienda" in group.replies[-1]
    assert "le responderá" not in group.replies[-1]
    await group.passes(90_000)
    assert "falta de información" in group.replies[-1]
    assert await group.status() == ["closed"]
    assert group.tickets == []


async def test_a_report_that_was_handed_over_and_closed_starts_anew(group: GroupChat) -> None:
    group.knobs.context = Context(human_support="525500000001", max_reasks=0)
    await group.says("se trabó la caja y no podemos cobrar")
    await group.passes(1900)
    assert await group.rows("SELECT owner FROM incidents") == [{"owner": "525500000001"}]
    await group.passes(90_000)
    assert await group.status() == ["closed"]
    await group.says("otra vez se trabó la caja de la tienda 45")
    [ticket] = group.tickets
    assert ticket.number in group.replies[-1]
    newest = await group.rows("SELECT owner FROM incidents ORDER BY opened_at DESC LIMIT 1")
    assert newest == [{"owner": None}]


async def test_a_timer_that_fires_while_its_answer_waits_asks_nothing(group: GroupChat) -> None:
    await group.says("urgente, no funciona, marca error E-51")
    assert (await asked(group)) == {"system": 1}
    run = group.queue.handlers[RUN]

    async def run_late(incident: str) -> None:
        """The workers are busy for half an hour, and the timer falls due meanwhile."""
        group.queue.handlers[RUN] = run
        group.clock.move_to(group.clock.now() + timedelta(minutes=31))
        await group.engine.scheduler.tick()
        await run(incident)

    group.queue.handlers[RUN] = run_late
    await group.says("la impresora", quotes=group.sent[0].id)
    await group.passes(60)
    assert len(group.sent) == 2
    assert "tienda" in group.replies[1]
    assert await group.rows("SELECT 1 FROM turns WHERE kind = 'timer' AND state = 'done'") == [
        {"?column?": 1}
    ]
    assert (await asked(group)) == {"system": 1, "store": 1}
    await group.passes(1900)
    assert (await asked(group)) == {"system": 1, "store": 2}


async def asked(group: GroupChat) -> dict[str, int]:
    """How often each field was asked for."""
    [incident] = await group.rows("SELECT asked FROM incidents")
    found: dict[str, int] = incident["asked"]
    return found
