"""A number that answers what somebody asked about a code is no store."""

from __future__ import annotations

import pytest

from tools.models.local.told_store import answers_another


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Carolina el código termina en 31 o en 48?", "En 48"),
        ("cómo acaba el código?", "en 7740"),
        ("¿código?", "25"),
        ("qué código postal puso?", "3100"),
        ("en qué termina la serie?", "termina en 12"),
        ("¿de qué lote son?", "2206"),
        ("qué temperatura marca?", "14"),
    ],
)
def test_what_was_asked_of_a_code_is_answered(question: str, answer: str) -> None:
    assert answers_another(question, answer)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("¿qué tienda es?", "48"),
        ("de qué sucursal escribes?", "la 31"),
        ("¿en cuál estás?", "en la 12"),
        ("ya lo apagaste?", "48"),
        ("¿la tienda?", "45"),
        ("ok gracias", "tienda 45"),
    ],
)
def test_a_store_is_still_heard(question: str, answer: str) -> None:
    assert not answers_another(question, answer)
