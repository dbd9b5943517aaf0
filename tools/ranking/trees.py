"""Fitted boosted trees behind the Scorer port: one file of arrays, run by onnxruntime."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tools.ranking.onnx_trees import Trees, to_onnx

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

DATA = Path(__file__).parent / "data"
COLUMNS = ("tree", "node", "feature", "value", "left", "right")


class TreeScorer:
    """Scores rows with stored trees. ValueError when they were fitted on other features."""

    def __init__(self, path: Path, features: Sequence[str]) -> None:
        with np.load(path) as stored:
            self.about: dict[str, Any] = json.loads(str(stored["about"]))
            if tuple(self.about["features"]) != tuple(features):
                raise ValueError(f"{path.name} was fitted on other features; fit it again.")
            columns = {name: stored[name] for name in COLUMNS}
        self._trees = Trees(
            **{k: v.astype(np.float32 if k == "value" else np.int32) for k, v in columns.items()},
            features=len(features),
        )

    def score(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """One score a row, in the order given."""
        found = self._session.run(None, {"rows": np.asarray(rows, dtype=np.float32)})
        return [float(value) for value in np.asarray(found[0]).ravel()]

    @cached_property
    def _session(self) -> InferenceSession:
        # Heavy to import, and not needed by whoever only asks for --help.
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        # A message has under a hundred rows: more threads would only wait for each other.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return InferenceSession(to_onnx(self._trees), options, providers=["CPUExecutionProvider"])


def store_trees(path: Path, trees: Trees, about: dict[str, Any]) -> None:
    """Write trees and what is to be known about them; the same trees make the same bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        about=np.str_(json.dumps(about, sort_keys=True)),
        tree=trees.tree.astype(np.uint16),
        node=trees.node.astype(np.uint8),
        feature=trees.feature.astype(np.int8),
        value=trees.value.astype(np.float32),
        left=trees.left.astype(np.uint8),
        right=trees.right.astype(np.uint8),
    )
