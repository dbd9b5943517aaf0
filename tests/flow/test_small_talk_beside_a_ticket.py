"""Small talk beside a colleague's ticket: nobody is asked for a store, the ticket hears nothing.

Ana: no abre la caja fuerte de la tienda 45        -> ticket 101
Beto: el banco tampoco abre mañana                 (nothing)
Beto: la bodega tampoco abre, tienda 12            -> ticket 102
"""

from __future__ import annotations

import pytest

from tests.flow.chat import LUPITA, RAUL, GroupChat

SAFE = "no abre la caja fuerte de la tienda 45"
LINE = "se fue el internet en la tienda 45"
TOILET = "no sirve el baño de la tienda 45"
FRIDGE = "no prende el refri de la tienda 45"


@pytest.mark.parametrize(
    ("report", "talk"),
    [
        (SAFE, "el banco tampoco abre mañana"),
        (SAFE, "tampoco abre el banco el lunes"),
        (SAFE, "la escuela tampoco abre mañana"),
        (SAFE, "el super no abre los domingos"),
        (SAFE, "el kinder de mi hija tampoco abre"),
        (SAFE, "oigan mañana no hay banco"),
        (LINE, "mi internet de la casa tampoco jala"),
        (LINE, "el wifi de casa tampoco anda"),
        (LINE, "a mi modem de la casa tampoco le llega señal"),
        (LINE, "la luz en casa tampoco regresa"),
        (TOILET, "el baño tampoco está tan sucio"),
        (TOILET, "el baño no está tan feo"),
        (LINE, "el baño tampoco está tan sucio"),
        (LINE, "no está tan feo el uniforme"),
        (LINE, "tampoco está tan mal el sistema"),
        (LINE, "la caja no está tan lenta hoy"),
        (FRIDGE, "¿ya llegó el camión? no puedo estar aquí plantada"),
        (FRIDGE, "ya vienen los refrescos?"),
        (FRIDGE, "¿a qué hora llega el camión de la leche?"),
        (FRIDGE, "ya salió el reparto?"),
        (LINE, "cuándo viene el proveedor del pan?"),
        (LINE, "¿hoy pasa la basura?"),
    ],
)
async def test_small_talk_is_nothing(group: GroupChat, report: str, talk: str) -> None:
    await group.says(report)
    await group.passes(100)
    told = list(group.replies)
    await group.says(talk, by=RAUL)
    await group.passes(7_200)
    assert group.replies == told
    assert [ticket.comments for ticket in group.tickets] == [[]]


@pytest.mark.parametrize(
    "talk",
    ["el baño tampoco está tan sucio", "la caja no está tan lenta hoy", "no está tan mal el aire"],
)
async def test_nor_is_it_by_itself(group: GroupChat, talk: str) -> None:
    await group.says(talk, by=RAUL)
    await group.passes(600)
    assert group.replies == []


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (SAFE, "la bodega tampoco abre, tienda 12"),
        (SAFE, "el portal del banco tampoco abre en la tienda 12"),
        (SAFE, "la farmacia no abre la cortina, tienda 12"),
        (LINE, "el internet de la tienda 12 tampoco jala"),
        (LINE, "acá en la tienda 12 tampoco hay internet"),
        (LINE, "el internet de la casa matriz tampoco jala, tienda 12"),
        (TOILET, "el baño tampoco está tan sucio pero no hay agua, tienda 12"),
        (TOILET, "el baño no está tan sucio, se tapó el de clientes de la tienda 12"),
        (TOILET, "el baño tampoco sirve en la tienda 12"),
        (FRIDGE, "no ha llegado el camión a la tienda 12"),
        (FRIDGE, "el refri no está tan frío, tienda 12"),
        (FRIDGE, "¿ya llegó el camión? no puedo abrir la cortina, tienda 12"),
    ],
)
async def test_a_report_is_heard(group: GroupChat, report: str, words: str) -> None:
    await group.says(report)
    await group.passes(100)
    await group.says(words, by=RAUL)
    await group.passes(600)
    assert len(group.tickets) == 2


async def test_the_truck_is_asked_for_where_it_was_reported(group: GroupChat) -> None:
    await group.says("no ha llegado el camión de la leche a la tienda 45")
    await group.passes(100)
    await group.says("¿ya viene el camión?", by=LUPITA)
    await group.passes(60)
    assert "abierto" in group.replies[-1]


async def test_a_bank_is_no_store(group: GroupChat) -> None:
    await group.says("el banco tampoco abre mañana", by=RAUL)
    await group.says("no prende la impresora de tickets", by=RAUL)
    await group.passes(60)
    assert group.tickets == []
    assert "tienda" in group.replies[-1]
