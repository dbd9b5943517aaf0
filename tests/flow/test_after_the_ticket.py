"""Once there is a ticket: details are comments, thanks are silence, changes are told.

Lupita:  (a complete report)                      -> a ticket, and the group is told
Lupita:  también falla con tarjetas de débito     -> a comment on it, and no word
Lupita:  muchas gracias!                          -> nothing
Lupita:  cómo va lo de la terminal?               -> how the ticket stands, from the desk
"""

from __future__ import annotations

import psycopg
import pytest

from domain.message import MessageKind
from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

COMPLETE = "En la tienda 12 no sirve la terminal de cobro, marca error E-51"


async def test_more_detail_is_a_comment_and_no_word(group: GroupChat) -> None:
    await group.says(COMPLETE)
    await group.says("también falla con tarjetas de débito y ya cambiamos el cable")
    assert len(group.tickets) == 1
    assert ["cambiamos el cable" in c.text for c in group.tickets[0].comments] == [True]
    assert len(group.sent) == 1


async def test_who_deletes_a_message_is_named_on_the_ticket(group: GroupChat) -> None:
    said = await group.says(COMPLETE)
    nameless = Person("", lid=LUPITA.lid)
    await group.says(kind=MessageKind.REVOKE, target=said, by=nameless)
    [comment] = group.tickets[0].comments
    assert comment.text.startswith("Lupita eliminó del grupo")


async def test_thanks_are_answered_with_silence(group: GroupChat) -> None:
    await group.says(COMPLETE)
    await group.says("muchas gracias!")
    await group.says("ok enterado 👍", by=RAUL)
    assert len(group.sent) == 1
    assert group.tickets[0].comments == []


async def test_a_status_change_is_told_once(group: GroupChat) -> None:
    await group.says(COMPLETE)
    watch = group.watch()
    await watch.poll()
    group.desk.set_status(group.tickets[0].id, "On Hold")
    await watch.poll()
    await group.works()
    await watch.poll()
    await group.works()
    assert len(group.sent) == 2
    assert group.tickets[0].number in group.replies[1]


@pytest.mark.parametrize(
    "again",
    [
        "la terminal sigue igual, no sirve",
        # Read as reports, not as 'still broken': the ticket that was closed is meant all the same.
        "sigue sin servir la terminal de cobro",
        "no sirve la terminal de cobro",
    ],
)
async def test_a_closed_ticket_is_told_as_resolved_and_can_come_back(
    group: GroupChat, again: str
) -> None:
    await group.says(COMPLETE)
    watch = group.watch()
    await watch.poll()
    group.desk.set_status(group.tickets[0].id, "Closed", "Se cambió el cable de la terminal")
    await watch.poll()
    await group.works()
    assert await group.status() == ["resolved"]
    assert len(group.sent) == 2
    rows = await group.rows("SELECT content FROM documents WHERE type = 'solution'")
    assert len(rows) == 1
    await group.says(again)
    assert group.tickets[0].status == "Open"
    assert len(group.tickets) == 1


@pytest.mark.parametrize("again", ["la terminal sigue igual, no sirve", "sigue sin funcionar"])
async def test_what_was_closed_too_long_ago_is_a_new_ticket_linked_to_the_old(
    group: GroupChat, again: str
) -> None:
    await group.says(COMPLETE)
    watch = group.watch()
    await watch.poll()
    group.desk.set_status(group.tickets[0].id, "Closed", "Se cambió el cable de la terminal")
    await watch.poll()
    await group.passes(4 * 86_400)
    await group.says(again)
    [old, new] = group.tickets
    assert old.status == "Closed"
    assert new.subject.endswith("tienda 12")
    assert "Continúa lo reportado en el ticket #101" in new.description
    assert ["#102" in c.text for c in old.comments] == [True]
    assert len(group.sent) == 3
    assert "#102" in group.replies[2]


async def test_thanks_long_after_the_end_start_nothing(group: GroupChat) -> None:
    await group.says(COMPLETE)
    watch = group.watch()
    await watch.poll()
    group.desk.set_status(group.tickets[0].id, "Closed")
    await watch.poll()
    await group.passes(4 * 86_400)
    await group.says("gracias, ya quedó la terminal")
    assert len(group.tickets) == 1
    assert len(group.sent) == 2


async def test_how_is_it_going_is_answered_from_the_desk(group: GroupChat) -> None:
    await group.says(COMPLETE)
    question = await group.says("cómo va lo de la terminal?")
    assert len(group.sent) == 2
    assert group.tickets[0].number in group.replies[1]
    assert group.sent[1].quote == question


async def test_a_person_who_takes_over_is_not_disturbed(group: GroupChat) -> None:
    await group.says("la impresora de tickets no funciona")
    assert len(group.sent) == 1
    async with group.engine.pool.connection() as conn:
        await conn.execute("UPDATE incidents SET owner = 'Marta'")
    await group.passes(2000)
    await group.says("tienda 45")
    await group.passes(90_000)
    assert len(group.sent) == 1


async def test_a_person_who_takes_over_during_a_run_keeps_it(group: GroupChat) -> None:
    await group.says("la impresora de tickets no funciona")
    group.channel.media = TakenMeanwhile(str(group.engine.pool.conninfo))
    await group.says("tienda 45", photo=b"no picture")
    assert await group.rows("SELECT owner FROM incidents") == [{"owner": "Marta"}]
    assert len(group.sent) == 1


class TakenMeanwhile(dict[str, bytes]):
    """Files whose fetching, in the middle of a run, takes as long as Marta needs to take over."""

    def __init__(self, conninfo: str) -> None:
        super().__init__()
        self._conninfo = conninfo

    def __getitem__(self, url: str) -> bytes:
        with psycopg.connect(self._conninfo) as conn:
            conn.execute("UPDATE incidents SET owner = 'Marta'")
        return super().__getitem__(url)


async def test_a_code_is_the_error_and_cited_words_are_not(group: GroupChat) -> None:
    await group.says("En la tienda 12 no sirve la terminal, no podemos cobrar", pause=60)
    await group.says("dice sin conexión con el host", pause=60)
    assert await group.rows("SELECT error FROM incidents") == [{"error": None}]
    await group.says("ahora marca error E-51", pause=60)
    assert await group.rows("SELECT error FROM incidents") == [{"error": "E-51"}]
    assert "sin conexión con el host" in group.tickets[0].comments[0].text
