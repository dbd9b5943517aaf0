"""A report that its writer takes back: a joke is chatter, a false alarm goes as it came.

Lupita: no prende la impresora de tickets
Recado: ¿De qué tienda se trata?
Lupita: era broma jajaja                             (no incident, and not a word)

Lupita: no prende la impresora de tickets de la tienda 45   -> ticket 101
Lupita: falsa alarma                                 -> 101 is closed while nobody works on it
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat

REPORT = "no prende la impresora de tickets de la tienda 45"
JOKES = ("era broma jajaja", "jaja es broma, sí funciona", "perdón grupo equivocado")
FALSE_ALARMS = ("falsa alarma", "olvídenlo, ya jaló", "olvídenlo ya quedó", "cancelen, ya prendió")


@pytest.mark.parametrize("words", JOKES)
async def test_a_joke_that_waits_for_its_store_is_no_incident(group: GroupChat, words: str) -> None:
    await group.says("no prende la impresora de tickets")
    assert len(group.replies) == 1
    await group.says(words)
    assert await group.status() == ["dismissed"]
    await group.passes(90_000)
    assert len(group.replies) == 1
    assert group.tickets == []


@pytest.mark.parametrize("words", [*JOKES, *FALSE_ALARMS])
async def test_what_is_taken_back_takes_its_ticket_back_while_nobody_works_on_it(
    group: GroupChat, words: str
) -> None:
    await group.says(REPORT)
    await group.says(words, pause=60)
    [ticket] = group.tickets
    assert ticket.status == "Closed"
    assert any(words in comment.text for comment in ticket.comments)
    assert await group.status() == ["withdrawn"]
    told = len(group.replies)
    watch = group.watch()
    await watch.poll()
    await group.passes(600)
    assert len(group.replies) == told == 1


@pytest.mark.parametrize("words", [JOKES[0], FALSE_ALARMS[1]])
async def test_a_ticket_that_somebody_works_on_is_told_and_stays(
    group: GroupChat, words: str
) -> None:
    await group.says(REPORT)
    [ticket] = group.tickets
    watch = group.watch()
    await watch.poll()
    group.desk.set_status(ticket.id, "On Hold")
    await watch.poll()
    await group.works()
    await group.says(words)
    assert ticket.status == "On Hold"
    assert any(words in comment.text for comment in ticket.comments)


async def test_work_that_nobody_told_us_of_yet_is_seen_before_a_ticket_is_taken_back(
    group: GroupChat,
) -> None:
    await group.says(REPORT)
    [ticket] = group.tickets
    group.desk.set_status(ticket.id, "On Hold")  # no webhook came, and no poll
    await group.says("era broma jajaja")
    assert ticket.status == "On Hold"
    assert any("broma" in comment.text for comment in ticket.comments)


async def test_thanks_and_laughs_after_a_joke_are_nothing(group: GroupChat) -> None:
    await group.says(REPORT)
    await group.says("era broma jajaja")
    told = len(group.replies)
    for words in ("jajajaja qué susto", "gracias por avisar 😂", "ya quedó entonces jaja", "ok 👍"):
        await group.says(words, by=RAUL)
    assert await group.status() == ["withdrawn"]
    assert len(group.replies) == told
    assert len(group.tickets) == 1


async def test_somebody_elses_joke_takes_nothing_back(group: GroupChat) -> None:
    await group.says(REPORT)
    await group.says("es broma verdad? jajaja", by=RAUL)
    [ticket] = group.tickets
    assert ticket.status == "Open"
    assert await group.status() == ["ticketed"]


async def test_what_was_taken_back_and_fails_after_all_is_a_report_again(
    group: GroupChat,
) -> None:
    await group.says(REPORT)
    await group.says("falsa alarma, ya prendió", pause=600)
    await group.says("otra vez no prende la impresora de tickets de la tienda 45")
    statuses = {ticket.status for ticket in group.tickets}
    assert "Open" in statuses


@pytest.mark.parametrize("how", ["bot cancela", "falsa alarma, ya prendió"])
@pytest.mark.parametrize(
    "words",
    ["no perdon, no lo cancelen sigue fallando", "otra vez no prende", "uy no, sigue igual"],
)
async def test_what_was_taken_back_and_fails_again_needs_no_second_telling(
    group: GroupChat, how: str, words: str
) -> None:
    await group.says(REPORT)
    await group.says(how, pause=300)
    told = len(group.replies)
    await group.says(words)
    old, new = group.tickets
    assert [old.status, new.status] == ["Closed", "Open"]
    assert new.subject.endswith("tienda 45")
    assert "Continúa lo reportado en el ticket #101" in new.description
    assert len(group.replies) == told + 1


@pytest.mark.parametrize("words", ["sigue lloviendo", "gracias, sigue jalando bien", "ok sigue?"])
async def test_what_was_taken_back_stays_so_with_other_words(group: GroupChat, words: str) -> None:
    await group.says(REPORT)
    await group.says("falsa alarma, ya prendió", pause=300)
    await group.says(words)
    await group.says("sigue igual", by=RAUL)
    assert await group.status() == ["withdrawn"]
    assert len(group.tickets) == 1
