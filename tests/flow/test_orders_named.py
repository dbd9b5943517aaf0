"""Two of Ana's own reports are open; what she asks of one is done to it and not to the other."""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat, Person

ANA = Person("Ana", lid="333333333333333@lid")
SCANNER = "no sirve el escáner de la tienda 61"
SCALE = "no prende la báscula de la tienda 61"


async def two_of_hers(group: GroupChat) -> None:
    await group.says(SCANNER, by=ANA, pause=900)
    await group.says(SCALE, by=ANA, pause=900)
    assert [t.number for t in group.tickets] == ["101", "102"]
    assert len(group.sent) == 2


@pytest.mark.parametrize(
    "words",
    [
        "bot cancela el ticket 101",
        "bot, cancela el 101 por favor",
        "cancelen el reporte del escáner por favor, ya quedó",
    ],
)
async def test_the_report_that_is_named_is_cancelled_and_never_another(
    group: GroupChat, words: str
) -> None:
    await two_of_hers(group)
    await group.says(words, by=ANA)
    scanner, scale = group.tickets
    assert scale.status == "Open"
    assert scanner.status == "Closed"


@pytest.mark.parametrize(
    "words",
    [
        "bot cancela el ticket del escáner",
        "bot cancela lo del escáner",
        "oye bot cancela el ticket del escáner, ya se arregló solo",
    ],
)
async def test_an_order_that_names_the_thing_is_carried_out_and_answered(
    group: GroupChat, words: str
) -> None:
    await two_of_hers(group)
    await group.says(words, by=ANA)
    scanner, scale = group.tickets
    assert scale.status == "Open"
    assert len(group.sent) == 3
    assert scanner.status == "Closed"


async def test_an_order_with_its_reason_behind_it_is_one(group: GroupChat) -> None:
    await group.says(SCANNER, by=ANA, pause=900)
    await group.says("oye bot cancela el ticket ya se arregló solo", by=ANA)
    assert len(group.sent) == 2
    assert [t.status for t in group.tickets] == ["Closed"]


@pytest.mark.parametrize(
    "words", ["bot estado del ticket 101", "bot cómo va el 101?", "bot estado del escáner"]
)
async def test_the_state_of_the_ticket_that_is_named_is_told(group: GroupChat, words: str) -> None:
    await two_of_hers(group)
    await group.says(words, by=ANA)
    assert len(group.sent) == 3
    assert "#101" in group.replies[-1]


@pytest.mark.parametrize(
    "words",
    [
        "no quiero hablar con un bot, quiero alguien de sistemas",
        "quiero hablar con una persona por lo del escáner",
        "hay alguien ahí o puro robot?",
    ],
)
async def test_a_wish_for_a_person_in_a_few_words_more_is_heard(
    group: GroupChat, words: str
) -> None:
    await group.says("no jala el escáner", by=ANA)
    assert len(group.sent) == 1
    await group.says(words, by=ANA)
    assert await group.status() == ["escalated"]
