"""Who only asks whether it works again, and who tells of it."""

from __future__ import annotations

import pytest

from domain.sayings.asked_if_mended import only_asks_if_mended

ASKS = [
    "ya quedó?", "¿ya quedó?", "sigue igual?", "Buen día Lupita, ya quedó la impresora?",
    "ya quedó, verdad?", "la terminal ya quedó?", "siguen sin internet?", "¿ya hay luz?",
    "ya les funciona el internet?", "todavía no funciona?", "ya quedó o sigue fallando?",
]  # fmt: skip
TELLS = [
    "ya quedó", "sigue igual", "sigue igual, qué hago?", "sigue igual cuando vienen?",
    "ya reinicié y sigue igual, qué más hago?", "no prende, ya quedó?", "sigue igual?? ayuda",
    "ya quedó, gracias. alguien sabe cuándo llega el pedido?", "sigue sin jalar, ya lo vieron?",
    "todavía no nos funciona, pueden venir?", "cuándo vienen?",
]  # fmt: skip


@pytest.mark.parametrize("text", ASKS)
def test_a_question_tells_nothing(text: str) -> None:
    assert only_asks_if_mended(text)


@pytest.mark.parametrize("text", TELLS)
def test_what_tells_is_no_mere_question(text: str) -> None:
    assert not only_asks_if_mended(text)
