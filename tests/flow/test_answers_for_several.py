"""One answer for several reports that wait for their store, or for each of them.

Lupita:  no enciende la balanza y tampoco funciona el teléfono
Recado:  ¿De qué tienda se trata?
Lupita:  la balanza es de la 4 y el teléfono de la 5      -> a ticket for each, and no question more
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat, Person

ANA = Person("Ana", lid="333333333333333@lid")
TWO = "no enciende la balanza y tampoco funciona el telefono"


def stores(group: GroupChat) -> dict[str, str]:
    """The store that each ticket's subject ends in, by its thing."""
    found = {}
    for ticket in group.tickets:
        thing = next(t for t in ("balanza", "tel", "otro") if t in ticket.subject.lower() + "otro")
        found[thing] = ticket.subject.rpartition(" ")[2]
    return found


async def asked_for_both(group: GroupChat) -> None:
    await group.says(TWO, pause=55)
    assert ["tienda" in reply for reply in group.replies] == [True]


@pytest.mark.parametrize(
    ("answer", "balance", "phone"),
    [
        ("la balanza es de la 4 y el telefono de la 5", "4", "5"),
        ("el teléfono de la 5, la balanza de la 4", "4", "5"),
        ("balanza 4, telefono 5", "4", "5"),
        ("la balanza es de la 4 y el otro de la 5", "4", "5"),
        ("la balanza es de la 4 y el telefono también", "4", "4"),
        ("la 4 y la 5", "4", "5"),
        ("tienda 4 y tienda 5 respectivamente", "4", "5"),
        ("ambos de la 4", "4", "4"),
        ("los dos son de la 45", "45", "45"),
        ("todo es de la 4", "4", "4"),
        ("la 4 las dos cosas", "4", "4"),
        ("misma tienda, la 4", "4", "4"),
        ("la balanza y el telefono son de la 4", "4", "4"),
        ("la 4", "4", "4"),
        ("los dos en tienda 4", "4", "4"),
    ],
)
async def test_who_answers_for_both_is_heard(
    group: GroupChat, answer: str, balance: str, phone: str
) -> None:
    await asked_for_both(group)
    await group.says(answer)
    await group.passes(95_000)
    assert stores(group) == {"balanza": balance, "tel": phone}
    assert [reply.startswith("Se creó") for reply in group.replies] == [False, True, True]


async def test_an_answer_in_two_messages_is_one(group: GroupChat) -> None:
    await asked_for_both(group)
    await group.says("la balanza de la 4", pause=5)
    await group.says("el telefono de la 5")
    await group.passes(4000)
    assert stores(group) == {"balanza": "4", "tel": "5"}
    assert len(group.replies) == 3


async def test_an_answer_that_quotes_the_question_is_for_both(group: GroupChat) -> None:
    await asked_for_both(group)
    await group.says("la balanza de la 4 y el telefono de la 5", quotes=group.sent[0].id)
    await group.passes(4000)
    assert stores(group) == {"balanza": "4", "tel": "5"}
    assert len(group.replies) == 3


@pytest.mark.parametrize(
    ("answer", "thing", "other"),
    [("la balanza es de la 4", "balanza", "tel"), ("el telefono es de la 4", "tel", "balanza")],
)
async def test_what_is_said_of_one_thing_is_not_said_of_the_other(
    group: GroupChat, answer: str, thing: str, other: str
) -> None:
    await asked_for_both(group)
    await group.says(answer, pause=60)
    assert stores(group) == {thing: "4"}
    await group.says("la 5", pause=60)
    assert stores(group) == {thing: "4", other: "5"}


@pytest.mark.parametrize("answer", ["ambas de la 45", "las dos son de la 45", "todo de la 45"])
async def test_what_is_said_of_all_counts_for_what_was_told_one_after_the_other(
    group: GroupChat, answer: str
) -> None:
    await group.says("no prende la impresora", pause=60)
    await group.says("otra cosa, la cortina metálica está atorada", pause=60)
    assert ["tienda" in reply for reply in group.replies] == [True]
    await group.says(answer, pause=300)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True, True]
    assert len(group.replies) == 3


async def test_nobody_answers_for_what_others_reported(group: GroupChat) -> None:
    await group.says("no prende la impresora", pause=60)
    await group.says("no jala la báscula", by=RAUL, pause=60)
    await group.says("ambas de la 45", pause=300)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]


@pytest.mark.parametrize("answer", ["la balanza es de la 4", "ambas cosas de la 4", "todo en la 4"])
async def test_one_report_is_answered_in_the_same_words(group: GroupChat, answer: str) -> None:
    await group.says("no enciende la balanza", pause=55)
    await group.says(answer)
    assert stores(group) == {"balanza": "4"}
    assert len(group.replies) == 2


@pytest.mark.parametrize(
    "words", ["gracias", "las dos de la tarde", "la caja 4 y la caja 5", "vengan a las 4 o 5"]
)
async def test_other_words_answer_for_none(group: GroupChat, words: str) -> None:
    await asked_for_both(group)
    await group.says(words)
    assert group.tickets == []


@pytest.mark.parametrize(
    ("words", "stores"),
    [
        ("las dos son la 45", ["45", "45"]),
        ("ambos son de Polanco", ["Polanco", "Polanco"]),
        ("el internet es de la 45 y la caja de la 46", ["45", "46"]),
    ],
)
async def test_a_colleague_answers_for_several_people(
    group: GroupChat, words: str, stores: list[str]
) -> None:
    await group.says("no hay internet")
    await group.says("no abre la caja", by=RAUL)
    await group.says(words, by=ANA)
    assert [t.subject.split()[-1] for t in group.tickets] == stores
    await group.passes(7_200)
    assert len(group.replies) == 4


@pytest.mark.parametrize("words", ["las dos de la tarde nos vemos", "los dos llegan a la 1"])
async def test_what_two_colleagues_do_answers_nothing(group: GroupChat, words: str) -> None:
    await group.says("no hay internet")
    await group.says("no abre la caja", by=RAUL)
    await group.says(words, by=ANA)
    assert group.tickets == []
