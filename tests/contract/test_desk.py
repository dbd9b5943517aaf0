"""One suite for every TicketDesk: the fake of the fast tests, and Zoho's at the stand-in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.errors import DeskRefused, DeskUnavailable, OutcomeUnknown, RateLimited
from domain.ports import Contact
from tests.contract.desk_bench import (
    ANA,
    LIMIT,
    Bench,
    FakeBench,
    StandIn,
    ZohoBench,
    a_draft,
    an_open_ticket,
    bench_at,
)


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    log = tmp_path_factory.mktemp("zoho") / "log.jsonl"
    with StandIn("--log", str(log), "--attachment-limit", str(LIMIT)) as process:
        yield process


@pytest.fixture
async def zoho(stand_in: StandIn) -> AsyncIterator[ZohoBench]:
    async with bench_at(stand_in.origin) as bench:
        yield bench


@pytest.fixture(params=["fake", pytest.param("zoho", marks=pytest.mark.slow)])
def bench(request: pytest.FixtureRequest) -> Bench:
    if request.param == "fake":
        return FakeBench()
    served: ZohoBench = request.getfixturevalue("zoho")
    return served


async def test_opens_a_ticket_with_the_reporters_own_words(bench: Bench) -> None:
    contact = await bench.desk.ensure_contact(ANA)
    ticket = await bench.desk.open_ticket(a_draft(), contact)

    assert ticket.number
    assert (ticket.status, ticket.closed, ticket.source_ref) == ("Open", False, "recado:i1")
    [kept] = await bench.kept()
    assert kept.id == ticket.id
    assert kept.subject.endswith("tienda 45")
    assert kept.priority == "High"
    told = kept.description.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert "no imprime <nada> & se apaga" in told
    assert "urge!!" in told
    assert "recado:i1" in told
    assert await bench.desk.get_ticket(ticket.id) == await _found_whole(bench, "recado:i1")


async def _found_whole(bench: Bench, ref: str) -> Any:
    [found] = await bench.desk.find_tickets(ref)
    return await bench.desk.get_ticket(found.id)


async def test_tells_a_ticket_as_people_at_the_desk_see_it(bench: Bench) -> None:
    ticket = await bench.desk.get_ticket(await an_open_ticket(bench))
    assert ticket.subject is not None
    assert ticket.subject.endswith("tienda 45")
    assert (ticket.status, ticket.priority, ticket.resolution) == ("Open", "High", None)
    assert ticket.description is not None
    assert "no imprime <nada> & se apaga" in ticket.description
    assert "<br" not in ticket.description


async def test_knows_a_person_again_by_phone(bench: Bench) -> None:
    first = await bench.desk.ensure_contact(ANA)
    again = await bench.desk.ensure_contact(Contact("p9", "Anita", phone="525511111111"))
    other = await bench.desk.ensure_contact(Contact("p2", "Beto", phone="525522222222"))
    assert (again == first, other == first) == (True, False)


async def test_gives_a_person_without_a_phone_no_phone(bench: Bench) -> None:
    contact = await bench.desk.ensure_contact(Contact("p3", "", lid="111222333444@lid"))
    await bench.desk.open_ticket(a_draft(), contact)
    [person] = await bench.contacts()
    assert person["phone"] is None


async def test_finds_a_ticket_whose_answer_was_lost(bench: Bench) -> None:
    contact = await bench.desk.ensure_contact(ANA)
    await bench.lose_answer("open_ticket")
    with pytest.raises(OutcomeUnknown):
        await bench.desk.open_ticket(a_draft(), contact)

    [found] = await bench.desk.find_tickets("recado:i1")
    assert found.source_ref == "recado:i1"
    assert found.number
    assert len(await bench.kept()) == 1
    assert await bench.desk.find_tickets("recado:i2") == []


async def test_lists_doubles_oldest_first(bench: Bench) -> None:
    first = await an_open_ticket(bench)
    await an_open_ticket(bench, "i2")
    second = await an_open_ticket(bench)
    assert [t.id for t in await bench.desk.find_tickets("recado:i1")] == [first, second]


async def test_a_rate_limit_is_certainly_not_done(bench: Bench) -> None:
    contact = await bench.desk.ensure_contact(ANA)
    await bench.limit_rate("open_ticket")
    with pytest.raises(RateLimited) as caught:
        await bench.desk.open_ticket(a_draft(), contact)
    assert caught.value.retry_after == 7
    assert await bench.kept() == []
    await bench.desk.open_ticket(a_draft(), contact)
    assert len(await bench.kept()) == 1


async def test_a_reading_that_fails_is_only_unavailable(bench: Bench) -> None:
    ticket = await an_open_ticket(bench)
    await bench.make_unavailable("get_ticket")
    with pytest.raises(DeskUnavailable):
        await bench.desk.get_ticket(ticket)
    assert (await bench.desk.get_ticket(ticket)).id == ticket


async def test_finds_a_comment_whose_answer_was_lost(bench: Bench) -> None:
    ticket = await an_open_ticket(bench)
    await bench.lose_answer("add_comment")
    with pytest.raises(OutcomeUnknown):
        await bench.desk.add_comment(ticket, "Ana: sigue igual <b>", mark="comment:i1:m7")
    found = await bench.desk.find_comment(ticket, "comment:i1:m7")
    assert found is not None
    assert await bench.desk.find_comment(ticket, "comment:i1:m8") is None
    [kept] = await bench.kept()
    assert len(kept.comments) == 1
    assert kept.comments[0].startswith("Ana: sigue igual <b>")


async def test_a_long_comment_keeps_its_mark(bench: Bench) -> None:
    ticket = await an_open_ticket(bench)
    made = await bench.desk.add_comment(ticket, "ñ" * 40_000, mark="comment:i1:m1")
    assert await bench.desk.find_comment(ticket, "comment:i1:m1") == made


async def test_finds_an_old_comment_among_many(bench: Bench) -> None:
    ticket = await an_open_ticket(bench)
    made = [await bench.desk.add_comment(ticket, f"n. {n}", mark=f"m{n}") for n in range(104)]
    assert await bench.desk.find_comment(ticket, "m0") == made[0]
    assert await bench.desk.find_comment(ticket, "m103") == made[103]


async def test_attaches_a_file_and_finds_it_again(bench: Bench) -> None:
    ticket = await an_open_ticket(bench)
    name = f'foto de la "impresora" {"ñ" * 120}.jpg'
    made = await bench.desk.attach_file(ticket, name, "image/jpeg", b"\xff\xd8\xff")
    assert await bench.desk.find_attachment(ticket, name) == made
    assert await bench.desk.find_attachment(ticket, "otra.jpg") is None
    await bench.lose_answer("attach_file")
    with pytest.raises(OutcomeUnknown):
        await bench.desk.attach_file(ticket, "otra.jpg", "image/jpeg", b"\xff\xd8\xff")
    assert await bench.desk.find_attachment(ticket, "otra.jpg") is not None


async def test_a_file_too_large_is_refused_by_name(bench: Bench) -> None:
    ticket = await an_open_ticket(bench)
    with pytest.raises(DeskRefused) as caught:
        await bench.desk.attach_file(ticket, "video.mp4", "video/mp4", b"0" * (LIMIT + 1))
    assert caught.value.code == "RESOURCE_SIZE_EXCEEDED"
    assert [t.files for t in await bench.kept()] == [[]]


async def test_changes_a_ticket(bench: Bench) -> None:
    ticket = await an_open_ticket(bench)
    changed = await bench.desk.update_ticket(ticket, {"status": "Closed", "priority": "Medium"})
    assert (changed.status, changed.closed) == ("Closed", True)
    assert [t.priority for t in await bench.kept()] == ["Medium"]
    with pytest.raises(DeskRefused) as caught:
        await bench.desk.update_ticket(ticket, {"status": "Nope"})
    assert (caught.value.code, caught.value.fields) == ("INVALID_DATA", ("/status",))


async def test_sees_what_an_agent_changed(bench: Bench) -> None:
    first, second = await an_open_ticket(bench, "i1"), await an_open_ticket(bench, "i2")
    await asyncio.sleep(0.02)
    opened = await bench.desk.get_ticket(first)
    await bench.set_status(second, "Resolved in store", "Se cambió el cable")

    assert opened.modified_at is not None
    since = datetime.fromisoformat(opened.modified_at) + timedelta(milliseconds=15)
    [changed] = await bench.desk.changed_tickets(since)
    assert (changed.id, changed.closed) == (second, True)
    whole = await bench.desk.get_ticket(second)
    assert (whole.status, whole.resolution) == ("Resolved in store", "Se cambió el cable")
    ids = {t.id for t in await bench.desk.changed_tickets(since - timedelta(minutes=5))}
    assert ids == {first, second}
    assert await bench.desk.changed_tickets(since + timedelta(hours=1)) == []


async def test_an_unknown_ticket_is_refused(bench: Bench) -> None:
    desk = bench.desk
    for call in (
        desk.get_ticket("1"),
        desk.update_ticket("1", {"priority": "High"}),
        desk.add_comment("1", "hola", mark="m"),
        desk.find_comment("1", "m"),
        desk.attach_file("1", "a.jpg", "image/jpeg", b"1"),
        desk.find_attachment("1", "a.jpg"),
    ):
        with pytest.raises(DeskRefused) as caught:
            await call
        assert caught.value.code == "URL_NOT_FOUND"


async def test_an_unknown_contact_is_refused(bench: Bench) -> None:
    with pytest.raises(DeskRefused) as caught:
        await bench.desk.open_ticket(a_draft(), "1")
    assert caught.value.fields == ("/contactId",)
    assert await bench.kept() == []
