"""Which questions ask how a repair goes."""

from __future__ import annotations

import pytest

from tools.models.local.questions import asks, speaks_of_repair


@pytest.mark.parametrize("text", ["¿y?", "¿alguna novedad?", "¿ya viene el técnico?", "¿cuándo?"])
def test_asks_how_it_goes(text: str) -> None:
    assert asks(text)
    assert speaks_of_repair(text)


@pytest.mark.parametrize(
    "text", ["¿a qué hora?", "a que hora", "¿y quién?", "¿dónde?", "¿cuántas?"]
)
def test_asks_something_else(text: str) -> None:
    assert not speaks_of_repair(text)
