"""Who asks '¿ya quedó?' while two of their tickets are open reads how both are.

Lupita: no prende la caja de la tienda 45         -> ticket 101
Lupita: se tapó el baño de la tienda 45           -> ticket 102
Lupita: ¿ya quedó?
Recado: Lupita, el ticket #101 está en estado «abierto» ...
Recado: Lupita, el ticket #102 está en estado «abierto» ...
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat, Person

ANA = Person("Soporte Ana", lid="333333333333333@lid")


async def _two(group: GroupChat) -> None:
    await group.says("no prende la caja de la tienda 45", pause=300)
    await group.says("se tapó el baño de la tienda 45", pause=1200)
    assert len(group.tickets) == 2


@pytest.mark.parametrize(
    "words",
    [
        "¿ya quedó?",
        "ya quedó??",
        "ya quedaron?",
        "bot, ya quedó?",
        "buenas tardes, ya está listo?",
        "ya lo arreglaron?",
        "oigan ya se resolvió?",
        "ya pudieron revisarlo?",
        "alguna novedad?",
    ],
)
async def test_reads_of_both(group: GroupChat, words: str) -> None:
    await _two(group)
    await group.says(words, pause=60)
    first, second = group.replies[2:]
    assert ("#101" in first, "#102" in second) == (True, True)
    assert [t.comments for t in group.tickets] == [[], []]
    assert await group.status() == ["ticketed", "ticketed"]


@pytest.mark.parametrize("words", ["ya quedó la caja?", "la caja ya quedó?"])
async def test_who_names_one_reads_of_it(group: GroupChat, words: str) -> None:
    await _two(group)
    await group.says(words, pause=60)
    assert ["#101" in text for text in group.replies[2:]] == [True]


async def test_what_is_just_spoken_of_is_meant(group: GroupChat) -> None:
    await _two(group)
    await group.says("ya cambié la fuente de la caja", by=ANA, pause=120)
    await group.says("ya quedó?", pause=60)
    assert ["#101" in text for text in group.replies[2:]] == [True]


@pytest.mark.parametrize("words", ["la caja ya prende pero se apaga sola", "la caja hace un ruido"])
async def test_what_its_writer_has_just_told_of_is_meant(group: GroupChat, words: str) -> None:
    await _two(group)
    await group.says(words, pause=300)
    await group.says("ya quedó?", pause=60)
    assert ["#101" in text for text in group.replies[2:]] == [True]


async def test_of_both_just_spoken_of_both_are_told(group: GroupChat) -> None:
    await _two(group)
    await group.says("la caja hace un ruido", pause=60)
    await group.says("del baño sale más agua", pause=60)
    await group.says("ya quedaron?", pause=60)
    assert [f"#10{n}" in text for n, text in enumerate(group.replies[2:], 1)] == [True, True]


async def test_of_one_ticket_there_is_one_answer(group: GroupChat) -> None:
    await group.says("no prende la caja de la tienda 45", pause=1200)
    await group.says("ya quedó?", pause=60)
    assert ["#101" in text for text in group.replies[1:]] == [True]


@pytest.mark.parametrize(
    "words",
    [
        "¿ya quedó mi vale de despensa?",
        "ya quedó el bolillo para la comida?",
        "ya quedó? jajaja",
        "ya está la comida?",
        "ya están en el grupo de la posada?",
        "ya quedaron de acuerdo para el sábado?",
    ],
)
async def test_other_questions_are_not_answered_twice(group: GroupChat, words: str) -> None:
    await _two(group)
    await group.says(words, pause=60)
    assert len(group.sent) <= 3


async def test_a_colleague_with_nothing_open_reads_nothing(group: GroupChat) -> None:
    await _two(group)
    await group.says("ya quedó?", by=RAUL, pause=60)
    assert len(group.sent) == 2


async def test_without_the_mark_it_tells_that_it_works(group: GroupChat) -> None:
    await _two(group)
    await group.says("ya quedó", pause=60)
    assert len(group.sent) == 2
    assert sum(len(t.comments) for t in group.tickets) == 1
