"""Zoho Desk is down, loses its answer, or says no: nothing is lost and nothing is doubled.

Lupita: En la tienda 12 no sirve la terminal de cobro, marca error E-51
(the desk is down)
Recado: recibimos su reporte; el ticket se creará automáticamente
(the desk is back)                                   -> ticket 101, exactly one
Recado: se creó el ticket #101
"""

from __future__ import annotations

from tests.flow.chat import GroupChat

COMPLETE = "En la tienda 12 no sirve la terminal de cobro, marca error E-51"


async def test_down_the_group_is_told_once_and_the_ticket_follows(group: GroupChat) -> None:
    group.desk.go_down()
    await group.says(COMPLETE)
    assert group.sent == []
    await group.passes(120)
    assert len(group.sent) == 1
    assert "automáticamente" in group.replies[0]
    await group.passes(1000)
    assert len(group.sent) == 1
    group.desk.come_back()
    await group.passes(400)
    assert len(group.tickets) == 1
    assert len(group.sent) == 2
    assert group.tickets[0].number in group.replies[1]


async def test_a_short_outage_is_not_worth_a_word(group: GroupChat) -> None:
    group.desk.fail_next("open_ticket", "unavailable", times=2)
    await group.says(COMPLETE)
    await group.passes(40)
    assert len(group.tickets) == 1
    assert len(group.sent) == 1


async def test_an_answer_lost_after_the_commit_is_looked_up(group: GroupChat) -> None:
    group.desk.fail_next("open_ticket", "unknown_after_commit")
    await group.says(COMPLETE)
    assert len(group.tickets) == 1
    assert group.sent == []
    await group.passes(130)
    assert len(group.tickets) == 1
    assert group.tickets[0].number in group.replies[-1]


async def test_an_answer_lost_before_the_commit_is_sent_again(group: GroupChat) -> None:
    group.desk.fail_next("open_ticket", "unknown")
    await group.says(COMPLETE)
    assert group.tickets == []
    await group.passes(200)
    assert len(group.tickets) == 1
    assert sum(group.tickets[0].number in reply for reply in group.replies) == 1


async def test_a_refusal_for_good_ends_in_a_person(group: GroupChat) -> None:
    group.desk.fail_next("open_ticket", "refused", code="UNPROCESSABLE_ENTITY")
    await group.says(COMPLETE)
    await group.passes(10)
    assert group.tickets == []
    assert await group.status() == ["escalated"]
    assert len(group.sent) == 1


async def test_a_comment_lost_after_the_commit_is_not_doubled(group: GroupChat) -> None:
    await group.says(COMPLETE)
    group.desk.fail_next("add_comment", "unknown_after_commit")
    await group.says("ya la reinicié dos veces y sigue igual")
    await group.passes(200)
    assert len(group.tickets[0].comments) == 1


async def test_a_refused_photo_does_not_fail_the_ticket(group: GroupChat) -> None:
    await group.says(COMPLETE, pause=2)
    await group.says("", photo=b"\x89PNG not really")
    assert len(group.tickets) == 1
    assert len(group.tickets[0].attachments) == 1
    group.desk.fail_next("attach_file", "refused", code="RESOURCE_SIZE_EXCEEDED")
    await group.says("otra foto", photo=b"\x89PNG another")
    assert len(group.tickets[0].attachments) == 1
    assert any("rechazado" in c.text for c in group.tickets[0].comments)
