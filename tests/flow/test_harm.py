"""Harm done to a store hours after its ticket is another matter, in however few words.

Lupita: no hay luz en la tienda 45                -> ticket 101
(five hours later)
Lupita: nos robaron anoche                        -> ticket 102, and no comment on 101
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat, told

POWER = "no hay luz en la tienda 45"
CARDS = "no jala la terminal de la tienda 45"
HOURS = 18_000


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (POWER, "nos robaron anoche"),
        (CARDS, "nos robaron anoche"),
        (CARDS, "Buenos días, hoy que abrimos vimos que entraron a robar"),
        (CARDS, "entraron a robar en la madrugada"),
        (POWER, "anoche entraron y se llevaron mercancía"),
        (POWER, "che nos afanaron de madrugada"),
        (POWER, "se metió agua al local"),
        (CARDS, "hay agua por todos lados"),
        (CARDS, "entró agua al negocio por la lluvia"),
        (POWER, "se está quemando un contacto"),
        (POWER, "se cayó el plafón"),
        (POWER, "se vino abajo el cielo raso"),
        (CARDS, "huele a quemado"),
        (POWER, "huele mucho a quemado aquí, ¿qué hago?"),
        (CARDS, "una señora se resbaló y se golpeó"),
        (CARDS, "me caí y me lastimé en la bodega"),
    ],
)
async def test_begins_anew_and_asks_nothing(group: GroupChat, report: str, words: str) -> None:
    await group.says(report, pause=HOURS)
    await group.says(words, pause=60)
    assert await group.status() == ["ticketed", "ticketed"]
    assert group.tickets[0].comments == []
    assert not any("?" in text for text in group.replies)


@pytest.mark.parametrize(
    "words",
    [
        "ya se nos echó a perder la mercancía por la luz",
        "seguimos sin luz y se está tirando el agua del congelador",
        "por la falta de luz nos robaron",
        "ya vino el técnico y dice que huele a quemado el transformador",
        "tronó el transformador y salió humo",
        "sin luz nos pueden robar",
        "ya se descongeló todo el helado",
    ],
)
async def test_what_comes_of_it_is_of_it(group: GroupChat, words: str) -> None:
    await group.says(POWER, pause=HOURS)
    await group.says(words, pause=60)
    assert await group.status() == ["ticketed"]
    assert words in group.tickets[0].comments[0].text


async def test_minutes_after_the_light_went_a_socket_on_fire_is_of_it(group: GroupChat) -> None:
    await group.says(POWER, pause=600)
    await group.says("se está quemando un contacto", pause=60)
    assert await group.status() == ["ticketed"]
    assert len(group.tickets[0].comments) == 1


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("huele a quemado en la tienda 45", "huele mucho a quemado"),
        ("se tapó el baño de la tienda 45", "hay agua por todas partes"),
        ("se metió agua a la tienda 45", "hay agua por todos lados"),
    ],
)
async def test_more_of_the_same_harm_is_no_second(
    group: GroupChat, report: str, words: str
) -> None:
    await group.says(report, pause=HOURS)
    await group.says(words, pause=60)
    assert await group.status() == ["ticketed"]
    assert words in group.tickets[0].comments[0].text


@pytest.mark.parametrize(
    "words",
    [
        "nos robaron anoche",
        "se metió agua al local",
        "nos asaltaron ayer en la noche",
        "se cortó la mano un empleado",
        "huele a quemado",
        "hay olor a quemado en la bodega",
    ],
)
async def test_of_harm_nobody_is_asked_what_device(group: GroupChat, words: str) -> None:
    await group.says(words, pause=60)
    assert len(await group.status()) == 1
    assert all("tienda se trata" in t or "personal de soporte" in t for t in group.replies)
    await group.says("45", pause=60)
    assert len(group.tickets) == 1
    assert "45" in told(group.tickets[0])


async def test_a_named_store_is_no_word_more(group: GroupChat) -> None:
    group.chat_name = None
    await group.says("nos robaron anoche en la tienda Polanco", pause=60)
    assert [t.subject for t in group.tickets] == ["Robo: nos robaron, tienda Polanco"]


@pytest.mark.parametrize(
    "words",
    [
        "nos robaron el partido anoche",
        "nos robaron jajaja",
        "se metió agua a mi casa",
        "se cayó el plafón de mi casa",
        "si nos roban otra vez renuncio",
        "dicen que anoche entraron a robar en el oxxo",
        "¿es cierto que nos robaron?",
        "se lastimó un compañero jugando fut",
    ],
)
async def test_small_talk_of_harm_begins_nothing(group: GroupChat, words: str) -> None:
    await group.says(words, pause=60)
    assert group.sent == []
    assert "ticketed" not in await group.status()


@pytest.mark.parametrize("before", ["vieron el penal?", "qué partidazo el de ayer"])
async def test_of_a_match_nobody_was_robbed(group: GroupChat, before: str) -> None:
    await group.says(before, by=RAUL, pause=60)
    await group.says("nos robaron anoche", pause=60)
    assert group.sent == []
