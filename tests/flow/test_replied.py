"""Support asks in the group whether it works again, and a bare answer tells the ticket.

Lupita: no jala la impresora de la tienda 45     -> ticket 101
Moni (support): ya quedó?
Lupita: nop                                      -> 101 reads that it still fails; not a word
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.flow.chat import RAUL, GroupChat, Person

MONI = Person("Moni", phone="525500000001")
PRINTER = "no jala la impresora de tickets de la tienda 45"


async def asked(group: GroupChat, question: str) -> None:
    """A ticket, and the question of support after it."""
    group.engine = replace(group.engine, staff=frozenset({"525500000001"}))
    group.queue.handlers.update(group.engine.handlers)
    await group.says(PRINTER, pause=300)
    await group.says(question, by=MONI, pause=60)


def told(group: GroupChat) -> list[str]:
    """What the ticket reads of how it goes."""
    words = {"que el problema continúa": "still", "que ya quedó resuelto": "fixed"}
    texts = [comment.text for comment in group.tickets[0].comments]
    return [act for text in texts for said, act in words.items() if said in text]


@pytest.mark.parametrize(
    ("question", "answer", "means"),
    [
        ("ya quedó?", "no", "still"),
        ("ya quedó?", "nop", "still"),
        ("Lupita ya quedó?", "no Moni, todavía no", "still"),
        ("ya les funciona?", "sigue", "still"),
        ("ya quedó la impresora?", "uy no, nada", "still"),
        ("ya jala?", "nel", "still"),
        ("ya quedó?", "aún no jefa", "still"),
        ("ya quedó?", "sigue igual", "still"),
        ("ya quedó?", "sí", "fixed"),
        ("ya quedó?", "sí gracias", "fixed"),
        ("ya quedó?", "ya", "fixed"),
        ("Lupita ya imprime?", "sí Moni, mil gracias", "fixed"),
        ("ya quedó?", "sip, todo bien", "fixed"),
        ("sigue igual?", "sí", "still"),
        ("sigue fallando?", "no, ya no", None),
        ("sigue igual?", "no", "fixed"),
        ("todavía no funciona?", "no", "still"),
        ("ya quedó o sigue igual?", "no", None),
        ("ya quedó o sigue igual?", "sigue", "still"),
    ],
)
async def test_the_ticket_reads_what_a_bare_answer_means(
    group: GroupChat, question: str, answer: str, means: str | None
) -> None:
    await asked(group, question)
    await group.says(answer)
    assert told(group) == ([means] if means else [])
    assert len(group.replies) == 1


@pytest.mark.parametrize(
    "words",
    [
        "no sé, no estoy en tienda",
        "no, gracias a ustedes",
        "sí, pero se traba a cada rato",
        "ya casi",
        "ya le dije al gerente",
        "sí señor, ahorita la prendo",
        "ya viene el técnico?",
        "ok",
        "déjame ver",
    ],
)
async def test_what_answers_something_else_tells_no_end(group: GroupChat, words: str) -> None:
    await asked(group, "ya quedó?")
    await group.says(words)
    assert "fixed" not in told(group)


@pytest.mark.parametrize(
    ("words", "thing"),
    [
        ("no, y ahora tampoco prende la báscula", "báscula"),
        ("no hay internet en la tienda 45", "internet"),
        ("sí, pero ahora no cierra la puerta", "puerta"),
        ("se cayó el sistema en la 45", "sistema"),
    ],
)
async def test_a_report_behind_the_question_is_heard(
    group: GroupChat, words: str, thing: str
) -> None:
    await asked(group, "ya quedó?")
    await group.says(words)
    heard = [t.description for t in group.tickets] + [c.text for c in group.tickets[0].comments]
    assert any(thing in text for text in heard)


async def test_who_is_of_another_store_answers_nothing(group: GroupChat) -> None:
    await asked(group, "ya quedó?")
    await group.says("no", by=RAUL)
    assert told(group) == []


async def test_nobody_asked(group: GroupChat) -> None:
    await asked(group, "Lupita buen día")
    await group.says("no")
    await group.says("sí")
    assert told(group) == []


async def test_what_others_say_in_between_takes_no_answer_away(group: GroupChat) -> None:
    await asked(group, "Lupita ya quedó?")
    await group.says("yo voy por café", by=RAUL)
    await group.says("no")
    assert told(group) == ["still"]


async def test_a_store_of_an_outage_answers_for_itself(group: GroupChat) -> None:
    await group.says("no hay internet en la tienda 45", pause=60)
    await group.says("aquí tampoco, tienda 12", by=RAUL, pause=60)
    group.engine = replace(group.engine, staff=frozenset({"525500000001"}))
    group.queue.handlers.update(group.engine.handlers)
    first = next(iter(group.messages))
    await group.says("ya volvió?", by=MONI, quotes=first, pause=60)
    await group.says("sí")
    await group.says("no", by=RAUL)
    assert any("ya quedó resuelto" in c.text for c in group.tickets[0].comments)
    assert any("el problema continúa" in c.text for c in group.tickets[1].comments)
