"""Answers to the bot's question: from whom, to what, several at once, corrected, or refused.

Lupita: ayuda por favor, urgente, no funciona
Recado: ¿Qué equipo o sistema presenta la falla?
Raúl: tienda 8                              (not asked, and says nothing of Lupita)
Lupita: jajaja ya llegó la pizza            (chatter)
Lupita: no sé
Recado: Gracias, Lupita. ¿De qué tienda se trata?
Lupita: la 45 ... no, es la 54
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat, Person, told

ANA = Person("Ana", lid="333333333333333@lid")
NO_STORE = "la impresora de tickets no funciona"
NOTHING_KNOWN = "ayuda por favor, urgente, no funciona"


async def test_one_answer_may_fill_several_fields(group: GroupChat) -> None:
    await group.says(NOTHING_KNOWN)
    assert "¿Qué equipo" in group.replies[0]
    await group.says("la impresora de tickets, tienda 45")
    assert [t.subject for t in group.tickets] == ["Impresora de tickets: no funciona, tienda 45"]
    assert len(group.sent) == 2


async def test_the_other_field_may_be_answered_first(group: GroupChat) -> None:
    await group.says(NOTHING_KNOWN)
    await group.says("tienda 45")
    assert len(group.sent) == 1
    await group.says("la impresora")
    assert [t.subject for t in group.tickets] == ["Impresora: no funciona, tienda 45"]
    assert len(group.sent) == 2


@pytest.mark.parametrize("words", ["la 45", "45", "es la 45", "la 45?", "somos la 45"])
async def test_a_bare_number_that_no_till_has_is_the_store_whatever_was_asked(
    group: GroupChat, words: str
) -> None:
    await group.says(NOTHING_KNOWN)
    await group.says(words)
    await group.says("la impresora")
    assert [t.subject for t in group.tickets] == ["Impresora: no funciona, tienda 45"]
    assert len(group.sent) == 2


async def test_the_name_of_who_writes_is_no_store(group: GroupChat) -> None:
    await group.says(NO_STORE)
    await group.says("Lupita Gómez")
    await group.says("suc 6")
    assert [t.subject.endswith("tienda 6") for t in group.tickets] == [True]


async def test_a_number_that_a_till_may_have_is_no_store_where_the_thing_is_asked(
    group: GroupChat,
) -> None:
    await group.says(NOTHING_KNOWN)
    await group.says("la 3")
    await group.says("la caja")
    assert group.tickets == []
    assert "tienda" in group.replies[-1]


@pytest.mark.parametrize("store", ["la 45", "45"])
async def test_a_store_in_a_line_of_its_own_is_said_with_the_report(
    group: GroupChat, store: str
) -> None:
    for words in ("ayuda urgente", "no funciona", store):
        await group.says(words, pause=5)
    await group.says("la impresora")
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]
    assert len(group.sent) == 1


async def test_who_is_asked_by_a_person_where_they_are_answers_us(group: GroupChat) -> None:
    await group.says(NO_STORE)
    await group.says("de donde?", by=RAUL)
    await group.says("45")
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]


@pytest.mark.parametrize("words", ["no, es la 54", "perdón, es la 54", "la 54, no la 45"])
async def test_an_earlier_answer_is_corrected(group: GroupChat, words: str) -> None:
    await group.says(NOTHING_KNOWN)
    await group.says("tienda 45")
    await group.says(words)
    await group.says("la impresora")
    assert [t.subject for t in group.tickets] == ["Impresora: no funciona, tienda 54"]
    assert len(group.sent) == 2


async def test_who_does_not_know_is_asked_for_the_next_field(group: GroupChat) -> None:
    await group.says(NOTHING_KNOWN)
    await group.says("no sé")
    assert group.replies[1] == "Gracias, Lupita. ¿De qué tienda se trata (número o nombre)?"
    await group.says("tienda 4")
    assert await group.status() == ["escalated"]
    assert len(group.sent) == 3
    await group.says("ya vi, es la caja")
    assert [t.subject for t in group.tickets] == ["Caja: no funciona, tienda 4"]


@pytest.mark.parametrize(
    "words", ["no sé", "ni idea", "la verdad no sabría decirle", "no tengo idea"]
)
async def test_who_knows_none_is_handed_over_at_once(group: GroupChat, words: str) -> None:
    await group.says(NO_STORE)
    await group.says(words)
    assert await group.status() == ["escalated"]
    await group.passes(4000)
    assert len(group.sent) == 2


async def test_no_question_is_asked_in_the_same_words_twice(group: GroupChat) -> None:
    await group.says(NO_STORE)
    await group.passes(4 * 1900)
    questions = group.replies[:4]
    assert all("tienda" in question for question in questions)
    assert len(set(questions)) == 4
    assert await group.status() == ["escalated"]


async def test_chatter_in_between_is_not_swallowed(group: GroupChat) -> None:
    await group.says(NO_STORE)
    await group.says("jajaja buen provecho", by=RAUL)
    await group.says("alguien tiene cambio de 500?", by=ANA)
    await group.says("oigan y mañana hay junta?")
    assert len(group.sent) == 1
    await group.says("45")
    [ticket] = group.tickets
    assert ticket.subject.endswith("tienda 45")
    assert "junta" not in ticket.description
    assert "500" not in told(ticket)


@pytest.mark.parametrize("words", ["12", "tienda 8", "la 8"])
async def test_a_bare_answer_of_somebody_else_is_none(group: GroupChat, words: str) -> None:
    await group.says(NO_STORE)
    await group.says(words, by=RAUL)
    assert group.tickets == []
    await group.says("la 45")
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]
    assert len(group.sent) == 2


@pytest.mark.parametrize(
    "words", ["es la tienda 45", "Lupita está en la 45", "ella es de la tienda 45"]
)
async def test_a_colleague_who_speaks_for_the_reporter_answers(
    group: GroupChat, words: str
) -> None:
    await group.says(NO_STORE)
    await group.says(words, by=RAUL)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]


async def test_a_colleague_who_says_in_which_place_they_are_answers(group: GroupChat) -> None:
    await group.says("Estimados, el internet no conecta y no podemos vender")
    await group.says("acá en Comas", by=RAUL)
    assert [t.subject.endswith("Comas") for t in group.tickets] == [True]


async def test_where_two_reports_lack_their_store_a_colleague_answers_neither(
    group: GroupChat,
) -> None:
    await group.says("Estimados, el internet no conecta y no podemos vender")
    await group.says("la balanza no enciende", by=ANA)
    await group.says("acá en Comas", by=RAUL)
    assert group.tickets == []


@pytest.mark.parametrize("words", ["acá en la 45", "somos la 45", "de la tienda 45"])
async def test_a_colleague_who_says_that_they_are_there_answers(
    group: GroupChat, words: str
) -> None:
    await group.says(NO_STORE)
    await group.says(words, by=RAUL)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]


async def test_a_colleague_whom_the_reporter_asks_answers_us(group: GroupChat) -> None:
    await group.says(NO_STORE)
    await group.says("qué número de tienda somos?")
    await group.says("somos la 45", by=RAUL)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]
    await group.passes(2000)
    assert await group.status() == ["ticketed"]
    assert len(group.sent) == 2


@pytest.mark.parametrize("words", ["la misma", "la misma de siempre", "la mía"])
async def test_the_same_store_is_no_report_of_its_own(group: GroupChat, words: str) -> None:
    await group.says("no prende la impresora de la 45")
    await group.says("no tengo sistema", by=RAUL)
    await group.says(words, by=RAUL)
    assert await group.status() == ["ticketed", "collecting"]
    await group.says("45", by=RAUL)
    assert len(group.tickets) == 2


async def test_where_somebody_is_answers_no_question_for_the_thing(group: GroupChat) -> None:
    await group.says(NOTHING_KNOWN)
    await group.says("acá en la 8", by=RAUL)
    await group.says("la impresora, tienda 45")
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]


async def test_a_colleague_who_quotes_the_question_answers(group: GroupChat) -> None:
    await group.says(NO_STORE)
    await group.says("45", by=RAUL, quotes=group.sent[0].id)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]


FLOR_45 = Person("Flor T45", lid="444444444444444@lid")


@pytest.mark.parametrize(
    "words",
    ["acá la 45", "aquí en la 45", "somos la 45", "acá en la 45", "en la 45", "desde la 45"],
)
async def test_a_colleague_says_where_though_their_store_has_something_open(
    group: GroupChat, words: str
) -> None:
    await group.says("no prende la báscula", by=FLOR_45)
    await group.passes(600)
    await group.says(NO_STORE)
    await group.passes(20)
    await group.says(words, by=FLOR_45)
    await group.passes(60)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True, True]


@pytest.mark.parametrize(
    "words",
    [
        "acá en la 45 ya quedó la báscula",
        "acá en la 45 sigue igual la báscula",
        "en la 45 ya prendió, gracias",
        "acá en la 45 ya le cambié la pila a la báscula",
        "en la 45 seguimos esperando al técnico",
        "acá en la 45 la báscula da error",
    ],
)
async def test_what_a_colleague_says_of_their_own_answers_for_nobody(
    group: GroupChat, words: str
) -> None:
    await group.says("no prende la báscula", by=FLOR_45)
    await group.passes(600)
    await group.says(NO_STORE)
    await group.passes(20)
    await group.says(words, by=FLOR_45)
    await group.passes(60)
    assert len(group.tickets) == 1
