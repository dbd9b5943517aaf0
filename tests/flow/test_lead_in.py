"""People knock before they enter: what they sent just before their report goes along with it.

Lupita:  (a photo)
Lupita:  oigan
Lupita:  no prende la caja 2 de la 45     -> one ticket, with the photo
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.deciding.lead_in import Before, leads_in
from domain.gist import Act, Gist
from domain.message import MessageKind
from tests.flow.chat import RAUL, GroupChat

PHOTO = b"\x89PNG\r\n\x1a\nphoto"
REPORT = "no prende la caja 2 de la 45"


@pytest.mark.parametrize("wait", [5, 30, 180])
async def test_a_photo_goes_along(group: GroupChat, wait: int) -> None:
    await group.says(photo=PHOTO, pause=wait)
    await group.says(REPORT, pause=60)
    [ticket] = group.tickets
    assert len(ticket.attachments) == 1
    assert len(group.replies) == 1


@pytest.mark.parametrize("knock", ["oigan", "tengo un problema", "ahí les mando foto"])
async def test_a_knock_between_them_changes_nothing(group: GroupChat, knock: str) -> None:
    await group.says(knock, pause=30)
    await group.says(photo=PHOTO, pause=30)
    await group.says(knock, pause=30)
    await group.says(REPORT, pause=60)
    [ticket] = group.tickets
    assert len(ticket.attachments) == 1
    assert knock not in ticket.description


async def test_a_captioned_photo_goes_along(group: GroupChat) -> None:
    await group.says("miren", photo=PHOTO, pause=40)
    await group.says(REPORT, pause=60)
    assert [len(t.attachments) for t in group.tickets] == [1]


async def test_the_store_that_was_said_first_is_not_asked(group: GroupChat) -> None:
    await group.says("hola, soy de la 45", pause=60)
    await group.says("no prende la caja 2", pause=60)
    [ticket] = group.tickets
    assert ticket.subject.endswith("tienda 45")
    assert len(group.replies) == 1


@pytest.mark.parametrize("between", ["feliz cumple Maru!!", "la junta es a las 4"])
async def test_small_talk_between_them_ends_it(group: GroupChat, between: str) -> None:
    await group.says(photo=PHOTO, pause=30)
    await group.says(between, pause=30)
    await group.says(REPORT, pause=60)
    assert [len(t.attachments) for t in group.tickets] == [0]


async def test_the_photo_of_somebody_else_stays(group: GroupChat) -> None:
    await group.says("oigan", pause=20)
    await group.says(photo=PHOTO, by=RAUL, pause=30)
    await group.says(REPORT, pause=60)
    assert [len(t.attachments) for t in group.tickets] == [0]


async def test_an_old_photo_stays(group: GroupChat) -> None:
    await group.says(photo=PHOTO, pause=1800)
    await group.says(REPORT, pause=60)
    assert [len(t.attachments) for t in group.tickets] == [0]


async def test_a_photo_goes_to_one_report_only(group: GroupChat) -> None:
    await group.says(photo=PHOTO, pause=30)
    await group.says(REPORT, pause=60)
    await group.says("aparte, en la 45 no enfría el aire acondicionado", pause=60)
    assert [len(t.attachments) for t in group.tickets] == [1, 0]


async def test_a_photo_that_was_deleted_stays_away(group: GroupChat) -> None:
    photo = await group.says(photo=PHOTO, pause=30)
    await group.says(kind=MessageKind.REVOKE, target=photo, pause=30)
    await group.says(REPORT, pause=60)
    assert [len(t.attachments) for t in group.tickets] == [0]


NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
FEW = timedelta(minutes=10)


def before(turn: int, minutes: float) -> Before:
    """A turn of nothing but what a test gives it."""
    return Before(turn, NOW - timedelta(minutes=minutes), Gist("", 0.1))


def photo(turn: int, minutes: float) -> Before:
    return replace(before(turn, minutes), has_files=True)


def test_the_limit_is_the_callers() -> None:
    one = photo(1, 5)
    assert leads_in([one], NOW, FEW) == [1]
    assert leads_in([one], NOW, timedelta(minutes=4)) == []


def test_what_belongs_somewhere_ends_it() -> None:
    early, late = photo(1, 5), photo(3, 1)
    assert leads_in([early, replace(before(2, 3), nowhere=False), late], NOW, FEW) == [3]
    assert leads_in([early, replace(before(2, 3), deletes=True), late], NOW, FEW) == [1, 3]


def test_a_store_in_a_joke_is_left_where_it_is() -> None:
    told = Gist("soy de la 45", 0.2, {Act.ANSWER: 0.9}, said_store="45")
    joke = replace(told, text="los de la 45 ya se fueron", acts={Act.CHATTER: 0.9})
    assert leads_in([replace(before(1, 2), gist=told)], NOW, FEW) == [1]
    assert leads_in([replace(before(1, 2), gist=joke)], NOW, FEW) == []
