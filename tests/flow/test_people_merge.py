"""One person under a LID and a phone number: when the two meet, everything follows.

Lupita (LID): la impresora de tickets no funciona
Recado: ¿De qué tienda se trata?
Lupita (LID and phone): gracias
Lupita (phone): 45
Recado: Se creó el ticket #101
"""

from __future__ import annotations

from tests.flow.chat import LUPITA, GroupChat, Person

PHONE = Person("Lupita", phone="5215511112222")
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


async def test_a_question_waits_for_a_burst_under_the_other_id(group: GroupChat) -> None:
    """The reporter is known under another id by the time that the question would leave."""
    await group.says("buenas tardes", by=PHONE)
    await group.says(REPORT, by=LUPITA, pause=19)
    await group.says("hola", by=BOTH, pause=2)
    await group.says("es la tienda 45", by=PHONE)
    assert len(group.sent) == 1
    assert "#101" in group.replies[0]
