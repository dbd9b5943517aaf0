"""Networks as ONNX, put together node by node out of weights that are at hand, and run on one core.

Weights are held eight bits wide, so that they stay in the core's cache (decision 0019).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Vectors = NDArray[np.float32]
# Weights that share a scale; with ACCURACY 4 what meets them is made eight bits wide as well.
BLOCK, ACCURACY = 32, 4
# What a weight may be at most where whole columns share a scale: two products of such and of what
# is eight bits wide fit the sixteen bits in which processors without VNNI add them up.
SEVEN_BITS = 63
_TINY = np.finfo(np.float32).tiny


class Network:
    """A network under construction: every method adds nodes, and names what they make."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._held: list[onnx.TensorProto] = []

    def times(self, given: str, weights: Vectors) -> str:
        """A product with weights of eight bits, each block of a column with a scale of its own.

        The most exact, and the quickest for a single row.
        """
        deep, wide = weights.shape
        blocks = weights.T.reshape(wide, deep // BLOCK, BLOCK)
        scales = np.maximum(np.abs(blocks).max(axis=2), _TINY) / 127
        narrow = (np.round(blocks / scales[:, :, None]) + 128).astype(np.uint8)
        held = [given, self.hold(narrow), self.hold(scales.astype(np.float32))]
        return self.node(
            "MatMulNBits", held, domain="com.microsoft",
            K=deep, N=wide, bits=8, block_size=BLOCK, accuracy_level=ACCURACY,
        )  # fmt: skip

    def roughly_times(self, given: str, weights: Vectors) -> str:
        """A product with weights of seven bits, a scale a column: the quickest for many rows."""
        scales = np.maximum(np.abs(weights).max(axis=0), _TINY) / SEVEN_BITS
        narrow = np.round(weights / scales).astype(np.int8)
        held = [given, self.hold(narrow), self.hold(scales.astype(np.float32))]
        return self.node("DynamicQuantizeMatMul", held, domain="com.microsoft")

    def normed(self, given: str, gain: Vectors, shift: Vectors, epsilon: float) -> str:
        """Each row with the mean 0 and the spread 1, then a gain and a shift."""
        held = [given, self.hold(gain), self.hold(shift)]
        return self.node("LayerNormalization", held, axis=-1, epsilon=epsilon)

    def add(self, given: str, bias: Vectors) -> str:
        """The same added to each row."""
        return self.node("Add", [given, self.hold(bias)])

    def columns(self, given: str, first: int, end: int) -> str:
        """The columns from the first to before the end."""
        held = [self.hold(np.array([number])) for number in (first, end, 1)]
        return self.node("Slice", [given, *held])

    def hold(self, values: NDArray[Any]) -> str:
        """Numbers that the network knows from the start."""
        name = f"held{len(self._held)}"
        self._held.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, given: Sequence[str], **settings: Any) -> str:
        """Any operator of ONNX."""
        name = f"node{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, given, [name], **settings))
        return name

    def session(
        self, given: Mapping[str, tuple[Any, Sequence[Any]]], found: Mapping[str, Sequence[Any]]
    ) -> Any:
        """The finished network, ready to run on one core; `given` are its inputs with the type of
        their numbers and their shape, `found` its outputs with their shape."""
        kinds: dict[Any, int] = {np.float32: TensorProto.FLOAT, np.int64: TensorProto.INT64}
        takes = [
            helper.make_tensor_value_info(name, kinds[of], shape)
            for name, (of, shape) in given.items()
        ]
        makes = [
            helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
            for name, shape in found.items()
        ]
        graph = helper.make_graph(self._nodes, "network", takes, makes, self._held)
        used = [helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)]
        model = helper.make_model(graph, opset_imports=used, ir_version=9)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return onnxruntime.InferenceSession(
            model.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
