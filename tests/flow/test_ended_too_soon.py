"""'Answer here and we take it up again' is meant: whoever says that it still fails is heard.

Recado:  El ticket #101 fue marcado como resuelto. Si el problema continúa, ...
Lupita:  no es cierto, aún no prende       -> the ticket is opened again
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat

CARDS = "no anda el posnet de la sucursal 3"


async def end(group: GroupChat, report: str) -> None:
    """Report something, and let the desk close it."""
    await group.says(report, pause=600)
    watch = group.watch()
    await watch.poll()
    group.desk.set_status(group.tickets[-1].id, "Closed")
    await watch.poll()
    await group.passes(60)
    assert "respondan aquí" in group.replies[-1]


@pytest.mark.parametrize(
    ("report", "words"),
    [
        ("no prende la impresora de la 45", "no es cierto, aun no prende"),
        ("no hay internet en la tienda 45", "pero todavia no hay"),
        (CARDS, "no está resuelto, no pasa tarjetas"),
        (CARDS, "por que lo cierran si no ha quedado"),
        (CARDS, "reabran el ticket por favor"),
        (CARDS, "no lo arreglaron"),
        (CARDS, "pueden reabrir el ticket?"),
        (CARDS, "ya pasa debito pero credito no"),
        ("no prende la impresora de la 45", "ya ni enciende"),
        ("no imprime bien la ticketera de la 45", "ya no imprime nada"),
        ("no imprime la de etiquetas en la 45", "si imprime pero salen borrosas las etiquetas"),
        ("el aire de la tienda 45 no enfria", "lo revisaron pero quedo goteando"),
        ("el aire de la tienda 45 no enfria", "no quedo bien sigue sin enfriar nada"),
        ("la balanza de la 45 no pesa", "prende pero no da el peso correcto"),
        ("no hay internet en la tienda 45", "volvio aunque se cae a cada rato"),
    ],
)
async def test_a_closed_ticket_that_still_fails_is_reopened(
    group: GroupChat, report: str, words: str
) -> None:
    await end(group, report)
    await group.says(words)
    assert [t.status for t in group.tickets] == ["Open"]


@pytest.mark.parametrize(
    "words",
    [
        "gracias, ya quedó",
        "todavía no llega el pedido",
        "sigue igual?",
        "mañana reabrimos",
        "tardaron pero quedo bien",
        "gracias, pero el pedido todavía no llega",
        "ok pero no pasa nada si se vuelve a caer",
    ],
)
async def test_what_does_not_say_so_reopens_nothing(group: GroupChat, words: str) -> None:
    await end(group, CARDS)
    await group.says(words, by=RAUL)
    assert [t.status for t in group.tickets] == ["Closed"]


async def test_who_asks_to_reopen_means_what_is_closed(group: GroupChat) -> None:
    await end(group, CARDS)
    await group.says("no prende la impresora de la sucursal 3", pause=600)
    await group.says("reabran el ticket por favor")
    assert [t.status for t in group.tickets] == ["Open", "Open"]
    assert [len(t.comments) for t in group.tickets] == [1, 0]


@pytest.mark.parametrize("words", ["sigue igual", "reabran el ticket por favor"])
async def test_what_was_closed_a_moment_ago_is_reopened(group: GroupChat, words: str) -> None:
    await group.says("no prende la impresora de la 45", pause=600)
    watch = group.watch()
    await watch.poll()
    group.desk.set_status(group.tickets[0].id, "Closed")
    await group.says(words)  # no webhook came, and no poll
    for _ in range(2):
        await watch.poll()
        await group.works()
    assert group.tickets[0].status == "Open"
    assert len(group.sent) == 1
    group.desk.set_status(group.tickets[0].id, "Closed")
    await watch.poll()
    await group.works()
    assert "respondan aquí" in group.replies[-1]


@pytest.mark.parametrize(
    "words", ["si imprime pero salen borrosas las etiquetas", "ahora es la puerta la que no cierra"]
)
async def test_what_fails_in_another_way_long_after_the_end_is_a_new_ticket(
    group: GroupChat, words: str
) -> None:
    await end(group, "no imprime la de etiquetas en la 45")
    told = len(group.sent)
    await group.passes(4 * 86_400)
    await group.says(words, quotes=next(iter(group.messages)))
    old, new = group.tickets
    assert [old.status, new.status] == ["Closed", "Open"]
    assert new.subject.endswith("tienda 45")
    assert len(group.sent) == told + 1
    assert "#102" in group.replies[-1]
