"""One outage, many stores and groups: one notice and one all-clear a group, a ticket a store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.context import Context
from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

NORA = Person("Nora", lid="333333333333333@lid")
BETO = Person("Beto", lid="444444444444444@lid")
IRMA = Person("Irma", lid="555555555555555@lid")
HUGO = Person("Hugo", lid="666666666666666@lid")
SOUTH, EAST = "120363000000000002@g.us", "120363000000000003@g.us"


def elsewhere(group: GroupChat, chat: str, name: str) -> GroupChat:
    """Another group of the same company."""
    return replace(group, chat=chat, chat_name=name, messages={})


def read_in(group: GroupChat) -> list[str]:
    """What one group has read from us."""
    return [one.text for one in group.sent if one.chat == group.chat]


async def closes(group: GroupChat, number: int, status: str = "Closed") -> None:
    """Somebody at the desk changes the n-th ticket, and we are told."""
    watch = group.watch()
    await watch.poll()
    group.desk.set_status(group.tickets[number].id, status)
    await watch.poll()
    await group.works()


async def falls_in_three_groups(group: GroupChat) -> tuple[GroupChat, GroupChat]:
    """Stores 12 and 30 here, 45 and 61 in the south, 7 in the east lose their system."""
    south = elsewhere(group, SOUTH, "Tiendas Sur")
    east = elsewhere(group, EAST, "Tiendas Este")
    await group.says("se cayó el sistema en la tienda 12", by=LUPITA, pause=55)
    await group.says("tienda 30 también sin sistema", by=RAUL, pause=55)
    await south.says("no hay sistema en la tienda 45", by=NORA, pause=55)
    await south.says("aquí en la tienda 61 tampoco hay sistema", by=BETO, pause=55)
    await east.says("sin sistema tienda 7", by=IRMA, pause=55)
    return south, east


STORY = """
Norte Lupita: se cayó el sistema en la tienda 12
Norte Recado: Se creó el ticket #101 (prioridad urgente)
Norte Raúl: tienda 30 también sin sistema
Sur Nora: no hay sistema en la tienda 45
Sur Recado: Se creó el ticket #103 (prioridad urgente)
Sur Beto: aquí en la tienda 61 tampoco hay sistema
Este Irma: sin sistema tienda 7
Este Recado: Se creó el ticket #105 (prioridad urgente)
Sur Hugo: oigan aquí tampoco hay sistema
Sur Recado: Gracias por avisar, Hugo. ¿De qué tienda se trata
Norte Recado: El ticket #101 fue marcado como resuelto.
Sur Recado: La incidencia general fue resuelta.
Este Recado: La incidencia general fue resuelta.
Norte Raúl: aquí sigue sin jalar el sistema, tienda 30
"""


async def test_the_story_of_an_outage_in_three_groups(group: GroupChat) -> None:
    south, _ = await falls_in_three_groups(group)
    await south.says("oigan aquí tampoco hay sistema", by=HUGO, pause=55)
    await closes(group, 0)
    await group.says("aquí sigue sin jalar el sistema, tienda 30", by=RAUL)
    rows = await group.rows(
        """SELECT split_part(c.name, ' ', 2) AS chat, m.name, m.text, m.from_me
           FROM messages m JOIN chats c ON c.chat = m.chat ORDER BY m.sent_at, m.id"""
    )
    wanted = [line.partition(": ") for line in STORY.strip().splitlines()]
    read = [(f"{r['chat']} {'Recado' if r['from_me'] else r['name']}", r["text"]) for r in rows]
    assert [who for who, _ in read] == [who for who, _, _ in wanted]
    assert all(
        text.startswith(start) for (_, text), (_, _, start) in zip(read, wanted, strict=True)
    )
    # A ticket a store, and only that of the store that is still broken is open again.
    assert [t.status for t in group.tickets] == ["Closed", "Open", "Closed", "Closed", "Closed"]


async def test_one_notice_a_group_and_a_ticket_a_store(group: GroupChat) -> None:
    south, east = await falls_in_three_groups(group)
    rows = await group.rows("SELECT store, parent FROM incidents ORDER BY opened_at")
    assert [row["store"] for row in rows] == ["12", "30", "45", "61", "7"]
    assert len({row["parent"] for row in rows}) == 2  # none for the head, the head for the rest
    assert len(group.tickets) == 5
    assert [len(read_in(one)) for one in (group, south, east)] == [1, 1, 1]


async def test_the_ticket_of_the_outage_hears_of_every_store_and_rises(group: GroupChat) -> None:
    group.knobs.context = Context(outage_urgent_stores=3)
    texts = ("va lento el correo en la tienda 12", "tienda 30 también va lento el correo")
    await group.says(texts[0], by=LUPITA, pause=55)
    await group.says(texts[1], by=RAUL, pause=55)
    head = group.tickets[0]
    assert (head.priority, len(head.comments)) == ("Medium", 1)
    assert "lo mismo: 30 (Tiendas Norte). Tiendas" in head.comments[0].text
    await group.says("en la tienda 45 también va lento el correo", by=NORA, pause=55)
    assert head.priority == "High"
    assert ["30" in c.text for c in head.comments] == [True, False]
    assert len(group.replies) == 1


async def test_a_group_whose_name_is_not_known_is_not_told_of(group: GroupChat) -> None:
    group.chat_name = None
    await group.says("va lento el correo en la tienda 12", by=LUPITA, pause=55)
    await group.says("tienda 30 también va lento el correo", by=RAUL, pause=55)
    assert "lo mismo: 30. Tiendas" in group.tickets[0].comments[0].text


async def test_the_all_clear_of_the_desk_is_said_once_a_group(group: GroupChat) -> None:
    south, east = await falls_in_three_groups(group)
    await closes(group, 0)
    assert {ticket.status for ticket in group.tickets} == {"Closed"}
    assert set(await group.status()) == {"resolved"}
    await group.watch().poll()
    await group.passes(600)
    assert [len(read_in(one)) for one in (group, south, east)] == [2, 2, 2]


async def test_children_that_the_desk_closes_one_by_one_are_not_told_one_by_one(
    group: GroupChat,
) -> None:
    south, east = await falls_in_three_groups(group)
    for number in (1, 3, 0):
        await closes(group, number)
    assert {ticket.status for ticket in group.tickets} == {"Closed"}
    assert [len(read_in(one)) for one in (group, south, east)] == [2, 2, 2]


async def test_one_store_that_is_back_ends_nothing_and_half_of_them_do(group: GroupChat) -> None:
    south, east = await falls_in_three_groups(group)
    await group.says("ya volvió el sistema en la 30, gracias", by=RAUL)
    assert set(await group.status()) == {"ticketed"}
    await south.says("ya quedó el sistema en la tienda 45", by=NORA)
    assert set(await group.status()) == {"ticketed"}
    await group.says("ya quedó el sistema en la tienda 12", by=LUPITA)
    assert set(await group.status()) == {"resolved"}
    # Whoever works on it at the desk has the last word on the ticket of the outage.
    assert [t.status for t in group.tickets] == ["Open", "Closed", "Closed", "Closed", "Closed"]
    assert any("ya volvió" in comment.text for comment in group.tickets[0].comments)
    assert [len(read_in(one)) for one in (group, south, east)] == [2, 2, 2]
    await closes(group, 0)
    assert [len(read_in(one)) for one in (group, south, east)] == [2, 2, 2]


async def test_somebody_who_speaks_of_all_stores_ends_it(group: GroupChat) -> None:
    south, east = await falls_in_three_groups(group)
    await group.says("ya quedó el sistema en todas las tiendas", by=LUPITA)
    assert set(await group.status()) == {"resolved"}
    assert [len(read_in(one)) for one in (group, south, east)] == [2, 2, 2]


async def test_only_the_store_is_asked_and_nothing_once_it_is_over(group: GroupChat) -> None:
    south = elsewhere(group, SOUTH, "Tiendas Sur")
    await group.says("se cayó el sistema en la tienda 12", by=LUPITA, pause=55)
    await south.says("oigan no hay sistema", by=NORA, pause=55)
    assert ["tienda" in text for text in read_in(south)] == [True]
    await closes(group, 0)
    assert await group.status() == ["resolved", "closed"]
    assert len(read_in(south)) == 2  # the question, and the all-clear
    await group.passes(3 * 3600)
    assert len(read_in(south)) == 2
    assert len(group.tickets) == 1


async def test_a_child_that_stays_broken_after_the_all_clear_is_its_own_again(
    group: GroupChat,
) -> None:
    await falls_in_three_groups(group)
    await closes(group, 0)
    told = len(read_in(group))
    await group.says("aquí sigue sin jalar el sistema, tienda 30", by=RAUL)
    assert [t.status for t in group.tickets[:2]] == ["Closed", "Open"]
    await closes(group, 1)
    # That its ticket is open again, and later that it is resolved: both of this store alone.
    assert len(read_in(group)) == told + 2
    assert all(group.tickets[1].number in text for text in read_in(group)[-2:])


async def test_a_late_child_has_its_own_notice_and_ends_by_itself(group: GroupChat) -> None:
    await falls_in_three_groups(group)
    await closes(group, 0)
    told = len(read_in(group))
    await group.says("no hay sistema en la tienda 99", by=IRMA, pause=60)
    assert len(group.tickets) == 6
    assert group.tickets[5].number in read_in(group)[-1]
    assert len(read_in(group)) == told + 1
    await group.passes(600)
    assert group.tickets[5].status == "Open"
    await closes(group, 5)
    assert len(read_in(group)) == told + 2


@pytest.mark.parametrize("after", [0, 300])
async def test_who_reports_the_same_after_the_first_was_mended_is_not_ended_with_it(
    group: GroupChat, after: int
) -> None:
    await group.says("se cayó el sistema en la tienda 12", by=LUPITA, pause=600)
    await closes(group, 0)
    await group.passes(after)
    await group.says("en la 30 tampoco hay sistema", by=RAUL, pause=600)
    assert [t.status for t in group.tickets] == ["Closed", "Open"]
    assert "#102" in group.replies[-1]
    await closes(group, 1)
    assert "#102 fue marcado como resuelto" in group.replies[-1]
    assert len(group.replies) == 4


async def test_a_head_that_works_again_before_its_ticket_stays_a_report(group: GroupChat) -> None:
    await group.says("se cayó el sistema, no podemos vender", by=LUPITA, pause=55)
    await group.says("tienda 30 también sin sistema", by=RAUL, pause=55)
    await group.says("aquí en la 45 tampoco hay sistema", by=NORA, pause=55)
    await group.says("ya volvió el sistema, ya vendemos", by=LUPITA)
    rows = await group.rows("SELECT id, status, parent FROM incidents ORDER BY opened_at")
    assert [row["status"] for row in rows] == ["withdrawn", "ticketed", "ticketed"]
    assert [row["parent"] for row in rows] == [rows[1]["id"], None, rows[1]["id"]]


async def test_a_head_that_was_a_joke_leaves_the_outage_to_the_next(group: GroupChat) -> None:
    await group.says("se cayó el sistema en la tienda 12", by=LUPITA, pause=55)
    await group.says("tienda 30 también sin sistema", by=RAUL, pause=55)
    await group.says("aquí en la 45 tampoco hay sistema", by=NORA, pause=55)
    await group.says("era broma jajaja, aquí sí hay", by=LUPITA)
    rows = await group.rows("SELECT store, status, parent FROM incidents ORDER BY opened_at")
    assert [row["status"] for row in rows] == ["withdrawn", "ticketed", "ticketed"]
    assert rows[1]["parent"] is None
    assert rows[2]["parent"] is not None
    await closes(group, 1)
    assert await group.status() == ["withdrawn", "resolved", "resolved"]


async def test_who_tells_of_several_stores_at_once_tells_of_one_outage(group: GroupChat) -> None:
    await group.says("no hay sistema en la 45, 46 y 51", pause=60)
    assert [t.subject.rpartition(" ")[2] for t in group.tickets] == ["45", "46", "51"]
    assert len(group.replies) == 1
    await closes(group, 0)
    assert set(await group.status()) == {"resolved"}
    assert len(group.replies) == 2


async def test_printers_of_several_stores_are_no_outage(group: GroupChat) -> None:
    await group.says("no sirve la impresora de la 45 y 46", pause=60)
    assert len(group.tickets) == len(group.replies) == 2


async def test_here_too_is_of_what_it_names_however_lately_another_told_of_something_else(
    group: GroupChat,
) -> None:
    await group.says("se cayo el sistema en la tienda 20, no podemos facturar", by=LUPITA)
    await group.says("yo en la 31 no tengo internet", by=RAUL)
    await group.says("aca en la 9 tampoco hay sistema", by=NORA)
    rows = await group.rows("SELECT id, store, system, parent FROM incidents ORDER BY opened_at")
    assert [row["system"] for row in rows] == ["sistema", "internet", "sistema"]
    assert [row["parent"] for row in rows] == [None, None, rows[0]["id"]]


async def test_who_asks_whether_others_lack_it_as_well_lacks_it(group: GroupChat) -> None:
    await group.says("quien mas esta sin sistema? nosotros en la 12", by=LUPITA, pause=60)
    assert [t.subject.rpartition(" ")[2] for t in group.tickets] == ["12"]
    await group.says("sin sistema??", by=RAUL, pause=60)
    assert len(group.replies) == 1


async def test_a_bare_question_of_who_lacks_it_opens_what_the_others_echo(
    group: GroupChat,
) -> None:
    await group.says("sin sistema??", by=LUPITA, pause=10)
    await group.says("aca igual", by=RAUL, pause=30)
    await group.says("tienda 12", by=LUPITA)
    await group.says("la 13", by=RAUL)
    assert [t.subject.rpartition(" ")[2] for t in group.tickets] == ["12", "13"]
