"""What is edited or deleted amends the fields and the ticket, or takes the ticket back.

Lupita: la impresora de la tienda 54 no funciona
Recado: Se creó el ticket #101 ... tienda 54
Lupita (edits): la impresora de la tienda 45 no funciona
Zoho: Corrección de Lupita: ... Cambia la tienda: 45 (antes: 54)
Lupita (deletes it)
Recado: El ticket #101 se retiró ...
"""

from __future__ import annotations

import pytest

from domain.message import MessageKind
from tests.flow.chat import RAUL, GroupChat, told

EDIT, REVOKE = MessageKind.EDIT, MessageKind.REVOKE
WRONG = "la impresora de la tienda 54 no funciona"
RIGHT = "la impresora de la tienda 45 no funciona"
NO_STORE = "la impresora de tickets no funciona"


async def test_an_edit_that_changes_the_store_changes_the_ticket(group: GroupChat) -> None:
    report = await group.says(WRONG)
    await group.says(RIGHT, kind=EDIT, target=report)
    [ticket] = group.tickets
    assert ticket.subject == "Impresora no funciona, tienda 45"
    assert ticket.description.startswith("Tienda: 45\n")
    [comment] = ticket.comments
    assert f"Corrección de Lupita: {RIGHT} (antes decía: «{WRONG}»)" in comment.text
    assert "Cambia la tienda: 45 (antes: 54)" in comment.text
    assert len(group.sent) == 1
    assert await group.rows("SELECT store FROM incidents") == [{"store": "45"}]


@pytest.mark.parametrize(
    "words",
    ["no, es la 45", "perdón, es la tienda 45", "me equivoqué, es la 45", "era la 45 no la 54"],
)
async def test_a_correction_in_words_changes_the_ticket(group: GroupChat, words: str) -> None:
    await group.says(WRONG)
    await group.says(words)
    [ticket] = group.tickets
    assert ticket.subject == "Impresora no funciona, tienda 45"
    assert [f"Lupita: {words}\nCambia la tienda: 45 (antes: 54)"] == [
        c.text for c in ticket.comments
    ]
    assert len(group.sent) == 1


async def test_an_edit_that_changes_nothing_is_only_told(group: GroupChat) -> None:
    report = await group.says(RIGHT)
    await group.says(f"{RIGHT} 🙏", kind=EDIT, target=report)
    [ticket] = group.tickets
    assert [c.text.startswith("Corrección de Lupita") for c in ticket.comments] == [True]
    assert "Cambia" not in ticket.comments[0].text


async def test_an_edit_may_answer_the_question(group: GroupChat) -> None:
    report = await group.says(NO_STORE)
    await group.says(RIGHT, kind=EDIT, target=report)
    assert [t.subject for t in group.tickets] == ["Impresora no funciona, tienda 45"]


async def test_an_edit_within_the_burst_is_what_was_said(group: GroupChat) -> None:
    report = await group.says(WRONG, pause=5)
    await group.says(RIGHT, kind=EDIT, target=report)
    [ticket] = group.tickets
    assert ticket.subject.endswith("tienda 45")
    assert "54" not in told(ticket)


async def test_chatter_that_is_edited_into_a_report_is_one(group: GroupChat) -> None:
    said = await group.says("buenos días equipo")
    await group.says(f"buenos días equipo, {RIGHT}", kind=EDIT, target=said)
    assert len(group.tickets) == 1
    assert "tienda 45" in group.replies[0]


async def test_chatter_that_is_edited_stays_chatter(group: GroupChat) -> None:
    await group.says(NO_STORE)
    said = await group.says("buenos dias", by=RAUL)
    await group.says("buenos días a todos!", by=RAUL, kind=EDIT, target=said)
    assert len(group.sent) == 1
    assert len(await group.status()) == 1


async def test_a_report_that_is_edited_into_chatter_is_dropped_quietly(group: GroupChat) -> None:
    report = await group.says("la impresora no funciona")
    await group.says("buenos días a todos", kind=EDIT, target=report)
    assert await group.status() == ["dismissed"]
    await group.passes(90_000)
    assert len(group.sent) == 1


async def test_a_deleted_line_takes_only_what_it_said(group: GroupChat) -> None:
    await group.says(NO_STORE, pause=2)
    line = await group.says("tienda 54", pause=1)
    await group.says(kind=REVOKE, target=line)
    assert "¿De qué tienda" in group.replies[0]
    await group.says("tienda 45")
    assert "54" not in told(group.tickets[0])


async def test_a_deleted_detail_is_told_to_the_ticket(group: GroupChat) -> None:
    await group.says(RIGHT)
    detail = await group.says("la impresora hace un ruido raro")
    await group.says(kind=REVOKE, target=detail)
    [ticket] = group.tickets
    assert ticket.status == "Open"
    assert "eliminó del grupo un mensaje anterior: «la impresora hace" in ticket.comments[-1].text
    assert ticket.subject.endswith("tienda 45")
    assert len(group.sent) == 1


async def test_a_report_deleted_whole_takes_its_ticket_back(group: GroupChat) -> None:
    report = await group.says(RIGHT)
    await group.says(kind=REVOKE, target=report)
    [ticket] = group.tickets
    assert ticket.status == "Closed"
    assert await group.status() == ["withdrawn"]
    assert [("#101" in text and "se retiró" in text) for text in group.replies] == [False, True]
    await group.watch().poll()
    await group.works()
    assert len(group.sent) == 2


