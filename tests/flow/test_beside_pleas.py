"""A report is heard whatever stands around it: other lines of the burst, greetings, pleas.

César:  disculpen, otra vez lo de siempre con la caja 2
        cada dos ventas hay que apagar y volver a empezar     -> a report
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

OMAR = Person("Omar", lid="333333333333333@lid")
PHOTO = b"\x89PNG\r\n\x1a\nphoto"


async def test_one_line_of_a_burst_reports_for_all_of_it(group: GroupChat) -> None:
    await group.says("disculpen, otra vez lo de siempre con la caja 2", pause=6)
    await group.says("cada dos ventas hay que apagar y volver a empezar", pause=40)
    await group.passes(120)
    assert ["tienda" in reply for reply in group.replies] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "manden a alguien ya, el baño se desbordó, tienda 45",
        "vengan ya, la congeladora dejó de enfriar y se arruina todo, tienda 45",
        "qué pena molestar, la tiquetera imprime puros garabatos, tienda 45 mil gracias",
        "ey, la báscula está descalibrada (la 45) ¿alguien que lo vea?",
        "con todo respeto les digo que la báscula no pesa, tienda 45, si me hacen el favor",
        "no quisiera molestar pero el datáfono no lee tarjetas, tienda 45 cuando puedan",
        "una consulta, se descompuso la cortina en la 45, si alguien sabe me avisa",
    ],
)
async def test_pleas_hide_no_report(group: GroupChat, text: str) -> None:
    await group.says(text)
    await group.passes(120)
    assert len(group.replies) == 1


@pytest.mark.parametrize(
    "text",
    [
        "¿alguien que me cubra el turno del sábado? se los agradezco",
        "manden a alguien por los carteles, ya están listos",
        "qué pena molestar, ¿a cómo quedó la blusa blanca?",
        "vengan ya, el pastel está en la mesa de la entrada",
        "con todo respeto les digo que hoy no ceno, jajaja ya no prendo",
        "no quisiera molestar pero la junta es a las 4, si pueden",
        "una consulta, ¿quién tiene la lista de precios nueva? cuando puedan",
        "apúrense que ya llegó el camión",
    ],
)
async def test_pleas_make_no_report(group: GroupChat, text: str) -> None:
    await group.says(text)
    await group.passes(120)
    assert group.replies == []


async def test_who_goes_on_about_their_own_begins_nothing_anew(group: GroupChat) -> None:
    await group.says("la impresora no imprime, tienda 45")
    await group.says("ayuda, alguien que la vea", pause=40)
    assert len(group.tickets) == 1


@pytest.mark.parametrize("words", ["x2 ¿me colaboran?", "acá igual, porfa", "x2 ayuda"])
async def test_an_echo_with_a_plea_is_asked_where(group: GroupChat, words: str) -> None:
    await group.says("no hay internet, no podemos facturar, tienda 45")
    await group.says(words, by=OMAR)
    await group.passes(150)
    assert "tienda" in group.replies[-1]
    assert len(group.tickets) == 1


async def test_a_photo_is_told_no_status_again(group: GroupChat) -> None:
    await group.says("la impresora no imprime, tienda 45")
    await group.says("¿cómo va lo de la impresora?")
    before = len(group.replies)
    await group.says(photo=PHOTO, by=LUPITA)
    await group.passes(60)
    await group.says(photo=PHOTO, by=RAUL)
    await group.passes(60)
    assert len(group.replies) == before


async def test_what_came_answers_no_question(group: GroupChat) -> None:
    juan = Person("Juanes tienda 84", lid="444444444444444@lid")
    await group.says(
        "en el sistema aparecen doce chaquetas negras y conté doce una belleza", by=juan
    )
    await group.passes(150)
    asked = len(group.replies)
    came = "LLEGÓ EL PEDIDO DE BOLSAS Y ROLLOS COMPLETITO, GRACIAS A LOS DE ALMACÉN"
    await group.says(came, by=juan)
    await group.passes(150)
    assert (asked, len(group.replies), group.tickets) == (1, 1, [])
