"""The store of a person and of a group is learnt, corrected, forgotten, and never asked twice.

Lupita: la impresora de tickets no funciona
Recado: ¿De qué tienda se trata?
Lupita: tienda 45
Recado: Se creó el ticket #101 ... tienda 45
(the next day)
Lupita: no hay internet
Recado: Se creó el ticket #102 ... tienda 45
Lupita: no, es la 54
"""

from __future__ import annotations

import pytest

from domain.message import MessageKind
from server.persistence import room
from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

ANA = Person("Ana", lid="333333333333333@lid")
DAY = 86_400


async def test_a_store_that_was_said_is_not_asked_again(group: GroupChat) -> None:
    await group.says("la impresora de tickets no funciona")
    await group.says("tienda 45")
    await group.passes(DAY)
    await group.says("no hay internet")
    assert [t.subject for t in group.tickets][1:] == ["No hay internet, tienda 45"]
    assert len(group.sent) == 3
    assert "#102" in group.replies[2]
    rows = await group.rows(
        "SELECT sources ->> 'store' AS source FROM incidents ORDER BY opened_at"
    )
    assert [row["source"] for row in rows][1:] == ["learnt"]
    assert "reportes anteriores" in group.tickets[1].description


async def test_what_is_assumed_confirms_nothing_until_it_is_said(group: GroupChat) -> None:
    await group.says("la impresora de la tienda 45 no funciona")
    await group.passes(DAY)
    await group.says("no hay internet")
    await group.passes(DAY)
    await group.says("en la tienda 45 no enciende la terminal de cobro")
    rows = await group.rows("SELECT store FROM sightings")
    assert [row["store"] for row in rows] == ["45", "45"]


async def test_a_store_that_is_denied_is_forgotten(group: GroupChat) -> None:
    await group.says("la impresora de la tienda 45 no funciona")
    await group.passes(DAY)
    await group.says("no hay internet")
    await group.says("no, es la tienda 54")
    assert group.tickets[1].subject == "No hay internet, tienda 54"
    await group.passes(DAY)
    await group.says("no enciende la terminal de cobro")
    assert group.tickets[2].subject.endswith("tienda 54")


async def test_who_speaks_for_several_stores_is_asked(group: GroupChat) -> None:
    await group.says("la impresora de la tienda 45 no funciona")
    await group.passes(DAY)
    await group.says("en la tienda 9 no hay internet")
    await group.passes(DAY)
    await group.says("no enciende la terminal de cobro")
    assert len(group.tickets) == 2
    assert "tienda" in group.replies[-1]


async def test_nobody_is_taken_for_their_neighbour(group: GroupChat) -> None:
    await group.says("la impresora de la tienda 45 no funciona")
    await group.passes(DAY)
    await group.says("no hay internet", by=RAUL)
    assert len(group.tickets) == 1
    assert "¿De qué tienda" in group.replies[-1]


async def test_a_group_of_one_store_need_not_say_it(group: GroupChat) -> None:
    await group.says("la impresora de la tienda 45 no funciona")
    await group.passes(DAY)
    await group.says("no hay internet en la tienda 45", by=RAUL)
    await group.passes(DAY)
    await group.says("no enciende la terminal de cobro", by=ANA)
    assert len(group.tickets) == 3
    assert group.tickets[2].subject.endswith("tienda 45")


async def test_a_place_in_a_name_is_a_store_once_the_group_calls_one_so(group: GroupChat) -> None:
    yoli = Person("Yoli Zuazua", lid="555555555555555@lid")
    await group.says("no abre la caja", by=yoli)
    assert "¿De qué tienda" in group.replies[-1]
    await group.says("la impresora de la tienda Zuazua no funciona", by=RAUL)
    await group.passes(DAY * 2)
    await group.says("no enciende la terminal de cobro", by=yoli)
    assert group.tickets[-1].subject.endswith("tienda Zuazua")


