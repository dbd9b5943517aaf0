"""Another thing that fails, told in passing beside an open ticket, is an incident of its own; a
part of what was reported stays with it.

Lupita: no jala la impresora de tickets de la tienda 45   -> ticket 101
Lupita: la puerta tampoco cierra                          -> ticket 102, of the same store
Lupita: la compu tampoco la reconoce                      -> a comment of 101
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat

PRINTER = "no jala la impresora de tickets de la tienda 45"
FRIDGE = "el refri de la tienda 45 no enfría"
TERMINAL = "la terminal de la tienda 45 no cobra"


@pytest.mark.parametrize("pause", [60, 3000])
@pytest.mark.parametrize("words", ["la puerta tampoco cierra", "otra vez el TPV colgado"])
async def test_another_thing_soon_or_later_has_its_own(
    group: GroupChat, words: str, pause: int
) -> None:
    await group.says(PRINTER, pause=pause)
    await group.says(words)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True, True]
    assert len(group.replies) == 2


@pytest.mark.parametrize(
    "words",
    [
        "y la cortina no baja",
        "la báscula otra vez no pesa",
        "fíjate que la reja tampoco sube",
        "oigan y el datáfono volvió a quedarse trabado",
        "de nuevo el posnet sin pasar tarjetas",
        "che y la heladera tampoco enfría",
        "para colmo no prende el monitor",
        "de nuevo sin agua en el baño",
    ],
)
async def test_another_thing_has_a_ticket_of_its_own(group: GroupChat, words: str) -> None:
    await group.says(PRINTER, pause=90)
    await group.says(words)
    first, other = group.tickets
    assert other.subject.endswith("tienda 45")
    assert first.comments == []
    assert len(group.replies) == 2


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (PRINTER, "tampoco imprime el ticket de prueba"),
        (PRINTER, "y ahora marca E-102"),
        (PRINTER, "el cable tampoco sirve"),
        (PRINTER, "la compu tampoco la reconoce"),
        (PRINTER, "otra vez el papel atorado"),
        (PRINTER, "la tapa tampoco cierra"),
        (FRIDGE, "la puerta tampoco cierra"),
        (FRIDGE, "el foco tampoco prende"),
        (FRIDGE, "otra vez está goteando"),
        (TERMINAL, "la pantalla tampoco prende"),
        (TERMINAL, "el cargador tampoco jala"),
        (TERMINAL, "otra vez la pantalla congelada"),
        (TERMINAL, "tampoco pasa con banda"),
        ("no hay internet en la tienda 45", "otra vez el TPV colgado"),
    ],
)
async def test_more_of_the_same_stays_with_its_ticket(
    group: GroupChat, report: str, words: str
) -> None:
    await group.says(report, pause=1500)
    await group.says(words)
    [ticket] = group.tickets
    assert any(words in comment.text for comment in ticket.comments)
    assert len(group.replies) == 1


@pytest.mark.parametrize(
    "words", ["otra vez el TPV colgado", "el TPV otra vez pasmado", "de nuevo se trabó la báscula"]
)
async def test_what_fails_again_elsewhere_is_not_lost_beside_anothers_ticket(
    group: GroupChat, words: str
) -> None:
    await group.says("no enfría el refri de la tienda 12", by=RAUL, pause=300)
    await group.says(words)
    assert "¿De qué tienda" in group.replies[-1]
    await group.says("la 45")
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [False, True]
    assert group.tickets[0].comments == []


@pytest.mark.parametrize(
    "words",
    [
        "otra vez vino el de la puerta",
        "ya se volvió a ir la señora de la caja",
        "otra vez con la misma camisa la cajera",
        "también se acabó el café",
        "tampoco hay sistema que aguante jaja",
        "otra vez lunes",
        "también va a venir el del aire",
        "el banco tampoco abre mañana",
        "tampoco quiero tocar la terminal",
        "aparte hay que lavar la cortina",
    ],
)
async def test_small_talk_beside_a_ticket_begins_nothing(group: GroupChat, words: str) -> None:
    await group.says(PRINTER, pause=90)
    await group.says(words)
    await group.passes(600)
    assert len(group.tickets) == 1
    assert len(group.replies) == 1


async def test_what_fails_besides_is_no_part_of_anothers_trouble(group: GroupChat) -> None:
    await group.says("che no anda el posnet de la sucursal 3", pause=120)
    await group.says("no enfría la heladera de la 7", by=RAUL, pause=120)
    await group.says("la balanza tampoco pesa", pause=120)
    assert "balanza" in group.replies[-1].lower()
    assert "heladera" not in group.tickets[2].subject.lower()
    assert group.tickets[2].subject.endswith("tienda 3")
    assert group.tickets[1].comments == []


async def test_beside_a_question_for_the_store_it_is_not_lost(group: GroupChat) -> None:
    await group.says("no jala la impresora de tickets", pause=60)
    await group.says("la puerta tampoco cierra", pause=60)
    await group.says("tienda 45")
    await group.passes(4000)
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True, True]


async def test_after_the_end_of_the_first_it_is_heard(group: GroupChat) -> None:
    await group.says(PRINTER, pause=300)
    watch = group.watch()
    await watch.poll()
    group.desk.set_status(group.tickets[0].id, "Closed")
    await watch.poll()
    await group.passes(60)
    await group.says("la puerta tampoco cierra")
    assert [t.status for t in group.tickets] == ["Closed", "Open"]
