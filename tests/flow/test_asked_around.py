"""A colleague asks whether there is any, and others answer that there is none.

Lupita: alguien sabe si hay sistema?
Raúl: en la 12 no                                  -> ticket 101: no hay sistema, tienda 12
Iris: acá tampoco hay                              (asked for her store, and for nothing else)
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat, Person

IRIS = Person("Iris", lid="333333333333333@lid")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("alguien sabe si hay sistema?", "en la 12 no"),
        ("¿tienen luz?", "acá en la 12 no"),
        ("les jala el internet?", "en la 12 no jala"),
        ("hay sistema en sus tiendas?", "nosotros en la 12 no"),
        ("alguien tiene internet?", "nada por acá en la 12"),
        ("ya regresó la luz?", "aquí en la 12 no ha regresado"),
        ("hay red?", "pues en la 12 no hay"),
    ],
)
async def test_an_answer_is_a_report(group: GroupChat, question: str, answer: str) -> None:
    await group.says(question)
    await group.says(answer, by=RAUL)
    await group.passes(120)
    assert [t.subject[-9:] for t in group.tickets] == ["tienda 12"]
    assert group.tickets[0].subject.startswith("No hay ")


async def test_who_has_none_either_is_asked_for_the_store_alone(group: GroupChat) -> None:
    await group.says("alguien sabe si hay sistema?")
    await group.says("en la 12 no", by=RAUL)
    await group.says("acá tampoco hay", by=IRIS)
    await group.passes(100)
    assert "De qué tienda" in group.replies[-1]
    await group.says("la 22", by=IRIS)
    await group.passes(60)
    assert [t.subject[-9:] for t in group.tickets] == ["tienda 12", "tienda 22"]
    assert all(t.subject.startswith("No hay sistema") for t in group.tickets)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("alguien sabe si hay sistema?", "no sé"),
        ("alguien sabe si hay sistema?", "no"),
        ("alguien sabe si hay sistema?", "en la 12 sí"),
        ("alguien sabe si hay sistema?", "acá en la 12 sí hay"),
        ("alguien sabe si hay café?", "en la 12 no"),
        ("hay junta hoy?", "en la 12 no"),
        ("tienen bolsas que me presten?", "acá no"),
    ],
)
async def test_other_answers_are_nothing(group: GroupChat, question: str, answer: str) -> None:
    await group.says(question)
    told = len(group.replies)
    await group.says(answer, by=RAUL)
    await group.passes(600)
    assert group.tickets == []
    assert len(group.replies) == told


@pytest.mark.parametrize(
    "words", ["en la 33 sí hay", "acá en la 33 todo bien", "en la 33 no", "la 33 sí tenemos"]
)
async def test_where_it_works_is_not_where_it_fails(group: GroupChat, words: str) -> None:
    await group.says("no hay sistema")
    await group.says(words, by=RAUL)
    await group.passes(60)
    assert group.tickets == []
    await group.says("la 45")
    await group.passes(60)
    assert [t.subject[-9:] for t in group.tickets] == ["tienda 45"]


@pytest.mark.parametrize("words", ["en la 33 tampoco", "en la 33 no hay", "la 33 igual"])
async def test_where_it_fails_too_is_heard(group: GroupChat, words: str) -> None:
    await group.says("no hay sistema")
    await group.says(words, by=RAUL)
    await group.passes(60)
    assert any("33" in t.subject for t in group.tickets)
