"""What was reported not to happen happens now, by the verb of the report itself."""

from __future__ import annotations

import pytest

from domain.sayings.undone import undoes


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("ya baja la cortina", "no baja la cortina"),
        ("ya no gotea", "gotea el techo del baño"),
        ("ya abre gracias", "la puerta no abre"),
    ],
)
def test_the_verb_of_the_report_ends_it(text: str, reported: str) -> None:
    assert undoes(text, [reported])


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("ya cobra con la otra terminal", "no cobra la terminal"),
        ("ya no baja la cortina", "no baja la cortina"),
        ("ya baja?", "no baja la cortina"),
        ("ya imprime pero borroso", "no imprime la impresora"),
        ("ya prende la luz", "no baja la cortina"),
    ],
)
def test_what_fails_still_or_is_another_s_ends_nothing(text: str, reported: str) -> None:
    assert not undoes(text, [reported])
