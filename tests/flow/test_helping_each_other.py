"""People help each other: what they ask, and what they find to work, is no news of the report.

Paty:    no hay internet
Recado:  ¿De qué tienda se trata?
Rodrigo: a mí ya me regresó      -> his, not hers: the report goes on
Paty:    la 45                   -> ticket 101
Rodrigo: y el teléfono?          -> nothing: that is asked of her
Paty:    el teléfono sí funciona -> a comment
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat, Person

MAXI = Person("Maxi", lid="444444444444444@lid")
PATY = Person("Paty", lid="555555555555555@lid")
RODRIGO = Person("Rodrigo", lid="666666666666666@lid")


async def tell(group: GroupChat, *lines: tuple[Person, str]) -> None:
    for who, text in lines:
        await group.says(text, by=who)
    await group.passes(120)


# -- what ends a report ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("report", "who", "aside"),
    [
        ("no hay internet", RODRIGO, "ya volvió?"),
        ("no anda el posnet", RODRIGO, "y ya quedó?"),
        ("no anda el posnet", RODRIGO, "paty, ya te funciona?"),
        ("no sirve la impresora", RODRIGO, "la mía sí funciona"),
        ("no hay internet", RODRIGO, "a mi ya me regresó"),
        ("no hay internet", RODRIGO, "acá ya volvió"),
        ("no sirve la impresora", PATY, "la otra sí funciona"),
        ("no sirve la impresora", PATY, "en la otra caja sí imprime"),
    ],
)
async def test_what_is_asked_or_works_for_another_ends_no_report(
    group: GroupChat, report: str, who: Person, aside: str
) -> None:
    await tell(group, (PATY, report), (who, aside), (PATY, "la 45"))
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]
    assert len(group.replies) == 2


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (PATY, "ya volvió"),
        (PATY, "a mi ya me regresó"),
        (PATY, "ya quedó, con la otra conexión"),
        (PATY, "ya volvió, gracias! alguien más lo tuvo?"),
    ],
)
async def test_what_works_again_ends_it(group: GroupChat, who: Person, words: str) -> None:
    await tell(group, (PATY, "no hay internet"), (who, words))
    assert await group.status() == ["withdrawn"]


@pytest.mark.parametrize(
    ("report", "question", "answer"),
    [
        ("el sistema no deja facturar, local 45", "y ya quedó?", "ahorita reviso"),
        ("el datáfono no conecta, local 7", "y en la otra caja?", "ahí sí funciona"),
        ("no hay luz en el local 7", "y la planta de emergencia?", "esa si arrancó"),
    ],
)
async def test_with_a_ticket_it_is_no_all_clear(
    group: GroupChat, report: str, question: str, answer: str
) -> None:
    await tell(group, (PATY, report), (RODRIGO, question), (PATY, answer))
    [ticket] = group.tickets
    assert not any("ya quedó resuelto" in c.text for c in ticket.comments)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("ya quedó?", "ya quedó, gracias"),
        ("y si la reinicias?", "ahí sí funcionó"),
        ("y en la otra caja?", "ya funciona, era el cable"),
    ],
)
async def test_an_all_clear_is_still_told(group: GroupChat, question: str, answer: str) -> None:
    report = "el datáfono no conecta, local 7"
    await tell(group, (PATY, report), (RODRIGO, question), (PATY, answer))
    [ticket] = group.tickets
    assert any(f"ya quedó resuelto: {answer}" in c.text for c in ticket.comments)


# -- what the bot is not asked ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("report", "question"),
    [
        ("la caja 2 no prende, local 7", "y la luz?"),
        ("la caja 2 no prende, local 7", "vienes hoy o mañana?"),
        ("la caja 2 no abre el sistema, local 7", "y el internet?"),
        ("no hay internet, local 7", "y el telefono?"),
        ("no hay internet, local 7", "ya te volvió?"),
        ("la balanza no pesa, local 7", "y la otra balanza?"),
        ("no hay luz en el local 7", "y los refrigeradores?"),
        ("el datáfono no conecta, local 7", "y el otro datáfono?"),
    ],
)
async def test_who_helps_is_told_no_status(group: GroupChat, report: str, question: str) -> None:
    await tell(group, (PATY, report), (RODRIGO, question))
    assert len(group.replies) == 1


@pytest.mark.parametrize(
    ("report", "question"),
    [
        ("no imprime la impresora, local 7", "y lo de la impresora?"),
        ("no imprime la impresora, local 7", "y la impresora?"),
        ("no pasa la terminal, local 7", "cómo va la terminal?"),
        ("no pasa la terminal, local 7", "y el datáfono?"),
        ("no hay internet, local 7", "qué pasó con el internet?"),
        ("la balanza no pesa, local 7", "y el técnico?"),
    ],
)
@pytest.mark.parametrize("who", [PATY, RODRIGO])
async def test_who_asks_how_it_goes_is_told(
    group: GroupChat, report: str, question: str, who: Person
) -> None:
    await tell(group, (PATY, report), (who, question))
    assert ["#101" in reply for reply in group.replies] == [True, True]


@pytest.mark.parametrize(
    "question", ["vienes hoy o mañana?", "ya avisaron a soporte?", "qué número es el folio?"]
)
async def test_a_bystander_is_not_told_that_their_report_lacks_its_store(
    group: GroupChat, question: str
) -> None:
    await tell(group, (MAXI, "no anda el posnet"), (RODRIGO, question))
    assert len(group.replies) == 1
    await tell(group, (MAXI, "ya avisaron a soporte?"))
    assert group.replies[1].startswith("Maxi, para registrar su reporte")


# -- what changes a ticket -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("report", "question", "answer"),
    [
        ("la caja 2 no abre el sistema, local 7", "y el internet?", "no, internet sí hay"),
        ("la impresora fiscal no responde, local 7", "capaz es el rollo", "no, tiene rollo"),
        ("no prende el monitor, local 7", "sera la luz", "no, la luz está bien, el cpu si prende"),
        ("no abre el sistema, local 7", "qué era?", "mal la clave jeje"),
    ],
)
async def test_what_works_is_not_what_fails(
    group: GroupChat, report: str, question: str, answer: str
) -> None:
    await group.says(report, by=PATY)
    before = group.tickets[0].subject
    await tell(group, (RODRIGO, question), (PATY, answer))
    [ticket] = group.tickets
    assert ticket.subject == before
    assert not any("Cambia" in c.text for c in ticket.comments)
