"""Stores as people in a hurry say them: two at once, misspelt, without vowels, by who opens them.

Lupita:  no hay sistema
Recado:  (asks for the store)
Lupita:  quarenta y sinco
Recado:  Se creó el ticket #101 ... tienda 45
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat


@pytest.mark.parametrize(
    "answer",
    ["quarenta y cinco", "cuarenta y sinco", "la kuarenta y cinco", "cuarnta y cinco"],
)
async def test_a_misspelt_number_answers(group: GroupChat, answer: str) -> None:
    await group.says("no imprime la impresora de tickets")
    await group.says(answer)
    assert [t.subject[-9:] for t in group.tickets] == ["tienda 45"]
    assert len(group.replies) == 2


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("no ha llegado nadie a abrir la 25", "25"),
        ("no sirv l escaner d la 14", "14"),
        ("no jala l terminal d la 33", "33"),
        ("no hay sistema en el 38", "38"),
        ("acá 50 no hay sistema", "50"),
    ],
)
async def test_a_store_that_is_said_is_not_asked_for(
    group: GroupChat, text: str, store: str
) -> None:
    await group.says(text)
    assert [t.subject[-9:] for t in group.tickets] == [f"tienda {store}"]
    assert len(group.replies) == 1


@pytest.mark.parametrize(
    "text", ["datáfono fuera de servicio la 8", "la 8 tiene la caja 2 trabada"]
)
async def test_nor_is_one_of_one_digit(group: GroupChat, text: str) -> None:
    await group.says(text)
    assert [t.subject[-8:] for t in group.tickets] == ["tienda 8"]
    assert "la 8" not in group.tickets[0].subject
    assert len(group.replies) == 1


async def test_two_stores_in_one_line_are_two_reports(group: GroupChat) -> None:
    await group.says("no hay sistema en la 45, en la 46 no imprime")
    await group.passes(120)
    assert sorted(t.subject[-9:] for t in group.tickets) == ["tienda 45", "tienda 46"]


@pytest.mark.parametrize("answer", ["45 y 46", "la 45 y la 46", "en la 45 y en la 46", "45, 46"])
async def test_two_stores_in_an_answer_are_both_heard(group: GroupChat, answer: str) -> None:
    await group.says("no hay sistema")
    await group.says(answer)
    await group.passes(120)
    assert [t.subject for t in group.tickets] == [
        "No hay sistema, tienda 45",
        "No hay sistema, tienda 46",
    ]
    assert all("¿" not in reply for reply in group.replies[1:])


@pytest.mark.parametrize(
    ("report", "answer", "stores"),
    [
        ("no jala la impresora", "en la 45 y 46", ["45", "46"]),
        ("no hay internet", "la 45, 46 y 47", ["45", "46", "47"]),
        ("se fue la luz", "son la 45 y la 46", ["45", "46"]),
        ("no hay internet", "tienda 8", ["8"]),
        ("no jala la impresora", "es la 45, caja 2", ["45"]),
        ("no jala la impresora", "la 45, desde las 9", ["45"]),
    ],
)
async def test_every_store_of_an_answer_has_its_ticket(
    group: GroupChat, report: str, answer: str, stores: list[str]
) -> None:
    await group.says(report)
    await group.says(answer)
    await group.passes(300)
    assert [t.subject.rpartition(" ")[2] for t in group.tickets] == stores
    assert all("¿" not in reply for reply in group.replies[1:])


@pytest.mark.parametrize(
    "text",
    [
        "no hay sistema en la 45, ya le avisé a la 46",
        "la terminal de la 45 no pasa, me prestan la de la 46",
        "no hay sistema en la 45, en la 46 sí hay",
    ],
)
async def test_a_store_beside_that_has_nothing_has_no_ticket(group: GroupChat, text: str) -> None:
    await group.says(text)
    await group.passes(120)
    assert [t.subject[-9:] for t in group.tickets] == ["tienda 45"]
