"""Two incidents in one message, or in one burst, are two threads; two symptoms are one.

Lupita:  no prende la impresora de la 45 y tampoco tengo red en la 12
Recado:  (a ticket for the printer of 45, and the group is told)
Recado:  (another for the network of 12, and the group is told)
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.message import MessageKind
from tests.flow.chat import RAUL, GroupChat

DAY = 86_400.0


@pytest.mark.parametrize(
    ("text", "stores"),
    [
        ("no prende la impresora de la 45 y tampoco tengo red en la 12", ["45", "12"]),
        ("1) la báscula no enciende 2) el lector de códigos no lee, tienda 14", ["14", "14"]),
        ("no hay sistema en la 30; aparte, en la 22 no sirve el datáfono", ["30", "22"]),
        ("no sirve el datáfono de la tienda 22 y además no enfría el aire", ["22", "22"]),
        ("no jala la terminal tienda 45 y tampoco enfria el refri", ["45", "45"]),
        ("en la tienda 8 no va el TPV y en la 9 no enfría el aire acondicionado", ["8", "9"]),
    ],
)
async def test_two_incidents_in_one_message_are_two_tickets(
    group: GroupChat, text: str, stores: list[str]
) -> None:
    said = await group.says(text)
    assert len(group.tickets) == len(group.replies) == 2
    rows = await group.rows("SELECT store FROM incidents ORDER BY opened_at, store DESC")
    assert sorted(row["store"] for row in rows) == sorted(stores)
    # Each tells its own words and nothing of the other; the message stays one row.
    quoted = [
        line for t in group.tickets for line in t.description.splitlines() if "Lupita:" in line
    ]
    assert len(quoted) == 2
    assert all(line.partition("Lupita: ")[2] in text for line in quoted)
    rows = await group.rows("SELECT message_id FROM messages WHERE NOT from_me")
    assert [row["message_id"] for row in rows] == [said]
    decided = await group.rows("SELECT DISTINCT message_id, incident_id FROM assignments")
    assert [row["message_id"] for row in decided] == [said, said]


@pytest.mark.parametrize(
    ("text", "stores"),
    [
        ("buenas tardes en la 23 no sirve la impresora ni el internet", ["23", "23"]),
        ("la impresora no corta el papel en la 45 y 46", ["45", "46"]),
        ("tiendas 15, 18 y 11 con la bascula descompuesta", ["15", "18", "11"]),
    ],
)
async def test_what_is_said_once_of_several_is_a_ticket_for_each(
    group: GroupChat, text: str, stores: list[str]
) -> None:
    await group.says(text)
    assert len(group.tickets) == len(group.replies) == len(stores)
    rows = await group.rows("SELECT store FROM incidents")
    assert sorted(row["store"] for row in rows) == sorted(stores)


async def test_two_incidents_in_one_burst_are_two_tickets(group: GroupChat) -> None:
    await group.says("buenas, no prende la impresora", pause=5)
    await group.says("tienda 45", pause=5)
    await group.says("y otra cosa", pause=5)
    await group.says("la cortina metálica no sube")
    assert len(group.tickets) == 2
    assert all(t.subject.endswith("tienda 45") for t in group.tickets)


@pytest.mark.parametrize(
    "text",
    [
        "la impresora no imprime ni prende, tienda 45",
        "no cobra con tarjeta ni con QR porque no hay red en la 45",
        "se fue la luz y no prende nada, ni las cajas ni el refri, tienda 45",
        "la caja no enciende y el cajón tampoco abre, tienda 45",
    ],
)
async def test_one_incident_with_two_symptoms_is_one_ticket(group: GroupChat, text: str) -> None:
    await group.says(text)
    assert len(group.tickets) == len(group.replies) == 1


@pytest.mark.parametrize("marks", [("1. ", "2. "), ("- ", "- "), ("", "")])
@pytest.mark.parametrize("pause", [5, 25])
async def test_a_list_is_as_many_however_slowly_it_is_written(
    group: GroupChat, marks: tuple[str, str], pause: int
) -> None:
    await group.says("Buen dia reporto dos fallas en tienda 55:", pause=pause)
    await group.says(f"{marks[0]}impresora fiscal no imprime", pause=pause)
    await group.says(f"{marks[1]}camara de la entrada no se ve", pause=30)
    assert len(group.tickets) == 2
    assert all(t.subject.endswith("tienda 55") for t in group.tickets)


async def test_two_that_lack_their_store_are_asked_one_after_the_other(group: GroupChat) -> None:
    await group.says("no prende la impresora y aparte no enfría el aire acondicionado")
    assert len(group.replies) == 1
    assert "tienda" in group.replies[0]
    await group.passes(1700)
    assert len(group.replies) == 1
    await group.says("la 45")
    # Who says it for one has said it for what they told in the same breath.
    assert len(group.tickets) == 2
    assert [reply.startswith("Se creó") for reply in group.replies] == [False, True, True]
    assert all(t.subject.endswith("tienda 45") for t in group.tickets)


async def test_who_does_not_answer_is_reminded_once_for_all_that_they_told(
    group: GroupChat,
) -> None:
    await group.says("no sirve la bascula ni el telefono", pause=3 * DAY)
    assert sum("¿" in reply for reply in group.replies) == 4
    assert len(group.replies) == 6  # handed over, and closed


async def test_who_asks_in_two_groups_and_answers_in_one_is_left_in_peace(
    group: GroupChat,
) -> None:
    south = replace(group, chat="120363000000000002@g.us", chat_name="Tiendas Sur", messages={})
    await group.says("no me abre el sistema de facturacion", id="3A01", pause=30)
    await south.says("no me abre el sistema de facturacion", id="3A02", pause=60)
    await group.says("es la 44", id="3A03", pause=60)
    assert len(group.replies) == 3
    await group.passes(3 * DAY)
    assert (len(group.tickets), len(group.replies)) == (1, 3)


async def test_an_answer_after_the_hand_over_counts_for_all_that_they_told(
    group: GroupChat,
) -> None:
    await group.says("no sirve la bascula", pause=200)
    await group.says("tampoco sirve el telefono", pause=18_000)
    assert await group.status() == ["escalated", "escalated"]
    await group.says("es la 31", pause=60)
    assert [t.subject.endswith("tienda 31") for t in group.tickets] == [True, True]


async def test_two_questions_never_wait_for_one_person(group: GroupChat) -> None:
    await group.says("no prende la impresora", pause=60)
    await group.says("otra cosa, la cortina metálica está atorada", pause=60)
    assert ["tienda" in reply for reply in group.replies] == [True]
    await group.passes(5000)
    asked = [one for one in group.sent if one.text.count("?")]
    assert {one.quote for one in asked} == {asked[0].quote}
    await group.says("la 45")
    # Who said where they are need not say it again for what they told a minute later.
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True, True]
    await group.passes(DAY)
    assert sum("¿" in reply for reply in group.replies) == len(asked)


async def test_who_looks_after_several_stores_is_asked_for_each(group: GroupChat) -> None:
    for store in ("12", "31"):
        await group.says(f"no hay luz en la {store}", pause=DAY)
    await group.says("no prende la impresora", pause=60)
    await group.says("otra cosa, la cortina metálica está atorada", pause=60)
    await group.says("la 45", pause=60)
    assert len(group.tickets) == 3
    assert "tienda" in group.replies[-1]
    await group.says("la 31", pause=60)
    assert group.tickets[-1].subject.endswith("tienda 31")


@pytest.mark.parametrize(
    "text",
    [
        "no sirve la impresora en la 45, tampoco el internet",
        "tienda 45 no sirve la impresora y la báscula tampoco",
    ],
)
async def test_what_fails_too_needs_no_words_of_its_own(group: GroupChat, text: str) -> None:
    await group.says(text, pause=60)
    assert not any("¿" in reply for reply in group.replies)
    assert all(t.subject.endswith("tienda 45") for t in group.tickets)


async def test_an_answer_goes_to_the_question_that_was_asked(group: GroupChat) -> None:
    await group.says("no prende la impresora", pause=60)
    await group.says("no jala la báscula", by=RAUL, pause=60)
    assert len(group.replies) == 2  # two people, a question each
    await group.says("la 12", by=RAUL)
    await group.says("la 45")
    found = {t.subject.rpartition(" ")[2]: t.subject for t in group.tickets}
    assert "áscula" in found["12"]
    assert "mpresora" in found["45"]


async def test_who_deletes_or_edits_it_changes_both(group: GroupChat) -> None:
    text = "no prende la impresora de la 45 y aparte no jala la báscula"
    said = await group.says(text)
    assert len(group.tickets) == 2
    await group.says(text.replace("45", "54"), kind=MessageKind.EDIT, target=said)
    assert all("Corrección" in t.comments[-1].text for t in group.tickets)
    await group.says(kind=MessageKind.REVOKE, target=said)
    assert all("eliminó" in t.comments[-1].text for t in group.tickets)


async def test_what_comes_later_finds_the_one_it_is_about(group: GroupChat) -> None:
    await group.says("no prende la impresora de la 45 y aparte no jala la báscula", pause=120)
    await group.says("la báscula ya la reinicié y marca error E-77", pause=60)
    by_subject = {("áscula" in t.subject): t for t in group.tickets}
    assert any("E-77" in comment.text for comment in by_subject[True].comments)
    assert by_subject[False].comments == []


async def test_each_line_of_a_list_of_stores_is_a_report(group: GroupChat) -> None:
    await group.says("me reportan:\n12 sin sistema\n15 sin luz\n22 no imprime")
    assert sorted(t.subject for t in group.tickets) == [
        "Impresora: no imprime, tienda 22",
        "Sin luz, tienda 15",
        "Sin sistema, tienda 12",
    ]