async def test_two_of_many_do_not_speak_for_a_whole_group(group: GroupChat) -> None:
    for n in range(6):
        await group.says("buenos días", by=Person(f"Persona {n}", lid=f"44444444444444{n}@lid"))
    await group.says("la impresora de la tienda 45 no funciona")
    await group.says("no abre la caja en la tienda 45", by=RAUL)
    await group.passes(DAY)
    await group.says("no enciende la terminal de cobro", by=ANA)
    assert len(group.tickets) == 2
    assert "¿De qué tienda" in group.replies[-1]


async def test_a_store_is_forgotten_when_nobody_confirms_it(group: GroupChat) -> None:
    await group.says("la impresora de la tienda 45 no funciona")
    await group.passes(130 * DAY)
    await group.says("no hay internet")
    assert len(group.tickets) == 1
    assert "tienda" in group.replies[-1]


async def test_what_was_taken_back_teaches_nothing(group: GroupChat) -> None:
    await group.says("ayuda por favor, urgente, no funciona nada en la tienda 45")
    await group.says("ya funciona, gracias")
    assert await group.status() == ["withdrawn"]
    assert await group.rows("SELECT 1 FROM sightings") == []


async def test_a_phone_and_a_lid_of_one_person_share_what_is_known(group: GroupChat) -> None:
    phone = Person("Lupita", phone="5215511112222")
    await group.says("la impresora de la tienda 45 no funciona", by=phone)
    await group.says("gracias", by=Person("Lupita", lid=LUPITA.lid, phone=phone.phone))
    await group.passes(DAY)
    await group.says("no hay internet", by=LUPITA)
    assert len(group.tickets) == 2
    assert group.tickets[1].subject.endswith("tienda 45")


async def test_a_name_tells_its_store_where_the_others_do(group: GroupChat) -> None:
    for name, lid in (("Caro Providencia", "4"), ("Jose Rancagua", "5")):
        await group.says("buenos días", by=Person(name, lid=f"{lid * 15}@lid"))
    await group.says(
        "la impresora de tickets no imprime", by=Person("Fran Rahue", lid="666666666666666@lid")
    )
    [ticket] = group.tickets
    assert ticket.subject.endswith("tienda Rahue")


@pytest.mark.parametrize(
    "words",
    ["ya me cambiaron a la 40", "ya no trabajo en la 18, ahora en la 40", "soy nueva en la 40"],
)
async def test_who_was_moved_reports_from_there(group: GroupChat, words: str) -> None:
    await group.says("no sirve la impresora de la 18")
    await group.passes(DAY)
    await group.says(words)
    await group.passes(DAY)
    await group.says("no hay internet")
    assert [t.subject for t in group.tickets][1:] == ["No hay internet, tienda 40"]
    assert [comment.text for comment in group.tickets[0].comments] == []
    assert len(group.replies) == 2


@pytest.mark.parametrize(
    "words",
    [
        "yo soy de la 22",
        "ya no soy de la 18, soy de la 22",
        "la tienda está mal, es la 22",
        "le pusieron 18 pero es 22",
        "en la 22",
        "22",
    ],
)
async def test_an_assumed_store_is_put_right_on_its_ticket(group: GroupChat, words: str) -> None:
    await group.says("no sirve la impresora de la 18")
    await group.passes(DAY)
    await group.says("no hay internet")
    await group.says(words)
    await group.passes(DAY)
    await group.says("no abre la caja")
    assert [t.subject.split()[-1] for t in group.tickets] == ["18", "22", "22"]
    assert len(group.replies) == 3


@pytest.mark.parametrize(
    ("by", "words"),
    [(RAUL, "yo soy de la 22"), (LUPITA, "llevo cambio a la 22"), (LUPITA, "Santiago")],
)
async def test_what_others_are_of_puts_no_store_right(
    group: GroupChat, by: Person, words: str
) -> None:
    await group.says("no sirve la impresora de la 18")
    await group.passes(DAY)
    await group.says("no hay internet")
    await group.says(words, by=by)
    assert [t.subject.split()[-1] for t in group.tickets] == ["18", "18"]


