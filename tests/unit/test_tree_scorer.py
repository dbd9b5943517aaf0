"""Stored trees give the sums that one works out by hand, and refuse other features."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tools.ranking.onnx_trees import Trees
from tools.ranking.trees import TreeScorer, store_trees

# distance <= 2 ? (minutes <= 5 ? 1.5 : -0.25) : -2, and a second tree that is one leaf of 10.
TREES = Trees(
    tree=np.array([0, 0, 0, 0, 0, 1], dtype=np.int32),
    node=np.array([0, 1, 2, 3, 4, 0], dtype=np.int32),
    feature=np.array([0, 1, -1, -1, -1, -1], dtype=np.int32),
    value=np.array([2, 5, 1.5, -0.25, -2, 10], dtype=np.float32),
    left=np.array([1, 2, 0, 0, 0, 0], dtype=np.int32),
    right=np.array([4, 3, 0, 0, 0, 0], dtype=np.int32),
    features=2,
)
NAMES = ("distance", "minutes")


def test_the_leaves_a_row_falls_into_are_summed(tmp_path: Path) -> None:
    store_trees(tmp_path / "small.npz", TREES, {"features": NAMES})
    scorer = TreeScorer(tmp_path / "small.npz", NAMES)
    rows = [[1.0, 1.0], [2.0, 5.0], [2.0, 6.0], [3.0, 0.0]]
    assert scorer.score(rows) == pytest.approx([11.5, 11.5, 9.75, 8.0])
    assert scorer.score(rows[3:]) == pytest.approx([8.0])


def test_trees_of_other_features_are_refused(tmp_path: Path) -> None:
    store_trees(tmp_path / "small.npz", TREES, {"features": NAMES})
    with pytest.raises(ValueError, match="fit it again"):
        TreeScorer(tmp_path / "small.npz", ("minutes", "distance"))