@pytest.mark.parametrize("taken", ["assigned", "on hold"])
async def test_a_ticket_that_somebody_works_on_stays(group: GroupChat, taken: str) -> None:
    report = await group.says(RIGHT)
    [ticket] = group.tickets
    if taken == "assigned":
        ticket.assigned = True
    else:
        group.desk.set_status(ticket.id, "On Hold")
    await group.says(kind=REVOKE, target=report)
    assert ticket.status != "Closed"
    assert await group.status() == ["ticketed"]
    assert "eliminó del grupo" in ticket.comments[0].text
    assert len(group.sent) == 1


async def test_deleted_and_written_again_is_one_ticket(group: GroupChat) -> None:
    report = await group.says(WRONG)
    await group.says(kind=REVOKE, target=report, pause=2)
    await group.says(RIGHT)
    [ticket] = group.tickets
    assert (ticket.status, ticket.subject) == ("Open", "Impresora no funciona, tienda 45")
    assert len(group.sent) == 1


async def test_deleted_within_the_burst_was_never_said(group: GroupChat) -> None:
    report = await group.says(RIGHT, pause=5)
    await group.says(kind=REVOKE, target=report)
    assert await group.status() == []
    assert group.sent == []


async def test_a_deletion_that_overtakes_its_message_counts(group: GroupChat) -> None:
    await group.says(kind=REVOKE, target="3ALATE")
    await group.says(RIGHT, id="3ALATE")
    assert await group.status() == []
    assert group.sent == []


async def test_an_edit_that_overtakes_its_message_counts(group: GroupChat) -> None:
    await group.says(RIGHT, kind=EDIT, target="3ALATE")
    await group.says(WRONG, id="3ALATE")
    [ticket] = group.tickets
    assert ticket.subject.endswith("tienda 45")
    assert ticket.comments == []
    await group.says("sigue igual", by=RAUL, quotes="3ALATE")
    assert "sigue igual" in ticket.comments[0].text


async def test_a_photo_whose_edit_overtook_it_is_attached(group: GroupChat) -> None:
    await group.says(RIGHT, kind=EDIT, target="3ALATE", pause=3)
    await group.says(WRONG, id="3ALATE", photo=b"ticket printer")
    [ticket] = group.tickets
    assert [a.data for a in ticket.attachments] == [b"ticket printer"]
    assert ticket.subject.endswith("tienda 45")


async def test_of_two_edits_the_newer_counts_in_whatever_order_they_come(group: GroupChat) -> None:
    report = await group.says("la impresora de la tienda 12 no funciona")
    await group.says(RIGHT, kind=EDIT, target=report, version=2)
    await group.says(WRONG, kind=EDIT, target=report, version=1)
    [ticket] = group.tickets
    assert ticket.subject.endswith("tienda 45")
    assert len(ticket.comments) == 1


@pytest.mark.parametrize(
    ("answer", "edited"),
    [("la 45", "la 54"), ("45", "54"), ("es la 45", "es la 54"), ("en la 45", "en la 54 perdón")],
)
async def test_an_edit_of_the_answer_is_the_answer(
    group: GroupChat, answer: str, edited: str
) -> None:
    await group.says(NO_STORE)
    said = await group.says(answer, pause=60)
    await group.says(edited, kind=EDIT, target=said)
    [ticket] = group.tickets
    assert ticket.subject.endswith("tienda 54")
    assert "Cambia la tienda: 54 (antes: 45)" in ticket.comments[-1].text
    assert await group.rows("SELECT store FROM incidents") == [{"store": "54"}]
    assert len(group.sent) == 2


@pytest.mark.parametrize("pause", [5, 30, 120])
async def test_an_answer_that_is_deleted_may_be_given_anew(group: GroupChat, pause: int) -> None:
    await group.says(NO_STORE)
    said = await group.says("la 45", pause=60)
    await group.says(kind=REVOKE, target=said, pause=pause)
    await group.says("la 54")
    [ticket] = group.tickets
    assert ticket.subject.endswith("tienda 54")
    assert "Cambia la tienda: 54 (antes: 45)" in ticket.comments[-1].text
    assert len(group.sent) == 2


@pytest.mark.parametrize(
    "words", ["gracias", "ok, quedo atenta", "son 3 cajas", "llevamos 2 horas"]
)
async def test_other_words_give_no_answer_anew(group: GroupChat, words: str) -> None:
    await group.says(NO_STORE)
    said = await group.says("la 45", pause=60)
    await group.says(kind=REVOKE, target=said, pause=30)
    await group.says(words)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]
    assert await group.rows("SELECT store FROM incidents") == [{"store": "45"}]


async def test_a_bare_number_changes_nothing_while_the_answer_stands(group: GroupChat) -> None:
    await group.says(NO_STORE)
    await group.says("la 45", pause=60)
    await group.says("la 54")
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]


@pytest.mark.parametrize("how", ["words", "anew"])
async def test_a_corrected_store_leaves_no_other_in_the_subject(group: GroupChat, how: str) -> None:
    said = await group.says("no prende el horno de la 12", pause=60)
    if how == "words":
        await group.says("perdón, es la 21")
    else:
        await group.says(kind=REVOKE, target=said, pause=10)
        await group.says("no prende el horno de la 21")
    [ticket] = group.tickets
    assert ticket.subject.endswith("tienda 21")
    assert "12" not in ticket.subject
    assert "Problema: no prende el horno" in ticket.description
    assert ticket.comments[-1].text.count("Cambia") == (1 if how == "words" else 2)
