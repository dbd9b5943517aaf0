"""Two say in the same words that something failed, and each of them where: two stores have it.

Ana:   se cayó el sistema           -> asked for the store
Beto:  se cayó el sistema           -> the same, it seems
Ana:   tienda 12                    -> a ticket
Beto:  tienda 13                    -> another one, of the same outage, and no word
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

IRMA = Person("Irma", lid="555555555555555@lid")


@pytest.mark.parametrize(
    ("both", "first", "second"),
    [
        ("se cayó el sistema", "tienda 12", "tienda 13"),
        ("no hay internet", "la 12", "la 13"),
        ("no hay sistema", "en la 12", "nosotros en la 13"),
        ("no pasan las tarjetas", "suc 12", "sucursal 13 por favor"),
        ("no hay señal", "soy de la 12", "somos la 13"),
        ("se fue la luz", "12", "acá en la 13"),
    ],
)
async def test_each_of_two_names_a_store(
    group: GroupChat, both: str, first: str, second: str
) -> None:
    await group.says(both, by=LUPITA, pause=40)
    await group.says(both, by=RAUL, pause=40)
    await group.says(first, by=LUPITA, pause=40)
    said = len(group.replies)
    await group.says(second, by=RAUL, pause=40)
    rows = await group.rows("SELECT store, status, parent FROM incidents ORDER BY opened_at")
    assert [(row["store"], row["status"]) for row in rows] == [
        ("12", "ticketed"),
        ("13", "ticketed"),
    ]
    assert rows[1]["parent"] is not None
    assert len(group.tickets) == 2
    assert len(group.replies) == said


@pytest.mark.parametrize("right", ["no, es la 13", "perdón, la 13", "me equivoqué, tienda 13"])
async def test_who_puts_their_own_store_right_has_one(group: GroupChat, right: str) -> None:
    await group.says("se cayó el sistema", by=LUPITA, pause=40)
    await group.says("se cayó el sistema", by=RAUL, pause=40)
    await group.says("tienda 12", by=LUPITA, pause=40)
    await group.says(right, by=LUPITA, pause=40)
    assert len(group.tickets) == 1


async def test_who_only_answers_for_a_colleague_begins_nothing(group: GroupChat) -> None:
    await group.says("se cayó el sistema", by=LUPITA, pause=40)
    await group.says("tienda 12", by=LUPITA, pause=40)
    await group.says("a qué hora viene el camión?", by=IRMA, pause=40)
    await group.says("la 13", by=IRMA, pause=40)
    assert len(group.tickets) == 1


async def test_who_names_the_same_store_adds_nothing(group: GroupChat) -> None:
    await group.says("se cayó el sistema", by=LUPITA, pause=40)
    await group.says("se cayó el sistema", by=RAUL, pause=40)
    await group.says("tienda 12", by=LUPITA, pause=40)
    await group.says("la 12", by=RAUL, pause=40)
    assert len(group.tickets) == 1


@pytest.mark.parametrize("words", ["@bot ayuda", "bot ayuda", "bot, cómo funcionas?", "bot menu"])
async def test_who_asks_the_bot_what_it_can_do_is_told_where_nothing_is_open(
    group: GroupChat, words: str
) -> None:
    await group.says(words, by=LUPITA)
    assert len(group.replies) == 1
    assert "describa en un mensaje" in group.replies[0]


@pytest.mark.parametrize("words", ["ayuda por favor", "alguien me ayuda?", "hola bot", "el menú?"])
async def test_what_people_ask_each_other_is_not_answered(group: GroupChat, words: str) -> None:
    await group.says(words, by=LUPITA)
    assert group.replies == []
