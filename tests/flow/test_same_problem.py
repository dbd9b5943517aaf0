"""One problem told by many: one incident a store, one notice a group; what differs stays apart.

Lupita:  la terminal bancaria no jala
Recado:  ¿De qué tienda se trata?
Raúl:    no funciona la terminal en la tienda 45    -> the same incident, and its store is known
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

NAMES = ("Lupita", "Raúl", "Tomás", "Nora", "Beto", "Irma", "Hugo", "Celia", "Paco", "Delia")
PEOPLE = [Person(name, lid=f"{n}11111111111111@lid") for n, name in enumerate(NAMES, start=1)]
STAFF_OF_45 = [Person(f"{p.name} T45", lid=p.lid) for p in PEOPLE]

TERMINAL = (
    "Se cayó la terminal bancaria en la tienda 45",
    "no funciona la terminal, tienda 45",
    "oigan la terminal bancaria no jala",
    "la terminal de tarjetas no responde",
    "no pasa ninguna tarjeta en la 45, la terminal está muerta",
    "sigue sin servir la terminal bancaria tienda 45",
    "tienda 45 sin terminal bancaria",
    "la terminal no prende",
    "aquí tampoco funciona la terminal, tienda 45",
    "la terminal bancaria de la tienda 45 se cayó",
)
INTERNET = (
    "no hay internet en tienda 45",
    "se nos fue el internet",
    "el internet no funciona",
    "no tenemos internet desde hace rato",
    "sin internet en la 45",
    "oigan no jala el internet",
    "el wifi no conecta",
    "se cayó la red en la tienda 45",
    "internet caído en la 45",
    "el internet está muerto",
)


@pytest.mark.parametrize("wordings", [TERMINAL, INTERNET], ids=["terminal", "internet"])
async def test_ten_people_of_one_store_are_one_incident(
    group: GroupChat, wordings: tuple[str, ...]
) -> None:
    for by, text in zip(PEOPLE, wordings, strict=True):
        await group.says(text, by=by, pause=55)
    assert await group.status() == ["ticketed"]
    [ticket] = group.tickets
    assert len(ticket.comments) == 9
    assert [ticket.number in reply for reply in group.replies] == [True]


async def test_ten_people_whose_names_tell_the_store_need_not_say_it(group: GroupChat) -> None:
    for by, text in zip(STAFF_OF_45, TERMINAL, strict=True):
        await group.says(text.replace("tienda 45", "").replace("en la 45", ""), by=by, pause=55)
    assert await group.status() == ["ticketed"]
    assert len(group.replies) == 1


async def test_who_says_the_store_answers_for_who_did_not(group: GroupChat) -> None:
    await group.says("la terminal bancaria no jala", by=LUPITA, pause=60)
    await group.says("no funciona la terminal en la tienda 45", by=RAUL)
    assert await group.status() == ["ticketed"]
    assert len(group.tickets) == 1
    assert "45" in group.tickets[0].subject


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "la impresora de tickets de la tienda 45 marca error E-102",
            "la impresora de tickets de la tienda 45 marca error E-305",
        ),
        ("la caja 2 no prende, tienda 45", "la caja 3 no prende, tienda 45"),
        ("la terminal uno no pasa tarjetas tienda 45", "la terminal dos no lee chips, tienda 45"),
        ("la caja 1 no abre sesión, tienda 45", "la otra caja tampoco abre sesión, tienda 45"),
        ("la impresora no imprime, tienda 45", "la impresora no imprime, tienda 12"),
        ("la impresora no imprime, tienda 45", "la báscula no pesa bien en la tienda 45"),
    ],
    ids=["error", "number", "number in words", "the other one", "store", "thing"],
)
async def test_what_differs_is_an_incident_of_its_own(
    group: GroupChat, first: str, second: str
) -> None:
    await group.says(first, by=LUPITA, pause=120)
    await group.says(second, by=RAUL)
    assert len(group.tickets) == 2
    assert not group.tickets[0].comments


async def test_what_one_adds_to_an_own_report_stays_with_it(group: GroupChat) -> None:
    await group.says("la impresora de tickets no imprime, tienda 45", pause=60)
    for line, pause in (
        ("ya la reinicié", 4),
        ("y marca error E-102", 4),
        ("no imprime nada", 120),
        ("sigue sin imprimir", 90),
        ("ya le cambié el rollo y no funciona", 60),
        ("la impresora no prende ya", 30),
    ):
        await group.says(line, pause=pause)
    assert await group.status() == ["ticketed"]
    [ticket] = group.tickets
    assert any("E-102" in comment.text for comment in ticket.comments)
    assert len(group.replies) == 1


async def test_another_matter_of_the_same_person_is_not_swallowed(group: GroupChat) -> None:
    await group.says("la impresora de tickets no imprime, tienda 45", pause=60)
    await group.says("ya la reinicié", pause=60)
    await group.says("otra cosa, no funciona el aire acondicionado de la tienda 45", pause=60)
    assert len(group.tickets) == 2


OUTAGE = (
    "se cayó el sistema en la tienda 12",
    "tienda 30 también sin sistema",
    "aquí en la 45 tampoco hay sistema",
    "en la 7 igual, no abre el sistema",
    "sin sistema tienda 18",
    "tienda 22 el sistema no responde",
    "lo mismo en la tienda 5",
    "tienda 61 sin sistema",
    "no hay sistema en la 33",
    "el sistema está caído también en la tienda 9",
)


async def test_ten_stores_are_one_outage_with_one_notice(group: GroupChat) -> None:
    for by, text in zip(PEOPLE, OUTAGE, strict=True):
        await group.says(text, by=by, pause=55)
    rows = await group.rows("SELECT store, parent FROM incidents ORDER BY opened_at, id")
    assert [row["store"] for row in rows] == [
        "12",
        "30",
        "45",
        "7",
        "18",
        "22",
        "5",
        "61",
        "33",
        "9",
    ]
    assert len({row["parent"] for row in rows[1:]}) == 1
    assert rows[0]["parent"] is None
    assert len(group.tickets) == 10
    assert len(group.replies) == 1


async def test_in_an_outage_only_an_unknown_store_is_asked(group: GroupChat) -> None:
    for by, text in zip(PEOPLE[:3], OUTAGE[:3], strict=True):
        await group.says(text, by=by, pause=55)
    await group.says("aquí tampoco hay sistema", by=PEOPLE[3])
    assert len(group.tickets) == 3
    notice, question = group.replies
    assert group.tickets[0].number in notice
    assert "tienda" in question
    await group.says("la 77", by=PEOPLE[3])
    assert [ticket.subject[-2:] for ticket in group.tickets] == ["12", "30", "45", "77"]
    assert len(group.replies) == 2


async def test_in_an_outage_of_several_stores_a_plain_report_is_of_another_one(
    group: GroupChat,
) -> None:
    for by, text in zip(PEOPLE[:3], OUTAGE[:3], strict=True):
        await group.says(text, by=by, pause=55)
    await group.says("oigan no abre el sistema", by=PEOPLE[3])
    await group.says("está caído el sistema en todas las tiendas de la zona", by=PEOPLE[4])
    assert len(group.tickets) == 3
    assert ["tienda" in reply for reply in group.replies[1:]] == [True]


async def test_who_asks_for_help_from_a_store_has_it_as_well(group: GroupChat) -> None:
    await group.says("el sistema nos saca a todos, no deja entrar, tienda 38", by=PEOPLE[0])
    await group.passes(300)
    words = "igualito por acá, se quedó cargando, les saluda la tienda 105 agradecería su apoyo"
    await group.says(words, by=PEOPLE[1])
    assert len(group.tickets) == 2
    assert len(group.sent) == 1


async def test_a_comment_on_how_it_is_here_is_none(group: GroupChat) -> None:
    await group.says("el sistema nos saca a todos, no deja entrar, tienda 38", by=PEOPLE[0])
    await group.passes(300)
    await group.says("acá igual, solo se vendieron paraguas", by=PEOPLE[1])
    assert len(group.tickets) == 1
