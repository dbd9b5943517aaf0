"""An answer with more words than are needed, and the store that people tell each other.

Maxi: no anda el posnet
Recado: ¿De qué tienda se trata?
Maxi: me dicen que es la 45 / la 45 inge / es la 45 y ya hay fila
Rodrigo: en qué caja?
Maxi: en la 2                              (answers Rodrigo)
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat, Person

MAXI = Person("Maxi", lid="444444444444444@lid")
RODRIGO = Person("Rodrigo", lid="666666666666666@lid")
NO_STORE = "no anda el posnet"


async def tell(group: GroupChat, *lines: tuple[Person, str]) -> None:
    for who, text in lines:
        await group.says(text, by=who)
    await group.passes(120)


def stores(group: GroupChat) -> list[str]:
    return [ticket.subject.rpartition(" ")[2] for ticket in group.tickets]


@pytest.mark.parametrize(
    "answer",
    [
        "la 45 inge",
        "creo q es la 45",
        "mi compañera dice que es la 45",
        "ya pregunté, es la 45",
        "yo soy del 45",
        "es la 45 y no deja cobrar ni con qr",
        "no sé, creo que la 45",
    ],
)
async def test_a_plain_answer_is_taken(group: GroupChat, answer: str) -> None:
    await tell(group, (MAXI, NO_STORE), (MAXI, answer))
    assert stores(group) == ["45"]
    assert len(group.replies) == 2


@pytest.mark.parametrize("answer", ["ya me dijeron, la 45", "me dicen que es la 45"])
async def test_who_has_found_out_is_heard(group: GroupChat, answer: str) -> None:
    await tell(group, (MAXI, NO_STORE), (MAXI, "no sé"), (MAXI, answer))
    assert stores(group) == ["45"]


async def test_a_colleague_answers_and_calls_them_by_name(group: GroupChat) -> None:
    await tell(group, (MAXI, NO_STORE), (RODRIGO, "es la 45 maxi"))
    assert stores(group) == ["45"]


@pytest.mark.parametrize(
    ("answer", "found"), [("si", ["12"]), ("no", []), ("no, en la 13", ["13"])]
)
async def test_a_store_is_offered(group: GroupChat, answer: str, found: list[str]) -> None:
    await tell(group, (MAXI, NO_STORE), (RODRIGO, "estás en la 12 no?"), (MAXI, answer))
    assert stores(group) == found


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("en qué caja?", "en la 2"),
        ("de que caja maxi", "de la 3"),
        ("cuántas facturas te faltan?", "12"),
    ],
)
async def test_what_answers_a_person_is_no_store(
    group: GroupChat, question: str, answer: str
) -> None:
    await tell(group, (MAXI, NO_STORE), (RODRIGO, question), (MAXI, answer))
    assert group.tickets == []
    await tell(group, (MAXI, "la 45"))
    assert stores(group) == ["45"]


async def test_an_aside_does_not_take_our_answer(group: GroupChat) -> None:
    await tell(group, (MAXI, NO_STORE), (RODRIGO, "cuándo vienen?"), (MAXI, "la 45"))
    assert stores(group) == ["45"]


async def test_congratulations_are_no_store(group: GroupChat) -> None:
    await tell(group, (MAXI, NO_STORE), (MAXI, "Felicidades Carmen"))
    assert group.tickets == []
