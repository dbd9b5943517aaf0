"""The bot is asked for something: how it goes, to cancel, for a person; a stranger does no harm.

Lupita: la impresora de tickets no funciona
Recado: ¿De qué tienda se trata?
Raúl: @bot cancela                      (nothing: it is not his)
Lupita: @bot estado
Recado: aún falta indicar: la tienda
Lupita: bot cancela
Recado: su reporte quedó cancelado

Lupita: la impresora de la tienda 45 no funciona      -> ticket 101
Lupita: olvídenlo, cancela el ticket
Recado: el ticket #101 quedó cancelado
Lupita: cancelen mi reporte                           (nothing: it was said)
"""

from __future__ import annotations

import pytest

from domain.message import OURSELVES
from graph.context import Context
from server.persistence.incident_views import list_rows
from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

NO_STORE = "la impresora de tickets no funciona"
RAUL_OF_NINE = Person("Raúl Tienda 9", lid=RAUL.lid)
FULL = "la impresora de la tienda 45 no funciona"


async def test_how_it_goes_is_said_of_what_the_asker_reported(group: GroupChat) -> None:
    await group.says(NO_STORE)
    await group.says("no hay internet en la tienda 9", by=RAUL)
    await group.says("@bot estado")
    assert group.replies[-1] == "Lupita, para registrar su reporte aún falta indicar: la tienda."
    await group.says("bot, cómo va?", by=RAUL)
    assert group.replies[-1].startswith("Raúl, el ticket #101 está en estado «abierto»")
    assert len(group.sent) == 4
    assert group.tickets[0].comments == []


async def test_how_it_goes_is_asked_of_the_desk(group: GroupChat) -> None:
    await group.says(FULL)
    group.desk.set_status(group.tickets[0].id, "On Hold")
    await group.says("@bot estado")
    assert "«en espera»" in group.replies[-1]


async def test_where_nothing_is_open_there_is_nothing_to_cancel_nor_to_hand_over(
    group: GroupChat,
) -> None:
    for text in ("bot cancela", "quiero hablar con una persona", "cancelen mi reporte", "estado?"):
        await group.says(text)
    assert group.sent == []
    assert await group.status() == []


@pytest.mark.parametrize("text", ["@bot estado", "bot, cómo va?"])
async def test_who_asks_the_bot_how_it_goes_where_nothing_is_open_reads_so(
    group: GroupChat, text: str
) -> None:
    asked = await group.says(text)
    assert ["no tiene reportes abiertos" in reply for reply in group.replies] == [True]
    assert group.sent[0].quote == asked
    await group.says(text)
    assert len(group.sent) == 1
    # Nothing goes on with it: what comes next is read for itself, also when it quotes the answer.
    await group.says(NO_STORE, quotes=group.sent[0].id)
    assert len(group.sent) == 2
    assert "tienda" in group.replies[1]
    await group.says("la 45")
    assert [ticket.subject.endswith("tienda 45") for ticket in group.tickets] == [True]
    assert set(await group.status()) == {"dismissed", "ticketed"}
    # People who watch read of what was reported, not of the answer.
    async with group.engine.pool.connection() as conn:
        assert [row["status"] for row in await list_rows(conn, None, 10)] == ["ticketed"]


async def test_what_was_cancelled_is_not_open(group: GroupChat) -> None:
    await group.says(NO_STORE)
    await group.says("bot cancela")
    await group.says("bot estado", by=RAUL)
    await group.says("bot estado")
    assert await group.status() == ["withdrawn", *["dismissed"] * 2]
    assert ["no tiene reportes abiertos" in reply for reply in group.replies[2:]] == [True, True]
    assert [reply.partition(",")[0] for reply in group.replies[2:]] == ["Raúl", "Lupita"]


async def test_a_colleague_may_ask_for_what_waits_for_its_store(group: GroupChat) -> None:
    await group.says(NO_STORE)
    await group.says("bot, cómo va la impresora?", by=RAUL_OF_NINE)
    assert (
        group.replies[-1]
        == "Raúl Tienda 9, para registrar su reporte aún falta indicar: la tienda."
    )
    assert await group.status() == ["collecting"]
    [row] = await group.rows("SELECT store, participants FROM incidents")
    assert (row["store"], len(row["participants"])) == (None, 1)  # asking adds nothing


async def test_a_report_is_cancelled_by_who_made_it(group: GroupChat) -> None:
    await group.says(NO_STORE)
    await group.says("bot cancela el reporte")
    assert await group.status() == ["withdrawn"]
    assert "quedó cancelado" in group.replies[-1]
    await group.passes(90_000)
    assert len(group.sent) == 2
    assert group.tickets == []


@pytest.mark.parametrize("mentions", [(), (OURSELVES,)])
async def test_a_ticket_is_cancelled_while_nobody_works_on_it(
    group: GroupChat, mentions: tuple[str, ...]
) -> None:
    await group.says(FULL)
    await group.says("cancela" if mentions else "bot cancela", mentions=mentions)
    [ticket] = group.tickets
    assert ticket.status == "Closed"
    assert "pide cancelar el reporte" in ticket.comments[0].text
    assert await group.status() == ["withdrawn"]
    assert group.replies[1:] == [
        "El ticket #101 quedó cancelado, como se pidió. Si el problema continúa, por favor "
        "descríbanlo de nuevo."
    ]


