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


@pytest.mark.parametrize("words", ["bot stado", "bot estdo de mi tiket", "@bot estaus plis"])
async def test_how_it_goes_is_told_to_who_asks_for_it_in_haste(
    group: GroupChat, words: str
) -> None:
    await group.says(SCANNER, by=ANA, pause=900)
    await group.says(words, by=ANA)
    assert ["#101" in reply for reply in group.replies] == [True, True]


@pytest.mark.parametrize("words", ["bot canselar", "@bot cansela", "bot canclea el reporte xfa"])
async def test_what_is_cancelled_in_haste_is_cancelled(group: GroupChat, words: str) -> None:
    await group.says(SCANNER, by=ANA, pause=900)
    await group.says(words, by=ANA)
    assert [t.status for t in group.tickets] == ["Closed"]
    assert len(group.sent) == 2


@pytest.mark.parametrize(
    "words",
    ["este ya no, cancelenlo", "me anulan este reporte porfa", "den de baja mi reclamo porfa"],
)
async def test_the_report_that_is_quoted_is_taken_back(group: GroupChat, words: str) -> None:
    report = await group.says(SCANNER, by=ANA, pause=900)
    await group.says(SCALE, by=ANA, pause=900)
    await group.says(words, by=ANA, quotes=report)
    assert [t.status for t in group.tickets] == ["Closed", "Open"]


@pytest.mark.parametrize(
    "words",
    [
        "quiero q me marque alguien de sistemas",
        "puedo hablar con alguien? esto es un robot y no me entero",
        "me puede contactar una persona real porfavor esto es urgente",
    ],
)
async def test_a_wish_for_a_person_may_say_why(group: GroupChat, words: str) -> None:
    await group.says("no jala el escáner", by=ANA)
    await group.says(words, by=ANA)
    assert await group.status() == ["escalated"]
    assert len(group.sent) == 2


@pytest.mark.parametrize(
    "words",
    ["alguien me puede ayudar?", "me ayudan porfa", "alguien me dice que hago", "hola bot"],
)
async def test_who_asks_the_chat_for_help_wants_no_other_person(
    group: GroupChat, words: str
) -> None:
    await group.says("no jala el escáner", by=ANA, pause=5)
    await group.says(words, by=ANA)
    assert await group.status() == ["collecting"]
    await group.says("tienda 61", by=ANA)
    assert len(group.tickets) == 1
