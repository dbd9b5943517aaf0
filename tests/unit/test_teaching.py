"""What is left out of a fit, so that it judges what it has not learnt from."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from evals.fit_local import tuning_chats
from evals.teaching import FOLDS, folds_of, writer_of


@pytest.mark.parametrize(
    ("name", "writer"),
    [
        ("tune6/mx-farmacia-g", "g"),
        ("tune9/cl-deportes-9u", "9u"),
        ("tune4/co-a-descuento1", "a"),
        ("tune8/es-tiendas-ropa-w", "w"),
        ("tune5/uy-muebles1", "tune5"),
        ("tune/ar-caba", "tune"),
    ],
)
def test_who_wrote_a_chat(name: str, writer: str) -> None:
    assert writer_of(Path("evals/chats") / f"{name}.jsonl") == writer


def test_every_chat_is_in_one_part_and_every_writer_too() -> None:
    files = tuning_chats()
    parts = folds_of(files)
    assert len(parts) == FOLDS
    assert sorted(path for part in parts for path in part) == sorted(files)
    homes = Counter(writer for part in parts for writer in {writer_of(path) for path in part})
    assert set(homes.values()) == {1}
    assert max(map(len, parts)) < 1.3 * min(map(len, parts))


def test_a_single_writer_is_one_part() -> None:
    assert len(folds_of([Path("tune/ar-one.jsonl"), Path("tune/mx-two.jsonl")])) == 1
