"""What a clause says of a thing is what happens, though no list knows the words."""

from __future__ import annotations

import pytest

from tools.models.local.problem import told_unknown


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("la caja 2 no prrende en la 72", "caja 2 no prrende en la 72"),
        ("hola, la impresora de etiquetas se come el papel", "impresora de etiquetas se come"),
        ("mi usuario está bloquueado", "usuario está bloquueado"),
        ("se está filtrando agua por el techo", "se está filtrando agua por el techo"),
    ],
)
def test_it_is_taken_as_it_was_said(text: str, told: str) -> None:
    assert (told_unknown(text) or "").startswith(told)


@pytest.mark.parametrize(
    "text",
    [
        "me ayudan con la caja 2 porfa",
        "tengo un problema con la impresora",
        "no sé qué tiene la impresora",
        "se apoya con la terminal",
        "la terminal está en la tienda 45",
        "¿la caja 2 no prrende?",
        "la terminal ya no",
    ],
)
def test_a_name_a_plea_and_a_question_tell_nothing(text: str) -> None:
    assert told_unknown(text) is None
