"""One person under a LID and a phone number: when the two meet, everything follows.

Lupita (LID): la impresora de tickets no funciona
Recado: ¿De qué tienda se trata?
Lupita (LID and phone): gracias
Lupita (phone): 45
Recado: Se creó el ticket #101
"""

from __future__ import annotations

import pytest

from domain.ports import Contact
from server.persistence.people import people_of
from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

PHONE = Person("Lupita", phone="5215511112222")
SOFI = Person("Sofi", lid="333333333333333@lid")
BOTH = Person("Lupita", lid=LUPITA.lid, phone=PHONE.phone)
REPORT = "la impresora de tickets no funciona"


async def test_the_answer_of_the_other_id_answers_the_question(group: GroupChat) -> None:
    await group.says("buenas tardes", by=PHONE)
    await group.says(REPORT, by=LUPITA)
    await group.says("gracias", by=BOTH)
    await group.says("45", by=PHONE)
    [ticket] = group.tickets
    assert ticket.subject.endswith("tienda 45")
    assert await group.rows("SELECT DISTINCT reporter_id FROM incidents") == await group.rows(
        "SELECT id AS reporter_id FROM persons WHERE merged_into IS NULL"
    )


async def test_the_contact_has_the_ids_of_who_they_turned_out_to_be(group: GroupChat) -> None:
    await group.says("buenas tardes", by=PHONE)
    await group.says(REPORT, by=LUPITA)
    await group.says("gracias", by=BOTH)
    await group.says("tienda 45", by=PHONE)
    [contact] = group.desk.contacts.values()
    assert (contact.phone, contact.lid) == (PHONE.phone, LUPITA.lid)


async def test_one_contact_for_the_tickets_of_both(group: GroupChat) -> None:
    await group.says("la impresora de la tienda 45 no funciona", by=PHONE)
    await group.says("gracias", by=BOTH)
    await group.says("no hay internet en la tienda 45", by=LUPITA)
    assert len(group.tickets) == 2
    assert len({t.contact_id for t in group.tickets}) == 1


async def test_once_the_ids_are_one_the_older_contact_has_all_that_follows(
    group: GroupChat,
) -> None:
    await group.says("la impresora de la tienda 45 no funciona", by=PHONE, pause=60)
    await group.says("no enfría el aire acondicionado de la tienda 45", by=LUPITA, pause=60)
    older, newer = (t.contact_id for t in group.tickets)
    assert older != newer  # nobody could know yet
    await group.says("gracias", by=BOTH)
    for who in (LUPITA, PHONE, BOTH):
        await group.passes(3600)
        await group.says(f"la báscula {who.phone or 1} de la tienda 45 no pesa", by=who, pause=60)
    assert {t.contact_id for t in group.tickets[2:]} == {older}
    assert set(group.desk.contacts) == {older, newer}


async def test_who_becomes_known_while_the_contact_is_made_gets_no_second_one(
    group: GroupChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The two ids meet while the desk is still making the contact of one of them."""
    await group.says("la impresora de la tienda 45 no funciona", by=PHONE, pause=60)
    make = group.desk.ensure_contact

    async def slowly(contact: Contact) -> str:
        made = await make(contact)
        await group.says("gracias", by=BOTH, pause=0)
        return made

    monkeypatch.setattr(group.desk, "ensure_contact", slowly)
    await group.says("no enfría el aire acondicionado de la tienda 45", by=LUPITA, pause=60)
    assert len(group.tickets) == 2
    assert len({t.contact_id for t in group.tickets}) == 1


async def test_a_question_waits_for_a_burst_under_the_other_id(group: GroupChat) -> None:
    """The reporter is known under another id by the time that the question would leave."""
    await group.says("buenas tardes", by=PHONE)
    await group.says(REPORT, by=LUPITA, pause=19)
    await group.says("hola", by=BOTH, pause=2)
    await group.says("es la tienda 45", by=PHONE)
    assert len(group.sent) == 1
    assert "#101" in group.replies[0]


async def test_who_is_named_with_an_at_is_meant(group: GroupChat) -> None:
    """Lupita and Raúl have something open; 'y eso ya quedó?' to one of them is about theirs."""
    await group.says("la impresora de la tienda 45 no imprime")
    await group.says("la terminal de la tienda 31 no pasa tarjetas", by=RAUL)
    await group.says("@5215500 y eso ya quedó?", by=SOFI, mentions=(LUPITA.lid or "",))
    rows = await group.rows("SELECT system, participants FROM incidents ORDER BY opened_at")
    assert [(row["system"], len(row["participants"])) for row in rows] == [
        ("impresora", 2),
        ("terminal", 1),
    ]


async def test_a_tag_of_support_calls_nobody(group: GroupChat) -> None:
    """By setting or by role; and whoever never wrote is nobody."""
    await group.says("buenas tardes")
    [row] = await group.rows("SELECT id FROM persons")
    lupita = str(LUPITA.lid)
    async with group.engine.pool.connection() as conn:
        assert await people_of(conn, {lupita, "999@lid"}, frozenset()) == {str(row["id"])}
        assert await people_of(conn, {lupita}, frozenset({lupita})) == frozenset()
        await conn.execute("UPDATE persons SET role = 'support'")
        assert await people_of(conn, {lupita}, frozenset()) == frozenset()
