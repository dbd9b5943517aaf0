"""What looked like small talk is a report once whoever helps takes it up.

Alonso:       la Zebra se come las etiquetas                    (nothing: it looks like small talk)
Moni Soporte: Alonso, ya hablé con el técnico, va en camino     -> Alonso is asked for his store
"""

from __future__ import annotations

import pytest

from tests.flow.chat import GroupChat, Person

ALONSO = Person("Alonso", lid="111111111111111@lid")
JENI = Person("Jeni", lid="222222222222222@lid")
MONI = Person("Moni Soporte", lid="333333333333333@lid")
# Such as the reader takes for small talk by itself.
UNSURE = "la Zebra se come las etiquetas"


@pytest.mark.parametrize(
    "words",
    [
        "Alonso ya hablé con el técnico, va en camino",
        "Alonso, ¿desde cuándo está así?",
        "Alonso ¿ya probaron desconectar y volver a conectar?",
        "lo reviso Alonso, deme diez minutos",
        "Alonso te marco ahorita para verlo",
        "Alonso mándeme foto de lo que sale",
    ],
)
async def test_whom_help_calls_by_name_is_heard(group: GroupChat, words: str) -> None:
    await group.says(UNSURE, by=ALONSO)
    await group.passes(100)
    assert group.replies == []
    await group.says(words, by=MONI)
    await group.passes(120)
    assert ["tienda" in reply for reply in group.replies] == [True]
    await group.says("la 45", by=ALONSO)
    [ticket] = group.tickets
    assert "Zebra" in ticket.description


async def test_what_help_quotes_is_heard(group: GroupChat) -> None:
    said = await group.says(UNSURE, by=ALONSO)
    await group.passes(100)
    await group.says("voy a revisar, denme diez minutos", by=MONI, quotes=said)
    await group.passes(120)
    assert len(group.replies) == 1


@pytest.mark.parametrize(
    "words",
    [
        "Alonso jaja qué bueno",
        "Alonso mañana te toca abrir",
        "gracias Alonso",
        "feliz cumpleaños Alonso",
        "Alonso ¿vienes a la comida del viernes?",
        "jajaja Alonso dele de comer",
    ],
)
async def test_what_is_said_to_them_of_other_things_begins_nothing(
    group: GroupChat, words: str
) -> None:
    await group.says(UNSURE, by=ALONSO)
    await group.passes(100)
    await group.says(words, by=MONI)
    await group.passes(200)
    assert group.replies == []


@pytest.mark.parametrize(
    "talk",
    [
        "qué rica la comida de ayer",
        "se me cayó el sistema con esos tacos jajaja",
        "ayer vendimos muchas terminales, récord",
        "el pedido de bolsas llegó completito",
        "mañana tengo cita con el dentista a las 9",
        "feliz lunes para todo el equipo",
    ],
)
async def test_small_talk_that_help_answers_stays_small_talk(group: GroupChat, talk: str) -> None:
    await group.says(talk, by=ALONSO)
    await group.passes(100)
    await group.says("Alonso ya hablé con el técnico, va en camino", by=MONI)
    await group.passes(200)
    assert group.replies == []


async def test_colleagues_take_nothing_up(group: GroupChat) -> None:
    await group.says(UNSURE, by=ALONSO)
    await group.passes(100)
    await group.says("Alonso ¿ya la reiniciaste?", by=JENI)
    await group.passes(200)
    assert group.replies == []


async def test_who_has_something_open_is_called_about_that(group: GroupChat) -> None:
    await group.says("la terminal no pasa tarjetas, tienda 45", by=ALONSO)
    await group.passes(200)
    before = len(group.tickets), len(group.replies)
    await group.says("qué calor hace en la balanza", by=ALONSO)
    await group.passes(100)
    await group.says("Alonso ya hablé con el técnico, va en camino", by=MONI)
    await group.passes(200)
    assert (len(group.tickets), len(group.replies)) == before
