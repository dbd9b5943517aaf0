"""A like incident is named in the new ticket with what solved it; an unlike one is not.

Lupita: La impresora de tickets no imprime nada en la tienda 45        -> ticket 101
(closed: se limpió el cabezal y se cambió el rollo; days pass)
Raúl: buenas, la tiquetera dejó de imprimir en la tienda 102           -> ticket 102
(a comment on 102 names 101 and what solved it; the group reads nothing of it)
"""

from __future__ import annotations

import pytest

from graph.context import Context
from server.indexer import Indexer
from tests.fakes.desk import FakeTicket
from tests.fakes.knowledge import MemoryKnowledge
from tests.flow.chat import LUPITA, RAUL, GroupChat, Person
from tools.knowledge.likeness import LikenessEncoder, fitted_similarity

ENCODER = LikenessEncoder()
TOMAS = Person("Tomás", lid="333333333333333@lid")
FIRST = "La impresora de tickets no imprime nada en la tienda 45"
# Other words, another country's name of the thing, another store and person.
LIKE = "buenas, la tiquetera dejó de imprimir en la tienda 102"
# The same store, another thing; and the same thing, failing in another way.
UNLIKE = "se cayó el internet en la tienda 45"
OTHER_FAILURE = "la terminal cobró doble a un cliente en la tienda 12"
REMEDY = "Se limpió el cabezal y se cambió el rollo"
DAYS = 3 * 86_400.0


@pytest.fixture
def knowledge() -> MemoryKnowledge:
    return MemoryKnowledge(ENCODER.encode)


@pytest.fixture(autouse=True)
def fitted(group: GroupChat) -> None:
    group.knobs.context = Context(similarity_threshold=fitted_similarity())


async def index(group: GroupChat) -> None:
    """What a worker does every two seconds."""
    await Indexer(group.engine.pool, group.knowledge).carry()


async def first_is_solved(group: GroupChat) -> FakeTicket:
    """An incident gets its ticket, and the desk closes it with what solved it; days pass."""
    await group.says(FIRST, by=LUPITA)
    await index(group)
    watch = group.watch()
    await watch.poll()
    [ticket] = group.tickets
    group.desk.set_status(ticket.id, "Closed", REMEDY)
    await watch.poll()
    await group.works()
    await index(group)
    await group.passes(DAYS)
    return ticket


async def test_a_like_incident_is_named_with_what_solved_it(group: GroupChat) -> None:
    first = await first_is_solved(group)
    await group.says(LIKE, by=RAUL)
    assert len(group.tickets) == 2
    [comment] = group.tickets[1].comments
    assert f"#{first.number}: {first.subject}" in comment.text
    assert REMEDY in comment.text
    # It is for the desk: the group reads of its ticket and no more.
    assert not any(first.number in reply for reply in group.replies[2:])


async def test_an_open_incident_is_named_without_a_solution(group: GroupChat) -> None:
    await group.says(FIRST, by=LUPITA)
    await index(group)
    await group.says(LIKE, by=RAUL)
    [comment] = group.tickets[1].comments
    assert f"#{group.tickets[0].number}: " in comment.text
    assert "resolvió" not in comment.text


@pytest.mark.parametrize("text", [UNLIKE, OTHER_FAILURE])
async def test_an_unlike_incident_names_nothing(group: GroupChat, text: str) -> None:
    await first_is_solved(group)
    await group.says(text, by=TOMAS)
    assert len(group.tickets) == 2
    assert group.tickets[1].comments == []


async def test_chatter_is_searched_but_never_named(group: GroupChat) -> None:
    await group.says("la impresora nueva está muy bonita, felicidades a todos", by=TOMAS)
    await index(group)
    await group.says(LIKE, by=RAUL)
    assert [d.type for d in group.knowledge.documents.values()] == ["message"]
    assert [t.comments for t in group.tickets] == [[]]


async def test_the_threshold_decides(group: GroupChat) -> None:
    await first_is_solved(group)
    group.knobs.context = Context(similarity_threshold=0.999)
    await group.says(LIKE, by=RAUL)
    assert group.tickets[1].comments == []


async def test_at_most_five_are_named(group: GroupChat) -> None:
    for store in range(201, 208):
        by = Person(f"P{store}", lid=f"{store}000000000000@lid")
        await group.says(f"La impresora de tickets no imprime en la tienda {store}", by=by)
    await index(group)
    await group.says(LIKE, by=RAUL)
    assert len(group.tickets) == 8
    [comment] = group.tickets[-1].comments
    assert comment.text.count("\n- #") == 5


@pytest.mark.parametrize("trouble", ["empty", "broken"])
async def test_a_ticket_needs_no_search(group: GroupChat, trouble: str) -> None:
    await first_is_solved(group)
    if trouble == "empty":
        await group.knowledge.clear()
    group.knowledge.broken = trouble == "broken"
    await group.says(LIKE, by=RAUL)
    assert len(group.tickets) == 2
    assert group.tickets[1].comments == []
    assert group.tickets[1].number in group.replies[-1]


async def test_documents_follow_their_ticket(group: GroupChat) -> None:
    first = await first_is_solved(group)
    documents = {d.type: d for d in group.knowledge.documents.values()}
    ticket, solution = documents["ticket"], documents["solution"]
    assert ticket.content == first.subject
    assert ticket.metadata["ticket_number"] == first.number
    assert ticket.metadata["ticket_id"] == first.id
    assert ticket.metadata["resolved"] is True
    assert ticket.metadata["classification"] == "technical"
    assert REMEDY in solution.content
    assert solution.metadata["ticket_number"] == first.number
    assert solution.found_by == ticket.found_by
    assert "45" not in ticket.found_by


async def test_a_reopened_ticket_is_not_resolved(group: GroupChat) -> None:
    await group.says(FIRST, by=LUPITA)
    watch = group.watch()
    await watch.poll()
    [ticket] = group.tickets
    for status in ("Closed", "Open"):
        group.desk.set_status(ticket.id, status)
        await watch.poll()
        await group.works()
        await index(group)
        [document] = group.knowledge.documents.values()
        assert document.metadata["resolved"] is (status == "Closed")
