"""How people ask how their ticket goes, and what only sounds like it."""

from __future__ import annotations

import pytest

from domain.sayings.progress import asks_of_a_ticket, asks_of_progress

OF_A_TICKET = [
    "que onda con mi ticket", "hay algo nuevo de mis reportes?", "qué pasó con el ticket 101?",
    "me pueden dar informes del ticket porfis", "nos podrían dar una actualización de mi reporte",
    "alguna novedad de mi caso?", "buenas, cómo va mi ticket", "en qué va el reporte por favor",
]  # fmt: skip
OF_THE_TALK = [
    "buen día, alguna actualización?", "ya lo están viendo?", "quién viene a arreglarlo?",
    "alguien lo está revisando?", "ya vienen a revisarlo?", "hay novedades?", "¿alguna noticia?",
    "ya lo revisaron?", "ya lo están checando o que?",
]  # fmt: skip
OTHERS = [
    "cómo van de ventas", "qué novedades del aumento", "alguna actualización del sistema nuevo?",
    "quien viene a la fiesta?", "ya lo están viendo", "sin novedades", "no hay novedades",
    "me pueden dar informes del curso", "quién viene a verlo?", "qué onda con la reunión",
    "hay noticias del bono?", "ya lo están viendo jaja?", "qué onda", "ya lo revisaron ayer",
    "quien viene a cubrir el turno?", "mi ticket salió mal", "levanten mi ticket",
    "no imprime mi ticket", "qué pasó con el ticket que no imprime?",
]  # fmt: skip


@pytest.mark.parametrize("text", OF_A_TICKET)
def test_asks_of_a_ticket(text: str) -> None:
    assert asks_of_a_ticket(text)
    assert asks_of_progress(text)


@pytest.mark.parametrize("text", OF_THE_TALK)
def test_asks_of_what_is_spoken_of(text: str) -> None:
    assert asks_of_progress(text)
    assert not asks_of_a_ticket(text)


@pytest.mark.parametrize("text", OTHERS)
def test_asks_something_else(text: str) -> None:
    assert not asks_of_progress(text)
