"""Who says in passing, or with the reason, that it works again: it is over all the same.

Lupita:  no jala el escáner
Recado:  ¿De qué tienda se trata?
Lupita:  gracias, ya quedó, era el usb         (withdrawn; and nothing is asked any more)
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat, Person

LATER = 90_000.0


@pytest.mark.parametrize(
    ("words", "by"),
    [
        ("gracias, ya quedo, era el usb", LUPITA),
        ("ya jala, estaba flojo el cable de la caja", LUPITA),
        ("ya quedo Lupita, le cambie el puerto", RAUL),
        ("la 45, pero ya agarro", LUPITA),
        ("ya está, perdonad", LUPITA),
        ("este ya quedo", LUPITA),
        ("nada nada ya, era yo", LUPITA),
    ],
)
async def test_what_works_again_before_its_ticket_is_asked_about_no_more(
    group: GroupChat, words: str, by: Person
) -> None:
    await group.says("hola, no jala el escaner")
    assert len(group.sent) == 1
    await group.says(words, by=by)
    await group.passes(LATER)
    assert await group.status() == ["withdrawn"]
    assert len(group.sent) == 1
    assert group.tickets == []


@pytest.mark.parametrize(
    "words",
    [
        "ya quedo el pedido",
        "ya quedo en venir a las 5",
        "ya quedo pedida la pieza",
        "ya quedo registrado?",
        "ya regreso el jefe",
        "ya quedo lista la exhibicion",
        "ya paso la auditora, todo bien",
    ],
)
async def test_what_is_settled_among_people_ends_no_report(group: GroupChat, words: str) -> None:
    await group.says("hola, no jala el escaner")
    await group.says(words)
    await group.says("tienda 45")
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]
    await group.says(words, pause=60)
    assert not any("ya quedó resuelto" in c.text for c in group.tickets[0].comments)


@pytest.mark.parametrize(
    "words",
    [
        "ya esta imprimiendo, era el papel",
        "ya quedo muchachos le movi al cable de la luz",
        "este ya quedo",
        "listo ya imprime era la charola de la caja",
    ],
)
async def test_its_ticket_hears_that_it_works_and_the_cause(group: GroupChat, words: str) -> None:
    report = await group.says("no imprime la ticketera de tienda 17", pause=900)
    await group.says("el aire de la tienda 17 no enfria", pause=900)
    await group.says(words, quotes=report)
    printer, air = group.tickets
    assert [f"ya quedó resuelto: {words}" in c.text for c in printer.comments] == [True]
    assert air.comments == []
    assert len(group.sent) == 2


@pytest.mark.parametrize(
    "words", ["ya quedo el aire, era el fusible", "ya jala el aire", "el aire ya quedo"]
)
async def test_what_works_of_another_thing_is_not_told_of_this(
    group: GroupChat, words: str
) -> None:
    report = await group.says("no imprime la ticketera de tienda 17", pause=900)
    await group.says(words, quotes=report)
    assert not any("ya quedó resuelto" in c.text for c in group.tickets[0].comments)


# -- the verb of the report ------------------------------------------------------------------------

HAPPENS = [
    ("no baja la cortina", "ya baja la cortina"),
    ("las camaras no graban", "ya graban las camaras"),
    ("no escanea nada el lector", "ya escanea muchas gracias"),
    ("no sale agua en el baño", "ya sale agua"),
    ("no cierra la puerta de la bodega", "ya cerro la puerta"),
    ("gotea el techo de la bodega", "ya no gotea"),
]


@pytest.mark.parametrize(("report", "words"), HAPPENS)
async def test_what_was_said_not_to_happen_happens_and_is_over(
    group: GroupChat, report: str, words: str
) -> None:
    await group.says(report)
    assert len(group.sent) == 1
    await group.says(words)
    await group.passes(LATER)
    assert await group.status() == ["withdrawn"]
    assert len(group.sent) == 1


@pytest.mark.parametrize(("report", "words"), HAPPENS)
async def test_its_ticket_hears_that_it_happens(group: GroupChat, report: str, words: str) -> None:
    await group.says(f"{report}, tienda 45", pause=900)
    await group.says(words)
    [ticket] = group.tickets
    assert [f"ya quedó resuelto: {words}" in c.text for c in ticket.comments] == [True]
    assert len(group.sent) == 1


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("no baja la cortina", "ya baja el jefe a verla"),
        ("no cierra la puerta de la bodega", "ya cierra la tienda a las 8"),
        ("no escanea nada el lector", "ya escanea pero tarda mucho"),
        ("no sale agua en el baño", "ya sale agua puerca"),
        ("no prende el horno", "ya prende y se apaga"),
        ("no baja la cortina", "ya baja?"),
        ("no escanea nada el lector", "ya escanea, pero tarda mucho"),
        ("no baja la cortina", "ya baja la cortina, ahora no sube"),
        ("no abre el cajon del dinero", "ya abrimos la tienda"),
    ],
)
async def test_what_happens_in_part_or_to_another_does_not_end_it(
    group: GroupChat, report: str, words: str
) -> None:
    await group.says(report)
    await group.says(words)
    await group.says("tienda 45")
    assert [t.subject.endswith("tienda 45") for t in group.tickets] == [True]


async def test_what_works_in_a_store_that_is_named_is_not_told_of_another(
    group: GroupChat,
) -> None:
    await group.says("no imprime la ticketera de la 45", pause=600)
    await group.says("aca en la 46 ya imprime", by=RAUL)
    assert not any("ya quedó resuelto" in c.text for c in group.tickets[0].comments)
    await group.says("ya imprime la de la 45", by=RAUL)
    assert any("ya quedó resuelto" in c.text for c in group.tickets[0].comments)


@pytest.mark.parametrize("words", ["ya no imprime nada", "ya ni prende", "ya no enciende"])
async def test_what_fails_altogether_by_now_is_told_to_its_ticket(
    group: GroupChat, words: str
) -> None:
    await group.says("imprime borroso la ticketera de la 45", pause=600)
    await group.says(words)
    [ticket] = group.tickets
    assert [words in c.text and "resuelto" not in c.text for c in ticket.comments] == [True]
    assert len(group.sent) == 1