@pytest.mark.parametrize(
    "words",
    [
        "cancelen mi reporte",
        "olvídenlo, cancela el ticket",
        "ya no hace falta, cancelen el reporte por favor",
    ],
)
async def test_who_cancels_what_they_reported_reads_of_it_once(
    group: GroupChat, words: str
) -> None:
    await group.says(FULL)
    await group.says(words)
    assert await group.status() == ["withdrawn"]
    assert [t.status for t in group.tickets] == ["Closed"]
    assert len(group.sent) == 2
    assert "#101 quedó cancelado" in group.replies[1]
    await group.says(words)
    await group.passes(600)
    assert len(group.sent) == 2
    assert await group.status() == ["withdrawn"]


async def test_a_report_without_a_ticket_is_cancelled_unaddressed_too(group: GroupChat) -> None:
    await group.says(NO_STORE)
    await group.says("cancelen mi reporte por favor")
    assert await group.status() == ["withdrawn"]
    assert [text for text in group.replies if "quedó cancelado" in text] == group.replies[1:]


@pytest.mark.parametrize(
    "words",
    [
        "cancelen el ticket del cliente",
        "cancela el pedido",
        "no cancelen mi reporte",
        "bot, no canceles",
    ],
)
async def test_what_else_is_cancelled_is_no_order(group: GroupChat, words: str) -> None:
    await group.says(FULL)
    await group.says(words)
    assert not any("cancelado" in text for text in group.replies)


async def test_a_stranger_cancels_no_report_unaddressed(group: GroupChat) -> None:
    await group.says(FULL)
    await group.says("cancelen el reporte", by=RAUL)
    assert await group.status() == ["ticketed"]
    assert len(group.sent) == 1


async def test_a_ticket_in_work_is_not_cancelled_but_its_agent_is_told(group: GroupChat) -> None:
    await group.says(FULL)
    [ticket] = group.tickets
    ticket.assigned = True
    await group.says("bot cancela")
    assert (ticket.status, await group.status()) == ("Open", ["ticketed"])
    assert "pide cancelar el reporte" in ticket.comments[0].text
    assert "ya está en atención" in group.replies[-1]


async def test_a_stranger_cancels_nothing(group: GroupChat) -> None:
    await group.says(NO_STORE)
    await group.says("no hay internet en la tienda 9", by=RAUL)
    for order in ("@bot cancela", "bot cancela el reporte de la impresora"):
        await group.says(order, by=RAUL, quotes=next(iter(group.messages)))
    assert await group.status() == ["collecting", "ticketed"]
    assert len(group.sent) == 2
    await group.says("45")
    assert len(group.tickets) == 2


async def test_a_stranger_hands_nothing_over(group: GroupChat) -> None:
    await group.says(NO_STORE)
    await group.says("quiero hablar con una persona", by=RAUL)
    assert await group.status() == ["collecting"]
    assert len(group.sent) == 1


async def test_who_wants_a_person_gets_one_and_is_asked_no_more(group: GroupChat) -> None:
    group.knobs.context = Context(human_support="525500000001")
    await group.says(NO_STORE)
    await group.says("quiero hablar con una persona")
    assert await group.status() == ["escalated"]
    assert group.sent[1].mentions == ("525500000001",)
    await group.passes(4000)
    assert len(group.sent) == 2


async def test_a_report_that_asks_for_a_person_gets_one(group: GroupChat) -> None:
    group.knobs.context = Context(human_support="525500000001")
    await group.says(NO_STORE, pause=5)
    await group.says("quiero hablar con una persona")
    assert await group.status() == ["escalated"]
    assert [one.mentions for one in group.sent] == [("525500000001",)]


async def test_with_a_ticket_the_wish_for_a_person_is_passed_on(group: GroupChat) -> None:
    await group.says(FULL)
    await group.says("quiero hablar con alguien de soporte")
    assert "desea hablar con una persona" in group.tickets[0].comments[0].text
    assert group.replies[-1].startswith("Lupita, avisamos al personal de soporte")
    group.knobs.context = Context(human_support="525500000001")
    await group.says("bot, quiero hablar con una persona")
    assert group.sent[-1].mentions == ("525500000001",)
    assert len(group.sent) == 3


async def test_who_asks_the_bot_for_a_person_without_a_report_gets_one(group: GroupChat) -> None:
    group.knobs.context = Context(human_support="525500000001")
    await group.says("bot, quiero hablar con una persona", by=RAUL)
    assert await group.status() == ["escalated"]
    assert group.sent[0].mentions == ("525500000001",)


async def test_a_report_that_begins_with_the_bot_is_a_report(group: GroupChat) -> None:
    await group.says("bot, no deja cancelar ventas en la caja 2 de la tienda 45")
    assert len(group.tickets) == 1


async def test_an_order_right_after_a_report_does_not_swallow_it(group: GroupChat) -> None:
    await group.says(FULL, by=LUPITA, pause=21)
    await group.says("bot estado", by=LUPITA)
    assert len(group.tickets) == 1
    assert "#101" in group.replies[-1]
