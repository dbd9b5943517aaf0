"""The words and pieces of words of a text, as places in a long vector of noughts: what the fitted
models weigh beside its meaning. Spelling tells apart what means nearly the same.

Hashed, so that no vocabulary ships: two pieces may share a place, and seldom do.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from tools.models.local.spelling import expand, fold

CHAR_PLACES = 1 << 15
WORD_PLACES = 1 << 14
PLACES = CHAR_PLACES + WORD_PLACES
# Pieces of words of so many letters, their borders included; words alone, in twos and threes.
SHORTEST_PIECE, LONGEST_PIECE = 2, 5
LONGEST_RUN = 3
# A longer text is judged by how it begins.
LONGEST_TEXT = 300


@lru_cache(maxsize=2048)
def grams_of(text: str) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """(places in 0..PLACES-1, how much of each): both parts have the length 1, or are empty."""
    words = re.findall(r"\S+", fold(expand(text))[:LONGEST_TEXT])
    pieces = Counter(chain.from_iterable(map(_pieces_of, words)))
    runs = Counter(
        CHAR_PLACES + zlib.crc32(" ".join(words[start : start + size]).encode()) % WORD_PLACES
        for size in range(1, LONGEST_RUN + 1)
        for start in range(len(words) - size + 1)
    )
    counts = (_unit(pieces), _unit(runs))
    return np.asarray([*pieces, *runs], dtype=np.int64), np.concatenate(counts)


@lru_cache(maxsize=4096)
def _pieces_of(word: str) -> tuple[int, ...]:
    """The places of a word's pieces. A chat has few words that it did not have before."""
    bordered = f" {word} "
    places = [
        zlib.crc32(bordered[start : start + size].encode()) % CHAR_PLACES
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1)
        for start in range(max(len(bordered) - size + 1, 1))
    ]
    return tuple(places)


def _unit(counted: Mapping[int, int]) -> NDArray[np.float32]:
    counts = np.asarray(list(counted.values()), dtype=np.float32)
    return counts / np.sqrt(counts @ counts) if len(counts) else counts
