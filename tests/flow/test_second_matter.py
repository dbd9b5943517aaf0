"""Somebody's second problem is an incident of its own; what they read on a display is none.

Lupita: la puerta enrollable no sube, tienda 45      -> ticket 101
Lupita: ya no tenemos bolsas, nos pueden mandar      -> ticket 102, not a comment of 101
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, GroupChat, told


@pytest.mark.parametrize(
    "second",
    [
        "el teléfono de la tienda no tiene tono",
        "hola, las cámaras no graban",
        "ya no hay rollos de papel para la impresora, nos pueden mandar",
        "otra vez el internet por los suelos, no navega nada",
        "buenas, la alarma sigue sonando y no se calla con la clave",
    ],
)
async def test_another_thing_that_fails_is_another_incident(group: GroupChat, second: str) -> None:
    await group.says("la puerta enrollable no sube, no podemos abrir, tienda 45")
    await group.passes(3600)
    await group.says(second, by=LUPITA)
    assert len(group.tickets) == 2
    assert second.split()[-1] in group.tickets[1].description
    assert len(group.sent) == 2


async def test_what_still_fails_is_what_was_reported(group: GroupChat) -> None:
    await group.says("no hay internet en la tienda 45")
    await group.passes(3600)
    await group.says("otra vez la terminal por los suelos, no cobra nada")
    await group.says("sigue sin funcionar")
    assert len(group.tickets) == 1


async def test_small_talk_does_not_keep_the_first_matter_open(group: GroupChat) -> None:
    await group.says("la puerta enrollable no sube, no podemos abrir, tienda 45")
    await group.passes(3600)
    await group.says("¿cómo va lo de la puerta?", by=LUPITA, pause=120)
    await group.says("el teléfono de la tienda no tiene tono", by=LUPITA)
    assert len(group.tickets) == 2


async def test_who_names_another_store_and_thing_does_not_answer(group: GroupChat) -> None:
    await group.says("no funciona la impresora de tickets")
    assert "tienda" in group.replies[-1]
    await group.passes(900)
    await group.says("el teléfono fijo de la tienda 75 no tiene tono", by=LUPITA)
    assert len(group.tickets) == 1
    assert "tono" in group.tickets[0].subject


@pytest.mark.parametrize(
    "words", ["la pantalla dice NO VIDEO", "en el monitor sale NO SIGNAL", "marca NO VIDEO"]
)
@pytest.mark.parametrize("pause", [30, 120])
async def test_what_a_display_says_is_a_detail(group: GroupChat, words: str, pause: int) -> None:
    await group.says("las cámaras de la tienda 45 no graban", pause=pause)
    await group.says(words, by=LUPITA)
    assert len(group.tickets) == 1
    assert len(group.sent) == 1


async def test_what_was_done_to_a_part_is_a_detail(group: GroupChat) -> None:
    await group.says("la impresora de la tienda 45 no imprime nada")
    await group.passes(1800)
    await group.says("ya le cambié el cable y no prende", by=LUPITA)
    assert len(group.tickets) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("no jala la terminal tienda 9", "la puerta no cierra"),
        ("no jala el lector tienda 45", "y la báscula tampoco pesa"),
        ("la impresora de tickets de la tienda 45 no imprime", "no hay agua"),
        ("la impresora de tickets de la tienda 45 no imprime", "no hay bolsas"),
    ],
)
async def test_what_would_be_two_in_one_breath_are_two_a_minute_apart(
    group: GroupChat, first: str, second: str
) -> None:
    await group.says(first, pause=60)
    await group.says(second, pause=60)
    assert len(group.tickets) == 2
    assert [t.comments for t in group.tickets] == [[], []]


@pytest.mark.parametrize(
    ("first", "symptom"),
    [
        ("no hay luz en la tienda 45", "no prende el refri"),
        ("la impresora no imprime, tienda 9", "la pantalla dice error 5"),
    ],
)
async def test_what_would_be_one_in_one_breath_stays_one(
    group: GroupChat, first: str, symptom: str
) -> None:
    await group.says(first, pause=60)
    await group.says(symptom, pause=60)
    assert len(group.tickets) == 1


@pytest.mark.parametrize(
    ("words", "second", "answered"),
    [
        ("como va lo de la terminal? y aparte ya no hay luz en el almacen", "luz", True),
        ("alguna novedad de la terminal? tambien se descompuso el refri", "refri", True),
        ("se descompuso el refri. y cómo va lo de la terminal?", "refri", True),
        ("sigue igual la terminal y ademas se descompuso el refri", "refri", False),
        ("ya reinicie la terminal y nada. tambien hay una gotera en el techo", "gotera", False),
    ],
)
async def test_what_fails_beside_a_word_about_the_first_is_not_lost(
    group: GroupChat, words: str, second: str, answered: bool
) -> None:
    await group.says("la terminal no cobra tienda 45", pause=600)
    await group.says(words)
    first, other = group.tickets
    assert second in told(other)
    assert "terminal" not in told(other)
    assert other.subject.endswith("tienda 45")
    assert not any(second in comment.text for comment in first.comments)
    assert any("#101 está" in reply for reply in group.replies) is answered
    assert bool(first.comments) is not answered


async def test_where_nothing_was_reported_a_question_beside_a_report_starts_nothing(
    group: GroupChat,
) -> None:
    await group.says("como va lo de la terminal? y aparte no enfria el refri, tienda 45")
    [ticket] = group.tickets
    assert "refri" in ticket.subject
    assert len(group.replies) == 1


@pytest.mark.parametrize(
    "answer",
    [
        "tienda 12, y tampoco hay internet",
        "es la tienda 12, también falla la impresora",
        "la 12. y tampoco funciona la impresora",
        "sucursal 12, y además la impresora no imprime",
    ],
)
async def test_a_store_answers_in_front_of_another_matter(group: GroupChat, answer: str) -> None:
    await group.says("no anda el posnet")
    await group.says(answer)
    await group.passes(4000)
    assert [t.subject.endswith("tienda 12") for t in group.tickets] == [True, True]
    assert sum("?" in reply for reply in group.replies) == 1


async def test_a_store_answers_in_the_message_before_another_matter(group: GroupChat) -> None:
    await group.says("no anda el posnet")
    await group.says("tienda 12", pause=4)
    await group.says("y la impresora tampoco funciona")
    await group.passes(4000)
    assert [t.subject.endswith("tienda 12") for t in group.tickets] == [True, True]


@pytest.mark.parametrize(
    "answer",
    [
        "la 12, y el posnet tampoco prende",
        "la 12, tampoco lee los chips",
        "tienda 12, también los clientes están enojados",
    ],
)
async def test_more_of_the_same_behind_an_answer_is_no_other_matter(
    group: GroupChat, answer: str
) -> None:
    await group.says("no anda el posnet")
    await group.says(answer)
    await group.passes(4000)
    assert [t.subject.endswith("tienda 12") for t in group.tickets] == [True]
