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
