"""What somebody tells two groups is one report, of one ticket.

Lupita, in one group:     no hay sistema en la 12
Recado:                   Se creó el ticket #101 ... tienda 12
Lupita, in another group: no hay sistema en la 12
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

ANOTHER = "120363000000000002@g.us"


async def test_the_same_words_to_another_group_are_no_second_report(group: GroupChat) -> None:
    await group.says("no hay sistema en la 12")
    group.chat = ANOTHER
    await group.says("No hay sistema en la 12!!")
    assert len(group.tickets) == len(group.replies) == 1


@pytest.mark.parametrize(
    ("by", "words", "pause"),
    [
        (LUPITA, "no hay sistema en la 15", 25.0),
        (LUPITA, "no abre la caja en la 12", 25.0),
        (RAUL, "no hay sistema en la 12", 25.0),
        (LUPITA, "no hay sistema en la 12", 1_800.0),
    ],
)
async def test_another_store_thing_person_or_time_is_another_report(
    group: GroupChat, by: Person, words: str, pause: float
) -> None:
    await group.says("no hay sistema en la 12", pause=pause)
    group.chat = ANOTHER
    await group.says(words, by=by)
    assert len(group.tickets) == 2


async def test_words_without_a_store_are_not_taken_for_the_same(group: GroupChat) -> None:
    ana = Person("Ana", lid="333333333333333@lid")
    await group.says("no hay sistema", by=ana)
    await group.says("la 12", by=ana)
    group.chat = ANOTHER
    await group.says("no hay sistema en la 15", by=ana)
    assert [t.subject.split()[-1] for t in group.tickets] == ["12", "15"]


@pytest.mark.parametrize(
    "words",
    [
        "la 12 sin sistema",
        "sin sistema en la 12",
        "tienda 12 no tiene sistema, apoyo por favor",
        "se cayó el sistema en la 12",
        "buenas, en la 12 no hay sistema, urge",
        "seguimos sin sistema en la 12",
        "no tenemos sistema en la tienda 12 desde hace rato",
    ],
)
async def test_nor_are_other_words_for_the_same(group: GroupChat, words: str) -> None:
    await group.says("no hay sistema en la 12", pause=120)
    group.chat = ANOTHER
    await group.says(words)
    assert len(group.tickets) == len(group.replies) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("no abre la caja 2 en la 12", "no abre la caja 3 en la 12"),
        ("no abre la caja 2 en la 12", "no abre la otra caja en la 12"),
        ("va lento el sistema en la 12", "no hay sistema en la 12, no podemos cobrar"),
        ("no jala la terminal en la 12", "la terminal en la 12 marca error 51"),
        ("no prende la impresora en la 12", "la impresora de etiquetas no imprime en la 12"),
        ("no hay sistema en la 12", "no hay sistema en la 21"),
        ("no hay sistema en la 12", "la 12 sin luz"),
        (
            "no hay sistema en la 12",
            "el sistema de la 12 volvió a caerse al hacer el corte de caja de la tarde",
        ),
    ],
)
async def test_whatever_is_new_is_heard_in_the_other_group(
    group: GroupChat, first: str, second: str
) -> None:
    await group.says(first, pause=120)
    group.chat = ANOTHER
    await group.says(second)
    assert len(group.tickets) == 2


async def test_nor_is_another_person_silenced(group: GroupChat) -> None:
    await group.says("no hay sistema en la 12", pause=120)
    group.chat = ANOTHER
    await group.says("la 12 sin sistema", by=RAUL)
    assert len(group.tickets) == 2
    assert len(group.replies) == 2
