"""What is ordered in a number is no store, even for whoever was asked for one."""

from __future__ import annotations

import pytest

from tools.models.local.answered_store import answered


@pytest.mark.parametrize(
    "text",
    [
        "16 de queso",
        "16 de queso y 2 de pollo",
        "5 de suadero porfa",
        "12 de leche",
        "8 de agua",
        "1 de pepperoni",
        "20 de pollo frito",
        "2 de carne para llevar",
    ],
)
def test_what_is_ordered_is_no_store(text: str) -> None:
    assert answered(text, known_question=True) is None


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("45 de polanco", "45"),
        ("45 de Villa Juárez", "45"),
        ("la 45 de la colonia centro", "45"),
        ("45 del centro", "45"),
        ("45 de aquí", "45"),
        ("la 12 de carnes", "12"),
        ("12 de la zona norte", "12"),
        ("53 de plaza oeste", "53"),
        ("16 de septiembre", "16"),
        ("105 de maipu", "105"),
        ("16 de Quesería", "16"),
    ],
)
def test_a_store_is_still_one(text: str, store: str) -> None:
    assert answered(text, known_question=True) == store
