"""Several texts and photos of one sender are one turn; people who write at once do not disturb each
other; what is about to be said stops when something newer comes.

    Lupita: no sirve la impresora de tickets
    Raúl: no tenemos internet en la tienda 8
    Lupita: tienda 45
    Raúl: desde la mañana
    Recado: Se creó el ticket #101 ... impresora de tickets, tienda 45
    Recado: Se creó el ticket #102 ... internet, tienda 8
"""

from __future__ import annotations

from domain.errors import ChannelUnavailable
from tests.flow.chat import RAUL, GroupChat

NO_STORE = "la impresora de tickets no funciona"


async def test_people_who_write_at_once_are_not_mixed_up(group: GroupChat) -> None:
    await group.says("no sirve la impresora de tickets", pause=3)
    await group.says("no tenemos internet en la tienda 8", by=RAUL, pause=3)
    await group.says("tienda 45", pause=3)
    await group.says("desde la mañana", by=RAUL, pause=40)
    assert [t.subject for t in group.tickets] == [
        "No sirve la impresora de tickets, tienda 45",
        "No tenemos internet, tienda 8",
    ]
    assert len(group.sent) == 2
    assert "desde la mañana" in group.tickets[1].description


async def test_an_album_and_its_words_are_one_report(group: GroupChat) -> None:
    photos = [b"photo %d" % n for n in range(4)]
    for photo in photos:
        await group.says(photo=photo, pause=0.5)
    await group.says("así aparece la terminal de la tienda 12, no enciende")
    [ticket] = group.tickets
    assert [a.data for a in ticket.attachments] == photos
    assert len(group.sent) == 1


async def test_an_album_after_its_words_is_one_report(group: GroupChat) -> None:
    photos = [b"photo %d" % n for n in range(4)]
    await group.says("la terminal de la tienda 12 no enciende", pause=5)
    for photo in photos:
        await group.says(photo=photo, pause=1)
    await group.passes(30)
    await group.says(photo=b"one more")
    [ticket] = group.tickets
    assert [a.data for a in ticket.attachments] == [*photos, b"one more"]
    assert len(group.sent) == 1


async def test_a_burst_without_end_is_read_after_the_longest_wait(group: GroupChat) -> None:
    await group.says(NO_STORE, pause=10)
    for n in range(8):
        await group.says(f"y no responde {n}", pause=10)
    assert len(group.sent) <= 1
    await group.says("tienda 45", pause=90)
    assert len(group.tickets) == 1
    assert len(group.sent) <= 2


async def test_a_question_that_is_about_to_go_waits_for_who_is_writing(group: GroupChat) -> None:
    group.channel.fail_next(*[ChannelUnavailable("away")] * 3)
    await group.says(NO_STORE, pause=22)
    await group.says("es la tienda 45", pause=60)
    assert len(group.tickets) == 1
    assert ["#101" in text for text in group.replies] == [True]


async def test_an_answer_that_is_no_longer_true_is_not_given(group: GroupChat) -> None:
    await group.says(NO_STORE)
    group.channel.fail_next(*[ChannelUnavailable("away")] * 3)
    await group.says("bot estado", pause=22)
    await group.says("tienda 45", pause=60)
    assert len(group.sent) == 2
    assert "#101" in group.replies[1]
    [dropped] = await group.rows("SELECT reason FROM outbox WHERE state = 'dropped'")
    assert dropped["reason"] == "overtaken: it is no longer so"


async def test_of_two_questions_about_the_state_the_newer_is_answered(group: GroupChat) -> None:
    await group.says("la impresora de la tienda 45 no funciona")
    group.channel.fail_next(*[ChannelUnavailable("away")] * 3)
    await group.says("bot estado", pause=21)
    await group.says("cómo va lo de la impresora?", pause=60)
    assert len(group.sent) == 2


async def test_the_hand_over_waits_for_an_answer_that_is_being_written(group: GroupChat) -> None:
    await group.says(NO_STORE)
    group.channel.fail_next(*[ChannelUnavailable("away")] * 4)
    await group.says("no sé", pause=21)
    await group.says("ah ya, es la tienda 45", pause=90)
    assert len(group.tickets) == 1
    assert ["#101" in text for text in group.replies] == [False, True]
