"""Who asks colleagues whether something fails reports nothing; who says that it does, reports it.

Lupita: ¿se cayó el sistema?                       (no answer of ours)
Raúl: sí, en la 12                                 -> ticket 101: no hay sistema, tienda 12
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat

QUESTIONS = [
    "¿se cayó el sistema?",
    "oigan se fue el internet?",
    "alguien más sin sistema?",
    "se les fue la luz?",
    "está caído el sistema?",
    "¿el internet se cayó?",
    "¿hay internet?",
]


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_question_is_no_report(group: GroupChat, question: str) -> None:
    await group.says(question)
    await group.passes(900)
    assert group.replies == []
    assert set(await group.status()) <= {"dismissed"}


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("¿se cayó el sistema?", "sí, en la 12"),
        ("ya se fue el sistema otra vez?", "sí, en la 12"),
        ("está caído el sistema?", "sí, aquí en la 12 no hay"),
        ("a alguien más se le cayó el internet?", "a mí también, tienda 12"),
        ("alguien sin luz?", "acá en la 12 tampoco hay"),
        ("no les jala el internet?", "aquí en la 12 igual"),
        ("¿el sistema está caído?", "nosotros tampoco tenemos, la 12"),
        ("se les fue la luz?", "sí, se nos fue, tienda 12"),
    ],
)
async def test_who_says_so_reports_it(group: GroupChat, question: str, answer: str) -> None:
    await group.says(question)
    await group.says(answer, by=RAUL)
    await group.passes(120)
    assert [t.subject[-9:] for t in group.tickets] == ["tienda 12"]


async def test_without_a_store_they_are_asked_for_it(group: GroupChat) -> None:
    await group.says("¿se cayó el sistema?")
    await group.says("acá tampoco hay", by=RAUL)
    await group.passes(60)
    assert ["De qué tienda" in reply for reply in group.replies] == [True]
    await group.says("la 22", by=RAUL)
    await group.passes(60)
    assert [t.subject for t in group.tickets] == ["No hay sistema, tienda 22"]


@pytest.mark.parametrize(
    "words",
    ["sí, aquí no hay, tienda 45", "no me abre el sistema, tienda 45", "acá en la 45 no hay"],
)
async def test_its_writer_may_say_so(group: GroupChat, words: str) -> None:
    await group.says("¿se cayó el sistema?")
    await group.says(words)
    await group.passes(60)
    assert [t.subject[-9:] for t in group.tickets] == ["tienda 45"]


@pytest.mark.parametrize(
    "answer",
    [
        "no, aquí bien",
        "aquí en la 12 sí hay",
        "en la 12 no",
        "aquí normal",
        "yo sí tengo",
        "no sé, voy llegando",
        "aquí también todo bien, la 12",
        "sí",
    ],
)
async def test_other_answers_are_nothing(group: GroupChat, answer: str) -> None:
    await group.says("¿se cayó el sistema?")
    await group.says(answer, by=RAUL)
    await group.passes(300)
    assert group.replies == []


@pytest.mark.parametrize(
    "report",
    [
        "se cayó el sistema",
        "se nos cayó el sistema, ¿alguien más?",
        "¿se cayó el sistema? tienda 45",
        "no hay internet en la 45, ¿alguien más?",
        "alguien más sin sistema? nosotros en la 45",
        "¿me ayudan? se cayó el sistema",
        "sin sistema??",
    ],
)
async def test_real_reports_in_nearly_the_same_words(group: GroupChat, report: str) -> None:
    await group.says(report)
    await group.passes(60)
    assert len(group.replies) == 1