async def test_a_number_that_a_colleague_asked_for_puts_no_store_right(group: GroupChat) -> None:
    await group.says("no sirve la impresora de la 18")
    await group.passes(DAY)
    await group.says("no hay internet")
    await group.says("cuántas cajas tienes?", by=RAUL)
    await group.says("22")
    assert [t.subject.split()[-1] for t in group.tickets] == ["18", "18"]


async def test_who_left_is_asked_where_they_are_now(group: GroupChat) -> None:
    await group.says("no sirve la impresora de la 18")
    await group.passes(DAY)
    await group.says("ya no trabajo en la 18")
    await group.passes(DAY)
    await group.says("no hay internet")
    assert "¿De qué tienda" in group.replies[-1]
    await group.says("la 9")
    assert [t.subject for t in group.tickets][1:] == ["No hay internet, tienda 9"]


async def test_who_stands_in_for_a_day_is_back_the_next(group: GroupChat) -> None:
    await group.says("no sirve la impresora de la 18")
    await group.passes(DAY)
    await group.says("hoy estoy cubriendo en la 25")
    await group.passes(600)
    await group.says("no hay internet")
    await group.passes(DAY)
    await group.says("no abre la caja")
    assert [t.subject.split()[-1] for t in group.tickets] == ["18", "25", "18"]


async def _says_much_else(group: GroupChat) -> None:
    """More than a turn looks back upon."""
    for number in range(room.LOOK_BACK + 2):
        await group.says(f"{number} cajas de galletas en bodega")


async def test_who_called_their_shop_out_long_ago_is_not_asked_for_it(
    group: GroupChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LOOK_BACK", 3)
    await group.says("buen día, la 45 abierta", by=RAUL)
    await group.says("cierre de la 45: 8,105", by=RAUL)
    await _says_much_else(group)
    await group.says("no hay internet", by=RAUL)
    assert [t.subject for t in group.tickets] == ["No hay internet, tienda 45"]


@pytest.mark.parametrize("kind", [MessageKind.EDIT, MessageKind.REVOKE])
async def test_a_call_that_was_mended_or_taken_back_does_not_count(
    group: GroupChat, monkeypatch: pytest.MonkeyPatch, kind: MessageKind
) -> None:
    monkeypatch.setattr(room, "LOOK_BACK", 3)
    for call in ("buen día, la {} abierta", "cierre de la {}: 8,105"):
        wrong = await group.says(call.format(54), by=RAUL)
        right = call.format(45)
        mended = right if kind is MessageKind.EDIT else ""
        await group.says(mended, by=RAUL, kind=kind, target=wrong)
        if kind is MessageKind.REVOKE:
            await group.says(right, by=RAUL)
    await _says_much_else(group)
    await group.says("no hay internet", by=RAUL)
    assert [t.subject for t in group.tickets] == ["No hay internet, tienda 45"]


async def test_a_call_that_somebody_liked_counts(
    group: GroupChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "LOOK_BACK", 3)
    for call in ("buen día, la 45 abierta", "cierre de la 45: 8,105"):
        said = await group.says(call, by=RAUL)
        await group.says("👍", by=LUPITA, kind=MessageKind.REACTION, target=said)
    await _says_much_else(group)
    await group.says("no hay internet", by=RAUL)
    assert [t.subject for t in group.tickets] == ["No hay internet, tienda 45"]


@pytest.mark.parametrize(
    ("words", "now"),
    [
        ("ya no somos la 18, ahora la 81", "81"),
        ("ya no soy de la 18, ahora la 81", "18"),
        ("ya no somos la 20, ahora la 81", "18"),
    ],
)
async def test_a_store_of_another_number_is_that_of_all_of_them(
    group: GroupChat, words: str, now: str
) -> None:
    await group.says("no sirve la impresora de la 18")
    await group.says("no hay internet en la 18", by=RAUL)
    await group.passes(DAY)
    await group.says(words)
    await group.passes(DAY)
    await group.says("no abre la caja", by=RAUL)
    assert group.tickets[2].subject.endswith(f"tienda {now}")
