"""The words and pieces of words of a text, as places in a long vector of noughts: what the fitted
models weigh beside its meaning. Spelling tells apart what means nearly the same.

Hashed, so that no vocabulary ships: two pieces may share a place, and seldom do.
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache

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
    pieces: dict[int, int] = {}
    for word in words:
        for place in _pieces_of(word):
            pieces[place] = pieces.get(place, 0) + 1
    runs: dict[int, int] = {}
    for size in range(1, LONGEST_RUN + 1):
        for start in range(len(words) - size + 1):
            run = " ".join(words[start : start + size])
            place = CHAR_PLACES + zlib.crc32(run.encode()) % WORD_PLACES
            runs[place] = runs.get(place, 0) + 1
    counts = (_unit(pieces), _unit(runs))
    return np.asarray([*pieces, *runs], dtype=np.int64), np.concatenate(counts)


@lru_cache(maxsize=4096)
def _pieces_of(word: str) -> tuple[int, ...]:
    """The places of a word's pieces. A chat has few words that it did not have before."""
    bordered = f" {word} "
    return tuple(
        zlib.crc32(bordered[start : start + size].encode()) % CHAR_PLACES
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1)
        for start in range(max(len(bordered) - size + 1, 1))
    )


def _unit(counted: dict[int, int]) -> NDArray[np.float32]:
    counts = np.asarray(list(counted.values()), dtype=np.float32)
    return counts / np.linalg.norm(counts) if len(counts) else counts
