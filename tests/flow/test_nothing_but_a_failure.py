"""Who says that something fails, and not what, is asked what it is: once, and by one question.

Lupita:  no jala
Recado:  (asks what does not work)
Lupita:  la impresora de tickets, tienda 12
Recado:  Se creó el ticket #101 ...
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat


@pytest.mark.parametrize(
    "text",
    [
        "no jala",
        "hola, no funciona",
        "se quedó cargando",
        "se quedó actualizando",
        "caído general",
        "está todo colgado",
        "nada responde",
        "acá no funca nada",
        "estamos incomunicados",
    ],
)
async def test_it_is_asked_what_it_is_and_let_go_in_silence(group: GroupChat, text: str) -> None:
    await group.says(text)
    assert len(group.replies) == 1
    assert "¿" in group.replies[0]
    await group.passes(90_000)
    assert len(group.replies) == 1
    assert group.tickets == []


async def test_the_answer_completes_it(group: GroupChat) -> None:
    await group.says("no jala")
    await group.says("la impresora de tickets, tienda 12")
    assert [t.subject for t in group.tickets] == ["Impresora de tickets: no jala, tienda 12"]
    assert len(group.replies) == 2


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("alguien vio el partido? no carga en el canal 5", "no funciona"),
        ("mi celular se mojó anoche", "no sirve"),
        ("probé la receta de la abuela jaja", "no funciona"),
        ("¿cómo te quedó el horario nuevo?", "no me sirve"),
        ("¿y la dieta?", "no funciona"),
    ],
)
async def test_in_the_middle_of_other_talk_it_is_part_of_that(
    group: GroupChat, before: str, text: str
) -> None:
    await group.says(before, by=RAUL)
    await group.says(text)
    await group.passes(2000)
    assert group.replies == []


@pytest.mark.parametrize("text", ["no jala jaja", "¿no jala?", "no sirve de nada", "no pasa nada"])
async def test_laughter_questions_and_other_words_begin_nothing(
    group: GroupChat, text: str
) -> None:
    await group.says(text)
    await group.passes(2000)
    assert group.replies == []


async def test_what_is_open_is_what_does_not_work(group: GroupChat) -> None:
    await group.says("no imprime la impresora de tickets de la tienda 12")
    said = len(group.replies)
    await group.passes(1800)
    await group.says("no jala")
    await group.passes(2000)
    assert len(group.tickets) == 1
    assert len(group.replies) == said
