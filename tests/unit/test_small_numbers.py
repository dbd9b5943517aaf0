"""Stores whose numbers have one digit, as tills' have."""

from __future__ import annotations

import pytest

from domain.deciding.small_numbers import was_assumed


@pytest.mark.parametrize(
    ("store", "source", "problem", "assumed"),
    [
        ("45", "known", "no imprime", True),
        ("45", "learnt", None, True),
        ("45", "said", "la impresora de la 45 no imprime", False),
        ("3", "said", "la impresora de la 3 no imprime", True),
        ("3", "said", "En la 3 no hay sistema", True),
        ("3", None, "la de la 35 no imprime", False),
        ("3", "said", "no imprime la impresora", False),
        ("0", "said", "la puerta de la calle", False),
        (None, None, "la impresora de la 3", False),
        ("Sur", "said", None, False),
    ],
)
def test_what_was_only_assumed(
    store: str | None, source: str | None, problem: str | None, assumed: bool
) -> None:
    assert was_assumed(store, source, problem) is assumed
