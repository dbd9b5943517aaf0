"""Another report of an outage speaks of its own store's thing: its ticket names that one, not the
one that the first report spoke of, and what happened where it says no more than 'igual'.

Ana:   el datáfono no tiene sistema en la 12        -> Datáfono no tiene sistema
Cira:  aquí tampoco hay sistema tienda 45           -> Tampoco hay sistema, tienda 45
Hugo:  en la 18 igual                               -> Datáfono no tiene sistema, tienda 18
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

IRMA = Person("Irma", lid="555555555555555@lid")

THEIRS = [
    ("el datáfono no tiene sistema en la 12", "aquí tampoco hay sistema tienda 45", "sistema"),
    ("el datáfono no tiene sistema en la 12", "tampoco cobra la terminal tienda 45", "terminal"),
    ("el sistema no abre en la 12", "la app tampoco abre, tienda 45", "app"),
    ("se cayó el internet en la 12", "acá tampoco hay red, tienda 45", "red"),
    ("no hay sistema en la 12", "la caja tampoco abre, tienda 45", "caja"),
    ("no pasa la tarjeta en la 12", "el posnet tampoco anda, tienda 45", "posnet"),
]


@pytest.mark.parametrize(("first", "second", "thing"), THEIRS)
async def test_a_report_of_an_outage_names_its_own_thing(
    group: GroupChat, first: str, second: str, thing: str
) -> None:
    await group.says(first, by=LUPITA, pause=55)
    await group.says(second, by=RAUL, pause=55)
    theirs = group.tickets[1]
    assert thing in theirs.subject.lower()
    assert ":" not in theirs.subject
    assert theirs.subject.endswith("tienda 45")
    assert len(group.replies) == 1


@pytest.mark.parametrize(
    "too",
    [
        "igual aquí la 19",
        "en la 19 igual",
        "acá en la 19 también",
        "x2 la 19",
        "lo mismo en tienda 19",
        "tmb la 19",
        "la 19 tampoco",
    ],
)
async def test_here_too_says_what_the_first_one_said(group: GroupChat, too: str) -> None:
    await group.says("se cayó el sistema tienda 12", by=LUPITA, pause=55)
    await group.says(too, by=RAUL, pause=55)
    assert group.tickets[1].subject == "Se cayó el sistema, tienda 19"
    assert len(group.replies) == 1


async def test_a_door_that_people_wait_at_is_not_what_fails(group: GroupChat) -> None:
    await group.says("no pasan tarjetas tienda 12", by=LUPITA, pause=55)
    await group.says("igual, la fila llega hasta la puerta, tienda 45", by=RAUL, pause=55)
    (row,) = await group.rows("SELECT system FROM incidents WHERE store = '45'")
    assert row["system"] != "puerta"


async def test_so_it_is_in_another_group(group: GroupChat) -> None:
    await group.says("no abre la app de pedidos en la 23", by=LUPITA, pause=55)
    south = replace(group, chat="120363000000000002@g.us", chat_name="Sur", messages={})
    await south.says("se cayó el sistema tienda 45", by=IRMA, pause=55)
    assert group.tickets[1].subject == "Se cayó el sistema, tienda 45"
