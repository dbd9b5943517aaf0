"""A ticket was closed as attended, and somebody of the store says that nobody came.

Recado:  El ticket #101 fue marcado como resuelto. Si el problema continúa, ...
Raúl:    mentira, aquí no vino nadie           -> 101 is opened again, and the group reads so
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat

PRINTER = "no jala la impresora de tickets de la tienda 45"


async def closed(group: GroupChat) -> None:
    """Lupita's ticket, closed at the desk; the group has heard of it."""
    await group.says(PRINTER, pause=600)
    watch = group.watch()
    await watch.poll()
    group.desk.set_status(group.tickets[0].id, "Closed")
    await watch.poll()
    await group.passes(60)


@pytest.mark.parametrize(
    "words",
    [
        "no es cierto, no han venido",
        "mentira, aquí no vino nadie",
        "eso es falso, no ha venido ningún técnico",
        "pero si aquí no se ha presentado nadie",
        "no es verdad, acá no pasó nadie",
        "che acá no vino nadie",
        "oigan aquí no llegó nadie a revisar",
    ],
)
async def test_a_colleague_may_say_that_nobody_came(group: GroupChat, words: str) -> None:
    await closed(group)
    await group.says(words, by=RAUL)
    [ticket] = group.tickets
    assert ticket.status == "Open"
    assert any(words in comment.text for comment in ticket.comments)


async def test_who_has_told_of_something_else_since_means_what_was_just_closed(
    group: GroupChat,
) -> None:
    await group.says(PRINTER, pause=600)
    await group.says("en la 45 tampoco hay luz en el baño", by=RAUL, pause=300)
    watch = group.watch()
    await watch.poll()
    group.desk.set_status(group.tickets[0].id, "Closed")
    await watch.poll()
    await group.passes(60)
    await group.says("no es cierto, no han venido", by=RAUL)
    assert [t.status for t in group.tickets] == ["Open", "Open"]
    assert [len(t.comments) for t in group.tickets] == [1, 0]


@pytest.mark.parametrize(
    "words",
    [
        "no vino nadie a la junta",
        "hoy no ha venido nadie, está muerto",
        "no llegó el pedido",
        "no han venido los clientes",
        "mentira jajaja",
        "no es cierto que suben el sueldo",
        "no llegó",
        "nadie vino ayer al curso",
    ],
)
async def test_small_talk_reopens_nothing(group: GroupChat, words: str) -> None:
    await closed(group)
    await group.says(words, by=RAUL)
    assert [t.status for t in group.tickets] == ["Closed"]


async def test_who_is_of_another_store_denies_nothing(group: GroupChat) -> None:
    await group.says("no enfría el refri de la tienda 12", by=RAUL, pause=600)
    await closed(group)
    group.desk.set_status(group.tickets[0].id, "Open")
    group.desk.set_status(group.tickets[1].id, "Closed")
    await group.watch().poll()
    await group.passes(60)
    await group.says("aquí no vino nadie", by=RAUL)
    assert group.tickets[1].status == "Closed"


@pytest.mark.parametrize("by_desk", [True, False])
async def test_the_group_reads_that_it_was_reopened(group: GroupChat, *, by_desk: bool) -> None:
    await closed(group)
    if by_desk:
        group.desk.set_status(group.tickets[0].id, "Open")
    else:
        await group.says("no es cierto, no han venido", by=LUPITA)
    await group.watch().poll()
    await group.works()
    assert group.replies[-1].startswith("El ticket #101 se reabrió")
    assert "«abierto»" not in group.replies[-1]


@pytest.mark.parametrize("words", ["no es cierto, no han venido", "aquí no vino ningún técnico"])
async def test_who_says_so_after_the_window_has_a_new_ticket_linked_to_the_old(
    group: GroupChat, words: str
) -> None:
    await closed(group)
    await group.passes(4 * 86_400)
    await group.says(words, by=RAUL)
    assert len(group.tickets) == 1
    await group.says(words)
    old, new = group.tickets
    assert old.status == "Closed"
    assert new.subject.endswith("tienda 45")
    assert "Continúa lo reportado en el ticket #101" in new.description
