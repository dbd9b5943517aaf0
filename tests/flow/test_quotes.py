"""What is quoted decides: old, by id alone, several in one burst; what cannot be read is asked.

Raúl (quotes what we never saw): esta también falla
Recado: no pudimos leer el mensaje que citó. ¿De qué equipo y de qué tienda se trata?
Raúl: la impresora de la tienda 4
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat, Person

ANA = Person("Ana", lid="333333333333333@lid")
DAY = 86_400
PRINTER = "la impresora de la tienda 4 no funciona"
INTERNET = "no hay internet en la tienda 9"


@pytest.mark.parametrize("days", [1, 13, 20, 29])
async def test_a_quote_of_weeks_ago_is_understood_by_its_id(group: GroupChat, days: int) -> None:
    report = await group.says(PRINTER)
    await group.passes(days * DAY)
    await group.says(INTERNET, by=RAUL)
    await group.says("sigue igual", quotes=report)
    assert [len(t.comments) for t in group.tickets] == [1, 0]
    assert len(group.sent) == 2


async def test_a_quote_beats_the_newest_incident(group: GroupChat) -> None:
    report = await group.says(PRINTER)
    await group.says(INTERNET, by=RAUL)
    await group.says("ya le cambiamos el cable y nada", by=ANA, quotes=report)
    assert [len(t.comments) for t in group.tickets] == [1, 0]


async def test_quotes_of_two_incidents_in_one_burst_go_apart(group: GroupChat) -> None:
    first = await group.says(PRINTER)
    second = await group.says(INTERNET, by=RAUL)
    await group.says("ya revisé el cable y nada", by=ANA, quotes=first, pause=3)
    await group.says("la luz de atrás parpadea en verde", by=ANA, pause=3)
    await group.says("ya llamé al proveedor", by=ANA, quotes=second)
    assert [[c.text for c in t.comments] for t in group.tickets] == [
        ["Ana: ya revisé el cable y nada", "Ana: la luz de atrás parpadea en verde"],
        ["Ana: ya llamé al proveedor"],
    ]
    assert len(group.sent) == 2


@pytest.mark.parametrize("words", ["esta también falla", "ya quedó", "sigue igual"])
async def test_a_quote_that_cannot_be_read_is_asked_about(group: GroupChat, words: str) -> None:
    await group.says(PRINTER)
    await group.says(INTERNET, by=ANA)
    said = await group.says(words, by=RAUL, quotes="3AUNKNOWN")
    assert [t.comments for t in group.tickets] == [[], []]
    assert group.replies[2:] == [
        "Raúl, no pudimos leer el mensaje que citó. ¿De qué equipo y de qué tienda se trata?"
    ]
    assert group.sent[2].quote == said


async def test_who_was_asked_quotes_our_question_though_we_do_not_know_its_id(
    group: GroupChat,
) -> None:
    await group.says("la impresora de tickets no funciona")
    await group.says("tienda 45", quotes="3AUNKNOWN")
    assert len(group.tickets) == 1
    assert len(group.sent) == 2


async def test_the_answer_takes_the_words_along(group: GroupChat) -> None:
    await group.says(PRINTER)
    await group.says(INTERNET, by=ANA)
    await group.says("ya quedó", by=RAUL, quotes="3AUNKNOWN")
    await group.says("la impresora de la tienda 4", by=RAUL, quotes=group.sent[2].id)
    [printer, internet] = group.tickets
    assert any("ya quedó" in c.text for c in printer.comments)
    assert internet.comments == []
    assert len(group.sent) == 3


async def test_the_question_is_not_repeated(group: GroupChat) -> None:
    await group.says(PRINTER)
    for words in ("sigue igual", "nada todavía", "sigue igual"):
        await group.says(words, by=RAUL, quotes="3AUNKNOWN")
    assert len(group.sent) == 2
    await group.passes(5000)
    assert len(group.sent) == 2


async def test_a_report_that_says_it_all_needs_no_quote(group: GroupChat) -> None:
    await group.says(INTERNET)
    await group.says(PRINTER, by=RAUL, quotes="3AUNKNOWN")
    assert len(group.tickets) == 2
    assert len(group.sent) == 2


async def test_chatter_that_quotes_the_unknown_is_left_alone(group: GroupChat) -> None:
    await group.says(PRINTER)
    await group.says("jajaja buenísimo", by=RAUL, quotes="3AUNKNOWN")
    await group.says("gracias!", by=RAUL, quotes="3AUNKNOWN")
    assert len(group.sent) == 1


async def test_a_quote_with_a_strange_id_is_found_by_its_words(group: GroupChat) -> None:
    await group.says(PRINTER)
    await group.says(INTERNET, by=ANA)
    await group.says("ya quedó", by=RAUL, quotes="3AUNKNOWN", quoted_text=PRINTER)
    assert [len(t.comments) for t in group.tickets] == [1, 0]
    assert len(group.sent) == 2


@pytest.mark.parametrize(
    ("words", "cites"), [("la 31", False), ("tienda 31", False), ("la 31", True)]
)
async def test_the_store_alone_says_which_one_is_meant(
    group: GroupChat, words: str, cites: bool
) -> None:
    ana = Person("Ana", lid="333333333333333@lid")
    await group.says("no anda el posnet en la 45")
    await group.says("en la 31 no abre el portón", by=ana)
    await group.says("sigue fallando", by=RAUL, quotes="3AUNKNOWN")
    assert "¿De qué equipo y de qué tienda" in group.replies[2]
    await group.says(words, by=RAUL, quotes=group.sent[2].id if cites else None)
    await group.passes(60)
    assert any("sigue fallando" in c.text for c in group.tickets[1].comments)
