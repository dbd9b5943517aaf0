"""How people ask how it goes, what they read then, and small talk that only sounds like it.

Lupita:  no va el horno de la tienda 12        -> ticket 101
Lupita:  qué onda con mi ticket                -> how ticket 101 stands
Toño:    ya quedó?                             -> nothing: he asks, and says nothing of it
"""

from __future__ import annotations

import pytest

from tests.flow.chat import RAUL, GroupChat, Person

OVEN = "no va el horno de la tienda 12"
SUPPORT = Person("Toño Soporte", lid="444444444444444@lid")


@pytest.mark.parametrize(
    "words",
    [
        "hay algo nuevo de mis reportes?",
        "que onda con mi ticket",
        "buen día, alguna actualización?",
        "ya lo estan viendo?",
        "quien viene a arreglarlo?",
        "me pueden dar informes del ticket porfis",
        "alguien lo está revisando?",
        "ya quedó?",
        "cual es mi numero de ticket?",
        "me pasan el folio porfa",
        "que numero de reporte me toco?",
        "a qué hora llegan?",
        "ya mero vienen?",
        "cuándo pasa el técnico?",
        "oigan como a que hora vienen a revisarlo?",
    ],
)
async def test_who_asks_is_answered(group: GroupChat, words: str) -> None:
    await group.says(OVEN, pause=1000)
    await group.says(words)
    assert len(group.sent) == 2
    assert "#101" in group.replies[1]


@pytest.mark.parametrize(
    "words",
    [
        "cómo van de ventas",
        "qué novedades del aumento",
        "alguna actualización del sistema nuevo?",
        "quien viene a la fiesta?",
        "me pueden dar informes del curso porfa",
        "qué onda con la reunión",
        "me pasas tu numero",
        "cual es el folio de la factura?",
        "cual es el numero de la sucursal 8?",
        "a qué hora llega el camión?",
        "ya vienen los refrescos?",
        "cuándo llegan los uniformes?",
    ],
)
@pytest.mark.parametrize("pause", [120, 3600])
async def test_small_talk_is_not_answered(group: GroupChat, words: str, pause: int) -> None:
    await group.says(OVEN, pause=pause)
    await group.says(words)
    await group.says(words, by=RAUL)
    assert len(group.sent) == 1
    assert len(group.tickets) == 1


async def closed(group: GroupChat, *, tell: bool) -> None:
    """Report the oven, and close its ticket at the desk; the group may hear of it."""
    await group.says(OVEN, pause=600)
    watch = group.watch()
    await watch.poll()
    group.desk.set_status(group.tickets[0].id, "Closed")
    if tell:
        await watch.poll()
        await group.passes(600)


@pytest.mark.parametrize("told", [True, False])
async def test_of_a_closed_ticket_no_progress_is_promised(group: GroupChat, told: bool) -> None:
    await closed(group, tell=told)
    await group.says("como va lo del horno?")
    assert "«cerrado»" in group.replies[-1]
    assert "avances" not in group.replies[-1]
    said = len(group.sent)
    await group.watch().poll()
    await group.works()
    assert len(group.sent) == said


async def test_what_an_answer_told_is_not_told_again(group: GroupChat) -> None:
    await group.says(OVEN, pause=600)
    watch = group.watch()
    await watch.poll()
    group.desk.set_status(group.tickets[0].id, "On Hold")
    await group.says("como va lo del horno?")
    assert "«en espera»" in group.replies[-1]
    await watch.poll()
    await group.works()
    assert len(group.sent) == 2
    group.desk.set_status(group.tickets[0].id, "Open")
    await watch.poll()
    await group.works()
    assert "«abierto»" in group.replies[-1]


@pytest.mark.parametrize("words", ["ya quedó?", "sigue igual?", "Lupita, ya les funciona?"])
async def test_who_only_asks_tells_nothing(group: GroupChat, words: str) -> None:
    await group.says("la terminal no cobra tienda 45", pause=600)
    await group.says(words, by=SUPPORT)
    [ticket] = group.tickets
    assert not any("indica" in comment.text for comment in ticket.comments)
    assert len(group.sent) == 1


async def test_who_only_asks_ends_no_report(group: GroupChat) -> None:
    await group.says("la terminal no cobra")
    await group.says("ya quedó?", by=SUPPORT)
    await group.says("tienda 45")
    assert len(group.tickets) == 1
